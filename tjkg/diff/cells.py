"""The edits of the four cells of a row, each told as one change: what it means, else that only words changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from tjkg.diff import figures
from tjkg.diff.change import Change
from tjkg.diff.figures import Delta
from tjkg.diff.payers import payment
from tjkg.diff.rows import Cell, Pair, Row, Spot, overlaps, spots
from tjkg.edits import Edit, fold, same

__all__ = ["cell_changes", "finished", "unread", "wording"]

_NUMBER = re.compile(r"\d+(?:\.\d+)?|[一二三四五六七八九十百两]+(?=[次年个名倍项场级档])")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NEGATION = re.compile(r"不|未|无|非|除")
_LISTED = re.compile(r"^[、，,；;。和及与]|[、，,；;。]$")  # what was added or taken is a member of a list or a clause
_ASPECT = {"target": "audience", "standard": "amount", "funding": "share", "coverage": "coverage"}
# which judge sees which entries of a cell, the more telling first
_JUDGES = (
    ("benefits", figures.amount), ("limits", figures.limit), ("contributions", figures.contribution),
    ("coverage_targets", figures.coverage),
)


def _spots(row: Row, kind: str, cell: Cell) -> list[Spot]:
    entries = row.entries(kind)
    if kind == "limits":
        entries = [e for e in entries if e.get("kind") != "condition"]
    return spots(entries, cell)


def _all_deltas(pair: Pair, key: str, found: Sequence[Edit]) -> list[Delta]:
    """The changes of the figures that are read of a cell."""
    old, new = pair.cells(key)
    told = []
    for kind, judge in _JUDGES:
        told += figures.deltas(_spots(pair.old, kind, old), _spots(pair.new, kind, new), found, judge)
    return told


def cell_changes(pair: Pair, key: str) -> Iterator[Change]:
    """One change for each edit of a cell (the target cell's people are told elsewhere: see `people`)."""
    found = pair.edits(key)
    old, new = pair.cells(key)
    told = _all_deltas(pair, key, found)
    for edit in found:
        change = _of_edit(pair, key, edit, found, told)
        if change is None:
            change = agency_edit(pair, key, edit) or unread(edit, old, new)
        yield finished(change, edit, old, new, pair)
    if not found:
        yield from (finished(d.change, None, old, new, pair) for d in told if _typed(d))


def _typed(delta: Delta) -> bool:
    """Data that says something else of the same words: only a number or unit counts, and nothing we calculated."""
    old, new = delta.old, delta.new
    if old is None or new is None or old.derived or new.derived:
        return False
    keys = ("value", "min", "max", "rate", "unit", "period")
    return any(old.entry.get(k) != new.entry.get(k) for k in keys)


def _of_edit(
    pair: Pair, key: str, edit: Edit, found: Sequence[Edit], told: Sequence[Delta]
) -> Change | None:
    """What an edit of a cell changes, None when nothing that was read."""
    if key == "funding":
        old, new = pair.cells(key)
        change = payment(
            spots(pair.old.entries("funding"), old), spots(pair.new.entries("funding"), new), edit, len(found) == 1,
            key,
        )
        if change is not None:
            return change
    here = [d for d in told if d.on_number(edit)] or [d for d in told if d.touches(edit) and not _elsewhere(d, found)]
    return _joined(here) if here else None


def _elsewhere(delta: Delta, found: Sequence[Edit]) -> bool:
    """Whether another edit falls on the number of it."""
    return any(delta.on_number(e) for e in found)


def _joined(here: Sequence[Delta]) -> Change:
    """Several figures of one edit as one change: the first that changed speaks, the others stand beside it."""
    order = {"changed": 0, "removed": 1, "added": 2}
    ranked = sorted(here, key=lambda d: (order.get(d.change.kind, 3), d.change.direction is None))
    first = ranked[0].change
    if len(ranked) == 1:
        return first
    kinds = {(d.change.kind, d.change.aspect) for d in ranked}
    several = len(kinds) == 1 or first.kind == "changed" and all(d.change.kind == "changed" for d in ranked)
    old = "；".join(dict.fromkeys(d.change.old for d in here if d.change.old)) or None
    new = "；".join(dict.fromkeys(d.change.new for d in here if d.change.new)) or None
    if several:
        directions = {d.change.direction for d in ranked}
        direction = first.direction if len(directions) == 1 else "changed"
        return replace(first, old=old, new=new, direction=direction)
    return replace(first, kind="changed", aspect="tier", direction="changed", old=old, new=new, difference=None,
                   percent=None)


# ---------------------------------------------------------------- words that nothing was read of


def unread(edit: Edit, old: Cell, new: Cell) -> Change:
    """An edit that no entry tells: a number, a negation or a member of a list is no mere wording."""
    before, after = _NUMBER.findall(fold(edit.old_text)), _NUMBER.findall(fold(edit.new_text))
    told = Change("changed", "text", None, old.key, "changed", "suggested", old.phrase(*edit.old), new.phrase(*edit.new))
    if before != after and (before or after):
        direction = "changed"
        if len(before) == len(after) == 1 and all(_decimal(n[0]) is not None for n in (before, after)):
            direction = figures.direction_of((_decimal(before[0]),) * 2, (_decimal(after[0]),) * 2) or "changed"
        years = all(_YEAR.fullmatch(n) for n in (*before, *after))
        aspect = "text" if years else _ASPECT.get(old.key, old.key)
        direction = "changed" if years else direction
        return replace(told, aspect=aspect, direction=direction)
    if len(_NEGATION.findall(edit.old_text)) != len(_NEGATION.findall(edit.new_text)):
        return told
    if edit.pure and len(fold(edit.old_text + edit.new_text)) > 2 and old.key == "standard":
        text = fold(edit.old_text or edit.new_text)
        if _LISTED.search(text):
            direction = "narrowed" if edit.old_text else "widened"
            return replace(told, direction=direction)
    return wording(edit, old, new)


def _decimal(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def wording(edit: Edit, old: Cell, new: Cell) -> Change:
    """An edit that changes words only."""
    return Change("wording", "text", None, old.key, None, "stated", old.phrase(*edit.old), new.phrase(*edit.new))


def finished(change: Change, edit: Edit | None, old: Cell, new: Cell, pair: Pair) -> Change:
    """A change with both quotes, its service, its row and its cell."""
    before, after = change.quote_old, change.quote_new
    if edit is not None:
        before = before or old.clause(*_near(edit.old, old))
        after = after or new.clause(*_near(edit.new, new))
    name = str(pair.new.service["name"])
    return replace(
        change, service=name, services=(name,), standards=(pair.new.number,), cell=old.key, quote_old=before,
        quote_new=after,
    )


def _near(piece: tuple[int, int], cell: Cell) -> tuple[int, int]:
    """An edited piece, or the character before the place where one is missing."""
    if piece[0] < piece[1]:
        return piece
    return (max(piece[0] - 1, 0), max(piece[0], min(1, len(cell.text))))


def agency_edit(pair: Pair, key: str, edit: Edit) -> Change | None:
    """An edit by which another organisation takes a role."""
    old, new = pair.cells(key)
    was = [s.entry for s in spots(_stated(pair.old), old) if overlaps(s.start, s.end, edit.old)]
    now = [s.entry for s in spots(_stated(pair.new), new) if overlaps(s.start, s.end, edit.new)]
    roles = [(fold(a["name"]), a["role"]) for a in was], [(fold(a["name"]), a["role"]) for a in now]
    if roles[0] == roles[1] or not (was or now):
        return None
    if was and not now and edit.old_text and edit.new_text:
        lost = [a for a in was if _on_name(str(a["name"]), old, edit)]
        if lost:
            return Change("changed", "agency", None, str(lost[0]["role"]), "changed", old=_named(lost),
                          new=new.phrase(*edit.new))
    if now and not was and edit.old_text and edit.new_text:
        won = [a for a in now if _on_name(str(a["name"]), new, edit.turned())]
        if won:
            return Change("changed", "agency", None, str(won[0]["role"]), "changed", old=old.phrase(*edit.old),
                          new=_named(won))
    if was and now and {r for _, r in roles[0]} & {r for _, r in roles[1]}:
        return Change("changed", "agency", None, str(now[0]["role"]), "changed", old=_named(was), new=_named(now))
    return None


def _on_name(name: str, cell: Cell, edit: Edit) -> bool:
    """Whether an edit falls on the name of an organisation."""
    at = cell.text.find(name)
    while at >= 0:
        if overlaps(at, at + len(name), edit.old):
            return True
        at = cell.text.find(name, at + 1)
    return False


def _stated(row: Row) -> list[dict[str, object]]:
    return [a for a in row.service["agencies"] if a.get("basis") == "stated"]


def _named(agencies: Iterable[dict[str, object]]) -> str:
    return "、".join(dict.fromkeys(str(a["name"]) for a in agencies))


def unchanged(pair: Pair) -> bool:
    """Whether no cell differs by more than form."""
    return all(same(*(c.text for c in pair.cells(key))) for key in ("target", "standard", "funding", "coverage"))
