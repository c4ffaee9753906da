"""Numbers of a text: golden texts, and laws: every digit has a mention, mentions quote the text."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.conftest import PLAN
from tests.golden import Case, cases
from tests.reader import restored
from tjkg.parse.numbers import EXPLAINED, MEASURED, numbers
from tjkg.parse.text.numerals import to_decimal

NUMBERS = cases("numbers")
CELLS = sorted({cell for _, row in restored(PLAN / "source.txt") for cell in row})


def shown(text: str) -> str:
    """One line a mention: kind operator value unit | “phrase”."""
    lines = []
    for n in numbers(text):
        if n.parts and n.value is None:
            value = "/".join(f"{p:f}" for p in n.parts)
        elif n.min is not None and n.max is not None:
            value = f"{n.min:f}..{n.max:f}"
        else:
            value = "" if n.value is None else f"{n.value:f}"
        words = [n.kind, n.operator if n.operator != "=" else "", value, n.unit or ""]
        lines.append(" ".join(w for w in words if w) + f" | “{text[n.phrase_start : n.phrase_end]}”")
    return "\n".join(lines)


def check(text: str) -> None:
    """What holds for every text."""
    found = numbers(text)
    covered = {i for n in found for i in range(n.start, n.end)}
    assert {m.start() for m in re.finditer("[0-9０-９]", text)} <= covered
    end = 0
    for n in found:
        assert text[n.start : n.end] == n.text
        assert end <= n.start < n.end <= n.phrase_end
        assert n.phrase_start <= n.start
        assert n.kind in MEASURED | EXPLAINED
        end = n.end


@pytest.mark.parametrize("case", NUMBERS, ids=[f"{c.line} {c.title}" for c in NUMBERS])
def test_golden(case: Case) -> None:
    check(case.given)
    assert shown(case.given) == case.expected


@pytest.mark.parametrize("cell", CELLS, ids=range(len(CELLS)))
def test_every_digit_of_a_cell_is_mentioned(cell: str) -> None:
    check(cell)


PIECES = st.sampled_from(
    ["每人每月", "不低于", "不超过", "元", "万元", "%", "岁以上", "至", "、", "，", "。", "1.", "2021年", "（", "）", "“", "”",
     "三", "十四五", "两", "百分之", "第", "级", "次", "人", "∶", "/10万", "×8小时", "《", "》", "〔2020〕", "号", "\n", "\t"]
)


@example("三至千元")  # a multiplier alone is no numeral with one
@given(st.lists(st.one_of(PIECES, st.integers(0, 99999).map(str), st.text(max_size=3)), max_size=14).map("".join))
def test_any_text(text: str) -> None:
    check(text)


@given(st.integers(0, 10**7))
def test_thousand_separators_and_width(value: int) -> None:
    wide = str(value).translate({ord(str(d)): chr(ord("０") + d) for d in range(10)})
    assert to_decimal(f"{value:,}") == to_decimal(str(value)) == to_decimal(wide) == value


DIGITS = "零一二三四五六七八九"


def chinese(value: int) -> str:
    """A number below 10,000 as Chinese writes it."""
    out, zero = "", False
    for power, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // power % 10
        if digit:
            out += ("零" if zero and out else "") + DIGITS[digit] + sign
        zero = zero or digit == 0
        zero = zero if not digit else False
    return out or "零"


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_chinese_numerals(value: int, more: int) -> None:
    assert to_decimal(chinese(value)) == value
    assert to_decimal(f"{chinese(value)}万{chinese(more).zfill(1)}") == value * 10000 + more


@given(st.decimals(min_value="0.1", max_value="9999", places=1), st.sampled_from(["万", "亿", ""]))
def test_amounts_in_any_scale(value: Decimal, scale: str) -> None:
    (n,) = numbers(f"每人每年不超过{value}{scale}元")
    factor = {"万": 10**4, "亿": 10**8, "": 1}[scale]
    assert (n.kind, n.operator, n.value, n.unit) == ("amount", "<=", value * factor, "元")


@given(st.integers(1, 99), st.integers(1, 99), st.sampled_from("∶︰:：比"))
def test_ratio_signs(a: int, b: int, sign: str) -> None:
    (n,) = numbers(f"按照{a}{sign}{b}比例分担")
    assert (n.kind, n.parts) == ("ratio", (Decimal(a), Decimal(b)))


@given(st.integers(1, 50), st.integers(1, 50), st.sampled_from("至到—–~-"), st.sampled_from(["元", "岁", "周岁", "%"]))
def test_ranges(low: int, step: int, sign: str, unit: str) -> None:
    (n,) = numbers(f"为{low}{sign}{low + step}{unit}")
    assert (n.min, n.max, n.unit) == (Decimal(low), Decimal(low + step), unit)
