"""The document: the plan, its text, its outline, its categories and domains."""

from __future__ import annotations

from rdflib.namespace import DCTERMS, SKOS

from tjkg.graph.services import write_agency_role
from tjkg.graph.writer import Writer
from tjkg.namespaces import PREFIXES, TJKG
from tjkg.records import (
    Part,
)

__all__ = ["write_document", "write_groupings"]

DCAT, ELI, PROV = PREFIXES["dcat"], PREFIXES["eli"], PREFIXES["prov"]
_PART_CLASS = {
    "chapter": TJKG.Chapter,
    "section": TJKG.Section,
    "preface": TJKG.Preface,
    "paragraph": TJKG.Paragraph,
    "note": TJKG.TableNote,
    "table": TJKG.Table,
}


def write_document(w: Writer) -> None:
    """Adds the plan, its text, its outline, whom it makes responsible and the terms it defines."""
    plan, text = w.edition.plan, w.edition.text
    w.types(plan, TJKG.Plan, ELI + "LegalResource", DCAT + "Dataset")
    w.label(plan, w.plan.title, str(DCTERMS.title))
    w.types(text, TJKG.PlanText, PROV + "Entity")
    w.text(text, TJKG.sha256, w.plan.source.sha256)
    w.number(text, TJKG.length, len(w.plan.source.text))
    w.text(text, TJKG.text, w.plan.source.text)
    w.add(plan, TJKG.hasText, text)
    for order, part in enumerate(w.plan.parts, 1):
        write_part(w, part, order)
    for number, role in enumerate(w.plan.responsible, 1):
        write_agency_role(w, plan, w.edition.node("agency-role", number), role)
    for term, place in w.plan.definitions.items():
        node = w.edition.node("definition", term)
        w.types(node, TJKG.Definition)
        w.label(node, term)
        w.stated(node, place)


def write_part(w: Writer, part: Part, order: int) -> None:
    iri = w.edition.part(part.path)
    w.types(iri, _PART_CLASS[part.kind], ELI + "LegalResourceSubdivision")
    w.number(iri, TJKG.order, order)
    if part.number:
        w.text(iri, ELI + "number", part.number)
    if part.title:
        w.label(iri, part.title, str(DCTERMS.title))
    above = next((p for p in w.plan.parts if p.path == part.path[:-1]), None)
    w.add(iri, ELI + "is_part_of", w.edition.part(above.path) if above else w.edition.plan)
    if part.kind in ("paragraph", "note"):
        w.text(iri, TJKG.text, part.span.text)
    w.stated(iri, part.span)


def write_groupings(w: Writer) -> None:
    """Adds categories, domains and the tables' sub-headings as concepts."""
    for order, category in enumerate(w.plan.categories, 1):
        iri = w.edition.node("category", category.name)
        write_concept(w, iri, category.name, TJKG.Category, "categories", order)
        w.text(iri, TJKG.goal, category.goal)
        if category.count is not None:
            w.number(iri, TJKG.statedCount, category.count)
        w.stated(iri, category.passage)
        if category.goal_passage is not None:
            w.add(iri, TJKG.goalStatedIn, w.passage(category.goal_passage))
    for order, domain in enumerate(w.plan.domains, 1):
        iri = w.edition.node("domain", domain.name)
        write_concept(w, iri, domain.name, TJKG.Domain, "domains", order)
        w.add(iri, TJKG.chapter, w.edition.part(domain.chapter))
        w.stated(iri, domain.passage)
        for number, (name, place) in enumerate(domain.sections, 1):
            section = w.edition.node("section", domain.name, name)
            write_concept(w, section, name, TJKG.TableSection, "domains", number)
            w.add(section, str(SKOS.broader), iri)
            w.stated(section, place)


def write_concept(w: Writer, iri: str, name: str, kind: str, scheme: str, order: int) -> None:
    top = f"{w.edition.plan}/{scheme}"
    w.types(top, str(SKOS.ConceptScheme))
    w.types(iri, str(SKOS.Concept), kind)
    w.label(iri, name)
    w.add(iri, str(SKOS.inScheme), top)
    w.number(iri, TJKG.order, order)
