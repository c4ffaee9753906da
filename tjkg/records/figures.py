"""Numbers and what they are of: quantities, benefits, funding, coverage."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tjkg.records.places import Passage

__all__ = ["Benefit", "Bracket", "Contribution", "CoverageTarget", "Funding", "Quantity", "Reference", "Rule"]


@dataclass(frozen=True)
class Quantity:
    """One number of the plan: an indicator's value, a target, a quota, a service level.

    operator: "=", ">=", "<=", ">", "<", "~" (about); "=" where none is printed.
    value is None when only a range (min, max) or words are given.
    of: what a share or multiple is of; per: by what it is counted (每孩次, 人均).
    kind: limit (quota, service level, threshold of a cell) | target (of a task) | value.
    """

    text: str
    passage: Passage
    subject: str | None = None
    operator: str = "="
    value: Decimal | None = None
    min: Decimal | None = None
    max: Decimal | None = None
    unit: str | None = None
    of: str | None = None
    per: str | None = None
    period: str | None = None
    kind: str = "limit"


@dataclass(frozen=True)
class Bracket:
    """The part of a base that a rate or grant applies to: from (included) … to."""

    lower: Decimal | None = None
    lower_included: bool = True
    upper: Decimal | None = None
    upper_included: bool = False
    unit: str = "元"


@dataclass(frozen=True)
class Rule:
    """A rule outside the plan that a cell leaves something to (name as printed, document number)."""

    name: str
    number: str | None = None


@dataclass(frozen=True)
class Reference:
    """Another standard that a benefit speaks of, and which of its benefits (None: the standard as a whole)."""

    service: str
    standard: int
    benefit: int | None


@dataclass(frozen=True)
class Benefit:
    """One entry of a 保障标准 cell (keys as in the `benefits` of `tjkg export --format json`).

    operator is None where no number is printed. role: grant | rate | cap | floor | threshold | average | increment | in_kind | left_to_rule |
    not_stated. `of`: what a percentage is of. `times`, `same_as`, `follows`: words as printed that
    name another standard or benefit. Derived entries carry the calculation in `derived`.
    """

    item: str
    role: str
    text: str
    passage: Passage
    operator: str | None = "="
    value: Decimal | None = None
    min: Decimal | None = None
    max: Decimal | None = None
    unit: str | None = None
    currency: str | None = None
    of: str | None = None
    times: str | None = None
    bracket: Bracket | None = None
    per: str | None = None
    period: str | None = None
    recipient: str | None = None
    condition: str | None = None
    condition_passage: Passage | None = None
    same_as: str | None = None
    follows: str | None = None
    rule: Rule | None = None
    derived: str | None = None
    refers: Reference | None = None


@dataclass(frozen=True)
class Funding:
    """One statement on who pays (keys as in `funding` of the JSON export).

    payer, to: ids of the payers' scheme (e.g. 市财政). role: 负担 | 共同负担 | 适当补助 |
    转移支付补助 | 补贴 | 缴费 | 支付 | 政策支持. percent is of the whole; `of` names the larger share it lies in.
    via: the passage of the definition that resolved a collective word (各级财政), if one did.
    """

    payer: str
    role: str
    passage: Passage
    pays_for: str | None = None
    percent: Decimal | None = None
    of: str | None = None
    to: str | None = None
    condition: str | None = None
    derived: str | None = None
    via: Passage | None = None


@dataclass(frozen=True)
class Contribution:
    """A contribution rate: who pays how much of what base (失业保险: 0.5% of 工资总额)."""

    payer: str
    rate: Decimal
    unit: str
    base: str
    passage: Passage


@dataclass(frozen=True)
class CoverageTarget:
    """One target of a 覆盖水平 cell. kind: coverage | should_cover_all | outcome.

    operator is None where the text prints no comparator and no number either.
    """

    kind: str
    text: str
    passage: Passage
    subject: str | None = None
    operator: str | None = None
    value: Decimal | None = None
    unit: str | None = None
