"""What entries of one cell owe each other: derived amounts, tiers that meet, standards they move with."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import zip_longest

from tjkg.parse.benefits import outside
from tjkg.parse.benefits.state import Draft
from tjkg.parse.text.clauses import chunks
from tjkg.records import Benefit, Span

__all__ = ["derive", "disjoin", "follow", "share_items"]


def _part(rate: Benefit, base: Benefit) -> Benefit:
    """The amount that a share of a base makes (50% × 1000)."""
    assert rate.value is not None and base.value is not None
    value = base.value * rate.value / Decimal(100)
    condition = "，".join(c for c in (rate.condition, base.condition) if c)
    return replace(
        base, item=rate.item, role="grant", passage=rate.passage, text=rate.text, recipient=rate.recipient,
        condition=condition or None,
        value=value.quantize(Decimal(1)) if value % 1 == 0 else value.normalize(),
        derived=f"{rate.value:f}% × {base.value:f}",
    )


def derive(drafts: list[Draft]) -> list[Draft]:
    """After a share of something this cell prints in money: what that makes."""
    out: list[Draft] = []
    for draft in drafts:
        out.append(draft)
        rate = draft.benefit
        if rate.role != "rate" or rate.unit != "%" or not rate.of or rate.value is None:
            continue
        for base in drafts:
            b = base.benefit
            if b.currency and b.value is not None and b.derived is None and rate.of in base.heading:
                out.append(Draft(_part(rate, b), draft.clause, draft.at))
    return out


def share_items(drafts: list[Draft]) -> list[Draft]:
    """A threshold, or a member of a list, before the first name of what it is takes the name printed after it."""
    out = list(drafts)
    for i in range(len(out) - 2, -1, -1):
        b = out[i].benefit
        if not b.item and (b.role == "threshold" or out[i].clause == out[i + 1].clause):
            out[i] = replace(out[i], benefit=replace(b, item=out[i + 1].benefit.item))
    return out


def disjoin(drafts: list[Draft]) -> list[Draft]:
    """2万元以下 beside 2万元（含）以上: the printed （含） gives the boundary to the tier it stands in."""
    lower = {
        (b.item, b.bracket.lower)
        for d in drafts if (b := d.benefit).bracket and "含" in b.passage.quote + (b.condition or "")
    }
    out: list[Draft] = []
    for d in drafts:
        bracket = d.benefit.bracket
        if bracket and bracket.upper is not None and (d.benefit.item, bracket.upper) in lower:
            d = replace(d, benefit=replace(d.benefit, bracket=replace(bracket, upper_included=False)))
        b = d.benefit
        if b.role == "threshold" and b.operator == "<=" and (b.item, b.value) in lower:
            d = replace(d, benefit=replace(b, operator="<"))
        out.append(d)
    return out


def follow(drafts: list[Draft], cell: Span) -> list[Draft]:
    """随低保标准动态调整: to the entries of its sentence, or to all before it when it stands alone."""
    out = list(drafts)
    pieces = chunks(cell)
    for chunk, then in zip_longest(pieces, pieces[1:]):
        standard = outside.follows(chunk.text, then.text if then and then.clause == chunk.clause else "")
        if standard is None:
            continue
        start = cell.text.rfind("。", 0, chunk.start) + 1
        own = [i for i, d in enumerate(out) if start <= d.at < chunk.start]
        for i in own or [i for i, d in enumerate(out) if d.at < chunk.start]:
            if out[i].benefit.role in ("grant", "floor", "cap", "left_to_rule", "average", "not_stated"):
                out[i] = replace(out[i], benefit=replace(out[i].benefit, follows=standard))
    return out
