"""One number of a text, as a record: where it stands, what kind it is, what it says."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

__all__ = ["EXPLAINED", "MEASURED", "NumberMention", "shared_bounds"]

# Numbers that say how much, how many, how long, how old; and those that only name, order or date.
MEASURED = frozenset(
    {"amount", "percent", "fraction", "ratio", "schedule", "multiple", "count", "age", "duration", "number"}
)
EXPLAINED = frozenset({"ordinal", "grade", "date", "document_number", "name_part", "per"})


@dataclass(frozen=True)
class NumberMention:
    """One number of a text; offsets are into that text.

    start, end: the numeral with its multiplier and unit. phrase_start, phrase_end: comparators too.
    kind: amount (元) | percent (%, ‰) | fraction (24.5/10万: unit "1/10万"; 1/3: 0.3333) |
    ratio (parts) | schedule (5×8小时: parts, value = product) | multiple (倍) | count | age | duration |
    number (no unit), or, explained: ordinal | grade (二级, 三年级, 二档, 2类) | date (parts = year, month,
    day) | document_number | name_part | per (每万人: a denominator).
    value, or min and max for a range, multiplier applied (1.5万元 → 15000, 元).
    operator: "=", ">=", "<=", ">", "<", "~"; before, after: the comparators as printed, or None.
    """

    start: int
    end: int
    kind: str
    text: str
    phrase_start: int
    phrase_end: int
    value: Decimal | None = None
    min: Decimal | None = None
    max: Decimal | None = None
    operator: str = "="
    unit: str | None = None
    parts: tuple[Decimal, ...] = ()
    before: str | None = None
    after: str | None = None

    @property
    def measured(self) -> bool:
        """Whether it says how much of something (and so needs a quantity in the data)."""
        return self.kind in MEASURED


def shared_bounds(found: list[NumberMention], text: str) -> list[NumberMention]:
    """5人或…10户以下: the bound holds for both; 5人不足10人: from 5 on, below 10."""
    out = list(found)
    for i in range(len(out) - 1):
        here, following = out[i], out[i + 1]
        if here.operator != "=" or here.kind != following.kind:
            continue
        between = text[here.phrase_end : following.phrase_start]
        if not between and following.operator in ("<", "<="):
            out[i] = replace(here, operator=">=")
        elif re.fullmatch(r"(?:或|和)[^，。；0-9]{1,8}", between) and following.after:
            out[i] = replace(here, operator=following.operator)
    return out
