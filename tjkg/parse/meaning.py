"""What the cells and paragraphs mean: each goes through its chain of rules, nothing else here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from tjkg.parse.benefits import audience_quantities, benefits, limits
from tjkg.parse.benefits.items import BARE
from tjkg.parse.funding import funding
from tjkg.parse.links.measured import measured
from tjkg.parse.links.mentions import links
from tjkg.parse.links.references import resolve
from tjkg.parse.people.audience import audience, named_by_title, universal
from tjkg.parse.people.lead import lead_roles
from tjkg.parse.people.mandates import inferred_roles
from tjkg.parse.people.roles import agency_roles
from tjkg.parse.targets.coverage import coverage_targets
from tjkg.parse.targets.prose import targets
from tjkg.records import AudienceMention, Link, Measure, Passage, Plan, Service, Span, Standard, Vocabulary

__all__ = ["read"]


def _span(cell: Span) -> Span:
    """A cell without surrounding blanks (the cell itself stays verbatim)."""
    text = cell.text
    left = len(text) - len(text.lstrip())
    return cell.sub(left, left + len(text.strip()))


def _audience(
    row: Standard, target: Span, plan: Plan, title: Passage, words: Vocabulary
) -> tuple[AudienceMention, ...]:
    """Whom the target cell speaks to, and in the first row whom the service's name tells besides."""
    found = audience(target, words.groups)
    if row.number > 1:
        return found
    known = {m.group for m in found}
    named = named_by_title(plan.source.span(title.start, title.end), words.groups)
    return (*found, *(m for m in named if m.group not in known))


def _item(item: str, service: str) -> str:
    """What a benefit is called; no name, or a bare noun that ends the service's (救助 of 临时救助): the service's."""
    own = item in BARE and service.endswith(item) and not re.search("[、和与]", service)
    return service if own or not item else item


def _standard(row: Standard, plan: Plan, title: Passage, words: Vocabulary) -> Standard:
    target, guarantee = _span(row.target), _span(row.guarantee)
    payments, contributions = funding(_span(row.funding), words.payers, plan.definitions, guarantee)
    return replace(
        row,
        audience=_audience(row, target, plan, title, words),
        benefits=tuple(replace(b, item=_item(b.item, row.service)) for b in benefits(guarantee)),
        limits=(*audience_quantities(target), *limits(target), *limits(guarantee)),
        payments=payments,
        contributions=contributions,
        coverage_targets=coverage_targets(_span(row.coverage)),
    )


def _service(service: Service, plan: Plan, words: Vocabulary) -> Service:
    standards = tuple(_standard(row, plan, service.passage, words) for row in service.standards)
    cells = [_span(c) for s in standards for c in (s.target, s.guarantee, s.funding, s.coverage)]
    lead = tuple({r.agency: r for s in standards for r in lead_roles(s.lead, words.agencies)}.values())
    inferred = inferred_roles(service.name, service.section, service.domain, words.mandates)
    return replace(
        service,
        standards=standards,
        agencies=(*lead, *agency_roles(cells, words.agencies), *(() if lead else inferred)),
        universal=any(universal(_span(s.target), words.groups) for s in standards),
    )


def _measure(measure: Measure, plan: Plan, words: Vocabulary) -> Measure:
    return replace(
        measure,
        targets=targets(measure.span),
        links=links(measure.span, plan.services, plan.indicators, words.groups, words.agencies, words.services),
    )


def read(plan: Plan, words: Vocabulary) -> Plan:
    """The plan with audiences, benefits, payments, coverage, agencies, targets and links filled in."""
    services = tuple(_service(s, plan, words) for s in plan.services)
    names = [s.name for s in services]
    indicators = tuple(replace(i, measures=measured(i.name, names, words.services)) for i in plan.indicators)
    plan = replace(plan, services=resolve(services, words.services), indicators=indicators)
    return replace(
        plan, measures=tuple(_measure(m, plan, words) for m in plan.measures), mentions=tuple(_mentions(plan, words))
    )


def _mentions(plan: Plan, words: Vocabulary) -> Iterator[tuple[tuple[int, ...], Link]]:
    """What the prose beside the tasks and projects speaks of: (path of the paragraph, link)."""
    measures = {(m.span.start, m.span.end) for m in plan.measures}
    for part in plan.parts:
        if part.kind == "paragraph" and (part.span.start, part.span.end) not in measures:
            for link in links(part.span, plan.services, plan.indicators, words.groups, words.agencies, words.services):
                yield part.path, link
