"""Two sides compared: services, places, rows cell by cell, indicators, tasks, prose; one edit is one change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from tjkg.diff.audience import Audiences
from tjkg.diff.cells import cell_changes
from tjkg.diff.change import Change, Changes, Quote, quote_of
from tjkg.diff.outside import indicator_changes, measure_changes, place_changes, text_changes
from tjkg.diff.rows import ASPECTS, Pair, Row
from tjkg.diff.services import matched, row_pairs
from tjkg.diff.side import Side

__all__ = ["compare"]

Json = dict[str, Any]


def compare(old: Side, new: Side, base: Side | None = None) -> Changes:
    """What changed from one side to the other.

    base: a reviewed edition whose conditions serve a side that has none of its own (`tjkg.diff.base`).
    """
    audiences = Audiences(old, new, base)
    match = matched(old, new)
    found: list[Change] = list(match.changes)
    found += place_changes(match.pairs)
    for a, b in match.pairs:
        touched = {name for c in match.changes if c.kind in ("split", "merged") for name in c.services}
        whole = not (a["name"] in touched or b["name"] in touched)
        found += _service(a, b, audiences, whole)
    for pair in match.carried:
        found += _cells(pair, audiences)
    found += indicator_changes(old.catalogue["indicators"], new.catalogue["indicators"])
    found += measure_changes(old.catalogue, new.catalogue)
    found += text_changes(old.texts, new.texts, (len(old.services), len(new.services)))
    places = {str(s["name"]): i for side in (old, new) for i, s in enumerate(side.services)}
    ordered = [replace(c, order=_order(c, places, i)) for i, c in enumerate(_once(found))]
    return Changes.of(old.name, new.name, ordered, (*old.notes, *new.notes))


def _order(change: Change, places: dict[str, int], number: int) -> tuple[int, ...]:
    """Services in the order of the plan, then what belongs to none."""
    place = places.get(change.service or "", len(places))
    return place, *(change.standards[:1] or (0,)), number


def _service(old: Json, new: Json, audiences: Audiences, whole: bool) -> Iterator[Change]:
    """The rows of a service on both sides; whole: no row of it went to another service."""
    pairs, gone, come = row_pairs(old, new)
    for pair in pairs:
        yield from _cells(pair, audiences)
    if whole:
        yield from (_row(r, "removed", str(new["name"])) for r in gone)
        yield from (_row(r, "added", str(new["name"])) for r in come)
        if not gone and not come:
            yield from _agencies(old, new, pairs)


def _cells(pair: Pair, audiences: Audiences) -> Iterator[Change]:
    for key in ASPECTS:
        if key in pair.old.standard["inherited"] and key in pair.new.standard["inherited"]:
            continue  # told of the row above
        if key == "target":
            yield from audiences.changes(pair)
        yield from (c for c in cell_changes(pair, key) if key != "target")


def _row(row: Row, kind: str, service: str) -> Change:
    """A whole standard that a service gained or lost."""
    groups = tuple(str(g["name"]) for g in row.entries("groups"))
    place = quote_of(row.standard["places"]["target"]) or Quote(service, row.standard["lines"][0])
    text = f"{row.standard['target']}：{row.standard['standard']}"
    return Change(
        kind, "tier", service, str(row.standard["target"]), None, "stated",
        text if kind == "removed" else None, text if kind == "added" else None,
        place if kind == "removed" else None, place if kind == "added" else None, (row.number,), (service,),
        groups if kind == "added" else (), groups if kind == "removed" else (),
    )


def _agencies(old: Json, new: Json, pairs: Iterable[Pair]) -> Iterator[Change]:
    """Roles that stand outside the four cells (a column of leading units) and went to somebody else."""
    cells = [(row, row.cell(k)) for p in pairs for row in (p.old, p.new) for k in ASPECTS]

    def outside(service: Json) -> list[Json]:
        return [
            a for a in service["agencies"]
            if a.get("basis") == "stated" and a.get("start") is not None and not any(
                row.service is service and c.start <= a["start"] < c.start + len(c.text) for row, c in cells
            )
        ]

    before, after = outside(old), outside(new)
    for role in dict.fromkeys(str(a["role"]) for a in (*before, *after)):
        was, now = ([a for a in side if a["role"] == role] for side in (before, after))
        if {a["name"] for a in was} != {a["name"] for a in now}:
            yield Change(
                "changed" if was and now else "added" if now else "removed", "agency", str(new["name"]), role,
                "changed" if was and now else None, "stated", "、".join(a["name"] for a in was) or None,
                "、".join(a["name"] for a in now) or None, quote_of(was[0]) if was else None,
                quote_of(now[0]) if now else None, services=(str(new["name"]),),
            )


def _once(found: Iterable[Change]) -> list[Change]:
    """One edit of a merged cell, told of several rows, is one change."""
    kept: dict[tuple[object, ...], Change] = {}
    for change in found:
        key = (change.kind, change.aspect, change.service, change.subject, change.old, change.new, change.cell,
               change.quote_old, change.quote_new)
        if key in kept and change.standards:
            first = kept[key]
            rows = tuple(sorted({*first.standards, *change.standards}))
            kept[key] = replace(first, standards=rows)
        else:
            kept[key] = change
    return list(kept.values())
