"""Numbers of the prose outside the chapters of the fields, held against the tables.

Tasks have their targets as data and are compared by a query; what a plan tells of its starting point is
only text, so its numbers are read here, by the same rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from difflib import SequenceMatcher

from tjkg.parse.targets.prose import targets
from tjkg.query import internal
from tjkg.records import Quantity, Source
from tjkg.store.answers import Store
from tjkg.validation import rules
from tjkg.validation.finding import Finding, Spot, Words
from tjkg.validation.places import Places

__all__ = ["background"]

_ALIKE = 0.8  # of the characters of two names, to be the same thing in other words
_BOUNDS = ("<", "<=", ">", ">=")
_TEN_THOUSAND = "万"
_HELD = re.compile(r"(?:持续|稳定)?(?:控制|保持|稳定|维持)在.*$")  # the verb between a thing and its number


@dataclass(frozen=True)
class _Known:
    name: str
    role: str
    operator: str
    value: Decimal
    unit: str
    at: str
    focus: str


def _scaled(value: Decimal, unit: str) -> tuple[Decimal, str]:
    """万人 as 人, so that 901万人 and 900.6（万人） can be compared."""
    return (value * 10000, unit[1:]) if unit.startswith(_TEN_THOUSAND) else (value, unit)


def _members(subject: str) -> list[str]:
    """养老、失业、生育保险参保人数 → each member with what the last one adds for all."""
    parts = _HELD.sub("", subject).split("、")
    if len(parts) == 1:
        return parts
    tail = parts[-1][len(parts[0][-2:]):]
    return [p if p.endswith(parts[-1][-2:]) else p[-2:] + tail for p in parts[:-1]] + [parts[-1]]


def _same(name: str, subject: str) -> bool:
    plain = subject.replace("的", "")[-len(name) - 2 :]
    return SequenceMatcher(None, name, plain, autojunk=False).ratio() >= _ALIKE


def _subjects(found: Sequence[Quantity]) -> Iterator[tuple[Quantity, list[str]]]:
    """Each quantity with what it may be of: of the members of a list in their order after 分别, else any."""
    names: list[str] = []
    place, each = 0, False
    for quantity in found:
        if quantity.subject:
            names, place, each = _members(quantity.subject), 0, "分别" in quantity.passage.quote
        else:
            place += 1
        yield quantity, names[place : place + 1] if each or not quantity.subject else names


def _differs(said: Quantity, listed: _Known) -> bool:
    """Another number (not just rounded), or one excludes the bound and the other does not."""
    if said.value is None or said.operator == "~":
        return False
    value, unit = _scaled(listed.value, listed.unit)
    exponent = said.value.as_tuple().exponent
    step = Decimal(10000) if _TEN_THOUSAND in said.text and unit == said.unit else Decimal(f"1e{exponent}")
    if (value / step).quantize(Decimal(1), ROUND_HALF_UP) * step != said.value and value != said.value:
        return True
    return said.operator in _BOUNDS and listed.operator in _BOUNDS and said.operator != listed.operator


def _indicators(store: Store) -> list[_Known]:
    return [
        _Known(str(name), str(role), str(op), value, str(unit or ""), str(at), str(node))
        for node, name, role, op, value, unit, at in store.select(internal("baselines")).rows
        if isinstance(value, Decimal)
    ]


def background(store: Store, text: Source, places: Places) -> Iterator[Finding]:
    """Numbers of the introductory chapters that the table of indicators or the tables of standards contradict."""
    differs = rules.check("background-against-indicator", "information")
    missing = rules.check("amount-not-in-tables", "information")
    known = _indicators(store)
    amounts = set(store.select(internal("amounts")).rows)
    for node, start, end in store.select(internal("background")).rows:
        if not isinstance(start, int) or not isinstance(end, int):
            continue
        for said, names in _subjects(targets(text.span(start, end))):
            place = said.passage
            spot = Spot(place.quote, place.line, place.start, place.end)
            for listed in known:
                if listed.role != "baseline" or said.unit != _scaled(Decimal(1), listed.unit)[1]:
                    continue
                # prose that looks ahead says the target: then it is no slip either
                either = [k for k in known if k.name == listed.name]
                if all(_differs(said, k) for k in either) and any(_same(listed.name, name) for name in names):
                    other = places.passage(listed.at)
                    yield Finding(
                        differs.severity, differs.id, Words(listed.name, listed.name),
                        differs.message.filled({"said": said.text, "listed": other.quote if other else ""}),
                        differs.why, differs.fix, spot=spot, other=other, focus=listed.focus, heading=differs.name,
                    )
            if said.unit == "元" and said.period and not {(said.value, said.period), (said.value, None)} & amounts:
                yield Finding(
                    missing.severity, missing.id, Words(said.text, said.text),
                    missing.message.filled({"said": said.text}), missing.why, missing.fix, spot=spot, focus=str(node),
                    heading=missing.name,
                )
