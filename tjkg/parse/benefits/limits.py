"""The other numbers of a cell: quotas and service levels, and the ages, grades, dates of who may apply."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from tjkg.parse.numbers import numbers
from tjkg.parse.numbers.mention import NumberMention, shared_bounds
from tjkg.parse.text.clauses import masked
from tjkg.records import Quantity, Span

__all__ = ["audience_quantities", "leftover"]

_MARKS = "，。；;：\n、"
_PERIOD = re.compile(r"每个?(?:年度|学年|学期|季度|[两三四五六]?周|月|年|日|天|次)")
_EACH = re.compile(r"每个?(?!年|月|周|日|天|学|季|次|两|三)[^，。；、0-9]{1,6}?(?=每|至少|不|免|有|提|配|$)|人均(?=(?:不低于|不少于|达到?)?$)")
_BASE = re.compile(r"(?<=.)按照?(.{2,})$")  # 学生按在校生10%
_PROVIDED = re.compile(r"的?标准(?:配备|配置|提供|设置|建设)((?:（[^）]*）|[^，。；（])+)")
_LEAD = re.compile(r"^(?:按照|按|为|其中|同时|并|将|达到|达|现行的?|给予|对于?)+")
_TRAIL = re.compile(
    r"(?:每个?(?:年度|学年|学期|季度|[两三四五六]?周|月|年|日|天|次)|达到|达|为|至少|有|在|按照?|保持|控制|稳定|的|是|仅|只|被?评定"
    r"|提供|组织|开展|举办|免费|实际|已|需|应|要|[“\"])+$"
)


def _chunk(text: str, n: NumberMention) -> tuple[int, int]:
    """The comma chunk around a number; marks inside brackets do not count, unless the number is inside."""
    mask = masked(text)
    if mask[n.start] == "□":
        opening = max((text.rfind(c, 0, n.start) for c in "（(“《"), default=-1)
        start = max(opening, *(text.rfind(c, opening + 1, n.start) for c in _MARKS)) + 1
        ends = [i for c in _MARKS + "）)”》" if (i := text.find(c, n.end)) >= 0]
        if text[opening] != "“":
            return start, min(ends, default=len(text))
    start = max(mask.rfind(c, 0, n.start) for c in _MARKS) + 1
    ends = [i for c in _MARKS if (i := mask.find(c, n.end)) >= 0]
    return start, min(ends, default=len(text))


def _after(text: str, n: NumberMention, end: int) -> str:
    """The noun that a count counts: 15套电视节目 → 电视节目; "" where a verb or another bound follows."""
    tail = text[n.phrase_end : end]
    if re.match(r"标准|不足|不满|或|和|的(?!人)", tail):
        return ""
    noun = re.split(r"[（(“”]|的|和|或|每|满足|$", tail, maxsplit=1)[0]
    return re.sub(r"等$", "", noun)


def _before(text: str, n: NumberMention, start: int) -> str:
    """What stands before a number in its chunk, brackets, fillers, periods and earlier bounds taken off."""
    head = re.sub(r"（[^）]*）", "", text[start : n.phrase_start])
    last = re.split(r"[0-9]+[人户个名家次](?:以下|以上)?(?:或|和)", head)[-1]
    last = re.sub(r"按?人均$", "", last)
    return _PERIOD.sub("", _TRAIL.sub("", _LEAD.sub("", last))).strip("“”（ ")


def _subject(text: str, n: NumberMention) -> str | None:
    """What is counted or bounded."""
    start, end = _chunk(text, n)
    head = _before(text, n, start)
    tail = _after(text, n, end)
    if provided := _PROVIDED.match(text, n.phrase_end, end):
        return re.sub(r"（[^）]*）", "", provided[1])
    if n.kind in ("count", "number") and tail and not re.search(r"(?:量|数|率|比例|面积|次数)$", head):
        return tail
    if n.kind == "duration" and n.after in ("内", "以内", "之内"):
        if not text[n.phrase_end : end] and end < len(text):
            tail = re.split(r"[，。；;\n]", text[end + 1 :], maxsplit=1)[0]
        return "…".join(words for words in (head, tail) if words) or None
    if n.kind == "duration" and not (n.before or n.after) and tail:
        return tail
    return _BASE.sub("", head) or tail or None


def _base(text: str, n: NumberMention) -> str | None:
    """What a share or multiple is of: 低于低保标准的150%, 按在校生10%的比例."""
    if n.kind not in ("percent", "multiple"):
        return None
    if n.before and (inside := text[n.phrase_start + len(n.before) : n.start].removesuffix("的")):
        return inside
    named = _BASE.search(_before(text, n, _chunk(text, n)[0]))
    return named[1] if named else None


def _per(text: str, n: NumberMention) -> str | None:
    """By what a count is counted: 每孩次, 每个行政村, 人均."""
    if n.kind != "count":
        return None
    found = _EACH.search(text[: n.start], _chunk(text, n)[0])
    return found[0] if found and not re.search("[0-9]", text[found.end() : n.start]) else None


def _period(text: str, n: NumberMention) -> str | None:
    """The 每… of time that a number belongs to: the last one before it in its sentence piece."""
    start, _ = _chunk(text, n)
    found = _PERIOD.findall(text[start : n.phrase_start])
    return re.sub(r"^每个", "每", found[-1]) if found else None


def _person(text: str, n: NumberMention) -> bool:
    """Whether a number says who is meant (age, date, grade, children, income) rather than how much."""
    if n.kind in ("age", "date"):
        return True
    if n.kind == "grade":
        return not re.match(r"的?标准", text[n.phrase_end :])
    if n.kind in ("percent", "multiple"):
        based = n.before is not None and re.search(r"(?:标准|工资|收入|线|水平)的?$", text[n.phrase_start : n.start])
        strict = n.before in ("超过", "高于", "低于", "不足", "不满") and not text[: n.phrase_start].endswith("率")
        return bool(based or strict)
    if n.kind == "count":
        return re.search(r"(?:只有|仅有|育有|有|生育)$", text[: n.phrase_start]) is not None and n.unit in ("个", "名")
    return False


def _quantity(cell: Span, n: NumberMention, kind: str) -> Quantity:
    """The quantity of a number; its passage begins with its period (每年不少于4次)."""
    text = cell.text
    start, _ = _chunk(text, n)
    every = [m.start() for m in _PERIOD.finditer(text, start, n.phrase_start)]
    first, last = every[-1] if every else n.phrase_start, n.phrase_end
    if text.count("“", first, last) > text.count("”", first, last) and text.startswith("”", last):
        last += 1  # 每周“5×8小时”
    return Quantity(
        text=text[n.phrase_start : n.phrase_end], passage=cell.passage(first, last), subject=_subject(text, n),
        operator=n.operator, value=n.value, min=n.min, max=n.max, unit=n.unit, of=_base(text, n),
        per=_per(text, n), period=_period(text, n), kind=kind,
    )


def leftover(cell: Span, found: tuple[NumberMention, ...], used: set[int]) -> tuple[Quantity, ...]:
    """Quantities for the measured numbers no benefit stands for, those about persons apart."""
    text = cell.text
    mine = [
        n for n in found
        if n.start not in used and (n.measured or n.kind == "grade") and not _person(text, n)
        and not _contribution(text, n) and not (n.kind == "duration" and text[: n.start].endswith("每"))
    ]
    out = [_quantity(cell, n, "limit") for n in shared_bounds(mine, text)]
    for i in range(1, len(out)):  # 5人不足10人; 每天午餐1次，每周5天: one subject
        if (out[i].passage.start == out[i - 1].passage.end and out[i].unit == out[i - 1].unit) or (
            out[i].subject is None and out[i].passage.start == out[i - 1].passage.end + 1
        ):
            out[i] = replace(out[i], subject=out[i - 1].subject)
    return tuple(out)


def _contribution(text: str, n: NumberMention) -> bool:
    """A rate paid in (0.5%缴纳…费) has its own record."""
    return n.kind == "percent" and re.match(r"[^，。；]{0,6}缴纳", text[n.end :]) is not None


_VERB = re.compile(r"^(?:的|以后|以来|后|前)*([^，。；、的]{2,14})")


def _named(text: str, n: NumberMention) -> tuple[str | None, Decimal | None, str | None]:
    """(subject, value, unit) of a number that says who is meant."""
    start, _ = _chunk(text, n)
    head = text[start : n.phrase_start]
    if n.kind == "age":
        own = re.search(r"([一-龥]{0,4}年龄)[在为达]?到?$", head)
        return (own[1] if own else "年龄"), n.value, "岁"
    if n.kind == "date":
        verb = _VERB.match(text[n.phrase_end :])
        parts = [int(p) for p in n.parts] + [1, 1]
        day = Decimal(parts[0] * 10000 + parts[1] * 100 + parts[2]) if parts[0] > 1000 else None
        return (verb[1] if verb else "日期"), (day if len(n.parts) > 1 else n.parts[0]), (
            "日期" if len(n.parts) > 1 else "年"
        )
    if n.kind == "grade":
        own = re.search(r"([一-龥]{0,4}(?:等级|级别|档次))(?:被?评定为|为|达到?)?$", head)
        return (own[1] if own else "年级" if n.unit == "年级" else "等级"), n.value, n.unit
    if n.kind in ("percent", "multiple"):
        base = _base(text, n)
        front = re.search(r"([一-龥]*?收入)(?:高于|低于|不)", text[:start + len(head) + 2][-24:]) if base else None
        subject = front[1] if front else _before(text, n, start)
        tail = "" if base or subject else _after(text, n, len(text))[:12]
        return subject or tail.partition("的")[0] or None, n.value, n.unit
    return _subject(text, n), n.value, n.unit


def audience_quantities(cell: Span) -> tuple[Quantity, ...]:
    """Ages, grades, dates, thresholds of a 服务对象 cell: subject, operator, value, so that each has a home.

    Ages in 岁; a date's value is its ISO 8601 basic form (20200101, unit 日期); a list of grades has min and max.
    """
    text = cell.text
    out: list[Quantity] = []
    for n in numbers(text):
        if not (n.measured or n.kind in ("grade", "date")) or not _person(text, n):
            continue
        subject, value, unit = _named(text, n)
        out.append(replace(_quantity(cell, n, "condition"), subject=subject, value=value, unit=unit, period=None))
    return tuple(out)
