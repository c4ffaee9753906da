"""What several statements on paying say together: transfers and what they leave, the sole payer of a part."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from tjkg.parse.funding.shares import shown
from tjkg.records import Passage

__all__ = ["Draft", "settle"]

_HUNDRED = Decimal(100)
_BEARS = ("负担", "共同负担")
_SUPPLIES = re.compile(r"所需的?(?:资金|经费|费用|支出)$")


@dataclass(frozen=True)
class Draft:
    """A `Funding` before settling. some: words that limit a transfer's receivers; sole: one payer alone."""

    payer: str
    role: str
    passage: Passage
    pays_for: str | None
    percent: Decimal | None
    of: str | None
    to: str | None
    condition: str | None
    derived: str | None
    via: Passage | None
    some: str | None = None
    sole: bool = False

    @property
    def part(self) -> tuple[str | None, str | None, str | None]:
        """The part of the cost that the entry speaks of."""
        return self.pays_for, self.condition, self.of


def _receivers(drafts: list[Draft]) -> list[Draft]:
    """A transfer that names no receiver goes to whoever bears the same part."""
    found = []
    for draft in drafts:
        if draft.role == "转移支付补助" and draft.to is None:
            others = {d.payer for d in drafts if d.part == draft.part and d.role in _BEARS} - {draft.payer}
            draft = replace(draft, to=others.pop()) if len(others) == 1 else draft
        found.append(draft)
    return found


def _bearer(transfer: Draft, drafts: list[Draft]) -> Draft | None:
    """Who bears the part that a transfer or grant is for: its receiver, else the only one there is."""
    here = [d for d in drafts if d.part == transfer.part and d.role in _BEARS and d.payer != transfer.payer]
    if transfer.to is not None:
        here = [d for d in here if d.payer == transfer.to]
    return here[0] if len(here) == 1 else None


def _remainders(drafts: list[Draft]) -> list[Draft]:
    """What a transfer or a grant leaves to its receiver: 100 less it, marked as reckoned."""
    found = list(drafts)
    for transfer in drafts:
        gives = transfer.role in ("转移支付补助", "补贴") and transfer.of is None
        if not gives or transfer.percent is None:
            continue
        bearer = _bearer(transfer, found)
        if bearer is None or bearer.percent is not None:
            continue
        reckoned = f"100% − {shown(transfer.percent)}"
        left = replace(bearer, percent=_HUNDRED - transfer.percent, derived=reckoned, sole=False)
        if transfer.some:  # only some receivers: for them alone
            left = replace(left, passage=transfer.passage, some=transfer.some, role="负担")
            found.insert(found.index(transfer) + 1, left)
        else:
            found[found.index(bearer)] = left
    return found


def _sole_payers(drafts: list[Draft]) -> list[Draft]:
    """The sole payer of one stated part bears 100 of it; of the sole payer of everything no share is said."""
    several = len({d.pays_for for d in drafts}) > 1
    found = []
    for draft in drafts:
        others = [d for d in drafts if d is not draft and d.part == draft.part]
        alone = draft.sole and draft.role in (*_BEARS, "支付") and not others
        case = draft.condition and not draft.condition.startswith(("按", "根据"))  # a manner cuts off no part
        stated = case or (draft.pays_for and several)
        if draft.percent is None and alone and stated and draft.of is None:
            draft = replace(draft, percent=_HUNDRED)
        found.append(draft)
    return found


def _told_apart(drafts: list[Draft]) -> list[Draft]:
    """Where a cell pays for several things, a share says in its condition which of them it is a share of."""
    if len({d.pays_for for d in drafts}) == 1:
        return drafts
    shared = {d.part for d in drafts if d.percent is not None}
    found = []
    for draft in drafts:
        if draft.pays_for and draft.part in shared:
            thing = _SUPPLIES.sub("", draft.pays_for)
            draft = replace(draft, condition="，".join(p for p in (thing, draft.condition) if p))
        found.append(draft)
    return found


def _resolved_givers(drafts: list[Draft]) -> list[Draft]:
    """政府补助 is nobody's in particular where a later clause says who bears the 政府补助."""
    things = {d.pays_for for d in drafts if d.pays_for}
    return [d for d in drafts if d.pays_for or d.passage.quote not in things]


RULES: tuple[Callable[[list[Draft]], list[Draft]], ...] = (
    _resolved_givers, _receivers, _remainders, _sole_payers, _told_apart,
)


def settle(drafts: list[Draft]) -> list[Draft]:
    """The entries of a cell with what follows from all of them."""
    for rule in RULES:
        drafts = rule(drafts)
    return drafts
