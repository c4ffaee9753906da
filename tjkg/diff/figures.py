"""Two lists of figures of one cell (amounts, rates, quotas, contributions, targets) brought together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tjkg.diff.change import Change, quote_of
from tjkg.diff.rows import Moved, Spot, overlaps
from tjkg.edits import Edit, fold, same

__all__ = ["Delta", "amount", "compared", "contribution", "coverage", "deltas", "direction_of", "limit"]

Json = dict[str, Any]
# how often in a year: the periods of the language
_A_YEAR = {"每年": 1, "每学年": 1, "每年度": 1, "每半年": 2, "每学期": 2, "每季度": 4, "每季": 4, "每月": 12, "每周": 52,
           "每天": 365, "每日": 365}
_LIMITING = ("cap", "threshold")  # roles of which less is not plainly worse
_SAY_ALL = 100  # 应保尽保 promises what 100% promises


@dataclass(frozen=True)
class Delta:
    """A change of figures and the words it is about on each side (None: not there)."""

    change: Change
    old: Spot | None
    new: Spot | None

    def touches(self, edit: Edit) -> bool:
        """Whether an edit is about it: it falls on the number, else on the words around it."""
        return self.on_number(edit) or any(
            spot is not None and overlaps(spot.start, spot.end, piece)
            for spot, piece in ((self.old, edit.old), (self.new, edit.new))
        )

    def on_number(self, edit: Edit) -> bool:
        """Whether an edit falls on the number itself."""
        return any(
            spot is not None and overlaps(*spot.core, piece)
            for spot, piece in ((self.old, edit.old), (self.new, edit.new))
        )


Judge = Callable[[Json | None, Json | None], Change | None]


def deltas(old: Sequence[Spot], new: Sequence[Spot], found: Sequence[Edit], judge: Judge) -> list[Delta]:
    """The changes between the figures of a cell; figures are the same where their words are, moved by the edits."""
    moved = Moved(found)
    free = list(new)
    pairs: list[tuple[Spot | None, Spot | None]] = []
    for spot in old:
        span = moved.span(*spot.core)
        there = [s for s in free if s.core[0] < span[1] and span[0] < s.core[1] or s.core == span]
        best = max(there, key=lambda s: _likeness(spot, s), default=None)
        if best is not None:
            free.remove(best)
        pairs.append((spot, best))
    pairs += [(None, s) for s in free]
    told = []
    for before, after in _gone_apart(pairs, found):
        change = judge(before.entry if before else None, after.entry if after else None)
        if change is not None:
            told.append(Delta(change, before, after))
    return told


def _gone_apart(
    pairs: Iterable[tuple[Spot | None, Spot | None]], found: Sequence[Edit]
) -> Iterable[tuple[Spot | None, Spot | None]]:
    """Figures of one edit that found no counterpart, taken together in text order."""
    listed = list(pairs)
    for e in found:
        lost = [p for p in listed if p[0] and not p[1] and overlaps(*p[0].core, e.old)]
        won = [p for p in listed if p[1] and not p[0] and overlaps(*p[1].core, e.new)]
        for a, b in zip(lost, won, strict=False):
            listed[listed.index(a)] = (a[0], b[1])
            listed.remove(b)
    return listed


def _likeness(old: Spot, new: Spot) -> tuple[bool, bool, bool, int]:
    a, b = old.entry, new.entry
    return (
        bool(a.get("derived")) == bool(b.get("derived")), a.get("role") == b.get("role"), a.get("unit") == b.get("unit"),
        -abs(old.core[0] - new.core[0]),
    )


# ---------------------------------------------------------------- numbers


def _bounds(entry: Json) -> tuple[float | None, float | None]:
    value = entry.get("value", entry.get("rate"))
    if value is not None:
        return value, value
    return entry.get("min"), entry.get("max")


def direction_of(old: tuple[float | None, float | None], new: tuple[float | None, float | None]) -> str | None:
    """raised, lowered, changed, or None for the same numbers."""
    if old == new:
        return None
    pairs = [(a, b) for a, b in zip(old, new, strict=True) if a is not None and b is not None]
    if not pairs:
        return "changed"
    if all(b >= a for a, b in pairs):
        return "raised"
    return "lowered" if all(b <= a for a, b in pairs) else "changed"


def compared(change: Change, old: Json, new: Json) -> Change:
    """A change with how much and how many percent, where both are single numbers of one unit."""
    before, after = _bounds(old)[0], _bounds(new)[0]
    if before is None or after is None or _bounds(old)[0] != _bounds(old)[1] or old.get("unit") != new.get("unit"):
        return change
    difference = round(after - before, 6)
    if not difference:
        return change
    difference = int(difference) if difference == int(difference) else difference
    percent = round(difference / before * 100, 2) if before else None
    return replace(change, difference=difference, percent=percent, unit=new.get("unit"))


def _said(entry: Json | None) -> str | None:
    """A figure as a person reads it: 每人每月500元."""
    if entry is None:
        return None
    text = str(entry.get("text") or entry.get("quote") or "")
    return "".join(p for p in (entry.get("per"), entry.get("period")) if p and p not in text) + text


def _subject(entry: Json) -> str:
    """What the figure is of: the item with its condition."""
    item = str(entry.get("item") or entry.get("subject") or entry.get("payer") or "")
    condition = entry.get("condition")
    return f"{item}（{condition}）" if condition and condition not in item else item


def _both(kind: str, aspect: str, old: Json | None, new: Json | None, direction: str | None) -> Change:
    subject = _subject(new or old or {})
    return Change(kind, aspect, None, subject, direction, "stated", _said(old), _said(new), quote_of(old), quote_of(new))


def _yearly(entry: Json) -> float | None:
    times, value = _A_YEAR.get(entry.get("period") or ""), _bounds(entry)[0]
    return None if times is None or value is None else times * value


def _over_a_year(old: float | None, new: float | None) -> str:
    if old is None or new is None or old == new:
        return "changed"
    return "raised" if new > old else "lowered"


# ---------------------------------------------------------------- judges: two entries → what changed


def amount(old: Json | None, new: Json | None) -> Change | None:
    """A benefit: amount, unit, period, tier, or what it is left to."""
    if old is None or new is None:
        entry = new or old
        if entry is None or entry.get("derived"):
            return None
        told = _both("added" if old is None else "removed", "tier", old, new, None)
        return replace(told, doubtful=entry.get("role") in _LIMITING)
    if old.get("derived") and new.get("derived"):
        return None
    if not same(old.get("period"), new.get("period")):
        was, now = _yearly(old), _yearly(new)
        return _both("changed", "period", old, new, _over_a_year(was, now))
    if not same(old.get("unit"), new.get("unit")) or not same(old.get("per"), new.get("per")):
        if _bounds(old) != (None, None) and _bounds(new) != (None, None):
            return _both("changed", "unit", old, new, "changed")
    direction = direction_of(_bounds(old), _bounds(new))
    if direction is not None:
        told = _both("changed", "amount", old, new, direction)
        return compared(replace(told, doubtful=new.get("role") == "threshold"), old, new)
    if (old.get("operator"), old.get("role")) != (new.get("operator"), new.get("role")) and _bounds(old) != (None, None):
        return _both("changed", "amount", old, new, "changed")
    if old.get("bracket") != new.get("bracket"):
        return _bracket(old, new)
    if not same(old.get("rule"), new.get("rule")) or not same(old.get("times"), new.get("times")):
        return _both("changed", "text", old, new, "changed")
    return None


def _bracket(old: Json, new: Json) -> Change:
    """Another range that an amount is for; of ages it is for other people."""
    was, now = (entry.get("bracket") or {} for entry in (old, new))
    change = replace(_both("changed", "tier", old, new, "changed"), old=old.get("quote"), new=new.get("quote"))
    if "岁" not in (was.get("unit"), now.get("unit")):
        return change
    low, high = (_wider(was.get("from"), now.get("from"), up=False), _wider(was.get("to"), now.get("to"), up=True))
    wider = {d for d in (low, high) if d is not None}
    direction = "shifted" if len(wider) > 1 else "widened" if wider == {True} else "narrowed" if wider else "changed"
    return replace(change, aspect="audience", direction=direction)


def _wider(old: float | None, new: float | None, *, up: bool) -> bool | None:
    """Whether a bound lets more in (None: as before); no bound is the widest."""
    if old == new:
        return None
    if old is None or new is None:
        return new is None
    return new > old if up else new < old


def limit(old: Json | None, new: Json | None) -> Change | None:
    """A quota or service level: told as an amount."""
    if old is None or new is None:
        return _both("added" if old is None else "removed", "tier", old, new, None)
    if not same(old.get("period"), new.get("period")):
        was, now = _yearly(old), _yearly(new)
        return _both("changed", "period", old, new, _over_a_year(was, now))
    if not same(old.get("unit"), new.get("unit")):
        return _both("changed", "unit", old, new, "changed")
    direction = direction_of(_bounds(old), _bounds(new))
    if direction is not None:
        told = _both("changed", "amount", old, new, direction)
        return compared(replace(told, doubtful=new.get("operator") in ("<=", "<")), old, new)
    return _both("changed", "amount", old, new, "changed") if old.get("operator") != new.get("operator") else None


def contribution(old: Json | None, new: Json | None) -> Change | None:
    """A rate that somebody pays in."""
    if old is None or new is None:
        return _both("added" if old is None else "removed", "contribution", old, new, None)
    if fold(old.get("payer")) != fold(new.get("payer")) or not same(old.get("base"), new.get("base")):
        return _both("changed", "contribution", old, new, "changed")
    direction = direction_of(_bounds(old), _bounds(new))
    if direction is None:
        return None
    change = compared(_both("changed", "contribution", old, new, direction), old, new)
    payer = (str(new["payer"]),)
    return replace(change, bears_more=payer if direction == "raised" else (),
                   bears_less=payer if direction == "lowered" else (), old=_rate(old), new=_rate(new))


def _rate(entry: Json) -> str:
    return f"{entry['rate']}{entry.get('unit') or ''}"


def coverage(old: Json | None, new: Json | None) -> Change | None:
    """A target of coverage; 应保尽保 counts as all."""
    if old is None or new is None:
        return _both("added" if old is None else "removed", "coverage", old, new, None)
    was, now = _level(old), _level(new)
    direction = direction_of((was, was), (now, now))
    if direction is None and old.get("kind") == new.get("kind") and old.get("operator") == new.get("operator"):
        return None
    change = _both("changed", "coverage", old, new, direction or "changed")
    outcome = "outcome" in (old.get("kind"), new.get("kind")) and new.get("unit") != "%"
    return compared(replace(change, doubtful=outcome), old, new)


def _level(entry: Json) -> float | None:
    value = entry.get("value")
    return _SAY_ALL if value is None and entry.get("kind") == "should_cover_all" else value
