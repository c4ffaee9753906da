"""Benefits that speak of another standard (3个月低保标准, 随低保标准, 参照…执行): which one, and the arithmetic.

A reference is resolved by the names services are known by; inside its own cell, by the condition of a
benefit. What cannot be resolved stays words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tjkg.records import Benefit, Reference, Service, Standard, Term

__all__ = ["resolve"]

_PERIODS = {"个月": "每月", "月": "每月", "年": "每年"}  # a count of these multiplies an amount of that period


def _named(text: str, names: Sequence[Term]) -> str | None:
    """The service whose longest name the words hold."""
    found = [
        (len(label), term.label) for term in names for label in (*term.labels, *term.hidden) if label in text
    ]
    return max(found)[1] if found else None


def _inside(text: str, row: Standard, own: Benefit) -> Reference | None:
    """A benefit of the same cell whose condition or recipient the words name."""
    for number, other in enumerate(row.benefits, 1):
        words = other.condition or other.recipient
        if other is not own and words and other.value is not None and words in text:
            return Reference(row.service, row.number, number)
    return None


def _elsewhere(text: str, row: Standard, names: Sequence[Term], services: Sequence[Service]) -> Reference | None:
    name = _named(text, names)
    if name is None or name == row.service or all(s.name != name for s in services):
        return None
    return Reference(name, 1, None)


def _amount(reference: Reference, services: Sequence[Service]) -> tuple[int, Benefit] | None:
    """(number, benefit) of the one amount of money that the standard referred to gives, if it is one."""
    rows = next(s.standards for s in services if s.name == reference.service)
    amounts = [
        (number, b) for number, b in enumerate(rows[reference.standard - 1].benefits, 1)
        if b.role == "grant" and b.currency == "元" and b.value is not None and b.derived is None
    ]
    return amounts[0] if len(amounts) == 1 else None


def _multiplied(benefit: Benefit, services: Sequence[Service]) -> Benefit | None:
    """The amount that a count of periods of another standard comes to, marked as derived."""
    if benefit.refers is None or benefit.times is None or benefit.value is None:
        return None
    period = _PERIODS.get(benefit.unit or "")
    if period is None or (found := _amount(benefit.refers, services)) is None or found[1].period != period:
        return None
    base = found[1].value
    assert base is not None  # _amount gives none without
    return replace(
        benefit, value=benefit.value * base, unit="元", currency="元", period=None,
        derived=f"{benefit.value.normalize():f} × {base.normalize():f}",
    )


_STANDARD = re.compile(r"(?:定额|基准|补助|补贴)*标准$")


def _by_standard(benefit: Benefit, row: Standard, names: Sequence[Term], services: Sequence[Service]) -> Reference | None:
    """按照…生均公用经费定额标准减免: the rule is another service's standard, named at its end."""
    if benefit.rule is None or not _STANDARD.search(benefit.rule.name):
        return None
    head = _STANDARD.sub("", benefit.rule.name)
    named = [(len(label), t.label) for t in names for label in t.labels if head.endswith(label)]
    name = max(named)[1] if named else None
    known = name != row.service and any(s.name == name for s in services)
    return Reference(name, 1, None) if name and known else None


def _row(row: Standard, names: Sequence[Term], services: Sequence[Service]) -> Standard:
    found: list[Benefit] = []
    for benefit in row.benefits:
        words = benefit.times or benefit.same_as or benefit.follows
        if words is not None and benefit.refers is None:
            benefit = replace(benefit, refers=_inside(words, row, benefit) or _elsewhere(words, row, names, services))
        elif benefit.refers is None and (found_by := _by_standard(benefit, row, names, services)):
            benefit = replace(benefit, refers=found_by)
        found.append(benefit)
        if (derived := _multiplied(benefit, services)) is not None:
            found.append(derived)
    return replace(row, benefits=tuple(found))


def resolve(services: Sequence[Service], names: Sequence[Term]) -> tuple[Service, ...]:
    """The services with their benefits' references resolved and the amounts that follow from them."""
    return tuple(
        replace(s, standards=tuple(_row(row, names, services) for row in s.standards)) for s in services
    )
