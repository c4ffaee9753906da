"""Services, the rows of their standards, and what organisations do in them."""

from __future__ import annotations

from functools import lru_cache

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, RDFS, SKOS

from tjkg import fields
from tjkg.graph.cells import write_meaning
from tjkg.graph.turtle import read_turtle
from tjkg.graph.writer import Writer
from tjkg.iris import ID, concept
from tjkg.namespaces import PREFIXES, TJKG
from tjkg.records import (
    AgencyRole,
    Passage,
    Service,
    Span,
    Standard,
)
from tjkg.resources import ontology_dir

__all__ = ["write_agency_role", "write_services"]

CPSV, CV, ORG = PREFIXES["cpsv"], PREFIXES["cv"], PREFIXES["org"]
_LEAD = "牵头"  # the unit that a plan says leads a service is in charge of it


def write_services(w: Writer) -> None:
    """Adds every service with its rows."""
    listed = {name: place for c in w.plan.categories for name, place in c.services}
    for service in w.plan.services:
        write_service(w, service, listed.get(service.name))


def write_service(w: Writer, service: Service, listed: Passage | None) -> None:
    iri = w.edition.service(service.name)
    w.types(iri, TJKG.BasicPublicService, CPSV + "PublicService")
    w.label(iri, service.name, str(DCTERMS.title), str(SKOS.prefLabel), str(RDFS.label))
    w.add(iri, str(DCTERMS.identifier), Literal(f"{w.edition.place}/{service.name}"))
    for standard in service.standards:
        w.label(iri, standard.guarantee.text, str(DCTERMS.description))
    if service.category:
        category = w.edition.node("category", service.category)
        w.add(iri, TJKG.category, category)
        w.add(iri, CV + "thematicArea", category)
    domain = w.edition.node("domain", service.domain)
    w.add(iri, TJKG.domain, domain)
    w.add(iri, CV + "thematicArea", domain)
    if service.section:
        w.add(iri, TJKG.section, w.edition.node("section", service.domain, service.section))
    w.number(iri, TJKG.order, service.order)
    w.add(iri, TJKG.universal, Literal(service.universal))
    w.stated(iri, service.passage)
    if listed is not None:
        w.add(iri, TJKG.listedIn, w.passage(listed))
    lead = [_agency(w, role) for role in service.agencies if role.role == _LEAD]
    w.add(iri, CV + "hasCompetentAuthority", *(lead or [concept("agency", a) for a in w.authorities]))
    for number, role in enumerate(service.agencies, 1):
        write_agency_role(w, iri, w.edition.node("agency-role", service.name, number), role)
    for standard in service.standards:
        write_standard(w, iri, standard)


def write_agency_role(w: Writer, iri: str, node: str, role: AgencyRole) -> None:
    """Adds an organisation's role in a service (or in the whole plan) as a participation."""
    agency = _agency(w, role)
    w.types(node, TJKG.AgencyRole, CV + "Participation")
    w.fields(node, role, [f for f in fields.AGENCY_ROLE if f.attr != "agency"])
    w.add(node, TJKG.agency, agency)
    w.add(iri, TJKG.hasAgencyRole, node)
    w.add(iri, CV + "hasParticipation", node)
    w.add(node, str(DCTERMS.identifier), Literal(node.removeprefix(ID)))
    w.label(node, f"{role.agency}：{role.role}", str(DCTERMS.description))
    if role.name is not None:
        write_agency(w, agency, role.name)
    w.add(node, CV + "hasParticipant", agency)
    if (known := _role_concepts().get(role.role)) is not None:
        w.add(node, CV + "role", known)
    if role.passage is not None:
        w.stated(node, role.passage)


def _agency(w: Writer, role: AgencyRole) -> str:
    """The organisation of a role: one of data/shared, or one that only this region's plan names."""
    return concept("agency", role.agency) if role.name is None else w.edition.agency(role.name)


def write_agency(w: Writer, iri: str, name: str) -> None:
    """Adds an organisation that data/shared lacks: what a plan tells of it is no more than its name."""
    w.types(iri, TJKG.Agency, ORG + "Organization", PREFIXES["foaf"] + "Agent")
    w.label(iri, name, str(SKOS.prefLabel), str(DCTERMS.title))
    w.add(iri, str(DCTERMS.identifier), Literal(iri.removeprefix(ID)))


def write_standard(w: Writer, service: str, row: Standard) -> None:
    iri = w.edition.node("standard", row.service, row.number)
    w.types(iri, TJKG.ServiceStandard)
    w.add(service, TJKG.hasStandard, iri)
    w.add(iri, TJKG.ofService, service)
    w.add(iri, TJKG.inPlan, w.edition.plan)
    w.number(iri, TJKG.number, row.number)
    w.orders["standard"] = w.orders.get("standard", 0) + 1
    w.number(iri, TJKG.order, w.orders["standard"])
    for aspect in ("content", "target", "guarantee", "funding", "coverage"):
        cell: Span | None = getattr(row, aspect)
        if cell is not None and cell.text.strip():
            w.text(iri, TJKG[f"{aspect}Text"], cell.text)
            w.add(iri, TJKG[f"{aspect}Cell"], w.passage(cell.passage()))
    for aspect in row.inherited:
        w.text(iri, TJKG.inheritedCell, aspect)
    w.number(iri, TJKG.firstLine, row.lines[0])
    w.number(iri, TJKG.lastLine, row.lines[1])
    write_meaning(w, service, iri, row)


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
