"""Which service became which: by identity, by declared succession, else by the likeness of their rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tjkg.diff.change import Change, Quote
from tjkg.diff.rows import Pair, Row
from tjkg.diff.side import Side, key_of
from tjkg.edits import fold, same, similarity

__all__ = ["Match", "matched", "row_pairs"]

Json = dict[str, Any]
_RENAMED = 0.7  # likeness of all rows from which on another name is a new name
_PART = 0.6  # likeness from which on a row is a part of what another service had


@dataclass(frozen=True)
class Match:
    """How the services of two sides belong together.

    pairs: old and new of one service. changes: added, removed, renamed, split, merged. rows: old and
    new row of one standard where a split or merger took it to another service.
    """

    pairs: tuple[tuple[Json, Json], ...]
    changes: tuple[Change, ...]
    carried: tuple[Pair, ...] = ()


def _rows(service: Json) -> list[Row]:
    return [Row(service, s) for s in service["standards"]]


def _row_text(row: Row) -> str:
    return f"{row.standard['target']}\n{row.standard['standard']}"


def _likeness(old: Json, new: Json) -> float:
    """How alike two services are: target and standard of their rows, and a little their names."""
    a, b = ("\n".join(_row_text(r) for r in _rows(s)) for s in (old, new))
    return 0.8 * similarity(a, b) + 0.2 * similarity(old["name"], new["name"])


def _quote(service: Json) -> Quote:
    return Quote(str(service["name"]), service.get("line"))


def _names(services: Sequence[Json]) -> str | None:
    return "、".join(str(s["name"]) for s in services) or None


def _change(kind: str, old: Sequence[Json], new: Sequence[Json], basis: str) -> Change:
    """Services that came, went or became others, as one change."""
    one = (new or old)[0]
    if kind == "merged":
        one = new[0]
    elif kind in ("split", "removed"):
        one = old[0]
    rows = [r for s in (old if kind == "removed" else new if kind == "added" else []) for r in _rows(s)]
    groups = tuple(dict.fromkeys(str(g["name"]) for s in (old if kind == "removed" else new) for g in s["groups"]))
    return Change(
        kind, "name", str(one["name"]), str(one["name"]), None, basis, _names(old), _names(new),
        _quote(old[0]) if old else None, _quote(new[0]) if new else None,
        standards=tuple(r.number for r in rows), services=tuple(str(s["name"]) for s in (*old, *new)),
        groups_gained=groups if kind == "added" else (), groups_lost=groups if kind == "removed" else (),
    )


def matched(old: Side, new: Side) -> Match:
    """The services of both sides, brought together."""
    before = {key_of(s): s for s in old.services}
    after = {key_of(s): s for s in new.services}
    pairs = [(before[k], after[k]) for k in before if k in after]
    gone = {k: s for k, s in before.items() if k not in after}
    come = {k: s for k, s in after.items() if k not in before}
    changes: list[Change] = []
    successors = {**old.successors, **new.successors}
    carried: list[Pair] = []
    for became in (_split, _merged):
        for kind, olds, news, basis in list(became(gone, come, pairs, successors)):
            changes.append(_change(kind, olds, news, basis))
            changes += _other_amounts(olds, news, str(changes[-1].service))
            carried += _carried([s for s in olds if key_of(s) in gone], [s for s in news if key_of(s) in come])
            for s in olds:
                gone.pop(key_of(s), None)
            for s in news:
                come.pop(key_of(s), None)
    for a, b, basis in list(_renamed(gone, come, successors)):
        pairs.append((a, b))
        changes.append(_change("renamed", [a], [b], basis))
        del gone[key_of(a)], come[key_of(b)]
    changes += [_change("removed", [s], [], "stated") for s in gone.values()]
    changes += [_change("added", [], [s], "stated") for s in come.values()]
    return Match(tuple(pairs), tuple(changes), tuple(carried))


Successors = Mapping[str, frozenset[str]]


def _renamed(
    gone: Mapping[str, Json], come: Mapping[str, Json], successors: Successors
) -> Iterator[tuple[Json, Json, str]]:
    """Services under another name: declared, else the likest pairs."""
    declared = {
        k: next(iter(v)) for k, v in successors.items()
        if k in gone and len(v) == 1 and next(iter(v)) in come and sum(v == w for w in successors.values()) == 1
    }
    for a, b in declared.items():
        yield gone[a], come[b], "stated"
    left = [k for k in gone if k not in declared]
    right = [k for k in come if k not in declared.values()]
    scored = sorted(((_likeness(gone[a], come[b]), a, b) for a in left for b in right), key=lambda s: (-s[0], s[1:]))
    for score, a, b in scored:
        if score < _RENAMED:
            return
        if a in left and b in right:
            left.remove(a)
            right.remove(b)
            yield gone[a], come[b], "suggested"


Became = tuple[str, list[Json], list[Json], str]


def _parts(whole: Json, others: Iterable[Json]) -> list[Json]:
    """The services all of whose rows were, in the main, said by the rows of another."""
    text = _text(whole)
    found = [s for s in others if all(_within(_row_text(r), text) for r in _rows(s))]
    together = "\n".join(_text(s) for s in found)
    return found if len(found) > 1 and similarity(text, together) >= _PART else []


def _text(service: Json) -> str:
    return "\n".join(_row_text(r) for r in _rows(service))


def _within(part: str, whole: str) -> bool:
    return len(fold(part)) < len(fold(whole)) * 1.2 and similarity(part, whole, contained=True) >= _PART


def _split(
    gone: Mapping[str, Json], come: Mapping[str, Json], pairs: Sequence[tuple[Json, Json]], successors: Successors
) -> Iterator[Became]:
    """One service that became several; it may go on itself with what is left."""
    for kind_key, service in gone.items():
        declared = [come[k] for k in sorted(successors.get(kind_key, ())) if k in come]
        parts = declared or _parts(service, come.values())
        if len(parts) > 1:
            yield "split", [service], parts, "stated" if declared else "suggested"
    for old, new in pairs:
        if len(_rows(old)) > len(_rows(new)):
            lost = _lost_rows(old, new)
            parts = [s for s in come.values() if all(any(_same_row(r, x) for x in lost) for r in _rows(s))]
            if parts:
                yield "split", [old], [new, *parts], "suggested"


def _merged(
    gone: Mapping[str, Json], come: Mapping[str, Json], pairs: Sequence[tuple[Json, Json]], successors: Successors
) -> Iterator[Became]:
    """Several services that became one; one of them may go on under its name."""
    for key, service in come.items():
        declared = [gone[k] for k, v in sorted(successors.items()) if key in v and k in gone]
        parts = declared if len(declared) > 1 else _parts(service, gone.values())
        if len(parts) > 1:
            yield "merged", parts, [service], "stated" if len(declared) > 1 else "suggested"
    for old, new in pairs:
        if len(_rows(new)) > len(_rows(old)):
            won = _lost_rows(new, old)
            parts = [s for s in gone.values() if all(any(_same_row(r, x) for x in won) for r in _rows(s))]
            if parts:
                yield "merged", [old, *parts], [new], "suggested"


def _lost_rows(old: Json, new: Json) -> list[Row]:
    kept = {id(p.old.standard) for p in row_pairs(old, new)[0]}
    return [r for r in _rows(old) if id(r.standard) not in kept]


def _same_row(a: Row, b: Row) -> bool:
    return same(a.standard["target"], b.standard["target"]) or similarity(_row_text(a), _row_text(b)) >= _RENAMED


def _carried(olds: Sequence[Json], news: Sequence[Json]) -> Iterator[Pair]:
    """The rows that a split or merger took along, each with the likest row on the other side."""
    free = [r for s in news for r in _rows(s)]
    for row in (r for s in olds for r in _rows(s)):
        best = max(free, key=lambda r: similarity(_row_text(row), _row_text(r)), default=None)
        if best is not None and (_equal(row, best) or same(row.standard["target"], best.standard["target"])):
            free.remove(best)
            yield Pair(row, best)


def _other_amounts(olds: Sequence[Json], news: Sequence[Json], service: str) -> Iterator[Change]:
    """Sums of money that a split or merger changed on the way."""
    def sums(services: Sequence[Json]) -> Counter[str]:
        return Counter(
            f"{b.get('per') or ''}{b.get('period') or ''}{b['text']}"
            for s in services for b in s["benefits"] if b.get("currency") and not b.get("derived")
        )

    was, now = sums(olds), sums(news)
    if was != now:
        names = tuple(str(s["name"]) for s in (*olds, *news))
        yield Change("changed", "amount", service, service, "changed", "suggested", "、".join((was - now).elements()) or None,
                     "、".join((now - was).elements()) or None, services=names)


def row_pairs(old: Json, new: Json) -> tuple[list[Pair], list[Row], list[Row]]:
    """(rows that belong together, rows that are gone, rows that are new) of one service."""
    left, right = _rows(old), _rows(new)
    pairs: list[Pair] = []
    for alike in (_equal, _likely):
        for row in list(left):
            scored = [(score, -abs(row.number - r.number), r) for r in right if (score := alike(row, r)) > 0]
            if scored:
                best = max(scored, key=lambda s: s[:2])[2]
                pairs.append(Pair(row, best))
                left.remove(row)
                right.remove(best)
    if len(left) == len(right) == 1:  # the only one that is left on each side
        pairs.append(Pair(left.pop(), right.pop()))
    return sorted(pairs, key=lambda p: p.new.number), left, right


def _equal(a: Row, b: Row) -> float:
    return float(all(same(a.standard[k], b.standard[k]) for k in ("target", "standard")))


def _likely(a: Row, b: Row) -> float:
    scores = [similarity(a.standard[k], b.standard[k]) for k in ("target", "standard")]
    return sum(scores) if max(scores) >= _PART else 0.0
