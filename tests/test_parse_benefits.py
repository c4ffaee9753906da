"""What 保障标准 cells grant and bound, and the numbers of 服务对象: golden cells and laws."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import PLAN
from tests.golden import Case, cases
from tests.reader import restored
from tjkg.parse.benefits import audience_quantities, benefits, limits
from tjkg.parse.numbers import numbers
from tjkg.records import Benefit, Quantity, Source, Span

BENEFITS, LIMITS, AUDIENCE = cases("benefits"), cases("limits"), cases("audience-quantities")
ROWS = restored(PLAN / "source.txt")
GUARANTEES = sorted({row[1].strip() for _, row in ROWS})
TARGETS = sorted({row[0].strip() for _, row in ROWS})
ROLES = {
    "grant", "rate", "cap", "floor", "threshold", "average", "increment", "in_kind", "left_to_rule", "not_stated"
}


def span(text: str) -> Span:
    return Source(text).span(0, len(text))


def amount(entry: Benefit | Quantity) -> str:
    """operator value unit."""
    if entry.min is not None and entry.max is not None:
        return f"{entry.operator} {entry.min:f}..{entry.max:f} {entry.unit}"
    return "" if entry.value is None else f"{entry.operator} {entry.value:f} {entry.unit or ''}".rstrip()


def shown_benefit(b: Benefit) -> str:
    """One line: role item: operator value unit; key=value …; “quote”."""
    parts = [amount(b)]
    if b.bracket:
        low = "" if b.bracket.lower is None else f"{b.bracket.lower:f}"
        high = "" if b.bracket.upper is None else f"{b.bracket.upper:f}"
        left, right = "[" if b.bracket.lower_included else "(", "]" if b.bracket.upper_included else ")"
        parts.append(f"bracket={left}{low}..{high}{right} {b.bracket.unit}")
    if b.rule:
        parts.append(f"rule={b.rule.name}" + (f"（{b.rule.number}）" if b.rule.number else ""))
    for key in ("of", "times", "per", "period", "recipient", "condition", "same_as", "follows", "derived"):
        if value := getattr(b, key):
            parts.append(f"{key}={value}")
    text = "; ".join([*(p for p in parts if p), f"“{b.passage.quote}”"])
    return f"{b.role} {b.item or '（无名）'}: {text}".replace("\n", "⏎")


def shown_quantity(q: Quantity) -> str:
    """One line: subject: operator value unit; of, per, period; “quote”."""
    parts = [f"{q.subject or '（无主语）'}: {amount(q)}"]
    parts += [f"{key}={value}" for key in ("of", "per", "period") if (value := getattr(q, key))]
    return "; ".join([*(p for p in parts if p), f"“{q.passage.quote}”"]).replace("\n", "⏎")


def check(text: str) -> None:
    """What holds for every 保障标准 cell."""
    cell = span(text)
    entries = benefits(cell)
    assert bool(entries) == bool(text.strip())
    for b in entries:
        assert b.role in ROLES
        assert text[b.passage.start : b.passage.end] == b.passage.quote
        assert b.text in text
        assert b.currency is None or b.role not in ("rate", "in_kind", "left_to_rule", "not_stated")
        if b.condition_passage:
            quote = b.condition_passage.quote
            assert text[b.condition_passage.start : b.condition_passage.end] == quote
            assert b.condition and quote in b.condition + text and quote
    for q in limits(cell):
        assert text[q.passage.start : q.passage.end] == q.passage.quote
        assert q.text in q.passage.quote
    for n in numbers(text):
        if n.kind == "amount":
            own = [b for b in entries if b.derived is None and b.currency and n.text in b.text]
            assert own, n


@pytest.mark.parametrize("case", BENEFITS, ids=[f"{c.line} {c.title}" for c in BENEFITS])
def test_benefits(case: Case) -> None:
    check(case.given)
    assert "\n".join(map(shown_benefit, benefits(span(case.given)))) == case.expected


@pytest.mark.parametrize("case", LIMITS, ids=[f"{c.line} {c.title}" for c in LIMITS])
def test_limits(case: Case) -> None:
    check(case.given)
    assert "\n".join(map(shown_quantity, limits(span(case.given)))) == case.expected


@pytest.mark.parametrize("case", AUDIENCE, ids=[f"{c.line} {c.title}" for c in AUDIENCE])
def test_audience_quantities(case: Case) -> None:
    assert "\n".join(map(shown_quantity, audience_quantities(span(case.given)))) == case.expected


@pytest.mark.parametrize("text", GUARANTEES, ids=range(len(GUARANTEES)))
def test_every_number_of_a_standard_has_one_home(text: str) -> None:
    """An entry, a quantity, a condition's or entry's words; only contributions are read elsewhere."""
    check(text)
    cell = span(text)
    homes = [p for b in benefits(cell) for p in (b.passage, b.condition_passage) if p]
    homes += [q.passage for q in limits(cell)]
    for n in numbers(text):
        if n.measured and "缴纳" not in text[n.end : n.end + 4]:
            assert any(p.start <= n.start and n.end <= p.end for p in homes), n


@pytest.mark.parametrize("text", TARGETS, ids=range(len(TARGETS)))
def test_every_number_of_an_audience_has_one_home(text: str) -> None:
    cell = span(text)
    homes = [q.passage for q in (*audience_quantities(cell), *limits(cell))]
    for n in numbers(text):
        if n.measured or n.kind in ("date", "grade"):
            assert sum(p.start <= n.start and n.end <= p.end for p in homes) == 1, n


WHO = st.sampled_from(["孤儿", "城市特困人员", "一级残疾人", "高中学生", "独生子女死亡家庭夫妇", "居家", "日间照料", "重度"])
PER = st.sampled_from(["每人", "每生", "每户", "每名学生", "每张床位", "每具骨灰"])
TIME = st.sampled_from(["每月", "每年", "每学期", "每天"])


@given(WHO, PER, TIME, st.integers(1, 9999), st.integers(1, 9999))
def test_two_cases_in_any_words(who: str, per: str, time: str, first: int, second: int) -> None:
    text = f"{who}{per}{time}{first}元，其他人员{per}{time}{second}元。"
    check(text)
    a, b = benefits(span(text))
    assert [(e.role, e.value, e.per, e.period, e.condition) for e in (a, b)] == [
        ("grant", Decimal(first), per, time, who), ("grant", Decimal(second), per, time, "其他人员"),
    ]


@given(st.sampled_from([("不超过", "cap", "<="), ("最高", "cap", "<="), ("不低于", "floor", ">="), ("", "grant", "=")]),
       st.sampled_from(["元", "万元"]), st.integers(1, 99))
def test_comparator_makes_the_role(word: tuple[str, str, str], unit: str, value: int) -> None:
    printed, role, operator = word
    (b,) = benefits(span(f"每人每年{printed}{value}{unit}。"))
    assert (b.role, b.operator, b.value) == (role, operator, Decimal(value * (10**4 if unit == "万元" else 1)))


@given(st.lists(st.integers(1, 999), min_size=2, max_size=4, unique=True))
def test_respectively(values: list[int]) -> None:
    names = ["一级", "二级", "三级", "四级"][: len(values)]
    text = f"{'、'.join(names)}残疾人，分别给予每人每月{'、'.join(f'{v}元' for v in values)}的护理补贴。"
    check(text)
    entries = benefits(span(text))
    assert [b.value for b in entries] == values
    assert [b.condition for b in entries] == [f"{n}残疾人" for n in names]
    assert {(b.item, b.per, b.period) for b in entries} == {("护理补贴", "每人", "每月")}


@given(st.integers(1, 99), st.integers(1, 5000))
def test_a_share_of_a_printed_standard_is_derived(percent: int, base: int) -> None:
    text = f"寄宿生生活补助基础标准为小学每生每年{base}元；按照基础标准{percent}%的比例核定走读生生活补助标准。"
    check(text)
    derived = [b for b in benefits(span(text)) if b.derived]
    assert [(b.value, b.derived) for b in derived] == [(Decimal(base * percent) / 100, f"{percent}% × {base}")]


PIECES = st.sampled_from(
    ["每人每月", "500元", "2万元以下", "1.5万元", "部分", "救助50%", "报销", "，", "。", "；", "：", "、", "分别", "给予", "补贴",
     "残疾人", "学生", "低保标准", "的", "不超过", "3个月", "按照", "有关规定", "执行", "随", "动态调整", "免费", "提供", "服务",
     "一是", "1.", "\n", "（含）", "全额", "资助", "两倍", "参照", "每增加1人", "增加", "小学", "以上", "起付线", "其中", "标准为"]
)


@given(st.lists(PIECES, max_size=16).map("".join))
def test_any_cell(text: str) -> None:
    """Whatever stands in a cell: quotes re-read equal, every sum of money is an entry, nothing fails."""
    check(text.strip())


def test_empty_cell() -> None:
    assert benefits(span("")) == () and limits(span("")) == ()


def test_default_name() -> None:
    (b,) = benefits(span("每人每月500元。"), "高龄津贴")
    assert b.item == "高龄津贴"


def test_no_digits_outside() -> None:
    """The golden cells cover the plan's own ones."""
    known = re.sub(r"\s", "", "".join(c.given for c in (*BENEFITS, *LIMITS)))
    assert [t for t in GUARANTEES if t and re.sub(r"\s", "", t) not in known] == []
