"""The rules that find numbers in a text, one kind of number each, and their order of right of way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from tjkg.parse.numbers import comparators
from tjkg.parse.numbers.mention import NumberMention
from tjkg.parse.numbers.units import CHINESE_MEASURES, kind_of, unit_at
from tjkg.parse.text.numerals import CHINESE, DIGITS, MULTIPLIER, to_decimal

__all__ = ["RULES"]

_N = rf"(?:{DIGITS}{MULTIPLIER}?|{CHINESE})"
_D = rf"{DIGITS}{MULTIPLIER}?"
_TO = r"(?:至|到|[—–~～－-]{1,2})"  # range signs
_SMALL = "[一二三四五六七八九十]+"
_RATIO = re.compile(rf"({DIGITS}|{_SMALL})\s*(?:[∶︰:：]|比)\s*({DIGITS}|{_SMALL})")
_YEAR = r"(?:[12][0-9]{3}|[一二][〇零一二三四五六七八九]{3})"
_DATE = re.compile(
    rf"(?<![0-9.．])({_YEAR})年(?:([0-9]{{1,2}})月(?:([0-9]{{1,2}})日)?)?"
    rf"|(?<![0-9.．])({_YEAR})(?={_TO}{_YEAR}年)"
    rf"|(?<![0-9每.．])([0-9]{{1,2}})月([0-9]{{1,2}})日"
)
_DATE_AFTER = re.compile(r"以前|以后|以来|之前|之后|起|前|后(?!续)")
_DATE_SIGNS = {
    "以前": "<", "之前": "<", "前": "<", "以后": ">=", "以来": ">=", "起": ">=", "之后": ">", "后": ">"
}

Rule = Callable[[str], Iterator[NumberMention]]


def _plain(kind: str, text: str, start: int, end: int, **more: Any) -> NumberMention:
    """A mention without comparators."""
    return replace(NumberMention(start, end, kind, text[start:end], start, end), **more)


def _inside(kind: str, pattern: re.Pattern[str], text: str) -> Iterator[NumberMention]:
    """Each numeral inside what a pattern matches, as one kind."""
    for outer in pattern.finditer(text):
        for n in re.compile(rf"{DIGITS}|{CHINESE}").finditer(text, outer.start(), outer.end()):
            yield _plain(kind, text, n.start(), n.end())


_DOCUMENT = re.compile(
    r"《[^》]*》(?:[（(][^）)]*[0-9][^）)]*[）)])?"
    r"|[〔\[［（(](?:19|20)[0-9]{2}[〕\]］）)]第?[0-9]+号"
    r"|[A-Z]{1,4}(?:/[A-Z])?\s?[0-9]+(?:\.[0-9]+)?[—–-][0-9]{4}|(?<=[一-龥])[0-9]+[—–-](?:19|20)[0-9]{2}(?![0-9.年元万%％])"
)


def document_numbers(text: str) -> Iterator[NumberMention]:
    """Numbers in a document's title or number: 《… （2021年版）》, 津政发〔2016〕25号, 建标165—2013."""
    yield from _inside("document_number", _DOCUMENT, text)


_MEASURE_QUOTED = re.compile(rf"{DIGITS}\s*[×xX]\s*{DIGITS}[一-龥]*|{_D}(?:%|％|元|[一-龥]{{1,2}})")


def quoted_names(text: str) -> Iterator[NumberMention]:
    """Numbers in a quoted name: “12333”, “十四五”, “三社联动”, “8+1”; not a quoted measure."""
    for quoted in re.finditer(r"[“‘\"「]([^”’\"」]{1,30})[”’\"」]", text):
        if not _MEASURE_QUOTED.fullmatch(quoted[1]):
            yield from _inside("name_part", re.compile(re.escape(quoted[1])), text[: quoted.end()])


_NAME = re.compile(
    r"(?<![A-Za-z0-9.])[A-Za-z]+[0-9]+(?![0-9.])|(?<![0-9.])[0-9][GDgd](?![A-Za-z0-9])"  # P3, 5G
    r"|(?<![0-9])[0-9]{1,2}型"  # 2型糖尿病
    r"|(?<=[一-龥])[0-9]\.0(?![0-9%％一-龥])|(?<=程)[0-9]\.0"  # 工程2.0
    r"|学前[一二三四五六七八九十]年"
    r"|[一二三四五六七八九十0-9]+年(?=制|义务|行动|计划|规划|百万)"  # 九年义务教育
    r"|(?<![0-9])[0-9]{3,11}(?=[一-龥]{0,12}(?:热线|电话|号码))(?![部台个条门])"  # 12345政务服务热线
)


def names(text: str) -> Iterator[NumberMention]:
    """Numbers that are part of a name: 5G, P3, 2型, 九年义务教育, 三年行动计划."""
    yield from _inside("name_part", _NAME, text)


_ORDINAL = re.compile(
    rf"第(?:{DIGITS}|{CHINESE})(?:个[一二三四五六七八九十]年)?|[二三四五六七八九十]+届|[一二三四五六七八九十]中(?=全会|、)"
    r"|(?:(?<=^)|(?<=[\n\t。；;：:（]))[0-9]{1,2}(?=[.．、](?![0-9]))|[（(](?:[0-9]{1,2}|[一二三四五六七八九十]+)[）)]"
    r"|(?:(?<=^)|(?<=[\n\t。；;：:，,]))[一二三四五六七八九十]{1,2}(?=是|、(?![一二三四五六七八九十]))|[①-⑳]"
)


def ordinals(text: str) -> Iterator[NumberMention]:
    """List markers and ordinals: 第三, 1., （二）, 一是, 十九届."""
    for n in _inside("ordinal", _ORDINAL, text):
        yield replace(n, value=to_decimal(n.text))


_GRADE = re.compile(
    rf"(?:{_D}|[一二两三四五六七八九十]+)(?:[、和至或到—-](?:{_D}|{_SMALL}))*(年级|级|档|类|等(?=[奖舱]))"
)


def grades(text: str) -> Iterator[NumberMention]:
    """Grades and classes, alone or in a list: 二档, 一、二级, 一至三年级, 1、2、3类 (parts = the members)."""
    for m in _GRADE.finditer(text):
        parts = tuple(to_decimal(n[0]) for n in re.finditer(rf"{_D}|{CHINESE}", m[0][: -len(m[1])]))
        ends = {"min": min(parts), "max": max(parts)} if len(parts) > 1 else {"value": parts[0]}
        yield _compared(_plain("grade", text, m.start(), m.end(), unit=m[1], parts=parts, **ends), text)


def dates(text: str) -> Iterator[NumberMention]:
    """Dates and years, with 前, 后, 以后 … as operator: 2019年11月30日前."""
    for m in _DATE.finditer(text):
        parts = tuple(to_decimal(g) for g in m.groups() if g)
        n = _plain("date", text, m.start(), m.end(), parts=parts)
        if tail := _DATE_AFTER.match(text, m.end()):
            n = replace(n, operator=_DATE_SIGNS[tail[0]], after=tail[0], phrase_end=tail.end())
        yield n


def ratios(text: str) -> Iterator[NumberMention]:
    """Ratios with any sign: 5︰5, 1∶1, 4:6, 6：4, 六比四."""
    for m in _RATIO.finditer(text):
        if not (m[0][-1] in "0123456789" and text[m.end() : m.end() + 1] in ("%", "％")):
            yield _plain("ratio", text, m.start(), m.end(), parts=(to_decimal(m[1]), to_decimal(m[2])))


def schedules(text: str) -> Iterator[NumberMention]:
    """Products such as 5×8小时; the value is the product the sign stands for."""
    for m in re.finditer(rf"({DIGITS}) ?[×xX] ?({DIGITS})", text):
        a, b = to_decimal(m[1]), to_decimal(m[2])
        unit = unit_at(text, m.end())
        end = m.end() + len(unit or "")
        yield _compared(_plain("schedule", text, m.start(), end, parts=(a, b), value=a * b, unit=unit), text)


# A fraction such as 1/3 has no finite decimal: four places, the printed text beside it says the rest.
_FOUR_PLACES = Decimal("0.0001")
_FRACTION = re.compile(rf"({_D})\s*/\s*({_D}|[万亿])|({_N})分之({_N})")


def fractions(text: str) -> Iterator[NumberMention]:
    """1/3, 三分之一 as the decimal they come to; 24.5/10万 as 24.5 of the unit 1/10万; 百分之三十 as a percentage."""
    for m in _FRACTION.finditer(text):
        top, bottom = (m[1], m[2]) if m[1] else (m[4], m[3])
        value = to_decimal(top)
        if not m[1] and bottom in ("百", "千"):
            n = _plain("percent", text, m.start(), m.end(), value=value, unit="%" if bottom == "百" else "‰")
        elif bottom[-1] in "万亿":
            n = _plain("fraction", text, m.start(), m.end(), value=value, unit=f"1/{bottom}")
        elif (under := to_decimal(bottom)) and under > value:
            n = _plain("fraction", text, m.start(), m.end(), value=(value / under).quantize(_FOUR_PLACES))
        else:
            continue
        yield _compared(n, text)


# 七成以上, 八成半: tenths; only before a bound or the clause's end, for 成 also begins words (成年, 成本, 成立)
_TENTHS = re.compile(r"(?<![一-龥0-9])([一二三四五六七八九])成(半)?(?=以上|以下|左右|及以上|[，。；）]|$)"
                     r"|(?<=[到为于占过])([一二三四五六七八九])成(半)?(?=以上|以下|左右|及以上|[，。；）]|$)")


def tenths(text: str) -> Iterator[NumberMention]:
    """七成以上, 八成半 as percentages."""
    for m in _TENTHS.finditer(text):
        value = to_decimal(m[1] or m[3]) * 10 + (5 if m[2] or m[4] else 0)
        yield _compared(_plain("percent", text, m.start(), m.end(), value=value, unit="%"), text)


_PER = re.compile(
    r"(?<=每)(?:[十百千]?[万千百]|[一二三四五六七八九十0-9]+万)(?=名|人|户|常住|口|老年|居民|个|张)"
    r"|(?<=（)(?:1/[0-9]*[十百千万亿]+|[十百千万亿]+)(?=[一-龥]{0,3}）)"
)


def denominators(text: str) -> Iterator[NumberMention]:
    """每万人, 每千人口, a unit in brackets （1/10万）, （万人）: what another number is counted on."""
    for m in _PER.finditer(text):
        yield _plain("per", text, m.start(), m.end(), value=to_decimal(m[0].removeprefix("1/")))


_RANGE = re.compile(
    rf"({_D}|{CHINESE})(%|％|元|岁|周岁|年|个月|人|户|‰)?"
    rf"(?:（不?含）)?{_TO}({_D}|{CHINESE})"
)


def ranges(text: str) -> Iterator[NumberMention]:
    """430至6870元, 60—79周岁, 三至五年, 50%—80%: one mention with min and max."""
    for m in _RANGE.finditer(text):
        found = _unit(text, m.end(), arabic=m[3][0] in "0123456789０１２３４５６７８９")
        if found is None or (m[2] and m[2] not in (found, "岁", "年")):
            continue
        low, high = to_decimal(m[1]), to_decimal(m[3])
        alone = m[3].rstrip("万亿千百")
        if alone != m[3] and alone and m[3][-1] in "万亿千" and m[1][-1] not in "万亿千" and not m[2]:  # 2至3万元: both in 万
            low *= to_decimal(m[3]) / to_decimal(alone)
        end = m.end() + len(found)
        if low < high:
            yield _compared(
                _plain(kind_of(found), text, m.start(), end, min=low, max=high, unit=found or None), text
            )


def _unit(text: str, start: int, arabic: bool) -> str | None:
    """The unit at a position; "" for Arabic digits without one, None where it makes no number."""
    found = unit_at(text, start)
    if arabic:
        return found or ""
    return found if found and CHINESE_MEASURES.match(text, start) else None


def measured(text: str) -> Iterator[NumberMention]:
    """A numeral with its unit: 1.5万元, ５０％, 六十岁, 两倍, 千人以上."""
    for m in re.finditer(rf"({DIGITS})({MULTIPLIER})?", text):
        unit = unit_at(text, m.end())
        end = m.end() + len(unit or "")
        n = _plain(kind_of(unit), text, m.start(), end, value=to_decimal(m[0]), unit=unit)
        yield _compared(n, text, more=bool(m[2] and m[2][0] in "余多"))
    for m in re.finditer(rf"(?<![统同唯单之进第专某每初])(?:{CHINESE})|(?<=每)(?:{CHINESE})", text):
        if unit := _unit(text, m.end(), arabic=False):
            end = m.end() + len(unit)
            n = _plain(kind_of(unit), text, m.start(), end, value=to_decimal(m[0]), unit=unit)
            yield _compared(n, text)


def leftover_digits(text: str) -> Iterator[NumberMention]:
    """Any digits no other rule took."""
    for m in re.finditer(r"[0-9０-９]+(?:[.．][0-9０-９]+)?", text):
        yield _plain("number", text, m.start(), m.end(), value=to_decimal(m[0]))


def _compared(n: NumberMention, text: str, more: bool = False) -> NumberMention:
    """The mention with the comparators around it. more: 余 or 多 stands inside (400余万)."""
    of_something = n.kind in ("percent", "multiple", "fraction")
    left = comparators.before(text, n.start, of_something)
    right = comparators.after(text, n.end)
    signs = [c[0] for c in (right, left) if c] + ([">"] if more else [])
    return replace(
        n,
        operator=next((s for s in signs if s != "="), "="),
        before=left[1] if left else None,
        after=right[1] if right else None,
        phrase_start=left[2] if left else n.start,
        phrase_end=right[2] if right else n.end,
    )


# In order of right of way: what an earlier rule has taken no later one touches.
RULES: tuple[Rule, ...] = (
    document_numbers, quoted_names, names, dates, schedules, ratios, denominators, fractions, tenths, grades,
    ordinals, ranges, measured, leftover_digits,
)
