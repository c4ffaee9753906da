"""A question and its answer: what the plan says, the amounts, the quotes lit where they stand, how it was read."""

from __future__ import annotations

from typing import Any

from tjkg.web.pages.asked import Asked
from tjkg.web.pages.lit import Phrase, lit
from tjkg.web.pages.shelf import Shelf
from tjkg.web.pages.start import EXAMPLES
from tjkg.web.pages.view import shown
from tjkg.web.replies import Reply

__all__ = ["answer", "context"]

Json = dict[str, Any]
_AROUND = 120  # characters of the plan shown on either side of a quote


def context(shelf: Shelf, start: int, end: int) -> Any:
    """The cell or paragraph around a quote, with the quote lit; cut where it is long."""
    text = shelf.text.text
    low = max(text.rfind("\t", 0, start), text.rfind("\n", 0, start)) + 1
    ends = [p for p in (text.find("\t", end), text.find("\n", end)) if p >= 0]
    high = min(ends) if ends else len(text)
    cut_low, cut_high = max(low, start - _AROUND), min(high, end + _AROUND)
    body = lit(text[cut_low:cut_high], cut_low, [Phrase(start, end, "hit")], ids=False)
    return ("…" if cut_low > low else "") + body + ("…" if cut_high < high else "")


def _quotes(shelf: Shelf, evidence: list[Json]) -> list[Json]:
    """Each quote once, with the words around it."""
    found: list[Json] = []
    for quote in evidence:
        if quote["start"] is None or any(q["start"] == quote["start"] and q["end"] == quote["end"] for q in found):
            continue
        found.append({**quote, "context": context(shelf, quote["start"], quote["end"])})
    return found


def answer(shelf: Shelf, asked: Asked) -> Reply:
    """The page; without a question the box alone."""
    question = asked.value("q")
    if not question:
        return shown("ask", asked, shelf, question="", told=None, quotes=[], examples=EXAMPLES, missing="", read=[])
    told = shelf.edition.asker.ask(question, asked.lang).json(question)
    facts = shelf.edition.screener.criteria.facts
    labels = {f.id: f.label if asked.lang == "zh" else f.label_en or f.label for f in facts.values()}
    return shown(
        "ask", asked, shelf, question=question, told=told, quotes=_quotes(shelf, told["evidence"]), examples=EXAMPLES,
        missing="、".join(labels.get(f, f) for f in told["missing"]), read=[r for r in told["reading"] if r.get("as") and r["kind"] != "cue"],
    )
