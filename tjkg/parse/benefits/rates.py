"""Shares granted (救助50%, 按国家基础标准50%的比例核定 …) and the bounds in money they apply between."""

from __future__ import annotations

import re
from dataclasses import replace

from tjkg.parse.benefits.granted import Granted, base_inside
from tjkg.parse.benefits.items import BARE
from tjkg.parse.benefits.recipients import case_of, receiver
from tjkg.parse.benefits.state import Draft, State
from tjkg.parse.benefits.words import CONNECTIVE, GIVE, MONEY, is_person, measure_before, split_recipient
from tjkg.parse.numbers.mention import NumberMention
from tjkg.parse.text.clauses import Chunk
from tjkg.records import Benefit, Bracket, Passage

__all__ = ["rate", "thresholds"]

# What a share may be of: the phrase ends so.
_BASE = r"(?:费用|部分|金额|标准|总额|工资|价格|支出|(?<!低)收入|成本|投入|费(?:（[^）]*）)?)"
_VERB = r"(?:救助|报销|支付|补贴|补助|资助|减免|补偿)"


def _bracket(n: NumberMention) -> Bracket:
    """The part of a base that a bound cuts off."""
    unit = n.unit or "元"
    if n.min is not None:
        return Bracket(n.min, True, n.max, True, unit)
    if n.operator in ("<", "<="):
        return Bracket(None, True, n.value, n.operator == "<=", unit)
    return Bracket(n.value, n.operator == ">=", None, False, unit)


def _base_of(text: str) -> str | None:
    """What a share is of: the words before it up to the last noun of cost; None when too vague."""
    text = re.split(r"(?:报销|救助|补偿|支付)后", text)[-1]
    match = re.match(rf"(.*{_BASE})", CONNECTIVE.sub("", text, count=1) if CONNECTIVE.match(text) else text)
    if match is None or len(match[1]) <= 2:
        return None
    words = match[1] + ("）" if text[match.end() :].startswith("）") else "")
    return words if words.count("（") == words.count("）") else words.rpartition("（")[0]


def _by(subject: str) -> tuple[str | None, str] | None:
    """(label, base) of 按(照)X的…: what is paid by is what it is a share of."""
    m = re.search(rf"按(?:照)?(.+?)(的?标准)?的?(?:给予|予以|核定|{_VERB}|发放)?$", subject)
    if m is None:
        return None
    return subject[: m.start()] or None, m[1] + (m[2] or "")


def _words_before(subject: str) -> tuple[str | None, str | None]:
    """(base, item) of words such as 政策范围内住院费用医保基金支付比例, 大病保险的报销比例."""
    subject = re.sub(r"^(?:再|另|同时)+", "", subject)
    if m := re.fullmatch(rf"(.*?{MONEY})(?:标准|水平)(?:为|是|按)(.+)", subject):  # 失业保险金标准为最低工资标准的
        return _base_of(m[2]), m[1]
    of = _base_of(subject)
    left = subject[subject.find(of) + len(of) :] if of else subject
    left = left.removeprefix("部分")
    if of is None and (m := re.fullmatch(rf"(.+?)的?({_VERB})(?:比例|标准)?.*", left)):
        return None, m[1] + m[2]
    if m := re.match(r"(.+?(?:支付|报销)|(?:支付|报销)(?=比例))(?:比例|标准)?", left):
        return of, m[1]
    return of, None


def _whose(subject: str) -> tuple[str | None, str]:
    """对低保对象参加医保的个人缴费部分给予 → (低保对象参加医保, 个人缴费部分给予)."""
    match = re.fullmatch(rf"对于?(.+)的([^的]*?{_BASE}.*)", subject)
    return (match[1], match[2]) if match and receiver(match[1]) else (None, subject)


def rate(g: Granted, chunk: Chunk, state: State, passage: Passage, cut: str | None) -> Draft:
    """One share that is granted; cut: a threshold's words that stand inside its base."""
    n, cell = g.n, chunk.cell.text
    full = n.text == "全额"
    measure = measure_before(g.prefix.replace(cut, "") if cut else g.prefix)
    timed = measure.per is not None or measure.period is not None
    subject = measure.rest if timed else g.prefix.replace(cut, "") if cut else g.prefix
    subject = re.sub(r"由[^，]*$", "", subject) if full else subject
    item: str | None = measure.noun if timed else None
    recipient = label = of = paid = None
    if inside := base_inside(cell, n):
        of = inside
    elif by := _by(subject):
        label, of = by
        if label and re.search(rf"{MONEY}(?:标准)?$", label):
            item, label = re.sub("标准$", "", label), None
    elif timed or is_person(re.sub(rf"(?:按照?|给予|予以|{_VERB})+$", "", subject)):
        recipient, label, _ = case_of(re.sub(rf"(?:按照?|给予|予以|{_VERB})+$", "", subject))
    else:
        label, subject = _whose(subject)
        recipient = receiver(label) if label else None
        of, item = _words_before(subject)
    tail = cell[n.phrase_end : chunk.end]
    own = item is not None
    if m := re.match(rf"的(?!比例|标准)([^，。；、]*?{_BASE})", tail):
        of = of or m[1]
        verb = re.search(rf"({_VERB})[^，]*$", subject)
        item = item or (verb[1] if verb else None)
    elif m := re.match(rf"的?(?:比例|标准)?(?:核定|{GIVE}|代缴|或|全额)*([^，。；、0-9%]*?{MONEY})", tail):
        paid, found = split_recipient(m[1])
        recipient = paid or recipient
        found = re.sub("^定额", "", found)
        item = item or (state.item if state.item and found in BARE else found)
    if not item:
        verb = re.search(rf"({_VERB})(?:比例|标准)?", subject + g.suffix)
        item = state.item or (verb[1] if verb else "")
    state.item = item or state.item
    state.of = of = of or (None if own else state.of)
    condition, where = state.condition(chunk, label or paid)
    return Draft(
        Benefit(
            item=item, role="rate", text=cell[n.phrase_start : n.phrase_end], passage=passage,
            operator=n.operator, value=n.value, min=n.min, max=n.max, unit=n.unit, of=of,
            bracket=state.bracket, per=measure.per, period=measure.period or state.period,
            recipient=recipient or state.recipient, condition=condition, condition_passage=where,
            derived="全额 = 100%" if full else None,
        ),
        chunk.clause, n.start,
    )


def thresholds(g: Granted, chunk: Chunk, state: State, cut: str | None = None) -> list[Draft]:
    """The bounds in money of a part; a boundary told from both its sides is one threshold.

    cut: the words of a bound that stands directly before (1万元以上3万元以下).
    """
    n = g.n
    part = _bracket(n)
    if state.bracket and state.bracket.upper is None and part.lower is None:  # 1万元以上3万元以下
        part = replace(part, lower=state.bracket.lower, lower_included=state.bracket.lower_included)
    state.bracket = part
    base = re.sub(r"(?:在|为|达到?)$", "", g.prefix.replace(cut, "") if cut else g.prefix)
    if named := re.fullmatch(rf"(.*?{MONEY})?(?:年度|累计|每年)*起付(?:线|标准|金额)?(?:为|是)?", base):
        state.item = named[1] or state.item
    else:
        state.of = _base_of(base + ("部分" if g.suffix.startswith("部分") else "")) or state.of
    item = state.item or ""
    sentence = chunk.cell.text.rfind("。", 0, chunk.start)
    known = {d.benefit.value for d in state.found if d.benefit.role == "threshold" and d.at > sentence}
    bounds = [(n.operator, n.value)] if n.min is None else [(">=", n.min), ("<=", n.max)]
    return [
        Draft(
            Benefit(
                item=item, role="threshold", text=chunk.cell.text[n.phrase_start : n.phrase_end],
                passage=chunk.passage(n.phrase_start, n.phrase_end), operator=operator, value=value,
                unit=n.unit, currency=n.unit, of=state.of,
            ),
            chunk.clause, n.start,
        )
        for operator, value in bounds if value not in known
    ]
