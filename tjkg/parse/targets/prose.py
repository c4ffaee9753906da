"""Numbers in the prose of tasks, projects and measures, and the values of the table of indicators."""

from __future__ import annotations

import re
from decimal import Decimal

from tjkg.parse.numbers import NumberMention, numbers
from tjkg.parse.text.numerals import DIGITS, to_decimal
from tjkg.records import Quantity, Span

__all__ = ["indicator_value", "targets"]

_EDGE = re.compile(r"[，,；;。！？\n]|[:：](?![0-9])|——|(?<=[”）])、")
_PERIOD = re.compile(r"(?:每|各)(?:年度?|月|季度?|学期|学年|周|天|日|次)|年均|全年|年内")
# Words that lead to a statement and are no part of its subject.
_LEADING = re.compile(
    r"^(?:确保|保证|力争|争取|努力|实现|推动|促进|使得?|按照|同时|其中|并|即|到[0-9]{4}年底?|[“\"]十[一-龥]五[”\"]期?(?:间|末|时期)?"
    r"|[0-9]{4}年底?|(?:每|各)(?:年度?|月|季度?|学期|学年|周|天|日)|年均|全年|累计|预计|原则上)+"
)
_VERB = re.compile(
    r"(?:分别|均|基本|总体|持续|不断|稳步|进一步)*(?:达到?|保持在?|稳定在?|控制在?|维持在?|提[高升][到至]|增加[到至]|下降[到至]"
    r"|降低?[到至]|扩大[到至]|超过|高于|不|为|是|占|在|至|到|共|共有|有|拥有)*$"
)
# What a counted thing ends before: the next verb, item or comparison.
_NOUN_ENDS = re.compile(
    r"达到?|不低于|不少于|不超过|超过|以上|以下|提供|享受|给予|发放|、|的(?:计划|目标|要求|标准|规模)|[（(“《]|$"
)
_NO_NOUN = re.compile(r"(?:用于|规模|水平|左右|以上|以下|及|和|与|、|的?$)")
_EXISTING = re.compile(r"(?:全[市省区县国]|现有|已有|共有|已建成?|目前|原有)$")
# Verbs of doing: what they count is a target even where the number is a Chinese numeral.
_DOING = re.compile(
    r"(?:[建完]成|[建创]建|建设|新[建增]|打造|培[育训]|组[织建]|举办|开展|扶持|编排|实施|增加|选树|设[立置]|配备|评选|提供|至少)$"
)
_SIGNS = str.maketrans("〉〈", "＞＜")  # brackets typed for signs
_CHANGE = re.compile(r"(?:下降|降低|增长|提高|减少|增加|压减|新增|年均)[一-龥]{0,3}$")


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    """The clause around a mention: between commas, stops and the like."""
    left = max((m.end() for m in _EDGE.finditer(text, 0, start)), default=0)
    right = _EDGE.search(text, end)
    return left, right.start() if right else len(text)


def _item(text: str, left: int, start: int) -> int:
    """Where the item of a list with numbers of their own begins: 培育1个品牌、扶持1个团体."""
    marks = [m.end() for m in re.finditer("、", text[:start]) if m.start() >= left]
    return next((mark for mark in reversed(marks) if re.search(r"[0-9]", text[left:mark])), left)


def _before(text: str) -> str | None:
    """The subject that leads to a number: 学前三年教育毛入园率(达到)."""
    text = _LEADING.sub("", text)
    text = re.sub(r"(?:原来|现有|上年|基期|[0-9]{4}年)的?$", "", text)
    text = _VERB.sub("", text).strip("、 　")
    return None if re.fullmatch(r"(?:每[一-龥]{1,3}?)*", text) else text


def _thing(text: str, start: int, right: int) -> int:
    """Where the thing counted ends, after the number: (建成1个)特色展馆."""
    end = _NOUN_ENDS.search(text, start, right)
    return end.start() if end else right


def _counted(n: NumberMention, text: str, right: int) -> bool:
    """Whether the subject follows the number: a count with its noun (50个项目), an age with its group."""
    follows = text[n.phrase_end : right]
    counts = n.kind in ("count", "age", "duration", "amount")
    if n.before is not None or not counts or _NO_NOUN.match(follows):
        return False
    return bool(follows)


def _kind(n: NumberMention, text: str, left: int, counted: bool) -> str:
    """target: what is to be reached or done; limit: a threshold inside a subject; value: what is there."""
    ahead = text[left : n.phrase_start]
    if counted and (n.kind == "age" or (n.kind == "duration" and n.after is not None)):
        return "limit"
    arabic = n.text[0] in "0123456789０１２３４５６７８９"
    if counted and (_EXISTING.search(ahead) or not (arabic or _DOING.search(ahead))):
        return "value"
    return "target"


def targets(paragraph: Span) -> tuple[Quantity, ...]:
    """Every measured number of a paragraph as a quantity with its subject, in text order.

    kind "target": what is to be reached or done (毛入园率达到93%, 实施50个项目); "limit": a threshold inside
    a subject (3岁以下); "value": a number that tells what there is (四个办学层级, 全市73家博物馆). Ordinals,
    dates, names and document numbers are no quantities.
    """
    text = paragraph.text
    found = []
    for n in numbers(text):
        if not n.measured:
            continue
        left, right = _clause(text, n.phrase_start, n.phrase_end)
        left = _item(text, left, n.phrase_start)
        ahead = text[left : n.phrase_start]
        counted = _counted(n, text, right)
        thing = _thing(text, n.phrase_end, right)
        period = _PERIOD.search(ahead)
        found.append(
            Quantity(
                text=text[n.phrase_start : n.phrase_end],
                passage=paragraph.passage(*((n.phrase_start, thing) if counted else (left, n.phrase_end))),
                subject=(text[n.phrase_end : thing].strip("的 　") or None) if counted else _before(ahead),
                operator=n.operator, value=n.value, min=n.min, max=n.max, unit=n.unit,
                period=period[0] if period else None, kind=_kind(n, text, left, counted),
            )
        )
    return tuple(found)


def _in_unit(n: NumberMention, unit: str | None) -> Decimal | None:
    """The value in the indicator's own unit: 1164万人 is 1164 where the unit is 万人."""
    scale = (unit or "")[:1]
    if n.value is None or scale not in ("万", "亿") or not re.search(scale, n.text):
        return n.value
    digits = re.match(DIGITS, n.text)
    return to_decimal(digits[0]) if digits else n.value


def indicator_value(cell: Span, unit: str | None, past: bool = False) -> tuple[str, Decimal | None]:
    """(operator, value) of a cell of the table of indicators; value None for words, a range or a change.

    unit: the indicator's (%, 万人, 1/10万 …). Signs (＞99, ≤8.5), marks (276.7*), units (1164万人) and a
    single number in a sentence (覆盖率达到85%以上) are read. past: the value is of a year gone by, so that
    what it 达到 (reached) is what there was.
    """
    text = re.sub(r"\s", "", cell.text).translate(_SIGNS).rstrip("*※#△①②③")
    found = [n for n in numbers(text) if n.measured]
    if len(found) != 1 or _CHANGE.search(text[: found[0].phrase_start]):
        return "=", None
    reached = past and found[0].before in ("达到", "达") and found[0].after is None
    return "=" if reached else found[0].operator, _in_unit(found[0], unit)
