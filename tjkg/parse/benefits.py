"""What a 保障标准 cell grants: money, rates, caps, things in kind, or what it leaves to another rule."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from tjkg.parse import rules_outside
from tjkg.parse.benefit_state import Draft, State
from tjkg.parse.clauses import Chunk, chunks
from tjkg.parse.grant_rules import BARE, quantities, receiver
from tjkg.parse.grant_words import GIVE, MONEY, is_person, item_of, split_recipient
from tjkg.parse.in_kind import adjusts, aims, counts, in_kind_item, serves
from tjkg.parse.limits import audience_quantities, leftover
from tjkg.parse.numbers import numbers
from tjkg.records import Benefit, Quantity, Span

__all__ = ["audience_quantities", "benefits", "limits"]


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


def same_amount(chunk: Chunk, state: State, then: Chunk | None) -> list[Draft] | None:
    """参照社会散居孤儿基本生活费全额执行: the amount of another benefit, filled in when it is in this cell."""
    found = rules_outside.same_as(chunk.text)
    if found is None:
        return None
    who, named = found
    draft = _draft(chunk, state, "grant", state.item or "", who, same_as=named)
    for other in state.found:
        b = other.benefit
        if b.value is not None and b.currency and b.condition and b.condition in named:
            entry = replace(
                draft.benefit, item=b.item, value=b.value, unit=b.unit, currency=b.currency, per=b.per,
                period=b.period, operator=b.operator, derived=f"1 × {b.value:f}",
            )
            return [replace(draft, benefit=entry)]
    return [draft]


def actual_cost(chunk: Chunk, state: State, then: Chunk | None) -> list[Draft] | None:
    """按照实际采购价格补助: as much as something costs."""
    found = rules_outside.actual(chunk.text)
    if found is None:
        return None
    what, of, done = found
    item, _ = item_of(done, "")
    item = re.sub(rf"^(?:{GIVE})", "", item) if item else ""
    if item in BARE or not item:
        thing = what if what and not is_person(what) and not what.endswith("的") else None
        item, what = thing or state.item or item, "" if thing else what
    state.item = item
    return [_draft(chunk, state, "grant", item, what, of=of)]


_LIST = re.compile(
    rf"^(?P<who>.*?)(?P<by>按(?:照)?(?:有关|相关|国家|本市)*规定)?(?:{GIVE})(?P<list>[^，。；、]*?{MONEY}(?:[、和及与][^，。；、]*?{MONEY})*)$"
)


def unstated_money(chunk: Chunk, state: State, then: Chunk | None) -> list[Draft] | None:
    """给予社保补贴、岗位补贴: grants named without an amount; before amounts it only names them."""
    match = _LIST.search(chunk.text)
    if match is None:
        return None
    items = re.split(r"[、和及与]", match["list"])
    if any(n.kind == "amount" and n.start > chunk.end for n in state.numbers if _same_sentence(n.start, chunk)):
        state.item = items[0]
        state.recipient = re.sub(r"(?:按|根据).*$", "", re.sub(r"^对于?", "", match["who"])) or None
        return []
    by = match["by"]
    role, rule = ("left_to_rule", rules_outside.plain_rule(by)) if by else ("not_stated", None)
    return [_draft(chunk, state, role, item, match["who"], rule=rule) for item in items]


def _same_sentence(at: int, chunk: Chunk) -> bool:
    """Whether an offset of the cell lies in the chunk's sentence, after it."""
    return "。" not in chunk.cell.text[chunk.end : at]


def computed(chunk: Chunk, state: State, then: Chunk | None) -> list[Draft] | None:
    """根据…等因素综合确定养老金水平: an amount worked out case by case."""
    match = re.search(rf"(?:确定|核定|计算|计发)(?P<item>[^，。；、]*?{MONEY})(?:水平|标准|金额|数额)?$", chunk.text)
    return [_draft(chunk, state, "not_stated", match["item"])] if match else None


def left_to_rule(chunk: Chunk, state: State, then: Chunk | None) -> list[Draft] | None:
    """按照…规定执行: the rule with its name and document number."""
    found = rules_outside.outside(chunk.text, then.text if then else "")
    if found is None:
        return None
    what, rule = found
    item = re.sub(r"(?:的?标准|的?金额)$", "", what)
    named = what != item or what.startswith("免") or re.search(MONEY + "$", what) is not None
    if named:
        return [_draft(chunk, state, "left_to_rule", "相关标准" if item in ("相关", "有关") else item, rule=rule)]
    after = item_of(re.sub(r"(?:标准|水平)$", "", then.text), "")[0] if then and not chunk.text.endswith("执行") else None
    after = re.sub(r"^.*(?:提高|调整|发放|给予)", "", after) if after else None
    return [_draft(chunk, state, "left_to_rule", after or state.item or "", what, rule=rule)]


Rule = Callable[[Chunk, State, "Chunk | None"], "list[Draft] | None"]


def stated(chunk: Chunk, state: State, then: Chunk | None) -> list[Draft] | None:
    """Amounts, shares and multiples printed in the chunk."""
    return quantities(chunk, state)


# The first rule that knows a chunk has it.
RULES: tuple[Rule, ...] = (stated, same_amount, actual_cost, unstated_money, computed, left_to_rule)


def _head(chunk: Chunk, state: State) -> None:
    """A heading or colon label: an item (奖励标准：), or the case that follows (居家：)."""
    text = chunk.text
    if chunk.listed and not text.endswith(("标准", "标准为")):
        state.item = text
        return
    bare = re.sub(r"(?:的?标准|金额|额度)?(?:为|是|如下)?$", "", text)
    if re.fullmatch(r"(?:现行|具体|补助标准|标准|其中|另外)*", bare):
        return
    if bare != text or re.search(MONEY + "$", text):
        state.recipient, state.item = split_recipient(bare)
        state.heading = text
    else:
        state.head = chunk


def _merged(pieces: tuple[Chunk, ...]) -> list[Chunk]:
    """对A，B的C给予…: a chunk that only begins a long object joins the next."""
    out: list[Chunk] = []
    for piece in pieces:
        before = out[-1] if out else None
        if (
            before and before.clause == piece.clause and before.text.startswith("对") and not before.head
            and not re.search(rf"{GIVE}|(?:的|后|时)$", before.text)
            and (
                re.match(rf"(?:按(?:照)?[^，]*规定)?{GIVE}", piece.text)
                or (not re.search(r"实施|开展|进行|实行", before.text) and re.search(rf"的[^的]*{GIVE}", piece.text))
            )
        ):
            out[-1] = replace(before, end=piece.end)
        else:
            out.append(piece)
    return out


def _read(cell: Span) -> tuple[list[Draft], State, list[Chunk]]:
    """All entries of the cell but the in-kind ones, the state afterwards, and the chunks none speaks for."""
    state = State(numbers(cell.text))
    pieces = _merged(chunks(cell))
    silent: list[Chunk] = []
    for i, chunk in enumerate(pieces):
        state.enter(chunk)
        if chunk.head:
            _head(chunk, state)
            continue
        then = pieces[i + 1] if i + 1 < len(pieces) and pieces[i + 1].clause == chunk.clause else None
        drafts = next((d for rule in RULES if (d := rule(chunk, state, then)) is not None), None)
        if drafts is None:
            silent.append(chunk)
            if not (adjusts(chunk.text) or serves(chunk.text) or counts(chunk.text)):
                state.pending.append(chunk)
            continue
        if drafts and drafts[-1].benefit.role == "threshold":
            state.pending.append(chunk)
        state.found += [d for d in drafts if d not in state.found]
    return state.found, state, silent


def _derived(drafts: list[Draft]) -> list[Draft]:
    """After a share of something this cell prints in money: what that makes (50% × 1000)."""
    out: list[Draft] = []
    for draft in drafts:
        out.append(draft)
        rate = draft.benefit
        if rate.role != "rate" or not rate.of or rate.value is None:
            continue
        for base in drafts:
            b = base.benefit
            if b.currency and b.value is not None and b.derived is None and rate.of in base.heading:
                value = b.value * rate.value / Decimal(100)
                entry = replace(
                    b, item=rate.item, role="grant", value=value.quantize(Decimal(1)) if value % 1 == 0 else value,
                    passage=rate.passage, text=rate.text, recipient=rate.recipient,
                    derived=f"{rate.value:f}% × {b.value:f}",
                )
                out.append(Draft(entry, draft.clause, draft.at))
    return out


def _disjoint(drafts: list[Draft]) -> list[Draft]:
    """2万元以下 beside 2万元（含）以上: the printed （含） gives the boundary to the upper tier."""
    including = {
        (d.benefit.item, d.benefit.bracket.lower)
        for d in drafts if d.benefit.bracket and "含" in d.benefit.passage.quote
    }
    out: list[Draft] = []
    for d in drafts:
        bracket = d.benefit.bracket
        if bracket and (d.benefit.item, bracket.upper) in including:
            d = replace(d, benefit=replace(d.benefit, bracket=replace(bracket, upper_included=False)))
        out.append(d)
    return out


def _following(drafts: list[Draft], silent: list[Chunk], cell: Span) -> list[Draft]:
    """随低保标准动态调整: to the amounts of its sentence, or to all before it when it stands alone."""
    out = list(drafts)
    for chunk in chunks(cell):
        named = rules_outside.follows(chunk.text)
        if named is None:
            continue
        start = cell.text.rfind("。", 0, chunk.start) + 1
        a, b = cell.start + start, cell.start + chunk.start
        own = {i for i, d in enumerate(out) if a <= d.benefit.passage.start < b}
        earlier = {i for i, d in enumerate(out) if d.benefit.passage.start < b}
        for i in own or earlier:
            if out[i].benefit.role in ("grant", "floor", "cap", "left_to_rule", "average"):
                out[i] = replace(out[i], benefit=replace(out[i].benefit, follows=named))
    return out


def _in_kind(silent: list[Chunk], drafts: list[Draft], cell: Span) -> list[Draft]:
    """One entry a clause that promises a thing or service; in a clause with money, a chunk that does so."""
    paid = {d.clause for d in drafts}
    clauses: dict[int, list[Chunk]] = {}
    for chunk in silent:
        clauses.setdefault(chunk.clause, []).append(chunk)
    service = {
        k: v for k, v in clauses.items()
        if k not in paid and not all(adjusts(c.text) or _contributes(c.text) for c in v)
    }
    if all(all(aims(c.text) or adjusts(c.text) for c in v) for v in service.values()):
        service = {}
    out: list[Draft] = []
    for v in service.values():
        start, end = v[0].start, v[-1].end
        text = cell.text[start:end]
        out.append(Draft(Benefit(in_kind_item(text), "in_kind", text, cell.passage(start, end)), v[0].clause, start))
    for k, v in clauses.items():
        for chunk in v:
            if k in paid and serves(chunk.text):
                entry = Benefit(in_kind_item(chunk.text), "in_kind", chunk.text, chunk.passage())
                out.append(Draft(entry, k, chunk.start))
    return out


def _contributes(text: str) -> bool:
    """按照工资总额的0.5%缴纳…: what is paid in, no benefit."""
    return re.search(r"缴纳[^，。]*费|缴费(?:比例|费率)", text) is not None


def _not_stated(cell: Span) -> Benefit:
    """The cell names no amount, no rule and no service."""
    text = cell.text.strip().rstrip("。")
    for m in re.finditer(rf"([^，。；、]*?(?:{MONEY}|保障|待遇))(?:标准|水平)", text):
        recipient, item = split_recipient(re.sub(r"^.*(?:提高|调整|完善)", "", m[1]))
        period = "一次性" if item.startswith("一次性") else None
        item = item.removeprefix("一次性")
        return Benefit(item, "not_stated", text, cell.passage(0, len(text)), recipient=recipient, period=period)
    return Benefit("", "not_stated", text, cell.passage(0, len(text)))


def benefits(cell: Span, name: str = "") -> tuple[Benefit, ...]:
    """The entries of a 保障标准 cell in text order; never empty for a cell with text.

    name: what an amount is called where the cell itself has no word for it (the service's name).
    """
    if not cell.text.strip():
        return ()
    drafts, _, silent = _read(cell)
    drafts = _derived(_disjoint(_following(drafts, silent, cell)))
    drafts = [*drafts, *_in_kind(silent, drafts, cell)]
    order = sorted(range(len(drafts)), key=lambda i: (drafts[i].at, i))
    entries = tuple(drafts[i].benefit for i in order) or (_not_stated(cell),)
    return tuple(replace(b, item=b.item or name) for b in entries)


def limits(cell: Span) -> tuple[Quantity, ...]:
    """The measured numbers of a cell that are no benefit entries: quotas, service levels, thresholds."""
    _, state, _ = _read(cell)
    return leftover(cell, state.numbers, state.used)


