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


def _share_signs(found: list[NumberMention], text: str) -> list[NumberMention]:
    """分别达到95%和90%: the comparator holds for every member of the list."""
    out = list(found)
    shared = False
    for i in range(len(out)):
        here, last = out[i], out[i - 1] if i else None
        shared = shared and last is not None and text[last.phrase_end : here.phrase_start] in ("、", "和", "或", "及")
        if shared and last is not None and here.operator == "=" and here.kind == last.kind:
            out[i] = replace(here, operator=last.operator)
        shared = shared or (here.before is not None and text[: here.phrase_start].endswith("分别"))
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
    return tuple(_share_signs(_share_units(sorted(found, key=lambda n: n.start), text), text))
