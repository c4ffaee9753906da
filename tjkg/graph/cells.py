"""What the cells mean: audience, benefits, funding, contributions, coverage, limits."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rdflib import Literal
from rdflib.namespace import DCTERMS

from tjkg import fields
from tjkg.fields import Field
from tjkg.graph.writer import Writer
from tjkg.iris import ID, concept
from tjkg.namespaces import PREFIXES, TJKG
from tjkg.records import (
    Benefit,
    Reference,
    Span,
    Standard,
)

__all__ = ["write_meaning"]

CPSV, CV = PREFIXES["cpsv"], PREFIXES["cv"]


def write_meaning(w: Writer, service: str, standard: str, row: Standard) -> None:
    """Adds what the four cells of a row mean, node by node, to its standard (and to its service)."""

    def nodes(
        kind: str, cls: str, link: str, records: Iterable[Any], table: Iterable[Field]
    ) -> Iterable[tuple[str, Any]]:
        for number, record in enumerate(records, 1):
            node = w.edition.node(kind, row.service, _owner(w, row, kind), number)
            w.types(node, cls)
            w.fields(node, record, table)
            w.number(node, TJKG.order, number)
            w.stated(node, record.passage)
            w.add(standard, link, node)
            yield node, record

    for node, mention in nodes("audience", TJKG.AudienceMention, TJKG.hasAudience, row.audience, fields.AUDIENCE):
        w.add(service, str(DCTERMS.audience), concept("group", mention.group))
    for node, benefit in nodes("benefit", TJKG.Benefit, TJKG.hasBenefit, row.benefits, fields.BENEFIT):
        write_benefit(w, service, node, benefit)
    for node, payment in nodes("funding", TJKG.FundingShare, TJKG.hasFunding, row.payments, fields.FUNDING):
        if payment.via is not None:
            w.add(node, TJKG.resolvedBy, w.passage(payment.via))
    for _ in nodes("contribution", TJKG.Contribution, TJKG.hasContribution, row.contributions, fields.CONTRIBUTION):
        pass
    for node, target in nodes(
        "coverage", TJKG.CoverageTarget, TJKG.hasCoverageTarget, row.coverage_targets, fields.COVERAGE
    ):
        if target.value is not None:
            w.types(node, TJKG.Quantity)
    for _ in nodes("limit", TJKG.Quantity, TJKG.hasLimit, row.limits, fields.QUANTITY):
        pass


def _owner(w: Writer, row: Standard, kind: str) -> int:
    """The row whose cell a node is read from: an inherited cell's nodes are the row's above."""
    cell = {"funding": "funding", "contribution": "funding", "coverage": "coverage", "audience": "target"}
    aspect = cell.get(kind, "guarantee")
    if aspect not in row.inherited:
        return row.number
    rows = next(s.standards for s in w.plan.services if s.name == row.service)
    mine: Span = getattr(row, aspect)
    return next(r.number for r in rows if getattr(r, aspect) == mine)


def write_benefit(w: Writer, service: str, node: str, benefit: Benefit) -> None:
    w.types(node, CV + "Output")
    w.add(service, CPSV + "produces", node)
    w.label(node, benefit.item, str(DCTERMS.title))
    w.add(node, str(DCTERMS.identifier), Literal(node.removeprefix(ID)))
    if benefit.value is not None or benefit.min is not None or benefit.max is not None:
        w.types(node, TJKG.Quantity)
    if benefit.refers is not None:
        w.add(node, _refers(benefit), _reference(w, benefit.refers))
    if benefit.bracket is not None:
        w.fields(node, benefit.bracket, fields.BRACKET)
    if benefit.condition_passage is not None:
        w.add(node, TJKG.conditionStatedIn, w.passage(benefit.condition_passage))


def _reference(w: Writer, to: Reference) -> str:
    if to.benefit is None:
        return w.edition.node("standard", to.service, to.standard)
    return w.edition.node("benefit", to.service, to.standard, to.benefit)


def _refers(benefit: Benefit) -> str:
    """How a benefit speaks of another standard."""
    if benefit.times is not None:
        return TJKG.multiplies
    return TJKG.follows if benefit.follows is not None and benefit.same_as is None else TJKG.sameAmountAs
