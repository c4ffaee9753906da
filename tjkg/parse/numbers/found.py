"""Every number a text mentions, found and classified: what measures something and what only names it."""

from __future__ import annotations

from dataclasses import replace

from tjkg.parse.numbers.mention import EXPLAINED, MEASURED, NumberMention
from tjkg.parse.numbers.rules import RULES

__all__ = ["EXPLAINED", "MEASURED", "NumberMention", "numbers"]


def _share_units(found: list[NumberMention], text: str) -> list[NumberMention]:
    """A bare number in a list takes the unit of the next member: 200、400、600元."""
    out = list(found)
    for i in range(len(out) - 2, -1, -1):
        here, following = out[i], out[i + 1]
        joint = text[here.end : following.start]
        if here.kind == "number" and following.unit and joint in ("、", "和", "或", "及"):
            out[i] = replace(here, kind=following.kind, unit=following.unit)
    return out


def numbers(text: str) -> tuple[NumberMention, ...]:
    """Every digit run and every Chinese numeral with a measure, in text order, none overlapping."""
    taken = bytearray(len(text))
    found: list[NumberMention] = []
    for rule in RULES:
        for n in rule(text):
            if not any(taken[n.start : n.end]):
                taken[n.start : n.end] = b"\1" * (n.end - n.start)
                found.append(n)
    return tuple(_share_units(sorted(found, key=lambda n: n.start), text))
