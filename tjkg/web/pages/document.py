"""The plan as a readable document: headings, paragraphs and tables, every structured phrase lit and linked."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from tjkg.messages import Lang
from tjkg.read.blocks import Row, SubHeading, Table
from tjkg.records import Span
from tjkg.web.pages.asked import Asked
from tjkg.web.pages.lit import Phrase, lit
from tjkg.web.pages.meanings import Meanings, meanings
from tjkg.web.pages.shelf import Shelf
from tjkg.web.pages.view import shown
from tjkg.web.replies import Reply

__all__ = ["KINDS", "plan"]

Json = dict[str, Any]
# kinds of light, in the order of the legend
KINDS = ("who", "amount", "gift", "pay", "reach", "rule", "agency", "name")


class _Writer:
    """Pieces of the plan as markup; ids are given once."""

    def __init__(self, known: Meanings, more: list[Phrase]) -> None:
        self._known, self._more = known, more
        self._used: set[str] = set()

    def of(self, span: Span) -> Any:
        """A span with its phrases."""
        phrases = [p for p in self._more if p.end > span.start and p.start < span.end]
        return lit(span.text, span.start, [*phrases, *self._known.within(span.start, span.end)], used=self._used)


def _table(table: Table, write: _Writer, source: Any) -> Json:
    rows = []
    for row in table.rows:
        if isinstance(row, SubHeading):
            rows.append({"sub": write.of(row.span), "line": source.line_at(row.span.start)})
        elif isinstance(row, Row):
            rows.append({"cells": [write.of(c) for c in row.cells], "line": row.lines[0]})
    return {
        "kind": "table", "head": [c.text for c in table.header.cells], "rows": rows,
        "title": table.title.text if table.title else "", "line": source.line_at(table.header.cells[0].start),
    }


def _blocks(shelf: Shelf, write: _Writer) -> list[Json]:
    headings = {h.start: h for h in shelf.outline if h.level < 3}
    titles = {block.title.start for block in shelf.blocks if isinstance(block, Table) and block.title}
    found: list[Json] = []
    for block in shelf.blocks:
        if isinstance(block, Table):
            found.append(_table(block, write, shelf.text))
            continue
        line = shelf.text.line_at(block.span.start)
        heading = next((headings[s] for s in range(block.span.start, block.span.end) if s in headings), None)
        if heading is not None and block.span.end - block.span.start <= len(heading.text) + 4:
            found.append({"kind": f"h{heading.level + 1}", "html": write.of(block.span), "line": line})
        else:
            found.append({
                "kind": "title" if block.span.start in titles else "p", "html": write.of(block.span), "line": line,
            })
    return found


@lru_cache(maxsize=4)
def _document(shelf: Shelf, lang: Lang, carry: str | None) -> list[Json]:
    return _blocks(shelf, _Writer(meanings(shelf, lang, carry), []))


def plan(shelf: Shelf, asked: Asked) -> Reply:
    """The page. `at` (start-end) gives a further place an anchor and lights it."""
    at = re.fullmatch(r"(\d{1,7})-(\d{1,7})", asked.query.get("at", ""))
    if at is None:
        found = _document(shelf, asked.lang, asked.carry)
    else:
        here = Phrase(int(at[1]), min(int(at[2]), len(shelf.text.text)), "")
        found = _blocks(shelf, _Writer(meanings(shelf, asked.lang, asked.carry), [here]))
    contents = [
        {"text": h.text, "level": h.level, "line": shelf.text.line_at(h.start)} for h in shelf.outline if h.level < 3
    ]
    return shown("plan", asked, shelf, blocks=found, contents=contents, kinds=KINDS)
