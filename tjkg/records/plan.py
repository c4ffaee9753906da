"""The plan: categories, domains, services, standards, indicators, measures."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from tjkg.records.figures import Benefit, Contribution, CoverageTarget, Funding, Quantity
from tjkg.records.people import AgencyRole, AudienceMention, Link
from tjkg.records.places import Finding, Passage, Source, Span

__all__ = ["Category", "Domain", "Indicator", "IndicatorValue", "Measure", "Part", "Plan", "Service", "Standard"]


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
    region: str | None = None  # GB/T 2260 code of the place whose plan it is, where it is known
