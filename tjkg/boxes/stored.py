"""Boxes as plain data: by values and numbers, good for any later space."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tjkg.boxes.algebra import Box
from tjkg.boxes.space import HIGH, LOW, Cut, Space
from tjkg.facts import NA

__all__ = ["load", "store", "stored_cuts"]

Literal = list[Any]  # values of a code, or [low, side, high, side] intervals; NA among them


def store(boxes: Iterable[Box], space: Space) -> list[dict[str, Literal]]:
    """Boxes by values and numbers, in a stable order, for any later space."""
    found = []
    for box in boxes:
        plain: dict[str, Literal] = {}
        for variable in sorted(box):
            mask = box[variable]
            if variable in space.edges:
                ranges: Literal = [
                    [None if low == LOW else low[0], low[1], None if high == HIGH else high[0], high[1]]
                    for low, high in space.ranges(variable, mask)
                ]
                plain[variable] = ranges + ([NA] if mask & space.na(variable) else [])
            else:
                plain[variable] = space.names(variable, mask)
        found.append(plain)
    return sorted(found, key=lambda b: (len(b), str(b)))


def stored_cuts(boxes: Iterable[Mapping[str, Literal]], into: dict[str, set[Cut]]) -> None:
    """Adds the cuts of stored boxes to those of their facts."""
    for box in boxes:
        for variable, literal in box.items():
            for part in literal:
                if isinstance(part, list):
                    into.setdefault(variable, set()).update(_cuts(part))


def _cuts(part: Sequence[Any]) -> tuple[Cut, Cut]:
    low, low_side, high, high_side = part
    return (LOW if low is None else (low, low_side)), (HIGH if high is None else (high, high_side))


def load(boxes: Iterable[Mapping[str, Literal]], space: Space) -> list[Box]:
    """Stored boxes as bits of a space."""
    return [{variable: _mask(variable, literal, space) for variable, literal in box.items()} for box in boxes]


def _mask(variable: str, literal: Literal, space: Space) -> int:
    if variable not in space.edges:
        return space.values(variable, literal)
    mask = 0
    for part in literal:
        mask |= space.na(variable) if part == NA else space.range(variable, *_cuts(part))
    return mask
