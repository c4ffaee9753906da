"""Every passage read again in the plan's text, and every value against what is printed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from tjkg.parse.numbers import numbers
from tjkg.query import internal
from tjkg.records import Source
from tjkg.store.answers import Store, Value
from tjkg.validation import rules
from tjkg.validation.finding import Finding, Rule, Spot
from tjkg.validation.places import Places

__all__ = ["passages", "rows", "values"]

_PLACES = 5  # four cells and the service's name


def _finding(rule: Rule, node: str, places: Places, spot: Spot | None, **more: object) -> Finding:
    about = places.about(node)
    return Finding(
        rule.severity, rule.id, about.label, rule.message.filled(more), rule.why, rule.fix, service=about.service,
        cell=places.cell(spot), spot=spot, focus=node, heading=rule.name,
    )


def _integer(value: Value) -> int:
    return value if isinstance(value, int) else -1


def passages(store: Store, text: Source | None, places: Places) -> Iterator[Finding]:
    """Quotes that are not at their place, wrong lines, or a text that is not the data's own.

    text: the plan's text; None when it is not at hand (then that is the finding).
    """
    plan = store.select(internal("plan-text")).rows
    if not plan:
        return
    node, sha256, _ = plan[0]
    if text is None:
        yield _finding(rules.check("text-absent", "warning"), str(node), places, None)
        return
    if sha256 is not None and sha256 != text.sha256:
        yield _finding(rules.check("text-differs", "violation"), str(node), places, None)
        return
    drifted = rules.check("passage-drifted", "violation")
    misplaced = rules.check("passage-line-wrong", "violation")
    gone: list[tuple[str, Spot]] = []
    for passage, exact, start, end, line in store.select(internal("passages")).rows:
        a, b = _integer(start), _integer(end)
        spot = Spot(str(exact), _integer(line) if line is not None else None, a, b)
        if text.text[max(a, 0) : max(b, 0)] != exact:
            gone.append((str(passage), spot))
        elif line is not None and text.line_at(a) != line:
            yield _finding(misplaced, str(passage), places, spot, line=line, right=text.line_at(a))
    for passage, spot in _innermost(gone):
        said, found = _difference(spot.quote, text.text[max(spot.start or 0, 0) : max(spot.end or 0, 0)])
        yield _finding(drifted, passage, places, spot, said=said, found=found)


def _innermost(gone: list[tuple[str, Spot]]) -> Iterator[tuple[str, Spot]]:
    """A word changed inside a phrase inside a cell is told at the phrase."""
    for passage, spot in gone:
        if not any(other != passage and inner != spot and _inside(inner, spot) for other, inner in gone):
            yield passage, spot


def _difference(said: str, found: str, around: int = 6) -> tuple[str, str]:
    """Where two texts part, with a few characters on either side."""
    start = next((i for i, (a, b) in enumerate(zip(said, found, strict=False)) if a != b), min(len(said), len(found)))
    back = next(
        (i for i, (a, b) in enumerate(zip(said[:start:-1], found[:start:-1], strict=False)) if a != b), 0
    )
    left = max(0, start - around)

    def piece(text: str) -> str:
        return text[left : max(start + 1, len(text) - back) + around][:60]

    return piece(said), piece(found)


def _read(printed: str) -> set[Decimal]:
    """Every value that the numbers of a printed text can stand for."""
    found: set[Decimal] = set()
    for number in numbers(printed):
        found |= {v for v in (number.value, number.min, number.max, *number.parts) if v is not None}
        if number.kind == "date":  # a day as a number: 2020年1月1日 → 20200101
            found.add(Decimal("".join(f"{int(part):02d}" for part in number.parts)))
    return found


def values(store: Store, places: Places) -> Iterator[Finding]:
    """Values that the printed text beside them does not yield (derived ones aside)."""
    rule = rules.check("value-not-in-quote", "violation")
    for node, value, printed in store.select(internal("printed-values")).rows:
        known = _read(str(printed))
        if known and isinstance(value, (int, Decimal)) and value not in known:
            spot = places.about(str(node)).spot
            yield _finding(rule, str(node), places, spot, value=f"{value:f}" if isinstance(value, Decimal) else value,
                           printed=printed)


def rows(store: Store, places: Places) -> Iterator[Finding]:
    """Statements and conditions of a row of a table that quote words from outside it (or its service's name).

    A row that lacks a cell is told by its shape.
    """
    rule = rules.check("passage-outside-row", "violation")
    allowed: dict[str, list[Spot]] = {}
    for row, at in store.select(internal("row-places")).rows:
        place = places.passage(str(at))
        if place is not None:
            allowed.setdefault(str(row), []).append(place)
    for row, node, at in store.select(internal("row-statements")).rows:
        spot = places.passage(str(at))
        own = allowed.get(str(row), [])
        if spot is not None and len(own) == _PLACES and not any(_inside(spot, place) for place in own):
            yield _finding(rule, str(node), places, spot)


def _inside(spot: Spot, place: Spot) -> bool:
    if None in (spot.start, spot.end, place.start, place.end):
        return False
    return (place.start or 0) <= (spot.start or 0) and (spot.end or 0) <= (place.end or 0)
