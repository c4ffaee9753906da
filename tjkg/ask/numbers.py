"""Numbers as people say them: 六十岁以上, 八十多, 1.5万, 1万5, 一百岁, 不到两千块, 58（岁不说出口）."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from tjkg.parse.text.numerals import to_decimal

__all__ = ["Number", "numbers"]

# 1万5, 两千五: the last digit is of the next lower power.
_TRAILING = {"万": 1000, "千": 100, "百": 10}
_NUMERAL = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?[百千万亿]*|[零〇一二两三四五六七八九十百千万亿]+(?:点[零一二三四五六七八九]+)?")
# What stands before or after a number and says how to compare; longer ones first.
_BEFORE = (
    ("不低于", ">="), ("不少于", ">="), ("不小于", ">="), ("至少", ">="), ("最少", ">="), ("不超过", "<="), ("至多", "<="),
    ("最多", "<="), ("不高于", "<="), ("超过", ">"), ("大于", ">"), ("高于", ">"), ("多于", ">"), ("超", ">"), ("不到", "<"),
    ("未满", "<"), ("不满", "<"), ("没满", "<"), ("低于", "<"), ("小于", "<"), ("不足", "<"), ("没到", "<"), ("少于", "<"),
    ("at least ", ">="), ("at most ", "<="), ("more than ", ">"), ("over ", ">"), ("above ", ">"), ("less than ", "<"), ("under ", "<"), ("below ", "<"),
)
_AFTER = (
    ("及以上", ">="), ("或以上", ">="), ("（含）以上", ">="), ("以上", ">="), ("往上", ">="), ("及以下", "<="), ("以下", "<="),
    ("以内", "<="), ("之内", "<="), ("往下", "<="), ("开外", ">"), ("出头", ">"), ("左右", "~"), ("上下", "~"),
    (" or more", ">="), (" and over", ">="), (" or older", ">="), (" and older", ">="), (" or less", "<="), (" or younger", "<="),
)
_TENTHS = {c: n for n, c in enumerate("一二三四五六七八九", 1)}
_ABOUT = ("多", "来", "好几", "余")


@dataclass(frozen=True, slots=True)
class Number:
    """A number with its unit; high: the upper end of 六十到七十岁, 八十多; unit: as the data has it."""

    start: int
    end: int
    value: Decimal
    unit: str | None
    operator: str
    text: str
    high: Decimal | None = None


def _value(text: str) -> Decimal | None:
    try:
        return to_decimal(text)
    except (ValueError, KeyError, ArithmeticError):
        return None


def _trailing(text: str, end: int, said: str, value: Decimal) -> tuple[Decimal, int]:
    """1万5 → 15000: a single digit right after 万, 千, 百 counts in the next lower power."""
    power = _TRAILING.get(said[-1])
    match = re.match(r"[1-9一二两三四五六七八九](?![\d万千百十年月岁级个块元户人点.])", text[end:])
    if power and match and (digit := _value(match[0])) is not None:
        return value + digit * power, end + 1
    return value, end


def _chinese_trailing(said: str, value: Decimal) -> Decimal:
    """两千五 → 2500, 一百八 → 180: read as a whole numeral it would be 2005."""
    if len(said) >= 3 and said[-2] in _TRAILING and (digit := _value(said[-1])) is not None and said[-1] not in "十百千万亿":
        return value - digit + digit * _TRAILING[said[-2]]
    return value


def _unit(text: str, before: int, at: int, units: Mapping[str, tuple[str, Decimal]]) -> tuple[str | None, Decimal, int]:
    blank = 1 if text[at : at + 1] in (" ", "-") and text[at + 1 : at + 2].isascii() else 0  # 82 years old, 82-year-old
    for length in range(min(12 if blank else 6, len(text) - at - blank), 0, -1):
        if (found := units.get(text[at + blank : at + blank + length].lower())) is not None:
            return found[0], found[1], at + blank + length
    if re.search(r"\b(?:age|aged)\s$", text[:before].lower()):
        return "岁", Decimal(1), at
    return None, Decimal(1), at


def _approximate(value: Decimal) -> Decimal:
    """The end of 八十多 (89), 二十来 (29), 三百多 (399)."""
    power = Decimal(1)
    while value % (power * 10) == 0 and power * 10 <= value:
        power *= 10
    return value + power - 1


def numbers(text: str, units: Mapping[str, tuple[str, Decimal]], masked: list[tuple[int, int]]) -> list[Number]:
    """Every number of a question.

    units: spoken unit → (unit of the data, factor); masked: spans of names (九年义务教育, 12333) that hold
    digits but are no numbers.
    """
    found: list[Number] = []
    for match in _NUMERAL.finditer(text):
        start, end = match.span()
        if any(a <= start < b for a, b in masked) or (found and start < found[-1].end):
            continue
        value = _value(match[0])
        if text.startswith("百分之", start) or re.fullmatch("十[二三四五六]五", match[0]):  # 十四五 is a period
            continue
        if match[0] in ("千", "万", "亿", "百万", "千万") or value is None or text[max(0, start - 1) : start] in ("几", "好") and not match[0][0].isdigit():
            continue
        value = _chinese_trailing(match[0], value)
        if (more := re.match(r"有([一二三四五六七八九])(?![\u4e00-\u9fff]?[个口人家])", text[end:])) and match[0][-1] == "十":  # 八十有三
            value, end = value + _TENTHS[more[1]], end + 2
        value, end = _trailing(text, end, match[0], value)
        high = None
        operator = "="
        if text[end : end + 1] in _ABOUT and text[end : end + 2] != "多少":
            high, end = _approximate(value), end + 1
        percent = text[max(0, start - 3) : start] == "百分之"
        unit, factor, end = ("%", Decimal(1), end) if percent else _unit(text, start, end, units)
        if unit == "岁" and text[end : end + 1] == "半":
            end += 1
        if unit == "元" and (cents := re.match(r"[1-9](?!\d)", text[end:])):
            value, end = value + Decimal(cents[0]) / 10, end + 1
        if unit == "%" and text[end - 1] == "成" and (tenth := re.match(f"[半{''.join(_TENTHS)}]", text[end:])):  # 九成五
            value, end = value + Decimal(_TENTHS.get(tenth[0], 5)) / 10, end + 1
        begin = start - 3 if percent else start
        for word, sign in _BEFORE:
            if text.endswith(word, 0, begin):
                operator, begin = sign, begin - len(word)
                break
        for word, sign in _AFTER:
            if text.startswith(word, end):
                operator, end = sign, end + len(word)
                break
        if operator == "=" and re.search(r"(?:差|离|不够)[^，。？！；]{0,5}满?$", text[:begin]):  # 差一个月满八十
            operator = "<"
        low = value * factor
        found.append(Number(begin, end, low, unit, operator, text[begin:end], high and high * factor))
    return _ranges(text, found)


def _ranges(text: str, found: list[Number]) -> list[Number]:
    """Joins 60至64岁, 三到六岁."""
    joined: list[Number] = []
    for number in found:
        last = joined[-1] if joined else None
        between = text[last.end : number.start] if last else ""
        if last and between in ("至", "到", "-", "—", "~", " to ", " and ") and last.unit in (None, number.unit):
            joined[-1] = Number(last.start, number.end, last.value, number.unit, "range", text[last.start : number.end], number.value)
        else:
            joined.append(number)
    return joined
