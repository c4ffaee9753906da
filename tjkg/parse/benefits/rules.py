"""Rules for the chunks of a 保障标准 cell, in order: amounts first, then what refers to something else."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tjkg.parse.benefits import outside
from tjkg.parse.benefits.items import BARE
from tjkg.parse.benefits.quantities import quantities
from tjkg.parse.benefits.recipients import receiver
from tjkg.parse.benefits.state import Draft, State
from tjkg.parse.benefits.words import GIVE, MONEY, is_person, item_of
from tjkg.parse.text.clauses import Chunk
from tjkg.records import Benefit, Rule

__all__ = ["RULES", "ChunkRule"]

ChunkRule = Callable[[Chunk, State, "Chunk | None"], "list[Draft] | None"]


def _who(words: str) -> tuple[str | None, str | None]:
    """(recipient, condition) from the words before a reference: persons receive, the rest is a condition."""
    words = re.sub(r"^(?:对于?|现行标准|其中|同时|并)|(?:的|给予|可以?)?，?$", "", words)
    if not words:
        return None, None
    before, de, _ = words.rpartition("的")
    return receiver(words), (before if de and is_person(words) else words)


def _draft(chunk: Chunk, state: State, role: str, item: str, words: str = "", **more: Any) -> Draft:
    """An entry without a value of its own, over the whole chunk."""
    recipient, label = _who(words)
    condition, where = state.condition(chunk, label)
    entry = Benefit(
        item=item, role=role, text=chunk.text, passage=chunk.passage(),
        recipient=recipient or state.recipient, condition=condition, condition_passage=where,
    )
    return Draft(replace(entry, **more), chunk.clause, chunk.start)


def stated(chunk: Chunk, state: State, then: Chunk | None) -> list[Draft] | None:
    """Amounts, shares and multiples printed in the chunk."""
    return quantities(chunk, state)


def same_amount(chunk: Chunk, state: State, then: Chunk | None) -> list[Draft] | None:
    """参照社会散居孤儿基本生活费全额执行: another benefit's amount, filled in when it is in this cell."""
    found = outside.same_as(chunk.text)
    if found is None:
        return None
    who, standard = found
    draft = _draft(chunk, state, "grant", state.item or "", who, same_as=standard)
    for other in state.found:
        b = other.benefit
        if b.value is not None and b.currency and b.condition and b.condition in standard:
            entry = replace(
                draft.benefit, item=b.item, value=b.value, unit=b.unit, currency=b.currency, per=b.per,
                period=b.period, operator=b.operator, derived=f"1 × {b.value:f}",
            )
            return [replace(draft, benefit=entry)]
    return [draft]


def actual_cost(chunk: Chunk, state: State, then: Chunk | None) -> list[Draft] | None:
    """按照实际采购价格补助: as much as something costs."""
    found = outside.actual(chunk.text)
    if found is None:
        return None
    what, of, done = found
    item = re.sub(rf"^(?:{GIVE})", "", item_of(done, "")[0] or "")
    if item in BARE or not item:
        thing = what if what and not is_person(what) and not what.endswith("的") else None
        item, what = thing or state.item or item, "" if thing else what
    state.item = item
    return [_draft(chunk, state, "grant", item, what, of=of)]


_LIST = re.compile(
    rf"^(?P<who>.*?)(?P<by>按(?:照)?(?:有关|相关|国家|本市)*规定)?(?:{GIVE})"
    rf"(?P<list>[^，。；、]*?{MONEY}(?:[、和及与][^，。；、]*?{MONEY})*)$"
)


def unstated_money(chunk: Chunk, state: State, then: Chunk | None) -> list[Draft] | None:
    """给予社保补贴、岗位补贴: grants named without an amount; before amounts it only names them."""
    match = _LIST.search(chunk.text)
    if match is None:
        return None
    items = re.split(r"[、和及与]", match["list"])
    rest = chunk.cell.text[chunk.end :].split("。")[0]
    if any(n.kind == "amount" and 0 < n.start - chunk.end < len(rest) for n in state.numbers):
        state.item = items[0]
        state.recipient = receiver(re.sub(r"(?:按|根据).*$", "", match["who"]))
        return []
    by = match["by"]
    role, rule = ("left_to_rule", outside.plain_rule(by)) if by else ("not_stated", None)
    return [_draft(chunk, state, role, item, match["who"], rule=rule) for item in items]


def computed(chunk: Chunk, state: State, then: Chunk | None) -> list[Draft] | None:
    """根据…等因素综合确定养老金水平: an amount worked out case by case; 标准由各区确定: by somebody else."""
    if m := re.search(rf"(?P<item>[^，。；、]*?{MONEY})的?标准由(?P<by>[^，。；]+?(?:确定|制定|规定))$", chunk.text):
        return [_draft(chunk, state, "left_to_rule", m["item"], rule=Rule(m["by"]))]
    m = re.search(rf"(?:确定|核定|计算|计发)(?P<item>[^，。；、]*?{MONEY})(?:水平|标准|金额|数额)?$", chunk.text)
    return [_draft(chunk, state, "not_stated", m["item"])] if m else None


def left_to_rule(chunk: Chunk, state: State, then: Chunk | None) -> list[Draft] | None:
    """按照…规定执行: the rule with its name and document number."""
    found = outside.outside(chunk.text, then.text if then else "")
    if found is None:
        return None
    what, rule = found
    item = re.sub(r"(?:的?标准|的?金额)$", "", what)
    if what != item or what.startswith("免") or re.search(MONEY + "$", what):
        vague = item in ("相关", "有关", "具体", "现行", "")
        return [_draft(chunk, state, "left_to_rule", state.item or "" if vague else item, rule=rule)]
    after = None
    if then and not chunk.text.endswith("执行"):
        after = item_of(re.sub(r"(?:标准|水平)$", "", then.text), "")[0]
        after = re.sub(r"^.*(?:提高|调整|发放|给予)", "", after) if after else None
    return [_draft(chunk, state, "left_to_rule", after or state.item or "", what, rule=rule)]


def taken_in(chunk: Chunk, state: State, then: Chunk | None) -> list[Draft] | None:
    """可按照单人户纳入最低生活保障范围: the other benefit is given, in its own amount."""
    found = outside.included(chunk.text)
    if found is None:
        return None
    _, benefit = found
    return [_draft(chunk, state, "grant", state.item or benefit, same_as=benefit)]


def remitted(chunk: Chunk, state: State, then: Chunk | None) -> list[Draft] | None:
    """减免治疗费用: money spared, how much is not said."""
    found = outside.remitted(chunk.text)
    if found is None:
        return None
    whose, cost = found
    draft = _draft(chunk, replace(state, pending=[], head=None), "not_stated", f"减免{cost}")
    return [replace(draft, benefit=replace(draft.benefit, recipient=whose or draft.benefit.recipient))]


# The first rule that knows a chunk has it; each may look at the chunk that follows in its clause.
RULES: tuple[ChunkRule, ...] = (
    stated, same_amount, actual_cost, taken_in, remitted, unstated_money, computed, left_to_rule
)
