"""Who pays, before and after: payers, shares, and who bears more of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tjkg.diff.change import Change
from tjkg.diff.rows import Spot, overlaps
from tjkg.edits import Edit, fold

__all__ = ["payment"]

Json = dict[str, Any]


def _meaning(entries: Sequence[Json]) -> list[tuple[object, ...]]:
    """What the entries say, without their words and places."""
    return sorted(
        (tuple(fold(str(e.get(k))) for k in ("payer", "role", "pays_for", "percent", "of", "to", "condition"))
         for e in entries),
        key=str,
    )


def _shares(entries: Sequence[Json]) -> dict[str, float]:
    """The greatest share of the whole that each payer bears, derived ones too."""
    found: dict[str, float] = {}
    for e in entries:
        if e.get("percent") is not None:
            found[e["payer"]] = max(found.get(e["payer"], 0), e["percent"])
    return found


def _said(entries: Sequence[Json]) -> str | None:
    """Payers with their shares in words: 市财政40%、区财政60%."""
    told: list[str] = []
    for e in entries:
        share = "" if e.get("percent") is None else f"{e['percent']:g}%"
        note = f"（{e['role']}）" if e.get("role") not in ("负担", "共同负担") else ""
        text = f"{e['payer']}{note}{share}"
        if text not in told:
            told.append(text)
    return "、".join(told) or None


def _names(entries: Sequence[Json]) -> list[str]:
    return list(dict.fromkeys(str(e["payer"]) for e in entries))


def payment(
    old: Sequence[Spot], new: Sequence[Spot], edit: Edit, alone: bool, subject: str
) -> Change | None:
    """What an edit of the funding cell means; alone: it is the cell's only edit. None: nothing but wording."""
    here = [s.entry for s in old if alone or overlaps(s.start, s.end, edit.old)]
    there = [s.entry for s in new if alone or overlaps(s.start, s.end, edit.new)]
    if _meaning(here) == _meaning(there):
        return None
    before, after = [s.entry for s in old], [s.entry for s in new]
    gone = [n for n in _names(before) if n not in _names(after)]
    come = [n for n in _names(after) if n not in _names(before)]
    was, now = _shares(before), _shares(after)
    up = [p for p in now if p in was and now[p] > was[p]]
    down = [p for p in now if p in was and now[p] < was[p]]
    if gone or come:
        rest = [n for n in _names(after) if n not in come]
        more = [*come, *up, *(rest if gone and not come and not up else [])]
        less = [*gone, *down, *(rest if come and not gone and not down else [])]
        return Change("changed", "payer", None, subject, "changed", old=_said(before), new=_said(after),
                      bears_more=tuple(dict.fromkeys(more)), bears_less=tuple(dict.fromkeys(less)))
    if was != now or _percents(here) != _percents(there):
        more, less = up + [p for p in now if p not in was], down + [p for p in was if p not in now]
        direct = _direct(here, there)
        return Change("changed", "share", None, subject, direct, old=_said(before), new=_said(after),
                      bears_more=tuple(more), bears_less=tuple(less))
    return Change("changed", "payer", None, subject, "changed", old=_said(before), new=_said(after))


def _percents(entries: Sequence[Json]) -> list[tuple[str, float]]:
    return sorted((str(e["payer"]), e["percent"]) for e in entries if e.get("percent") is not None)


def _direct(old: Sequence[Json], new: Sequence[Json]) -> str:
    """raised or lowered where one printed share alone changed, else shifted."""
    was = {str(e["payer"]): e["percent"] for e in old if e.get("percent") is not None and not e.get("derived")}
    now = {str(e["payer"]): e["percent"] for e in new if e.get("percent") is not None and not e.get("derived")}
    changed = [p for p in was if p in now and was[p] != now[p]]
    if len(changed) != 1:
        return "shifted"
    return "raised" if now[changed[0]] > was[changed[0]] else "lowered"
