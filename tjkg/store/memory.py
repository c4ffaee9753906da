"""A store in memory of given pieces of Turtle: what is not (or not yet) the shipped data."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from tjkg.errors import DataError
from tjkg.store.cache import drop_replaced
from tjkg.store.local import Local

__all__ = ["Memory", "open_memory"]


class Memory(Local):
    """An embedded store in memory; what a reader replaced is in it until `settle` is called."""

    def settle(self) -> None:
        """Takes away what a reader's node replaces, as the shipped store does."""
        drop_replaced(self._store)

    def revise(self, removed: bytes, added: bytes) -> None:
        """Takes triples out of the edition in use and puts others in (N-Triples)."""
        graph = self._default_graphs()[-1]
        for data, change in ((removed, self._store.remove), (added, self._store.add)):
            for quad in ox.parse(data, format=ox.RdfFormat.N_TRIPLES):
                change(ox.Quad(quad.subject, quad.predicate, quad.object, graph))

    def ntriples(self) -> bytes:
        """All that is asked (ontology, shared, the edition in use) as N-Triples, one triple a line."""
        return b"".join(
            self._store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=graph) or b"" for graph in self._default_graphs()
        )


def open_memory(parts: Iterable[tuple[Path | bytes, str]], plan: str = "") -> Memory:
    """A store of (Turtle file or Turtle or N-Triples bytes, named graph) pairs.

    plan: the edition in use (its graph is the default graph, with ontology and shared).

    Raises:
        DataError: a piece is no Turtle.
    """
    store = ox.Store()
    for part, graph in parts:
        try:
            if isinstance(part, bytes):
                store.bulk_load(part, format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(graph))
            else:
                store.bulk_load(path=part, format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(graph))
        except SyntaxError as error:
            where = "" if isinstance(part, bytes) else str(part)
            raise DataError(f"不是正确的 Turtle：{error}", where=where, cure="请改正该文件") from None
    memory = Memory(store)
    memory.plan = plan
    return memory
