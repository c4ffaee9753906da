"""What data/shared holds, as the build hands it to the parser; and its Turtle files one by one."""

from __future__ import annotations

from functools import cache

from rdflib import Graph, Namespace
from rdflib.term import Node

from tjkg.build import vocabulary
from tjkg.records import Agency, Mandate, Term, Vocabulary
from tjkg.resources import data_dir

__all__ = ["FOLDER", "TJKG", "agencies", "groups", "local", "mandates", "payers", "service_names", "turtle"]

FOLDER = data_dir() / "shared"
TJKG = Namespace("https://w3id.org/tjkg/ontology#")


@cache
def _words() -> Vocabulary:
    return vocabulary(FOLDER)


@cache
def turtle(name: str) -> Graph:
    """A file of data/shared."""
    return Graph().parse(FOLDER / f"{name}.ttl")


def local(node: Node) -> str:
    """The last part of an IRI."""
    return str(node).rsplit("/", 1)[-1]


def groups() -> tuple[Term, ...]:
    """Every target group."""
    return _words().groups


def payers() -> tuple[Term, ...]:
    """Every payer."""
    return _words().payers


def service_names() -> tuple[Term, ...]:
    """Every service with its other names."""
    return _words().services


def agencies() -> tuple[Agency, ...]:
    """Every organisation."""
    return _words().agencies


def mandates() -> tuple[Mandate, ...]:
    """Every mandate."""
    return _words().mandates
