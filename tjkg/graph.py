"""Records → triples, vocabulary ← Turtle: the one room where a plan becomes RDF.

Every node has an IRI, literals are plain or typed, and rdflib's Turtle writer sorts: the same
records give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, ORG, RDF, RDFS, SKOS, XSD

from tjkg import fields
from tjkg.errors import DataError
from tjkg.fields import Field
from tjkg.iris import ID, Edition, concept
from tjkg.namespaces import PREFIXES, TJKG
from tjkg.records import (
    AgencyRole,
    Benefit,
    Indicator,
    IndicatorValue,
    Link,
    Measure,
    Part,
    Passage,
    Plan,
    Quantity,
    Reference,
    Rule,
    Service,
    Span,
    Standard,
)
from tjkg.resources import ontology_dir

__all__ = ["new_graph", "plan_graph", "read_turtle", "write_turtle"]

CPSV, CV, ELI = PREFIXES["cpsv"], PREFIXES["cv"], PREFIXES["eli"]
OA, PROV, QB, DCAT = PREFIXES["oa"], PREFIXES["prov"], PREFIXES["qb"], PREFIXES["dcat"]
_PART_CLASS = {
    "chapter": TJKG.Chapter, "section": TJKG.Section, "preface": TJKG.Preface,
    "paragraph": TJKG.Paragraph, "note": TJKG.TableNote, "table": TJKG.Table,
}
_MEASURE_CLASS = {
    "task": TJKG.KeyTask, "project": TJKG.GuaranteeProject, "measure": TJKG.ImplementationMeasure,
}


def new_graph() -> Graph:
    """An empty graph that knows the prefixes of `namespaces`."""
    graph = Graph(bind_namespaces="none")
    for prefix, iri in PREFIXES.items():
        graph.bind(prefix, iri)
    return graph


def read_turtle(path: Path) -> Graph:
    """The graph of a Turtle file. Raises DataError with the parser's words when it is broken."""
    try:
        return new_graph().parse(path, format="turtle")
    except (SyntaxError, ValueError) as error:
        raise DataError(f"不是正确的 Turtle：{error}", where=str(path), cure="请改正该文件") from None


def write_turtle(graph: Graph) -> bytes:
    """The graph as Turtle, always the same bytes. Raises DataError if a blank node is left."""
    if any(isinstance(term, BNode) for triple in graph for term in triple):
        raise DataError("图中有空白节点", cure="每个节点都要有 IRI")
    text: str = graph.serialize(format="turtle")
    return (text.rstrip() + "\n").encode()


class _Writer:
    """Adds the triples of one plan to a graph; the methods go from the outline down to the numbers."""

    def __init__(self, plan: Plan, edition: Edition) -> None:
        self.plan, self.edition = plan, edition
        self.graph = new_graph()
        self.authorities = [role.agency for role in plan.responsible]
        self.orders: dict[str, int] = {}

    # ------------------------------------------------------------ small words

    def add(self, subject: str, predicate: str, *objects: str | Literal) -> None:
        for obj in objects:
            term = obj if isinstance(obj, Literal) else URIRef(obj)
            self.graph.add((URIRef(subject), URIRef(predicate), term))

    def types(self, subject: str, *classes: str) -> None:
        self.add(subject, str(RDF.type), *classes)

    def number(self, subject: str, predicate: str, value: int) -> None:
        self.add(subject, predicate, Literal(value, datatype=XSD.integer))

    def text(self, subject: str, predicate: str, value: str | None) -> None:
        if value is not None:
            self.add(subject, predicate, Literal(value))

    def label(self, subject: str, value: str, *predicates: str) -> None:
        for predicate in predicates or (str(SKOS.prefLabel),):
            self.add(subject, predicate, Literal(value, lang="zh"))

    def passage(self, place: Passage) -> str:
        iri = self.edition.passage(place.start, place.end)
        self.types(iri, TJKG.Passage, OA + "TextQuoteSelector", OA + "TextPositionSelector")
        self.text(iri, OA + "exact", place.quote)
        self.number(iri, OA + "start", place.start)
        self.number(iri, OA + "end", place.end)
        self.number(iri, TJKG.line, place.line)
        self.add(iri, TJKG.inText, self.edition.text)
        return iri

    def stated(self, subject: str, place: Passage | Span) -> None:
        self.add(subject, TJKG.statedIn, self.passage(place if isinstance(place, Passage) else place.passage()))

    def fields(self, subject: str, record: Any, table: Iterable[Field]) -> None:
        """Writes the attributes of a record as its table of fields says; None is left out."""
        for attr, term, kind in table:
            value = getattr(record, attr)
            if value is None:
                continue
            predicate = TJKG[term]
            if kind == "text":
                self.text(subject, predicate, value)
            elif kind == "decimal":
                self.add(subject, predicate, _decimal(value))
            elif kind == "boolean":
                self.add(subject, predicate, Literal(value))
            elif kind == "rule":
                self.add(subject, predicate, self.rule(value))
            else:
                self.add(subject, predicate, concept(kind, value))

    def rule(self, rule: Rule) -> str:
        iri = self.edition.node("rule", rule.name)
        self.types(iri, TJKG.Rule)
        self.label(iri, rule.name, str(RDFS.label))
        self.text(iri, TJKG.documentNumber, rule.number)
        return iri

    # ------------------------------------------------------------ the document

    def document(self) -> None:
        plan, text = self.edition.plan, self.edition.text
        self.types(plan, TJKG.Plan, ELI + "LegalResource", DCAT + "Dataset")
        self.label(plan, self.plan.title, str(DCTERMS.title))
        self.types(text, TJKG.PlanText, PROV + "Entity")
        self.text(text, TJKG.sha256, self.plan.source.sha256)
        self.number(text, TJKG.length, len(self.plan.source.text))
        self.text(text, TJKG.text, self.plan.source.text)
        self.add(plan, TJKG.hasText, text)
        for order, part in enumerate(self.plan.parts, 1):
            self.part(part, order)
        for number, role in enumerate(self.plan.responsible, 1):
            self.agency_role(plan, self.edition.node("agency-role", number), role)
        for term, place in self.plan.definitions.items():
            node = self.edition.node("definition", term)
            self.types(node, TJKG.Definition)
            self.label(node, term)
            self.stated(node, place)

    def part(self, part: Part, order: int) -> None:
        iri = self.edition.part(part.path)
        self.types(iri, _PART_CLASS[part.kind], ELI + "LegalResourceSubdivision")
        self.number(iri, TJKG.order, order)
        if part.number:
            self.text(iri, ELI + "number", part.number)
        if part.title:
            self.label(iri, part.title, str(DCTERMS.title))
        above = next((p for p in self.plan.parts if p.path == part.path[:-1]), None)
        self.add(iri, ELI + "is_part_of", self.edition.part(above.path) if above else self.edition.plan)
        if part.kind in ("paragraph", "note"):
            self.text(iri, TJKG.text, part.span.text)
        self.stated(iri, part.span)

    # ------------------------------------------------------------ groupings

    def groupings(self) -> None:
        for order, category in enumerate(self.plan.categories, 1):
            iri = self.edition.node("category", category.name)
            self.concept(iri, category.name, TJKG.Category, "categories", order)
            self.text(iri, TJKG.goal, category.goal)
            if category.count is not None:
                self.number(iri, TJKG.statedCount, category.count)
            self.stated(iri, category.passage)
            if category.goal_passage is not None:
                self.add(iri, TJKG.goalStatedIn, self.passage(category.goal_passage))
        for order, domain in enumerate(self.plan.domains, 1):
            iri = self.edition.node("domain", domain.name)
            self.concept(iri, domain.name, TJKG.Domain, "domains", order)
            self.add(iri, TJKG.chapter, self.edition.part(domain.chapter))
            self.stated(iri, domain.passage)
            for number, (name, place) in enumerate(domain.sections, 1):
                section = self.edition.node("section", domain.name, name)
                self.concept(section, name, TJKG.TableSection, "domains", number)
                self.add(section, str(SKOS.broader), iri)
                self.stated(section, place)

    def concept(self, iri: str, name: str, kind: str, scheme: str, order: int) -> None:
        top = f"{self.edition.plan}/{scheme}"
        self.types(top, str(SKOS.ConceptScheme))
        self.types(iri, str(SKOS.Concept), kind)
        self.label(iri, name)
        self.add(iri, str(SKOS.inScheme), top)
        self.number(iri, TJKG.order, order)

    # ------------------------------------------------------------ services

    def services(self) -> None:
        listed = {name: place for c in self.plan.categories for name, place in c.services}
        for service in self.plan.services:
            self.service(service, listed.get(service.name))

    def service(self, service: Service, listed: Passage | None) -> None:
        iri = self.edition.service(service.name)
        self.types(iri, TJKG.BasicPublicService, CPSV + "PublicService")
        self.label(iri, service.name, str(DCTERMS.title), str(SKOS.prefLabel), str(RDFS.label))
        self.add(iri, str(DCTERMS.identifier), Literal(f"{self.edition.place}/{service.name}"))
        for standard in service.standards:
            self.label(iri, standard.guarantee.text, str(DCTERMS.description))
        if service.category:
            category = self.edition.node("category", service.category)
            self.add(iri, TJKG.category, category)
            self.add(iri, CV + "thematicArea", category)
        domain = self.edition.node("domain", service.domain)
        self.add(iri, TJKG.domain, domain)
        self.add(iri, CV + "thematicArea", domain)
        if service.section:
            self.add(iri, TJKG.section, self.edition.node("section", service.domain, service.section))
        self.number(iri, TJKG.order, service.order)
        self.add(iri, TJKG.universal, Literal(service.universal))
        self.stated(iri, service.passage)
        if listed is not None:
            self.add(iri, TJKG.listedIn, self.passage(listed))
        self.add(iri, CV + "hasCompetentAuthority", *(concept("agency", a) for a in self.authorities))
        for number, role in enumerate(service.agencies, 1):
            self.agency_role(iri, self.edition.node("agency-role", service.name, number), role)
        for standard in service.standards:
            self.standard(iri, standard)

    def agency_role(self, iri: str, node: str, role: AgencyRole) -> None:
        self.types(node, TJKG.AgencyRole, CV + "Participation")
        self.fields(node, role, fields.AGENCY_ROLE)
        self.add(iri, TJKG.hasAgencyRole, node)
        self.add(iri, CV + "hasParticipation", node)
        self.add(node, str(DCTERMS.identifier), Literal(node.removeprefix(ID)))
        self.label(node, f"{role.agency}：{role.role}", str(DCTERMS.description))
        if role.name is not None:
            self.types(concept("agency", role.agency), TJKG.Agency, str(ORG.Organization))
            self.label(concept("agency", role.agency), role.name)
        self.add(node, CV + "hasParticipant", concept("agency", role.agency))
        if (known := _role_concepts().get(role.role)) is not None:
            self.add(node, CV + "role", known)
        if role.passage is not None:
            self.stated(node, role.passage)

    def standard(self, service: str, row: Standard) -> None:
        iri = self.edition.node("standard", row.service, row.number)
        self.types(iri, TJKG.ServiceStandard)
        self.add(service, TJKG.hasStandard, iri)
        self.add(iri, TJKG.ofService, service)
        self.add(iri, TJKG.inPlan, self.edition.plan)
        self.number(iri, TJKG.number, row.number)
        self.orders["standard"] = self.orders.get("standard", 0) + 1
        self.number(iri, TJKG.order, self.orders["standard"])
        for aspect in ("target", "guarantee", "funding", "coverage"):
            cell: Span = getattr(row, aspect)
            if cell.text.strip():
                self.text(iri, TJKG[f"{aspect}Text"], cell.text)
                self.add(iri, TJKG[f"{aspect}Cell"], self.passage(cell.passage()))
        for aspect in row.inherited:
            self.text(iri, TJKG.inheritedCell, aspect)
        self.number(iri, TJKG.firstLine, row.lines[0])
        self.number(iri, TJKG.lastLine, row.lines[1])
        self.meaning(service, iri, row)

    # ------------------------------------------------------------ what the cells mean

    def meaning(self, service: str, standard: str, row: Standard) -> None:
        def nodes(
            kind: str, cls: str, link: str, records: Iterable[Any], table: Iterable[Field]
        ) -> Iterable[tuple[str, Any]]:
            for number, record in enumerate(records, 1):
                node = self.edition.node(kind, row.service, self.owner(row, kind), number)
                self.types(node, cls)
                self.fields(node, record, table)
                self.number(node, TJKG.order, number)
                self.stated(node, record.passage)
                self.add(standard, link, node)
                yield node, record

        for node, mention in nodes("audience", TJKG.AudienceMention, TJKG.hasAudience, row.audience, fields.AUDIENCE):
            self.add(service, str(DCTERMS.audience), concept("group", mention.group))
        for node, benefit in nodes("benefit", TJKG.Benefit, TJKG.hasBenefit, row.benefits, fields.BENEFIT):
            self.benefit(service, node, benefit)
        for node, payment in nodes("funding", TJKG.FundingShare, TJKG.hasFunding, row.payments, fields.FUNDING):
            if payment.via is not None:
                self.add(node, TJKG.resolvedBy, self.passage(payment.via))
        for _ in nodes(
            "contribution", TJKG.Contribution, TJKG.hasContribution, row.contributions, fields.CONTRIBUTION
        ):
            pass
        for node, target in nodes(
            "coverage", TJKG.CoverageTarget, TJKG.hasCoverageTarget, row.coverage_targets, fields.COVERAGE
        ):
            if target.value is not None:
                self.types(node, TJKG.Quantity)
        for _ in nodes("limit", TJKG.Quantity, TJKG.hasLimit, row.limits, fields.QUANTITY):
            pass

    def owner(self, row: Standard, kind: str) -> int:
        """The row whose cell a node is read from: an inherited cell's nodes are the row's above."""
        cell = {"funding": "funding", "contribution": "funding", "coverage": "coverage", "audience": "target"}
        aspect = cell.get(kind, "guarantee")
        if aspect not in row.inherited:
            return row.number
        rows = next(s.standards for s in self.plan.services if s.name == row.service)
        mine: Span = getattr(row, aspect)
        return next(r.number for r in rows if getattr(r, aspect) == mine)

    def benefit(self, service: str, node: str, benefit: Benefit) -> None:
        self.types(node, CV + "Output")
        self.add(service, CPSV + "produces", node)
        self.label(node, benefit.item, str(DCTERMS.title))
        self.add(node, str(DCTERMS.identifier), Literal(node.removeprefix(ID)))
        if benefit.value is not None or benefit.min is not None or benefit.max is not None:
            self.types(node, TJKG.Quantity)
        if benefit.refers is not None:
            self.add(node, _refers(benefit), self.reference(benefit.refers))
        if benefit.bracket is not None:
            self.fields(node, benefit.bracket, fields.BRACKET)
        if benefit.condition_passage is not None:
            self.add(node, TJKG.conditionStatedIn, self.passage(benefit.condition_passage))

    def reference(self, to: Reference) -> str:
        if to.benefit is None:
            return self.edition.node("standard", to.service, to.standard)
        return self.edition.node("benefit", to.service, to.standard, to.benefit)

    # ------------------------------------------------------------ indicators, tasks

    def indicators(self) -> None:
        data = f"{self.edition.plan}/indicators"
        self.types(data, QB + "DataSet")
        self.add(data, QB + "structure", TJKG.IndicatorStructure)
        for order, indicator in enumerate(self.plan.indicators, 1):
            self.indicator(data, indicator, order)

    def indicator(self, data: str, indicator: Indicator, order: int) -> None:
        iri = self.edition.node("indicator", indicator.name)
        self.types(iri, str(SKOS.Concept), TJKG.Indicator)
        self.label(iri, indicator.name)
        self.add(iri, TJKG.domain, self.edition.node("domain", indicator.domain))
        self.text(iri, TJKG.unit, indicator.unit)
        self.text(iri, TJKG.bindingness, indicator.property)
        self.text(iri, TJKG.note, indicator.note)
        self.number(iri, TJKG.order, order)
        self.stated(iri, indicator.passage)
        self.add(iri, TJKG.measures, *(self.edition.service(name) for name in indicator.measures))
        for value in (indicator.baseline, indicator.target):
            self.observation(data, iri, indicator, value)

    def observation(self, data: str, iri: str, indicator: Indicator, value: IndicatorValue) -> None:
        node = self.edition.node("observation", indicator.name, value.role)
        self.types(node, QB + "Observation", TJKG.IndicatorValue)
        if value.value is not None:
            self.types(node, TJKG.Quantity)
        self.add(node, QB + "dataSet", data)
        self.add(node, TJKG.indicator, iri)
        self.text(node, TJKG.valueRole, value.role)
        self.number(node, TJKG.year, value.year)
        self.text(node, TJKG.operator, value.operator)
        self.text(node, TJKG.printed, value.text)
        self.text(node, TJKG.unit, value.unit)
        if value.value is not None:
            self.add(node, TJKG.value, _decimal(value.value))
        self.text(node, TJKG.note, value.note)
        self.stated(node, value.passage)
        if value.note_passage is not None:
            self.add(node, TJKG.noteStatedIn, self.passage(value.note_passage))

    def measures(self) -> None:
        for measure in self.plan.measures:
            self.measure(measure)

    def measure(self, measure: Measure) -> None:
        iri = self.edition.node(measure.kind, *measure.chapter, measure.title)
        self.types(iri, _MEASURE_CLASS[measure.kind])
        self.label(iri, measure.title, str(DCTERMS.title))
        self.text(iri, TJKG.text, measure.span.text)
        if measure.domain:
            self.add(iri, TJKG.domain, self.edition.node("domain", measure.domain))
        self.add(iri, ELI + "is_part_of", self.edition.part(measure.chapter))
        self.number(iri, TJKG.order, measure.order)
        self.stated(iri, measure.span)
        for number, target in enumerate(measure.targets, 1):
            self.target(iri, measure, target, number)
        for number, link in enumerate(measure.links, 1):
            self.mention(iri, self.edition.node("mention", measure.order, number), link)

    def mention(self, iri: str, node: str, link: Link) -> None:
        self.types(node, TJKG.Mention)
        self.add(node, TJKG.mentions, self.thing(link.kind, link.target))
        self.stated(node, link.passage)
        self.add(iri, TJKG.hasMention, node)

    def mentions(self) -> None:
        for number, (path, link) in enumerate(self.plan.mentions, 1):
            self.mention(self.edition.part(path), self.edition.node("mention", "part", *path, number), link)

    def target(self, iri: str, measure: Measure, target: Quantity, number: int) -> None:
        node = self.edition.node("target", measure.order, number)
        self.types(node, TJKG.Quantity)
        self.fields(node, target, fields.QUANTITY)
        self.number(node, TJKG.order, number)
        self.stated(node, target.passage)
        self.add(iri, TJKG.hasTarget, node)

    def thing(self, kind: str, target: str) -> str:
        if kind == "service":
            return self.edition.service(target)
        if kind in ("group", "agency"):
            return concept(kind, target)
        return self.edition.node(kind, target)


@lru_cache(maxsize=1)
def _role_concepts() -> dict[str, str]:
    """The code list of agencies' roles: word → concept."""
    ontology = read_turtle(ontology_dir() / "tjkg.ttl")
    scheme = URIRef(PREFIXES["list"] + "agencyRole")
    return {
        str(notation): str(code)
        for code in ontology.subjects(SKOS.inScheme, scheme)
        for notation in ontology.objects(code, SKOS.notation)
    }


def _refers(benefit: Benefit) -> str:
    """How a benefit speaks of another standard."""
    if benefit.times is not None:
        return TJKG.multiplies
    return TJKG.follows if benefit.follows is not None and benefit.same_as is None else TJKG.sameAmountAs


def _decimal(value: Decimal) -> Literal:
    """A decimal in one spelling: 2000, 0.5, 92.3."""
    text = format(value.normalize(), "f")
    return Literal(text, datatype=XSD.decimal)


def plan_graph(plan: Plan, edition: Edition) -> Graph:
    """All triples of a plan.

    Raises:
        DataError: two services, tasks or indicators would share one IRI.
    """
    _no_collision([edition.service(s.name) for s in plan.services], [s.name for s in plan.services])
    _no_collision([edition.node("indicator", i.name) for i in plan.indicators], [i.name for i in plan.indicators])
    writer = _Writer(plan, edition)
    writer.document()
    writer.groupings()
    writer.services()
    writer.indicators()
    writer.measures()
    writer.mentions()
    return writer.graph


def _no_collision(iris: list[str], names: list[str]) -> None:
    seen: dict[str, str] = {}
    for iri, name in zip(iris, names, strict=True):
        if iri in seen:
            raise DataError(f"“{seen[iri]}”与“{name}”会得到同一个标识 {iri}", cure="请在原文中改正重名")
        seen[iri] = name
