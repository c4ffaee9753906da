"""Amounts and multiples granted: one entry for each, with per whom, how often, for whom, in which case."""

from __future__ import annotations

import re
from dataclasses import replace

from tjkg.parse.benefits.granted import TIMES_AFTER, TIMES_BEFORE, Granted, base_inside
from tjkg.parse.benefits.items import named
from tjkg.parse.benefits.recipients import case_of, receiver, shared_case
from tjkg.parse.benefits.state import Draft, State
from tjkg.parse.benefits.words import GIVE, is_person, measure_after, measure_before
from tjkg.parse.numbers import numbers
from tjkg.parse.numbers.mention import NumberMention, shared_bounds
from tjkg.parse.text.clauses import Chunk
from tjkg.records import Benefit, Bracket, Passage

__all__ = ["amount", "multiple"]

_ROLES = {">=": "floor", ">": "floor", "<=": "cap", "<": "cap"}
# 最高救助限额为, 最高补助: the amount is a ceiling, though words stand between.
_CEILING = re.compile(
    r"(?:限额|上限|封顶线?)(?:标准)?(?:为|是)?$|最高可?(?:给予|补助|补贴|资助|奖励|救助|支付|报销|每[^每，]{1,2})+$"
)
# A chunk before the amount that says what a further amount is for: 每多安置1人，… 增加2万元.
_STEP = re.compile(r"每(?!年|月|日|天|周|次|个|季|学)[^，]*[0-9]")


def _step(state: State) -> Bracket | None:
    """The step of a ladder that the condition before an amount names: 直接安置5人不足10人 …的."""
    if not state.pending or not state.pending[-1].text.endswith("的"):
        return None
    counts = shared_bounds([n for n in state.inside(state.pending[-1]) if n.kind == "count"], state.text)
    own = [n for n in counts if n.unit == counts[0].unit]
    upper = next((n for n in own if n.operator in ("<", "<=")), None)
    lower = next((n for n in own if n.operator in ("=", ">", ">=")), None)
    if upper is None and lower is None:
        return None
    return Bracket(
        lower.value if lower else None, lower is None or lower.operator != ">",
        upper.value if upper else None, upper is not None and upper.operator == "<=", own[0].unit or "",
    )


def _ages(condition: str | None) -> Bracket | None:
    """The ages that select an amount: 60至64岁人群, 65岁及以上, 年满80周岁不满90周岁."""
    ages = [n for n in numbers(condition) if n.kind == "age"] if condition else []
    if len(ages) == 1 and ages[0].min is not None:
        return Bracket(ages[0].min, True, ages[0].max, True, "岁")
    lower = [n for n in ages if n.operator in (">", ">=")]
    upper = [n for n in ages if n.operator in ("<", "<=")]
    if not ages or len(lower) + len(upper) != len(ages) or max(len(lower), len(upper)) > 1:
        return None
    return Bracket(
        lower[0].value if lower else None, not lower or lower[0].operator == ">=",
        upper[0].value if upper else None, bool(upper) and upper[0].operator == "<=", "岁",
    )


def _carried(chunk: Chunk, state: State, item: str | None) -> tuple[str | None, str | None]:
    """Per and period of the member before in a list of cases: 小学每生每年1000元，初中1250元."""
    last = state.found[-1] if state.found else None
    if last is None or last.clause != chunk.clause or last.benefit.role in ("threshold", "rate"):
        return None, None
    same = not last.benefit.item or (item or "") == last.benefit.item
    return (last.benefit.per, last.benefit.period) if same else (None, None)


def _role(n: NumberMention, prefix: str, more: bool, item: str) -> tuple[str, str]:
    """(role, operator) of an amount, by its comparator and the words before it."""
    if more:
        return "increment", n.operator
    if "平均" in prefix or "平均" in item:
        return "average", n.operator
    if n.operator == "=" and _CEILING.search(prefix):
        return "cap", "<="
    if n.operator == "=" and re.search(r"最低标准(?:为|是)?(?:每[^每，]{1,3})*$", prefix):
        return "floor", ">="
    return _ROLES.get(n.operator, "grant"), n.operator


def _given_to(prefix: str) -> tuple[str | None, str]:
    """给予老人家食堂 | 每招用1人给予企业: (who is given, prefix without it)."""
    m = re.search(rf"{GIVE}([^每，。；、]{{2,12}})$", prefix)
    if m and is_person(m[1]):
        return m[1], prefix[: m.start()]
    return None, prefix


def _case(
    chunk: Chunk, state: State, label: str | None, inner: str | None
) -> tuple[str | None, Passage | None]:
    """The condition of an amount and where it stands, a shared head of labels left out of the place."""
    condition, where = state.condition(chunk, label)
    if condition is None and inner:
        condition = inner
    if condition and where is None:
        words = inner or label or ""
        tail = next((words[i:] for i in range(len(words)) if words[i:] in chunk.text), "")
        at = chunk.cell.text.find(tail, chunk.start)
        where = chunk.passage(at, at + len(tail)) if tail else None
    return condition, where


def amount(g: Granted, chunk: Chunk, state: State, passage: Passage) -> Draft:
    """One amount (or multiple) that is granted, capped or guaranteed."""
    n, cell = g.n, chunk.cell.text
    per_after, period_after, skip = measure_after(g.suffix)
    given, prefix = _given_to(g.prefix)
    between = cell[n.phrase_start + len(n.before) : n.start] if n.before else ""
    inner_measure = measure_before(between)
    measure = measure_before(prefix)
    name = named(measure, g.suffix[skip:], state)
    found, label, inner = case_of(name.rest)
    label = shared_case(label or name.recipient, state)
    found = found or (receiver(label) if label else None)
    state.recipient = name.recipient or state.recipient
    state.label, state.item = label or state.label, name.item or state.item
    condition, where = _case(chunk, state, label, inner)
    per = inner_measure.per or measure.per or per_after
    period = inner_measure.period or measure.period or name.period or period_after or state.period
    if per is None and state.pending and _STEP.match(state.pending[-1].text):
        step = state.pending[-1]
        per, passage = step.text, chunk.passage(step.start, passage.end - chunk.cell.start)
        state.used |= {m.start for m in state.inside(step)}
        condition, where = replace(state, pending=state.pending[:-1]).condition(chunk, label)
    if per:
        state.used |= {m.start for m in state.inside(chunk) if m.start < n.start and m.text in per}
    if per is None and period is None and label:
        per, period = _carried(chunk, state, name.item)
    if found is None and name.recipient is None and condition and is_person(condition) and condition[0] not in "从自":
        found = receiver(condition)
    role, operator = _role(n, g.prefix, measure.more, name.item or "")
    return Draft(
        Benefit(
            item=name.item or "", role=role, text=cell[n.phrase_start : n.phrase_end], passage=passage,
            operator=operator, value=n.value, min=n.min, max=n.max, unit=n.unit,
            currency=n.unit if n.kind == "amount" else None, per=per, period=period,
            bracket=(_step(state) if role == "grant" and not label else None) or _ages(condition),
            recipient=given or found or name.recipient or state.recipient,
            condition=condition, condition_passage=where,
        ),
        chunk.clause, n.start, state.heading,
    )


def multiple(g: Granted, chunk: Chunk, state: State, passage: Passage) -> Draft:
    """A multiple of another standard: 不超过3个月低保标准, 国家补助标准的两倍, 不低于低保标准的1.5倍."""
    if inside := base_inside(chunk.cell.text, g.n):
        times = inside
    elif m := TIMES_AFTER.match(g.suffix):
        times, g = m[1], replace(g, suffix=g.suffix[m.end() :])
    else:
        m = TIMES_BEFORE.search(g.prefix)
        times, g = (m[1] if m else ""), replace(g, prefix=g.prefix[: m.start()] if m else "", suffix="")
    draft = amount(g, chunk, state, passage)
    return replace(draft, benefit=replace(draft.benefit, times=times or None))
