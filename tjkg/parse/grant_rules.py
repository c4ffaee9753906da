"""Rules that read amounts, rates and multiples in one comma chunk of a 保障标准 cell."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from tjkg.parse.benefit_state import Draft, State
from tjkg.parse.clauses import Chunk
from tjkg.parse.grant_words import (
    CONNECTIVE, GIVE, MONEY, PERSON, Measure, is_person, item_of, measure_after, measure_before, split_recipient,
)
from tjkg.parse.number_mention import NumberMention
from tjkg.records import Benefit, Bracket, Passage

__all__ = ["BARE", "quantities", "receiver"]

_ROLES = {">=": "floor", ">": "floor", "<=": "cap", "<": "cap"}
# What a share may be of: the phrase ends so.
_BASE = r"(?:费用|部分|金额|标准|总额|工资|价格|支出|收入|成本|投入|费(?:（[^）]*）)?)"
_THRESHOLD_AFTER = re.compile(
    rf"的?部分|的(?!标准|额度|限额|(?!进行|给予|予以|按|可)[^，。；]{{0,8}}{MONEY})|且|但(?!不超)"
)
_STRICT = ("低于", "高于", "超过", "不足", "不满", "大于", "小于", "少于", "多于", "未达到", "不到")
_SHARE_BEFORE = re.compile(
    r"(?:救助|报销|支付|补贴|补助|资助|减免|补偿|给予|予以|按照?[^，]*|比例|标准的?|费用的?|部分的?)"
    r"(?:比例|标准)?(?:为|达到|达|稳定在|保持在|不低于|在|按|提高到|提高至|分别为)?$"
)
_SHARE_AFTER = re.compile(
    r"(?:的)?(?:比例|标准)?(?:给予|予以|核定|核发|补助|补贴|报销|资助|减免|救助|支付|发放|计发|或全额|、)"
)
_FULL = re.compile(r"全额(?=资助|补贴|补助|报销|减免|救助|支付|代缴|给予)")
_TIMES_AFTER = re.compile(r"的?([^，。；、0-9]{2,20}?(?:标准|工资|收入|生活费|[学养]?老?金))")
_TIMES_BEFORE = re.compile(r"(?:参照|比照|按照|按|为|相当于)([^，。；、]{2,24}?)的?$")


@dataclass(frozen=True)
class _Found:
    """A number of the chunk with what stands before and after it, offsets in the cell."""

    n: NumberMention
    prefix: str
    suffix: str


def _full(chunk: Chunk) -> list[NumberMention]:
    """全额 (资助, 补贴 …) as a share of 100 %."""
    cell = chunk.cell.text
    return [
        NumberMention(m.start(), m.end(), "percent", m[0], m.start(), m.end(), Decimal(100), unit="%")
        for m in _FULL.finditer(cell, chunk.start, chunk.end)
    ]


def _is_share(n: NumberMention, prefix: str, suffix: str) -> bool:
    """Whether a percentage is what is granted: not a contribution, not a rate of coverage."""
    if re.match(r"[^，]{0,6}缴(?:纳|费)(?!给予|补)", suffix) or re.search(r"率(?:达到?|为|不低于)?$", prefix):
        return False
    return bool(_SHARE_BEFORE.search(prefix) or _SHARE_AFTER.match(suffix))


def _is_multiple(n: NumberMention, prefix: str, suffix: str) -> bool:
    """不超过3个月低保标准, 国家补助标准的两倍."""
    if n.kind == "multiple":
        return bool(_TIMES_BEFORE.search(prefix) or _TIMES_AFTER.match(suffix.removeprefix("于")))
    return n.kind == "duration" and bool(re.match(r"(?:个?月|年)", n.unit or "") and _TIMES_AFTER.match(suffix))


def _select(chunk: Chunk, state: State) -> list[_Found]:
    """The numbers of a chunk that are amounts, shares or multiples granted."""
    cell = chunk.cell.text
    numbers = sorted([*state.inside(chunk), *_full(chunk)], key=lambda n: n.start)
    out: list[_Found] = []
    at = chunk.start
    for n in numbers:
        prefix, suffix = cell[at : n.phrase_start], cell[n.phrase_end : chunk.end]
        if not (
            n.kind == "amount" or n.text == "全额"
            or (n.kind == "percent" and _is_share(n, cell[chunk.start : n.phrase_start], suffix))
            or _is_multiple(n, prefix, suffix)
        ):
            continue
        stop = next((m.phrase_start for m in numbers if m.start > n.start and m.kind == n.kind), chunk.end)
        out.append(_Found(n, prefix.lstrip("、和及或"), cell[n.phrase_end : stop]))
        at = n.phrase_end + measure_after(suffix)[2]
    return out


def _is_threshold(f: _Found) -> bool:
    """2万元以下部分, 低于1500元的: a bound of who or what is paid for, not what is paid."""
    n = f.n
    if n.kind != "amount" or n.operator in ("=", "~"):
        return False
    if not _THRESHOLD_AFTER.match(f.suffix) and f.suffix:
        return False
    if re.match(r"的?部分", f.suffix):
        return True
    if re.search(rf"(?:{GIVE}|补贴|补助|资助|奖励|标准|不超|最高)[^，]{{0,6}}$", f.prefix):
        return False
    strict = n.before in _STRICT or (n.after or "").endswith(("以上", "以下"))
    return strict and bool(re.match(r"的|且|但", f.suffix))


def _bracket(n: NumberMention) -> Bracket:
    """The part of a base that a bound cuts off."""
    if n.operator in ("<", "<="):
        return Bracket(None, True, n.value, n.operator == "<=", n.unit or "元")
    return Bracket(n.value, n.operator == ">=", None, False, n.unit or "元")


def _base_of(text: str) -> str | None:
    """What a share is of: the words before it up to the last noun of cost; None when too vague."""
    text = re.split(r"(?:报销|救助|补偿|支付)后", text)[-1]
    match = re.match(rf"(.*{_BASE})", CONNECTIVE.sub("", text, count=1) if CONNECTIVE.match(text) else text)
    return match[1] if match and len(match[1]) > 2 else None


def _who(rest: str) -> tuple[str | None, str | None, str | None]:
    """(recipient, label, condition inside) from what is left of a prefix."""
    if m := CONNECTIVE.match(rest):
        rest = rest[m.end() :]
    if m := re.fullmatch(r"(.*?)在(.+?(?:前提|情况|条件)下)", rest):
        return m[1] or None, None, m[2]
    if m := re.fullmatch(rf"对于?(.+?)(?:按照?.*)?(?:{GIVE})?", rest):
        before, de, tail = m[1].rpartition("的")
        return (tail if de else m[1]), (m[1] if not de else None), before or None
    if m := re.search(rf"(?:{GIVE}|向)([^，。；]*)$", rest):
        if m[1] and is_person(m[1]):
            return m[1], None, None
        rest = rest[: m.start()]
    if not rest or re.fullmatch(r"[的为在按照标准]*", rest):
        return None, None, None
    return receiver(rest), rest.removesuffix("的"), None


_ACTS_ON = re.compile(r"吸纳|招用|招收|安置|雇佣|雇用|聘用|创办|开办|举办|帮扶|参加|从事")


def receiver(label: str) -> str | None:
    """Who receives, from the case that a label names: 农村特困人员集中供养 → 农村特困人员."""
    if acts := _ACTS_ON.search(label):
        label = label[: acts.start()]
    tail = label.rpartition("的")[2]
    ends = [m.end() for m in re.finditer(PERSON, tail)]
    if not ends or len(tail) - ends[-1] > 4:
        return None
    return tail[: ends[-1]]


def _clean_item(item: str) -> str:
    """An item without the words that say how it is paid."""
    item = re.sub(r"^(?:一次性|平均|定额|月|年度|年|相应的?|适当)+|资金$|标准$", "", item)
    return item or "补贴"


BARE = ("补贴", "补助", "资助", "奖励", "救助", "津贴", "进行救助")


def _item(found: str | None, measure: Measure, state: State) -> str:
    """The name of the money: its own, else the one in force when that ends in the same noun, else the noun."""
    own = _clean_item(found) if found else measure.noun
    if own and state.item and (state.item.endswith(own) or own in BARE):
        return state.item
    return own or state.item or ""


def _common(label: str | None, state: State) -> str | None:
    """分散供养 after 农村特困人员集中供养 → 农村特困人员分散供养: the shared head of two labels."""
    if label and state.label and not is_person(label):
        for cut in range(len(state.label) - 1, 0, -1):
            head, tail = state.label[:cut], state.label[cut:]
            if is_person(head) and len(tail) == len(label) and tail[-1] == label[-1]:
                return head + label
    return label


def _money(f: _Found, chunk: Chunk, state: State, passage: Passage) -> Draft:
    """One amount (or multiple) that is granted, capped or guaranteed."""
    n = f.n
    per_after, period_after, skip = measure_after(f.suffix)
    measure = measure_before(f.prefix)
    rest, suffix = measure.rest, f.suffix[skip:]
    increment = re.search(r"(?:每多|每增加|每超).*?增加$|(?:再)?增加$|加发$|增发$", rest) is not None
    rest = re.sub(r"(?:再?增加|加发|增发)$", "", rest)
    if m := re.fullmatch(r"(.*?(?:标准|金额|额度))(?:为|是|：|:)?(.*)", rest):
        head, rest = m[1], m[2]
        state.heading = head
        item, before = item_of(head, "")
        if item is None:
            item = re.sub(r"^(?:现行|具体|最高|最低)|(?:标准|金额|额度)$", "", head) or None
            item = None if item in ("现行的", "月", "年", "标准", None) else item
    else:
        item, before = item_of(rest, suffix)
        rest = before if item and not item_of(rest, "")[0] is None else rest
        before = ""
    recipient = None
    if item and item in f.prefix:
        recipient, item = split_recipient(item)
        recipient = (before + (recipient or "")) or None
    average = "平均" in (item or "") or "平均" in f.prefix
    found, label, inner = _who(rest)
    state.recipient = recipient or state.recipient
    label = _common(label or recipient, state)
    found = found or (receiver(label) if label else None)
    state.label = label or state.label
    name = _item(item, measure, state)
    state.item = name or state.item
    condition, where = state.condition(chunk, label)
    if inner and not condition:
        at = chunk.cell.text.find(inner, chunk.start)
        condition, where = inner, chunk.passage(at, at + len(inner))
    if condition and where is None and label:
        tail = next(label[i:] for i in range(len(label)) if label[i:] in chunk.text)
        at = chunk.cell.text.find(tail, chunk.start)
        where = chunk.passage(at, at + len(tail))
    per = measure.per or per_after
    if per is None and state.pending and re.match(r"每(?!年|月|日|天|周|次|个|季)[^，]*[0-9]", state.pending[-1].text):
        step = state.pending[-1]
        per, passage = step.text, chunk.passage(step.start, passage.end - chunk.cell.start)
        state.used |= {m.start for m in state.inside(step)}
        condition = where = None
    if per:
        state.used |= {m.start for m in state.inside(chunk) if m.start < n.start and m.text in per}
    role = "increment" if increment else "average" if average else _ROLES.get(n.operator, "grant")
    if found is None and recipient is None and condition and is_person(condition):
        found = receiver(condition)
    return Draft(
        Benefit(
            item=name, role=role, text=chunk.cell.text[n.phrase_start : n.phrase_end], passage=passage,
            operator=n.operator, value=n.value, min=n.min, max=n.max, unit=n.unit,
            currency=n.unit if n.kind == "amount" else None, per=per, period=measure.period or period_after,
            recipient=found or recipient or state.recipient, condition=condition, condition_passage=where,
        ),
        chunk.clause, n.start, state.heading,
    )


def _times(f: _Found, chunk: Chunk, state: State, passage: Passage) -> Draft:
    """A multiple of another standard: 不超过3个月低保标准, 国家补助标准的两倍."""
    if m := _TIMES_AFTER.match(f.suffix.removeprefix("于")):
        draft = _money(replace(f, suffix=""), chunk, state, passage)
        return replace(draft, benefit=replace(draft.benefit, times=m[1]))
    m = _TIMES_BEFORE.search(f.prefix)
    draft = _money(replace(f, prefix=f.prefix[: m.start()] if m else "", suffix=""), chunk, state, passage)
    return replace(draft, benefit=replace(draft.benefit, times=m[1] if m else None))


def _rate(f: _Found, chunk: Chunk, state: State, passage: Passage, cut: str | None) -> Draft:
    """A share granted:救助50%, 按国家基础标准50%的比例核定 …; cut: a threshold's words inside the base."""
    n, full = f.n, f.n.text == "全额"
    prefix = f.prefix.replace(cut, "") if cut else f.prefix
    subject = re.sub(r"(?:由[^，]*|由)$", "", prefix) if full else prefix
    item, label = None, None
    if m := re.search(r"按(?:照)?(.+?)的?(?:标准)?(?:给予|予以|核定|补助|补贴|报销|发放)?$", subject):
        of: str | None = m[1]
        if subject[m.end(1) :].startswith("的标准") or subject[m.end(1) :].startswith("标准"):
            of = m[1] + subject[m.end(1) :][: 3 if subject[m.end(1)] == "的" else 2]
        label = subject[: m.start()] or None
    else:
        of = _base_of(subject)
        left = subject[subject.find(of) + len(of) :] if of else subject
        if of is None and (m := re.fullmatch(r"(?!部分)(.+?)的?(报销|支付|救助|补贴|补助)(?:比例|标准)?.*", left)):
            item = m[1] + m[2]
        elif m := re.match(r"(.+?(?:支付|报销))(?:比例|标准)?", left):
            item = m[1]
    tail = chunk.cell.text[n.phrase_end : chunk.end]
    own = item is not None
    if m := re.match(rf"(?:的)?(?:比例|标准)?(?:核定|{GIVE}|或|全额)*([^，。；、0-9%]*?{MONEY})", tail):
        recipient, item = split_recipient(m[1])
        item = state.item if state.item and item in BARE else item
    else:
        recipient = None
        verb = re.search(r"(救助|报销|补贴|补助|资助|减免)(?:比例|标准)?", subject + f.suffix)
        item = item or state.item or (verb[1] if verb else "")
    condition, where = state.condition(chunk, label)
    of = of or (None if own else state.of)
    state.of = of
    return Draft(
        Benefit(
            item=item or "", role="rate", text=chunk.cell.text[n.phrase_start : n.phrase_end], passage=passage,
            operator=n.operator, value=n.value, min=n.min, max=n.max, unit="%", of=of,
            bracket=state.bracket, recipient=recipient or state.recipient, condition=condition,
            condition_passage=where, derived="全额 = 100%" if full else None,
        ),
        chunk.clause, n.start,
    )


def _threshold(f: _Found, chunk: Chunk, state: State) -> Draft | None:
    """A bound in money; the same bound from the other side is the same threshold."""
    n = f.n
    state.bracket = _bracket(n)
    base = re.sub(r"(?:在|为|达到?)$", "", f.prefix)
    state.of = (_base_of(base + ("部分" if f.suffix.startswith("部分") else "")) or state.of)
    for draft in state.found:
        b = draft.benefit
        if b.role == "threshold" and b.value == n.value and b.item == (state.item or ""):
            return None
    return Draft(
        Benefit(
            item=state.item or "", role="threshold", text=chunk.cell.text[n.phrase_start : n.phrase_end],
            passage=chunk.passage(n.phrase_start, n.phrase_end), operator=n.operator, value=n.value,
            unit=n.unit, currency=n.unit, of=state.of,
        ),
        chunk.clause, n.start,
    )


def quantities(chunk: Chunk, state: State) -> list[Draft] | None:
    """Entries for the amounts, shares and multiples of a chunk; None when it has none."""
    found = _select(chunk, state)
    if not found:
        return None
    out: list[Draft] = []
    cut: str | None = None
    cell = chunk.cell.text
    start = chunk.start
    for i, f in enumerate(found):
        last = i + 1 == len(found)
        end = chunk.end if last else found[i + 1].n.phrase_start - len(found[i + 1].prefix)
        passage = chunk.passage(start, len(cell[:end].rstrip("、和及或 ")))
        state.used.add(f.n.start)
        if _is_threshold(f):
            draft = _threshold(f, chunk, state)
            cut = cell[f.n.phrase_start : f.n.phrase_end]
            if draft is not None:
                out.append(draft)
            if i + 1 < len(found):
                found[i + 1] = replace(found[i + 1], prefix=f.prefix + cut + found[i + 1].prefix)
            continue
        if f.n.kind == "percent":
            out.append(_rate(f, chunk, state, passage, cut))
        elif f.n.kind == "amount":
            out.append(_money(f, chunk, state, passage))
        else:
            out.append(_times(f, chunk, state, passage))
        state.bracket, cut = None, None
        start = end
    state.found += out
    return out
