"""What of the plan's text no triple stands for: characters of the cells, every number, a map of the whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from tjkg.auditing.columns import naming_columns
from tjkg.auditing.completeness import ASPECTS, Row, completeness, of_service
from tjkg.auditing.fates import Fate, fates
from tjkg.auditing.typed import Typed, covered, typed
from tjkg.auditing.words import content, runs
from tjkg.errors import InputError
from tjkg.query import internal
from tjkg.records import Source
from tjkg.store.answers import Store
from tjkg.validation import asked, rules
from tjkg.validation.dataset import Dataset, given, shipped
from tjkg.validation.finding import Finding
from tjkg.validation.places import CELLS, Places

__all__ = ["Audit", "Cell", "audit", "audit_of", "completeness_of"]


@dataclass(frozen=True)
class Cell:
    """A table cell: service, row, aspect (target | standard | funding | coverage) and its place.

    characters, represented: content characters (function words and signs aside) and those that a typed
    node's passage carries. unread: stretches of content that none carries.
    """

    service: str
    number: int
    aspect: str
    start: int
    end: int
    characters: int
    represented: int
    unread: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Audit:
    """The audit of one edition or document; headings: where its chapters and sections begin."""

    name: str
    text: Source
    cells: tuple[Cell, ...]
    numbers: tuple[Fate, ...]
    typed: tuple[Typed, ...]
    map: tuple[Row, ...]
    findings: tuple[Finding, ...]
    headings: frozenset[int] = frozenset()

    @property
    def gaps(self) -> list[Fate]:
        """The numbers that no node stands for and that nothing explains."""
        return [n for n in self.numbers if n.fate == "gap"]

    def record(self) -> dict[str, Any]:
        """The audit as one JSON object (keys: the contract of `tjkg audit --format json`)."""
        count = {fate: sum(n.fate == fate for n in self.numbers) for fate in ("represented", "explained", "gap")}
        unread = [(a, b) for cell in self.cells for a, b in cell.unread]
        return {
            "plan": self.name,
            "cells": len(self.cells),
            "cells_structured": sum(c.represented > 0 for c in self.cells),
            "characters": sum(c.characters for c in self.cells),
            "characters_represented": sum(c.represented for c in self.cells),
            "numbers": len(self.numbers),
            "numbers_represented": count["represented"],
            "numbers_explained": count["explained"],
            "gaps": [{"line": n.line, "start": n.start, "end": n.end, "text": n.text} for n in self.gaps],
            "unread": [
                {"line": self.text.line_at(a), "start": a, "end": b, "text": self.text.text[a:b]} for a, b in unread
            ],
            "map": [
                {"service": name, **states,
                 "rows": [{"standard": r.number, **r.states} for r in self.map if r.service == name]}
                for name, states in of_service(self.map).items()
            ],
        }


def audit(paths: Sequence[Path] = (), plan: str | None = None) -> list[Audit]:
    """The audits of Turtle or documents; without paths of the shipped editions (or one of them).

    Raises:
        InputError: nothing to audit, or the plan's text is not at hand.
    """
    return [audit_of(d) for d in (given(paths) if paths else shipped(plan))]


def audit_of(dataset: Dataset) -> Audit:
    """The audit of one dataset. Raises InputError where its text is not at hand."""
    text = dataset.text
    if text is None:
        raise InputError("手边没有这份数据的原文", where=dataset.name, cure="把 source.txt 等原文放在数据旁边")
    store = dataset.store
    store.settle()
    nodes = typed(store)
    counts = list(_counts(store, text))
    clashes = list(_clashes(store))
    return Audit(
        dataset.name, text, tuple(_cells(store, text, nodes)),
        tuple(fates(text, _scopes(store, len(text.text)), [*nodes, *counts], _naming(store, text))), tuple(nodes),
        tuple(completeness(store, _places(clashes))), tuple(clashes), _headings(store),
    )


def completeness_of(store: Store) -> list[Row]:
    """The completeness map of the edition in use, with the cells in which the plan contradicts itself."""
    return completeness(store, _places(_clashes(store)))


# ---------------------------------------------------------------- what is looked at


def _scopes(store: Store, length: int) -> list[tuple[int, int]]:
    """The chapters of the fields, and the tables that stand outside them."""
    rows = [(str(k), s, e) for k, s, e in store.select(internal("audit-scopes")).rows
            if isinstance(s, int) and isinstance(e, int)]
    starts = [s for kind, s, _ in rows if kind != "table"]
    chapters = [
        (s, min((n for n in starts if n > s), default=length)) for kind, s, _ in rows if kind == "domain"
    ]
    tables = [
        (s, e) for kind, s, e in rows if kind == "table" and not any(a <= s < b for a, b in chapters)
    ]
    return sorted([*chapters, *tables])


def _headings(store: Store) -> frozenset[int]:
    return frozenset(s for (s,) in store.select(internal("headings")).rows if isinstance(s, int))


def _naming(store: Store, text: Source) -> Iterator[tuple[int, int]]:
    """Where numbers only count rows, name a unit or belong to a service's name."""
    yield from naming_columns(text)
    for start, end in store.select(internal("service-name-places")).rows:
        if isinstance(start, int) and isinstance(end, int):
            yield start, end


def _counts(store: Store, text: Source) -> Iterator[Typed]:
    """The printed 共计N项 of a category stands at the end of its row of the list."""
    for category, count, start, end in store.select(internal("stated-counts")).rows:
        if isinstance(start, int) and isinstance(end, int):
            stop = text.text.find("\n", end)
            row_end = stop if stop >= 0 else len(text.text)
            yield Typed(str(category), "quantity", start, row_end, "", frozenset({Decimal(str(count))}))


def _cells(store: Store, text: Source, nodes: Iterable[Typed]) -> Iterator[Cell]:
    mask = covered(nodes, len(text.text))
    seen: set[tuple[int, int]] = set()
    for name, number, aspect, start, end in store.select(internal("cells-of-services")).rows:
        if not isinstance(start, int) or not isinstance(end, int) or (start, end) in seen:
            continue
        seen.add((start, end))
        said = text.text[start:end]
        says = content(said)
        carried = mask[start:end]
        left = bytearray(s and not c for s, c in zip(says, carried, strict=True))
        yield Cell(
            str(name), number if isinstance(number, int) else 0, CELLS[str(aspect)], start, end, sum(says),
            sum(says) - sum(left), tuple((start + a, start + b) for a, b in runs(left, said)),
        )


# ---------------------------------------------------------------- where the plan contradicts itself


def _clashes(store: Store) -> Iterator[Finding]:
    places = Places(store)
    for question in rules.questions():
        if "conflict" in question.tags:
            yield from asked.ask(store, question, places)


def _places(found: Iterable[Finding]) -> Iterator[tuple[str, str | None]]:
    for finding in found:
        if finding.service and finding.cell in ASPECTS:
            yield finding.service, finding.cell
