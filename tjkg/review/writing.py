"""Decisions → reviewed.ttl, criteria.ttl, accepted.toml: all of them prepared first, then written whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import XSD

from tjkg import fields
from tjkg.errors import InputError
from tjkg.facts import Tree, parts
from tjkg.files import write_atomic
from tjkg.graph import read_turtle, write_turtle
from tjkg.graph.cells import write_benefit
from tjkg.graph.turtle import new_graph
from tjkg.graph.writer import Writer
from tjkg.iris import ID, Edition
from tjkg.namespaces import TJKG
from tjkg.records import Benefit, CoverageTarget, Funding, Plan, Quantity, Rule, Source
from tjkg.review.decisions import Accept, Adopt, Decisions, Reading, Review
from tjkg.review.known import Known
from tjkg.review.natural import HEAD, declared, natural
from tjkg.review.tasks import Tasks

__all__ = ["apply"]

_CLASS = {
    "benefit": (TJKG.Benefit, TJKG.hasBenefit, fields.BENEFIT),
    "funding": (TJKG.FundingShare, TJKG.hasFunding, fields.FUNDING),
    "coverage": (TJKG.CoverageTarget, TJKG.hasCoverageTarget, fields.COVERAGE),
    "limit": (TJKG.Quantity, TJKG.hasLimit, fields.QUANTITY),
}
_ADDED = 100  # order of the first addition: after all that the parser reads of a cell


def _record(reading: Reading) -> Any:
    """The record a reader's row is, as the parser would have made it."""
    said, place = reading.fields, reading.passage
    operator = said["operator"] or "="
    if reading.kind == "benefit":
        return Benefit(
            said["item"], said["role"], place.quote, place, operator=operator, value=said["value"], unit=said["unit"],
            currency="元" if said["unit"] == "元" else None, per=said["per"], period=said["period"],
            condition=said["condition"], rule=Rule(said["rule"]) if said["rule"] else None,
        )
    if reading.kind == "funding":
        return Funding(said["payer"], said["role"], place, percent=said["percent"], condition=said["condition"])
    if reading.kind == "coverage":
        return CoverageTarget(
            said["role"], place.quote, place, subject=said["item"], operator=operator if said["value"] is not None else None,
            value=said["value"], unit=said["unit"],
        )
    return Quantity(
        place.quote, place, subject=said["item"], operator=operator, value=said["value"], unit=said["unit"],
        period=said["period"],
    )


def _name(reading: Reading) -> str:
    """The same decision always gets the same name."""
    parts = (reading.kind, reading.cell.row, str(reading.passage.start), repr(sorted(map(str, reading.fields.items()))))
    return "r" + hashlib.sha256("\0".join(parts).encode()).hexdigest()[:8]


def _reviewed(folder: Path, readings: Iterable[Reading], known: Known, text: Source) -> bytes:
    """reviewed.ttl with the new statements."""
    path = folder / "reviewed.ttl"
    graph = read_turtle(path) if path.exists() else new_graph()
    edition = Edition(known.plan.rpartition("/")[2], "")
    plan = Plan(text, "", None, (), (), (), (), (), ())
    for reading in readings:
        writer = Writer(plan, edition)
        _statement(writer, reading, known)
        graph += writer.graph
    return write_turtle(graph)


def _statement(writer: Writer, reading: Reading, known: Known) -> None:
    record, row = _record(reading), reading.cell.row
    cls, link, table = _CLASS[reading.kind]
    node = writer.edition.node(reading.kind, row.rpartition("/")[2], _name(reading))
    writer.types(node, cls)
    writer.fields(node, record, table)
    order = known.statements.get(reading.replaces, _ADDED) if reading.replaces else _ADDED
    writer.number(node, TJKG.order, order)
    writer.stated(node, reading.passage)
    writer.add(row, link, node)
    if reading.kind == "benefit":
        write_benefit(writer, reading.cell.service, node, record)
    elif reading.kind == "coverage" and record.value is not None:
        writer.types(node, TJKG.Quantity)
    writer.text(node, TJKG.quote, reading.passage.quote)
    _signed(writer.graph, node, reading.review)
    if reading.replaces:
        writer.add(node, TJKG.replaces, reading.replaces)


def _signed(graph: Graph, node: str, review: Review) -> None:
    graph.add((URIRef(node), URIRef(TJKG.reviewedBy), Literal(review.by)))
    graph.add((URIRef(node), URIRef(TJKG.reviewedOn), Literal(review.on.isoformat(), datatype=XSD.date)))
    if review.reason:
        graph.add((URIRef(node), URIRef(TJKG.note), Literal(review.reason)))


def _criteria(folder: Path, adopted: Iterable[Adopt], tasks: Tasks, known: Known) -> bytes:
    """criteria.ttl with the adopted conditions at its end; the rest of the file is left as it is."""
    path = folder / "criteria.ttl"
    text = path.read_text("utf-8") if path.exists() else HEAD.format(plan=ID + folder.name)
    pieces: list[str] = []
    for decision in adopted:
        raw = tasks.trees.get(decision.criterion)
        if raw is None:
            raise InputError(
                f"{decision.criterion} 已经审读过，或没有可采纳的条件", where=str(path), cure="请重新生成审读表"
            )
        tree = json.loads(raw)
        new = [declared(tasks.opened[f]) for f in sorted(_facts(tree)) if f in tasks.opened]
        pieces += [piece for piece in new if piece not in pieces and piece not in text]
        pieces.append(natural(decision.criterion, tree, decision.review, known.row(decision.criterion)))
    return (text.rstrip("\n") + "\n\n" + "\n\n".join(pieces) + "\n").encode()


def _facts(tree: Tree) -> set[str]:
    """The facts a condition speaks of."""
    return {tree["fact"]} if "fact" in tree else {f for part in parts(tree) for f in _facts(part)}


def _toml(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _accepted(folder: Path, accepted: Iterable[Accept]) -> bytes:
    """accepted.toml with the new entries at its end."""
    path = folder / "accepted.toml"
    text = path.read_text("utf-8") if path.exists() else "# 已接受的发现：每条写明理由和期限\n"
    for a in accepted:
        lines = ["[[accepted]]", f"rule = {_toml(a.rule)}"]
        lines += [f"service = {_toml(a.service)}"] if a.service else []
        lines += [f"fingerprint = {_toml(a.fingerprint)}", f"reason = {_toml(a.review.reason or '')}",
                  f"by = {_toml(a.review.by)}", f"until = {a.until.isoformat()}"]
        text = text.rstrip("\n") + "\n\n" + "\n".join(lines) + "\n"
    return text.encode()


def _files(
    folder: Path, decisions: Decisions, known: Known, text: Source, tasks: Tasks
) -> Iterator[tuple[Path, bytes]]:
    if decisions.readings:
        yield folder / "reviewed.ttl", _reviewed(folder, decisions.readings, known, text)
    if decisions.adopted:
        yield folder / "criteria.ttl", _criteria(folder, decisions.adopted, tasks, known)
    if decisions.accepted:
        yield folder / "accepted.toml", _accepted(folder, decisions.accepted)


def apply(folder: Path, decisions: Decisions, known: Known, text: Source, tasks: Tasks) -> list[Path]:
    """Writes the decisions into an edition's folder; the files written.

    text: the plan's text; tasks: what was given out (its suggested conditions are what is adopted).

    Raises:
        InputError: an adopted criterion is not there to adopt; then nothing is written.
    """
    prepared = list(_files(folder, decisions, known, text, tasks))
    for path, data in prepared:
        write_atomic(path, data)
    return [path for path, _ in prepared]
