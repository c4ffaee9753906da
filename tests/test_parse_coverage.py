"""Coverage cells: kinds, subjects, comparators; golden cells and laws."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.golden import Case, cases
from tjkg.parse.targets.coverage import coverage_targets
from tjkg.records import CoverageTarget, Source

COVERAGE = cases("coverage")
KINDS = {"coverage", "should_cover_all", "outcome"}


def read(cell: str) -> tuple[CoverageTarget, ...]:
    return coverage_targets(Source(cell).span(0, len(cell)))


def shown(cell: str) -> str:
    """One line a target: kind operator value unit | subject | quote."""
    lines = []
    for t in read(cell):
        value = "无数" if t.value is None else f"{t.operator} {t.value:f} {t.unit}"
        lines.append(f"{t.kind} {value} | {t.subject or '（无主语）'} | “{t.text}”".replace("\n", "⏎"))
    return "\n".join(lines)


@pytest.mark.parametrize("case", COVERAGE, ids=[f"{c.line} {c.title}" for c in COVERAGE])
def test_golden(case: Case) -> None:
    assert shown(case.given) == case.expected


@pytest.mark.parametrize("case", COVERAGE, ids=[f"{c.line} {c.title}" for c in COVERAGE])
def test_quotes_are_verbatim_and_apart(case: Case) -> None:
    end = 0
    for target in read(case.given):
        assert case.given[target.passage.start : target.passage.end] == target.text == target.passage.quote
        assert target.passage.start >= end
        end = target.passage.end


RATES = st.sampled_from(["报告率", "建档率", "规范管理率", "接种率", "发病率", "签约率", "参保率"])
SIGNS = st.sampled_from(
    [("达到{}%", ">="), ("{}%", "="), ("不低于{}%", ">="), ("达{}%以上", ">="), ("控制在{}%以下", "<=")]
)


@given(RATES, SIGNS, st.integers(1, 99))
def test_every_named_rate_is_an_outcome(rate: str, sign: tuple[str, str], value: int) -> None:
    form, operator = sign
    (target,) = read(f"目标居民{rate}{form.format(value)}")
    assert (target.kind, target.subject) == ("outcome", f"目标居民{rate}")
    assert (target.operator, target.value, target.unit) == (operator, Decimal(value), "%")


@given(SIGNS, st.integers(1, 99))
def test_a_rate_of_覆盖_is_coverage(sign: tuple[str, str], value: int) -> None:
    form, operator = sign
    (target,) = read(f"目标人群覆盖率{form.format(value)}")
    assert (target.kind, target.operator, target.value) == ("coverage", operator, Decimal(value))


@given(st.sampled_from("保补改救助养享发接收治"))
def test_a_duty_has_no_number(act: str) -> None:
    (target,) = read(f"符合条件的人员应{act}尽{act}")
    assert (target.kind, target.operator, target.value, target.unit) == ("should_cover_all", None, None, None)


@given(st.text(alphabet="目标人群覆盖率达到100%以上应保尽保，；、和对符合条件的 \n9/万", max_size=40))
def test_any_text_is_read_without_failing(text: str) -> None:
    for target in read(text):
        assert target.kind in KINDS
        assert (target.operator is None) <= (target.value is None)
        assert text[target.passage.start : target.passage.end] == target.text
