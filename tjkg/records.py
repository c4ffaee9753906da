"""What a plan says, as frozen records: the parser makes them, `graph` turns them into triples.

All positions are code points of the canonical text (`Source.text`, "\\n" line ends, from 0, end
exclusive); lines count from 1. Amounts are `Decimal`, money in 元 (万 multiplied out), percentages
as printed (40 for 40%).
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from hashlib import sha256

__all__ = [
    "Agency", "AgencyRole", "AudienceMention", "Benefit", "Bracket", "Category", "Contribution",
    "CoverageTarget", "Domain", "Finding", "Funding", "Indicator", "IndicatorValue", "Link",
    "Mandate", "Measure", "Part", "Passage", "Plan", "Quantity", "Reference", "Rule", "Service", "Source", "Span",
    "Standard", "Term", "Vocabulary",
]


# ---------------------------------------------------------------- text and places in it


@dataclass(frozen=True)
class Source:
    """The canonical text of a document and the name it is told by in messages."""

    text: str
    name: str = "source.txt"

    @cached_property
    def sha256(self) -> str:
        """Hash of the UTF-8 text: positions are only good for this text."""
        return sha256(self.text.encode()).hexdigest()

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(i + 1 for i, c in enumerate(self.text) if c == "\n")]

    def line_at(self, position: int) -> int:
        """Line number (from 1) of a code point."""
        return bisect_right(self._line_starts, position)

    def span(self, start: int, end: int) -> Span:
        """The piece text[start:end] with its place."""
        return Span(self, start, end)


@dataclass(frozen=True)
class Passage:
    """Exact characters of the source: the quote is the identity, the position a cache of it."""

    start: int
    end: int
    line: int
    quote: str


@dataclass(frozen=True)
class Span:
    """A piece of the source that a rule is looking at; `sub` and `passage` keep true positions."""

    source: Source
    start: int
    end: int

    @property
    def text(self) -> str:
        """The characters, verbatim."""
        return self.source.text[self.start : self.end]

    def sub(self, start: int, end: int) -> Span:
        """The piece text[start:end] of this piece (offsets relative to this piece)."""
        return Span(self.source, self.start + start, self.start + end)

    def passage(self, start: int = 0, end: int | None = None) -> Passage:
        """The passage of text[start:end] of this piece (offsets relative to this piece)."""
        a = self.start + start
        b = self.end if end is None else self.start + end
        return Passage(a, b, self.source.line_at(a), self.source.text[a:b])


@dataclass(frozen=True)
class Finding:
    """Something a keeper of the plan should look at; `rule` is an id of the message table."""

    severity: str  # violation | warning | information
    rule: str
    values: dict[str, str] = field(default_factory=dict, hash=False)
    passage: Passage | None = None
    service: str | None = None


# ---------------------------------------------------------------- numbers and what they are of


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


# ---------------------------------------------------------------- people and organisations


@dataclass(frozen=True)
class AudienceMention:
    """A target cell speaks to a group. relation: named (专门面向) | included (也包括)."""

    group: str  # id in the groups' scheme
    relation: str
    passage: Passage


@dataclass(frozen=True)
class AgencyRole:
    """The plan (stated) or a law (inferred) gives an organisation a role in a service."""

    agency: str  # id in the agencies' list
    role: str  # 主办 提供 审核 发放 共建 主管 牵头 配合 …
    basis: str  # stated | inferred
    passage: Passage | None = None
    citation: str | None = None
    name: str | None = None  # as printed, where the agencies' list lacks it


@dataclass(frozen=True)
class Link:
    """A sentence of prose speaks of something: kind service | indicator | group | agency | domain."""

    kind: str
    target: str
    passage: Passage


# ---------------------------------------------------------------- the plan


@dataclass(frozen=True)
class Part:
    """A chapter, section or paragraph of the outline; `path` is like (3, 1, 2)."""

    kind: str  # preface | chapter | section | paragraph | table | note | front
    path: tuple[int, ...]
    number: str | None
    title: str | None
    span: Span


@dataclass(frozen=True)
class Category:
    """A row of the list of services: name, what it is for, the services in order."""

    name: str
    goal: str | None
    goal_passage: Passage | None
    passage: Passage
    services: tuple[tuple[str, Passage], ...]
    count: int | None  # the printed 共计N项


@dataclass(frozen=True)
class Domain:
    """One of the plan's fields: a chapter with a table of standards."""

    name: str
    chapter: tuple[int, ...]
    sections: tuple[tuple[str, Passage], ...]  # the table's sub-headings
    passage: Passage


@dataclass(frozen=True)
class Standard:
    """One row of a table of standards. A cell's Span may be another row's: then its key is in `inherited`.

    lines: first and last line of the row's own text. content, lead: the cells of 服务内容 (beside 服务标准)
    and 牵头负责单位 where the table has such columns.
    """

    service: str
    number: int
    target: Span
    guarantee: Span
    funding: Span
    coverage: Span
    lines: tuple[int, int]
    inherited: tuple[str, ...]
    order: int
    content: Span | None = None
    lead: Span | None = None
    audience: tuple[AudienceMention, ...] = ()
    benefits: tuple[Benefit, ...] = ()
    limits: tuple[Quantity, ...] = ()
    payments: tuple[Funding, ...] = ()
    contributions: tuple[Contribution, ...] = ()
    coverage_targets: tuple[CoverageTarget, ...] = ()


@dataclass(frozen=True)
class Service:
    """A service as this edition presents it."""

    name: str
    category: str | None
    domain: str
    section: str | None
    order: int
    passage: Passage  # its name in the table
    standards: tuple[Standard, ...]
    agencies: tuple[AgencyRole, ...] = ()
    universal: bool = False


@dataclass(frozen=True)
class IndicatorValue:
    """The value of an indicator in a year (year differs from the column's where a note says so)."""

    role: str  # baseline | target
    year: int
    text: str
    passage: Passage
    operator: str = "="
    value: Decimal | None = None
    unit: str | None = None
    note: str | None = None
    note_passage: Passage | None = None


@dataclass(frozen=True)
class Indicator:
    """A row of the table of indicators. property: 约束性 | 预期性."""

    name: str
    domain: str
    unit: str | None
    baseline: IndicatorValue
    target: IndicatorValue
    property: str
    passage: Passage
    note: str | None = None
    measures: tuple[str, ...] = ()  # services whose coverage it measures, by name


@dataclass(frozen=True)
class Measure:
    """A key task, a guarantee project or a measure of the closing chapter.

    title: its first sentence without 。; domain is None for the closing chapter's.
    """

    kind: str  # task | project | measure
    title: str
    domain: str | None
    chapter: tuple[int, ...]
    order: int
    span: Span
    targets: tuple[Quantity, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Plan:
    """Everything one document says."""

    source: Source
    title: str
    date: str | None
    parts: tuple[Part, ...]
    categories: tuple[Category, ...]
    domains: tuple[Domain, ...]
    services: tuple[Service, ...]
    indicators: tuple[Indicator, ...]
    measures: tuple[Measure, ...]
    notes: tuple[Span, ...] = ()
    findings: tuple[Finding, ...] = ()
    mentions: tuple[tuple[tuple[int, ...], Link], ...] = ()  # what the other prose speaks of, by its part's path
    responsible: tuple[AgencyRole, ...] = ()  # whom the plan makes responsible for all of it
    definitions: dict[str, Passage] = field(default_factory=dict)  # e.g. 各级财政 → its note


# ---------------------------------------------------------------- the vocabulary handed to the parser


@dataclass(frozen=True)
class Term:
    """A concept of data/shared: id is the local name of its IRI; labels are what texts call it."""

    id: str
    label: str
    labels: tuple[str, ...]  # prefLabel and altLabels in Chinese: what plans and laws print
    broader: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()  # hiddenLabels: what people say or mistype, for questions only
    printed: tuple[str, ...] = ()  # wordings that spell the concept out; "…" stands for words between
    whole: bool = False  # a group that means everybody


@dataclass(frozen=True)
class Agency:
    """An organisation of data/shared with the names texts use for it."""

    id: str
    label: str
    labels: tuple[str, ...]
    level: str | None = None
    hidden: tuple[str, ...] = ()  # what people say, for questions only


@dataclass(frozen=True)
class Mandate:
    """A law gives an organisation a field, told by words of service, section or domain names.

    agencies is empty where no basis is sure enough: such a mandate only keeps wider ones away.
    """

    words: tuple[str, ...]
    agencies: tuple[str, ...]
    citation: str | None = None


@dataclass(frozen=True)
class Vocabulary:
    """What `build` hands the parser, read from data/shared."""

    groups: tuple[Term, ...] = ()
    payers: tuple[Term, ...] = ()
    agencies: tuple[Agency, ...] = ()
    services: tuple[Term, ...] = ()  # other names of services; the label is the name in the plan
    mandates: tuple[Mandate, ...] = ()
