"""The facts that a question states, gathered word by word: values of a code intersect, bounds narrow."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tjkg.ask.numbers import Number
from tjkg.ask.snapshot import Snapshot, Word

__all__ = ["FactsSaid", "bounds"]


class FactsSaid:
    """Facts gathered: values of a code intersect, bounds narrow."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._facts = snapshot.facts
        self.codes: dict[str, set[Any]] = {}
        self._denied: dict[str, set[Any]] = {}
        self.sets: dict[str, dict[str, bool]] = {}
        self.ranges: dict[str, tuple[Any, Any]] = {}

    def state(self, word: Word, denied: bool) -> None:
        """What a word says (or denies) of its fact."""
        fact = self._facts.get(word.fact)
        if fact is None:
            return
        denied = denied != word.negated
        if fact["multiple"]:
            for value in word.values:
                self.sets.setdefault(word.fact, {}).setdefault(value, not denied)
        elif fact["type"] in ("integer", "decimal", "date"):
            low, high = word.low, word.high
            if word.values:
                low = high = word.values[0]
            if low is None and high is None:
                return
            if denied:
                if low is not None and high is not None:
                    return
                low, high = (high + 1, None) if low is None and high is not None else (None, low - 1 if low is not None else None)
            self.narrow(word.fact, low, high)
        else:
            every = [True, False] if fact["type"] == "boolean" else fact["values"]
            values = set(every) - set(word.values) if denied else set(word.values)
            if denied and "无" in every:
                gone = self._denied.setdefault(word.fact, set())
                gone.update(word.values)
                if len(gone) > 1:  # 不是低保也不是低收入: none of them
                    values = {"无"}
            before = self.codes.get(word.fact)
            self.codes[word.fact] = (before & values or before | values) if before is not None else values

    def narrow(self, fact: str, low: Any, high: Any) -> None:
        """Bounds of a number, both included; what cannot be together is left as it was."""
        a, b = self.ranges.get(fact, (None, None))
        low = a if low is None else low if a is None else max(a, low)
        high = b if high is None else high if b is None else min(b, high)
        if low is None or high is None or low <= high:
            self.ranges[fact] = (low, high)

    def put(self, fact: str, low: Any, high: Any) -> None:
        """Bounds said as a number: they count more than what a word implies."""
        self.ranges[fact] = (low, high)

    def profile(self) -> dict[str, Any]:
        """The facts as a profile states them."""
        found: dict[str, Any] = {}
        for fact, values in self.codes.items():
            every = [True, False] if self._facts[fact]["type"] == "boolean" else self._facts[fact]["values"]
            if values and len(values) < len(every):
                found[fact] = next(iter(values)) if len(values) == 1 else {"in": [v for v in every if v in values]}
        for fact, members in self.sets.items():
            has = [v for v, yes in members.items() if yes]
            lacks = [v for v, yes in members.items() if not yes]
            found[fact] = {**({"has": has} if has else {}), **({"not": lacks} if lacks else {})}
        for fact, (low, high) in self.ranges.items():
            if low is not None and low == high:
                found[fact] = low
            else:
                found[fact] = {**({"min": low} if low is not None else {}), **({"max": high} if high is not None else {})}
        return {f: v for f, v in found.items() if v != {}}


def _plain(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def bounds(number: Number, whole: bool) -> tuple[Any, Any]:
    """(lowest, highest) of a number with its comparator; of whole numbers, strict ones move by one."""
    value, step = _plain(number.value), 1 if whole else 0.01
    if number.high is not None:
        return value, _plain(number.high)
    return {
        "=": (value, value), "~": (value, value), ">=": (value, None), "<=": (None, value),
        ">": (value + step, None), "<": (None, value - step),
    }[number.operator]
