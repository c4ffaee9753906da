"""The 覆盖水平 cell: what share of whom is reached, the duty to reach all, or what is to come of it.

Three kinds, told apart by the words of the subject:

* should_cover_all: a duty, not a rate: 应保尽保, 应补尽补, 100%改造, 100%纳入, 全覆盖 without a number. Whoever
  is entitled gets it; it is failed by one person left out, however high the rate.
* coverage: a rate whose subject or verb is 覆盖 itself (目标人群覆盖率100%, 目标人群全覆盖100%, 劳动者100%覆盖),
  or the share of a population that receives the service (接受…服务比例): how far the service reaches.
* outcome: every other rate or number (发病率, 报告率, 建档率, 规范管理率, 接种率, 具备健康素养的人数): what
  an authority reports of its work or of the population's state. 健康管理率 is one of them: it counts those
  managed as the norms require (系统, 规范) and may be missed although the service is open to all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from tjkg.parse.numbers import NumberMention, numbers
from tjkg.parse.text.flat import Flat, clauses, flat
from tjkg.records import CoverageTarget, Span

__all__ = ["coverage_targets"]

_DUTY = re.compile(r"应([一-龥]{1,2})尽\1")  # 应保尽保, 应救助尽救助
_ALL = re.compile(r"全(?:面|部|员)?覆盖(?:达到?|为)?|全(?:部|面)(?:纳入|改造|完成)|(?:动态)?清零")
# After a percentage: how far it reaches; after 100%, an act that is due to everybody.
_COVERED = re.compile(r"的?覆盖(?!率|比例|面|水平)")
_ACT = re.compile(r"的?(?:改造|纳入|保障|落实|救助|完成|发放)(?!率|比例|面|水平)")
_REACH = re.compile(
    r"覆盖(?:率|比例|面|水平|人数|人群)?$|(?:接受|享受|获得|得到|纳入|参加)[^，]*(?:率|比例|占比|比重)$"
)
_COUNTED = re.compile(r"[^，。；、以左]{2,}")  # what a count counts: 1个综合性养老服务中心
_SCOPE = re.compile(
    r"(?:以[^，]+为单位|在[^，]+(?:基础上|前提下|范围内)|到[^，]*年底?|按照?[^，]+|根据[^，]+)"
)
_OPENING = re.compile(r"^(?:对于?|为|向|(?:基本|全面)?(?:确保|实现|做到)|力争|使|其中|并|到?[0-9]{4}年底?前?)")
_VERB = re.compile(
    r"(?:分别|均|不|都|总体|持续|逐步|基本)*(?:达到?|保持在?|稳定在?|控制在?|维持在?|提[高升][到至]|为|是|占|:)*$"
)


def _subject(cell: Flat, start: int, end: int) -> str | None:
    """The words between as a subject: without the verb that leads to the number."""
    text = cell.text[start:end]
    while opening := _OPENING.match(text):
        start += opening.end()
        text = cell.text[start:end]
    verb = _VERB.search(text)
    end -= len(verb[0]) if verb else 0
    words = cell.words(start, end) if end > start else ""
    return re.sub(r"(?:和|与|、)+$", "", re.sub(r"^(?:和|与|、)+", "", words)) or None


def _kind(subject: str | None, following: str, mention: NumberMention, text: str) -> str:
    """coverage | should_cover_all | outcome, for a target with a number."""
    everyone = mention.kind == "percent" and mention.value == Decimal(100)
    if everyone and (_ACT.match(following) or _DUTY.search(text)):
        return "should_cover_all"
    reaches = _COVERED.match(following) or (subject and (_REACH.search(subject) or _ALL.search(subject)))
    return "coverage" if reaches else "outcome"


def _numbered(cell: Flat, start: int, end: int, lead: int) -> Iterator[CoverageTarget]:
    """The targets with a number in a clause; `lead`: where the words leading to it begin."""
    text = cell.text[start:end]
    found = [n for n in numbers(text) if n.measured and n.kind not in ("age", "duration")]
    before = 0
    subject = None
    for i, n in enumerate(found):
        subject = _subject(cell, start + before, start + n.phrase_start) or subject
        last = i == len(found) - 1
        act = _ACT.match(text, n.phrase_end) or _COVERED.match(text, n.phrase_end)
        stop = len(text) if last else act.end() if act else n.phrase_end
        if n.kind == "count" and n.phrase_end < stop and (counted := _COUNTED.match(text, n.phrase_end, stop)):
            subject = cell.words(start + counted.start(), start + counted.end())
        first = lead if i == 0 else start + before
        while first < start + n.phrase_start and cell.text[first] in "、和与":
            first += 1
        passage = cell.passage(first, start + stop)
        kind = _kind(subject, text[n.phrase_end :], n, text)
        named = _ALL.sub("", subject) if subject else None
        yield CoverageTarget(kind, passage.quote, passage, named or subject, n.operator, n.value, n.unit)
        before = stop


def _unnumbered(cell: Flat, start: int, end: int, lead: int) -> Iterator[CoverageTarget]:
    """A duty in words alone: 符合条件家庭应保尽保, 基本实现全覆盖. No number, so no comparator."""
    text = cell.text[start:end]
    duty = _DUTY.search(text) or _ALL.search(text)
    if duty is not None:
        passage = cell.passage(lead, end)
        subject = _subject(cell, start, start + duty.start())
        yield CoverageTarget("should_cover_all", passage.quote, passage, subject)


def coverage_targets(cell: Span) -> tuple[CoverageTarget, ...]:
    """The targets of a 覆盖水平 cell, one a number or duty; () when it sets none.

    `operator` is "=" where a number is printed without a comparator, None where no number is; `text` is the
    quote. A clause that only says within what (以乡镇为单位) is carried by the next target's passage.
    """
    read = flat(cell)
    found: list[CoverageTarget] = []
    lead: int | None = None
    for clause in clauses(read.text):
        first = clause.start if lead is None else lead
        here = list(_numbered(read, clause.start, clause.end, first))
        here = here or list(_unnumbered(read, clause.start, clause.end, first))
        found += here
        text = read.text[clause.start : clause.end]
        leads = not here and clause.closed_by == "，" and (lead is not None or _SCOPE.fullmatch(text))
        lead = first if leads else None
    return tuple(found)
