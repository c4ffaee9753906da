"""Numbers of the prose with their subjects, and indicator values: golden cases and laws."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.golden import Case, cases
from tjkg.parse.numbers import numbers
from tjkg.parse.targets.prose import indicator_value, targets
from tjkg.records import Source

ALL = cases("prose")
PROSE = [c for c in ALL if not c.title.startswith("指标：")]
INDICATORS = [c for c in ALL if c.title.startswith("指标：")]


def shown(text: str) -> str:
    """One line a quantity: kind operator value unit | period | subject | quote."""
    lines = []
    for q in targets(Source(text).span(0, len(text))):
        value = f"{q.value:f}" if q.value is not None else f"{q.min or 0:f}—{q.max or 0:f}"
        head = f"{q.kind} {q.operator} {value} {q.unit}"
        parts = [head, q.period, q.subject or "（无主语）", f"“{q.passage.quote}”"]
        lines.append(" | ".join(p for p in parts if p))
    return "\n".join(lines)


def indicator(name: str, text: str) -> str:
    """Operator and value of a cell; the unit stands in the last brackets of the name."""
    unit = name[name.rindex("（") + 1 : -1] if name.endswith("）") else None
    operator, value = indicator_value(Source(text).span(0, len(text)), unit)
    return "无数值" if value is None else f"{operator} {value:f}"


@pytest.mark.parametrize("case", PROSE, ids=[f"{c.line} {c.title}" for c in PROSE])
def test_golden_prose(case: Case) -> None:
    assert shown(case.given) == case.expected


@pytest.mark.parametrize("case", INDICATORS, ids=[f"{c.line} {c.title}" for c in INDICATORS])
def test_golden_indicators(case: Case) -> None:
    assert indicator(case.title.removeprefix("指标："), case.given) == case.expected


@pytest.mark.parametrize("case", PROSE, ids=[f"{c.line} {c.title}" for c in PROSE])
def test_every_measured_number_is_a_quantity_with_its_quote(case: Case) -> None:
    found = targets(Source(case.given).span(0, len(case.given)))
    assert len(found) == sum(n.measured for n in numbers(case.given))
    for q in found:
        assert case.given[q.passage.start : q.passage.end] == q.passage.quote
        assert q.text in q.passage.quote


SIGNS = st.sampled_from([("＞", ">"), ("≤", "<="), ("", "="), ("≥", ">="), ("＜", "<")])


@given(st.decimals(0, 999, places=2), SIGNS)
def test_any_signed_value_is_read(value: Decimal, sign: tuple[str, str]) -> None:
    text = f"{sign[0]}{value}"
    assert indicator_value(Source(text).span(0, len(text)), "%") == (sign[1], value)


@given(st.text(alphabet="到2025年，建成1个特色展馆、培育2万名达到以上%。每三", max_size=40))
def test_any_text_is_read_without_failing(text: str) -> None:
    for q in targets(Source(text).span(0, len(text))):
        assert text[q.passage.start : q.passage.end] == q.passage.quote
        assert q.kind in ("target", "limit", "value")
