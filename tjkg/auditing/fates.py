"""Every number of the plan that must be accounted for: represented, explained, or a gap."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from tjkg.auditing.typed import NUMERIC, Typed
from tjkg.parse.numbers import NumberMention, numbers
from tjkg.records import Source

__all__ = ["Fate", "fates"]

_COLONS = "∶︰:："
_UNIT = re.compile(r"[^\t\n]+")  # a cell, a line of a cell, a paragraph


@dataclass(frozen=True)
class Fate:
    """A number of the text: its place, kind (see `parse.numbers`) and fate.

    fate: represented | explained | gap.
    """

    start: int
    end: int
    line: int
    text: str
    kind: str
    fate: str


def _can_be(number: NumberMention) -> set[Decimal]:
    """The values a node may carry for a number of the text: its value, its ends, its parts, its shares."""
    own = {v for v in (number.value, number.min, number.max, *number.parts) if v is not None}
    if number.kind == "ratio" and (total := sum(number.parts)):
        own |= {part * 100 / total for part in number.parts}
    if number.kind == "fraction" and number.value is not None and number.unit:
        bottom = number.unit.removeprefix("1/")
        if re.fullmatch(r"\d+", bottom) and int(bottom):
            own.add(number.value / int(bottom))
    return own


def _stands_for(node: Typed, number: NumberMention, at: int) -> bool:
    """Whether a node's passage carries the number and the node says it as a number."""
    if node.kind not in NUMERIC or not (node.start <= at + number.start and at + number.end <= node.end):
        return False
    if node.numbers & _can_be(number):
        return True
    return bool(node.numbers) and number.text in node.printed


class _ByPlace:
    """The typed nodes whose passages cover a place, found quickly."""

    _STEP = 256

    def __init__(self, nodes: Iterable[Typed]) -> None:
        self._cells: dict[int, list[Typed]] = {}
        for node in nodes:
            for cell in range(node.start // self._STEP, node.end // self._STEP + 1):
                self._cells.setdefault(cell, []).append(node)

    def at(self, position: int) -> list[Typed]:
        return self._cells.get(position // self._STEP, [])


def _joined(found: Iterable[NumberMention], text: str) -> Iterator[NumberMention]:
    """A ratio of three or more parts as one number: 2:3:5."""
    held: NumberMention | None = None
    for number in found:
        joint = "" if held is None else text[held.end : number.start].strip()
        if held is not None and held.kind == "ratio" and joint in _COLONS and joint and number.value is not None:
            parts = (*held.parts, number.value)
            held = replace(held, end=number.end, phrase_end=number.phrase_end, parts=parts, text=text[held.start : number.end])
            continue
        if held is not None:
            yield held
        held = number
    if held is not None:
        yield held


def _within(spans: list[tuple[int, int]], position: int) -> bool:
    i = bisect_right(spans, (position, len(spans) and spans[-1][1])) - 1
    return i >= 0 and spans[i][0] <= position < spans[i][1]


def fates(
    text: Source, scopes: Iterable[tuple[int, int]], nodes: Iterable[Typed], naming: Iterable[tuple[int, int]] = ()
) -> Iterator[Fate]:
    """The fate of each number inside some stretches (start, end) of the text, in order.

    naming: cells whose numbers only count rows or name a unit.
    """
    places, named = _ByPlace(nodes), sorted(naming)
    for start, end in scopes:
        for unit in _UNIT.finditer(text.text, start, end):
            at = unit.start()
            for number in _joined(numbers(unit[0]), unit[0]):
                if not number.measured or _within(named, at + number.start):
                    fate = "explained"
                elif any(_stands_for(node, number, at) for node in places.at(at + number.start)):
                    fate = "represented"
                else:
                    fate = "gap"
                yield Fate(
                    at + number.start, at + number.end, text.line_at(at + number.start), number.text, number.kind, fate
                )
