"""Reviewed criteria (natural SHACL with quotes) → named flat nodes, passages, conditions, maximal boxes.

Reads criteria.ttl and facts.ttl at build time; the result is eligibility.ttl. Each criterion also
carries its tree and its maximal boxes as JSON: a start then reads some hundred rows instead of
walking thousands of nodes and compiling them (tests hold both equal to the shapes).
"""

from __future__ import annotations

from tjkg.criteria_source.carried import Carried, carried_graph
from tjkg.criteria_source.edition import criteria_graph
from tjkg.criteria_source.facts import facts_of, read_facts

__all__ = ["Carried", "carried_graph", "criteria_graph", "facts_of", "read_facts"]
