"""Indicators as observations; tasks, projects and what the prose speaks of."""

from __future__ import annotations

from rdflib.namespace import DCTERMS, SKOS

from tjkg import fields
from tjkg.graph.writer import Writer, decimal
from tjkg.iris import concept
from tjkg.namespaces import PREFIXES, TJKG
from tjkg.records import (
    Indicator,
    IndicatorValue,
    Link,
    Measure,
    Quantity,
)

__all__ = ["write_indicators", "write_measures", "write_mentions"]

ELI, QB = PREFIXES["eli"], PREFIXES["qb"]
_MEASURE_CLASS = {
    "task": TJKG.KeyTask,
    "project": TJKG.GuaranteeProject,
    "measure": TJKG.ImplementationMeasure,
}


def write_indicators(w: Writer) -> None:
    """Adds the indicators and their values as a data cube."""
    data = f"{w.edition.plan}/indicators"
    w.types(data, QB + "DataSet")
    w.add(data, QB + "structure", TJKG.IndicatorStructure)
    for order, indicator in enumerate(w.plan.indicators, 1):
        write_indicator(w, data, indicator, order)


def write_indicator(w: Writer, data: str, indicator: Indicator, order: int) -> None:
    iri = w.edition.node("indicator", indicator.name)
    w.types(iri, str(SKOS.Concept), TJKG.Indicator)
    w.label(iri, indicator.name)
    w.add(iri, TJKG.domain, w.edition.node("domain", indicator.domain))
    w.text(iri, TJKG.unit, indicator.unit)
    w.text(iri, TJKG.bindingness, indicator.property)
    w.text(iri, TJKG.note, indicator.note)
    w.number(iri, TJKG.order, order)
    w.stated(iri, indicator.passage)
    w.add(iri, TJKG.measures, *(w.edition.service(name) for name in indicator.measures))
    for value in (indicator.baseline, indicator.target):
        write_observation(w, data, iri, indicator, value)


def write_observation(w: Writer, data: str, iri: str, indicator: Indicator, value: IndicatorValue) -> None:
    node = w.edition.node("observation", indicator.name, value.role)
    w.types(node, QB + "Observation", TJKG.IndicatorValue)
    if value.value is not None:
        w.types(node, TJKG.Quantity)
    w.add(node, QB + "dataSet", data)
    w.add(node, TJKG.indicator, iri)
    w.text(node, TJKG.valueRole, value.role)
    w.number(node, TJKG.year, value.year)
    w.text(node, TJKG.operator, value.operator)
    w.text(node, TJKG.printed, value.text)
    w.text(node, TJKG.unit, value.unit)
    if value.value is not None:
        w.add(node, TJKG.value, decimal(value.value))
    w.text(node, TJKG.note, value.note)
    w.stated(node, value.passage)
    if value.note_passage is not None:
        w.add(node, TJKG.noteStatedIn, w.passage(value.note_passage))


def write_measures(w: Writer) -> None:
    """Adds tasks, projects and measures with their targets and what they speak of."""
    for measure in w.plan.measures:
        write_measure(w, measure)


def write_measure(w: Writer, measure: Measure) -> None:
    iri = w.edition.node(measure.kind, *measure.chapter, measure.title)
    w.types(iri, _MEASURE_CLASS[measure.kind])
    w.label(iri, measure.title, str(DCTERMS.title))
    w.text(iri, TJKG.text, measure.span.text)
    if measure.domain:
        w.add(iri, TJKG.domain, w.edition.node("domain", measure.domain))
    w.add(iri, ELI + "is_part_of", w.edition.part(measure.chapter))
    w.number(iri, TJKG.order, measure.order)
    w.stated(iri, measure.span)
    for number, target in enumerate(measure.targets, 1):
        write_target(w, iri, measure, target, number)
    for number, link in enumerate(measure.links, 1):
        write_mention(w, iri, w.edition.node("mention", measure.order, number), link)


def write_mention(w: Writer, iri: str, node: str, link: Link) -> None:
    w.types(node, TJKG.Mention)
    w.add(node, TJKG.mentions, _thing(w, link.kind, link.target))
    w.stated(node, link.passage)
    w.add(iri, TJKG.hasMention, node)


def write_mentions(w: Writer) -> None:
    """Adds what the other paragraphs speak of."""
    for number, (path, link) in enumerate(w.plan.mentions, 1):
        write_mention(w, w.edition.part(path), w.edition.node("mention", "part", *path, number), link)


def write_target(w: Writer, iri: str, measure: Measure, target: Quantity, number: int) -> None:
    node = w.edition.node("target", measure.order, number)
    w.types(node, TJKG.Quantity)
    w.fields(node, target, fields.QUANTITY)
    w.number(node, TJKG.order, number)
    w.stated(node, target.passage)
    w.add(iri, TJKG.hasTarget, node)


def _thing(w: Writer, kind: str, target: str) -> str:
    if kind == "service":
        return w.edition.service(target)
    if kind in ("group", "agency"):
        return concept(kind, target)
    return w.edition.node(kind, target)
