"""A condition as a tree → the natural SHACL that criteria.ttl is written in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tjkg.facts import Fact, Tree

if TYPE_CHECKING:
    from tjkg.review.decisions import Review
    from tjkg.review.known import Cell

__all__ = ["HEAD", "declared", "natural"]

_BOUND = {">=": "minInclusive", ">": "minExclusive", "<=": "maxInclusive", "<": "maxExclusive"}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}$")
_INDENT = "    "

# the prefixes of a new criteria.ttl; {plan} is its edition
HEAD = """@prefix code: <https://w3id.org/tjkg/code#> .
@prefix crit: <{plan}/criterion/> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix fact: <https://w3id.org/tjkg/fact#> .
@prefix id: <https://w3id.org/tjkg/id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix std: <{plan}/standard/> .
@prefix tjkg: <https://w3id.org/tjkg/ontology#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def _text(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return str(value)
    return f"{_text(value)}^^xsd:date" if _DAY.match(value) else f"code:{value}"


# aspect of a cell → what tjkg:cell calls it (the target cell is understood)
_CELLS = {"target": "", "standard": "guarantee", "funding": "funding", "coverage": "coverage", "name": "name"}


def _place(tree: Tree, cells: Mapping[str, Cell]) -> str:
    """The quote of an atom, and where it is not the first one of the target cell, which one it is."""
    quote, start = tree.get("quote"), tree.get("start")
    if not quote:
        return ""
    told = f" ; tjkg:quote {_text(quote)}"
    for aspect, cell in cells.items():
        at = -1 if start is None else start - cell.start
        if 0 <= at and cell.text[at : at + len(quote)] == quote:
            nth = 1 + sum(cell.text.startswith(quote, i) for i in range(at))
            told += f" ; tjkg:nth {nth}" if nth > 1 else ""
            return told + (f' ; tjkg:cell "{_CELLS[aspect]}"' if _CELLS[aspect] else "")
    return told


def _atom(tree: Tree, cells: Mapping[str, Cell]) -> str:
    op, value = tree["op"], tree["value"]
    if op == "in":
        test = f"sh:in ( {' '.join(_value(v) for v in value)} )"
    elif op in _BOUND:
        test = f"sh:{_BOUND[op]} {_value(value)}"
    else:
        test = f"sh:hasValue {_value(value)}"
    return f"[ sh:path fact:{tree['fact']} ; {test}{_place(tree, cells)} ]"


def _body(tree: Tree, depth: int, cells: Mapping[str, Cell]) -> str:
    """The properties of a shape that says the tree."""
    pad = "\n" + _INDENT * depth
    if "fact" in tree:
        return f"sh:property {_atom(tree, cells)}"
    if "not" in tree:
        return f"sh:not [ {_body(tree['not'], depth + 1, cells)} ]"
    if "any" in tree:
        return "sh:or (" + "".join(f"{pad}{_INDENT}[ {_body(t, depth + 1, cells)} ]" for t in tree["any"]) + " )"
    return f" ;{pad}".join(_body(t, depth, cells) for t in tree["all"])


def declared(fact: Fact) -> str:
    """Turtle of a fact that the carrying over of conditions had to open (it has no declaration yet)."""
    about = f" ;\n{_INDENT}tjkg:factAbout {' , '.join(_text(a) for a in fact.about)}" if fact.about else ""
    return (
        f"fact:{fact.id} a tjkg:Fact ;\n{_INDENT}rdfs:label {_text(fact.label)}@zh ;\n"
        f'{_INDENT}tjkg:factKind "{fact.kind}" ; tjkg:factType "{fact.type}" ; tjkg:multiple false{about} ;\n'
        f"{_INDENT}tjkg:order {fact.order} ."
    )


def natural(name: str, tree: Tree, review: Review, cells: Mapping[str, Cell]) -> str:
    """Turtle of one criterion, signed.

    name: local name of its IRI (SERVICE_ROW). cells: those of its row, by aspect, where its quotes stand.
    """
    signed = f'tjkg:reviewedBy {_text(review.by)} ; tjkg:reviewedOn "{review.on.isoformat()}"^^xsd:date'
    note = f" ;\n{_INDENT}rdfs:comment {_text(review.reason)}@zh" if review.reason else ""
    body = _body(tree, 1, cells)
    return f"crit:{name} a sh:NodeShape ;\n{_INDENT}{body} ;\n{_INDENT}{signed}{note} ."
