"""A document as a store that can be asked: its graph, with the conditions that are carried over or suggested.

What a document's own graph lacks (who may apply, read by a person) comes from a reviewed edition: the
same words keep their condition; where they changed it is aligned, and marked as suggested.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tjkg import align, boxes
from tjkg.diff.audience import Audiences
from tjkg.diff.rows import Cell, Row
from tjkg.diff.side import Side, key_of
from tjkg.facts import Facts, Tree
from tjkg.iris import ID, Edition, graph
from tjkg.namespaces import PREFIXES, TJKG
from tjkg.query import internal
from tjkg.store import open_local
from tjkg.store.cache import files
from tjkg.store.memory import Memory, open_memory

__all__ = ["criteria_of", "document_store"]

_TYPE = PREFIXES["rdf"] + "type"


def criteria_of(side: Side, base: Side) -> tuple[Facts, dict[str, tuple[Tree, str]], dict[str, tuple[Tree, str]]]:
    """(facts, of standards, of benefits) for a side without criteria: IRI → (tree, state).

    base: the reviewed edition they come from; its facts must be there.
    """
    audiences = Audiences(side, side, base)
    facts = audiences.facts
    if facts is None:
        return Facts({}), {}, {}
    rows: dict[str, tuple[Tree, str]] = {}
    benefits: dict[str, tuple[Tree, str]] = {}
    for service in side.services:
        for standard in service["standards"]:
            row = Row(service, standard)
            known = audiences.of_base(row)
            cell = row.cell("target")
            if known is None:
                found = align.read_whole(_placed(cell), facts, audiences.known())
            else:
                found = align.align(known.tree, _placed(known.cell), _placed(cell), facts, audiences.known())
            facts = found.facts(facts)
            rows[row.standard["id"]] = (found.tree, found.state)
            for iri, tree, state, opened in _benefits(row, base, facts, audiences):
                facts = opened
                benefits[iri] = (tree, state)
    return facts, rows, benefits


def _benefits(row: Row, base: Side, facts: Facts, audiences: Audiences) -> Iterator[tuple[str, Tree, str, Facts]]:
    """The conditions of a row's benefits, from those of the same benefit in the base."""
    service = next((s for s in base.services if key_of(s) == key_of(row.service)), None)
    known = audiences.of_base(row)
    if service is None or known is None or known.row is None:
        return
    there = {_benefit_key(b): b for b in reversed(known.row.entries("benefits"))}
    cell, old = row.cell("standard"), known.row.cell("standard")
    for benefit in row.entries("benefits"):
        twin = there.get(_benefit_key(benefit))
        criterion = base.of_benefit.get(str(twin["id"])) if twin else None
        if criterion is not None:
            found = align.align(criterion.tree, _placed(old), _placed(cell), facts, audiences.known())
            facts = found.facts(facts)
            yield str(benefit["id"]), found.tree, found.state, facts


def _benefit_key(benefit: dict[str, Any]) -> tuple[object, ...]:
    return benefit["item"], benefit["condition"], benefit["role"]


def _placed(cell: Cell) -> align.Cell:
    return align.Cell(cell.text, cell.start, cell.line or 0)


# ---------------------------------------------------------------- as triples


def _literal(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
    return f'"{escaped}"'


def _json(value: object) -> str:
    return _literal(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def _statements(side: Side, base: Side, plan: str) -> Iterator[str]:
    """The conditions as N-Triples: what `criteria` and `screen` read."""
    facts, rows, benefits = criteria_of(side, base)
    node = f"{plan}/criteria"
    yield f"<{node}> <{TJKG.inPlan}> <{plan}> .\n"
    yield f"<{node}> <{TJKG.tree}> {_json(facts.plain())} .\n"
    whole = {iri.replace("/standard/", "/benefit/"): tree for iri, (tree, _) in rows.items()}
    for owner, (tree, state) in {**rows, **benefits}.items():
        above = whole.get(owner.rpartition("_")[0]) if owner in benefits else None
        joined = {"all": [above, tree]} if above is not None else tree
        space, sure, may = boxes.compile_tree(joined, facts)
        own = owner.replace("/standard/", "/criterion/").replace("/benefit/", "/criterion/benefit-")
        plain = {"sure": boxes.store(sure, space), "may": boxes.store(may, space)}
        yield f"<{owner}> <{TJKG.hasCriterion}> <{own}> .\n<{own}> <{_TYPE}> <{TJKG.Criterion}> .\n"
        yield f"<{own}> <{TJKG.tree}> {_json(tree)} .\n<{own}> <{TJKG.boxes}> {_json(plain)} .\n"
        yield f"<{own}> <{TJKG.criterionState}> {_literal(state)} .\n"


def _declared(base: str) -> bytes:
    """The facts and codes that an edition declares itself, beside those of the ontology."""
    store = open_local(base)
    known = set(store.dump("nt", [graph("ontology")]).splitlines())
    found = store.query(internal("declared-facts"), "nt").splitlines()
    return b"\n".join(line for line in dict.fromkeys(found) if line not in known)


def _place(base: Side | None) -> str | None:
    """The place in the IRIs of a side's services: their other names in data/shared are known by them."""
    if base is None or not base.services:
        return None
    return str(base.services[0]["iri"]).removeprefix(ID).partition("/")[0]


def _given(node: str, plan: str, day: str | None) -> Iterator[str]:
    """What a keeper gives of an edition, for a document: its id, and the day it was issued."""
    dct, xsd = PREFIXES["dct"], PREFIXES["xsd"]
    yield f"<{node}> <{dct}identifier> {_literal(plan)} .\n"
    for term in ("issued", "valid") if day else ():
        yield f"<{node}> <{dct}{term}> {_literal(str(day))}^^<{xsd}date> .\n"


def document_store(side: Side, base: Side | None) -> Memory:
    """A document's graph in memory beside ontology and shared data; with conditions if a base has them.

    side: the document as read; base: a reviewed edition.
    """
    from tjkg.graph import plan_graph

    assert side.plan is not None
    plan = str(side.catalogue["plan"]["id"])
    parts: list[tuple[Path | bytes, str]] = [
        (p, g) for p, g in files() if g in (graph("ontology"), graph("shared"))
    ]
    parts.append((plan_graph(side.plan, Edition(plan, _place(base) or plan)).serialize(format="nt", encoding="utf-8"), graph(plan)))
    day = side.plan.date or (base.catalogue["plan"]["date"] if base else None)
    parts.append(("".join(_given(ID + plan, plan, day)).encode(), graph(plan)))
    if base is not None and base.facts is not None:
        parts.append((_declared(str(base.catalogue["plan"]["id"])), graph(plan)))
        parts.append(("".join(_statements(side, base, ID + plan)).encode(), graph(plan)))
    return open_memory(parts, plan)
