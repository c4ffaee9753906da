"""The store as strangers may ask it: in memory, the dataset of the protocol, an output that is bounded."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import pyoxigraph as ox

from tjkg.errors import InputError
from tjkg.namespaces import PREFIXES
from tjkg.store.cache import files, open_cached
from tjkg.store.local import _FORMATS, _GRAPH_FORMATS, Local, _told
from tjkg.store.memory import open_memory

__all__ = ["Dataset", "Served", "in_memory", "on_disk"]


class Dataset(NamedTuple):
    """Graph IRIs of the SPARQL Protocol (§2.1.4): both None: the edition in use; else exactly these."""

    default: tuple[str, ...] | None = None
    named: tuple[str, ...] | None = None


class _Full(Exception):
    """The output has reached its limit."""


class _Output:
    """Takes what a serializer writes, up to a number of bytes."""

    def __init__(self, most: int) -> None:
        self.pieces: list[bytes] = []
        self._left = most

    def write(self, data: bytes) -> int:
        if len(data) > self._left:
            self._left = 0  # the engine's buffer tries once more when it is dropped
            raise _Full
        self._left -= len(data)
        self.pieces.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""


class Served(Local):
    """An embedded store for the server's workers; `plan` is the edition in use."""

    def __init__(self, store: ox.Store, merged: frozenset[str] = frozenset()) -> None:
        super().__init__(store)
        self._merged = merged  # the graphs whose triples are the engine's own default graph, too

    def merge(self, plan: str) -> None:
        """Puts what an edition's queries see into the engine's default graph: half the time of a union."""
        self.plan = plan
        graphs = self._default_graphs()
        for name in graphs:
            self._store.update(f"ADD <{name.value}> TO DEFAULT")
        self._merged = frozenset(g.value for g in graphs)

    def _run(self, query: str) -> Any:
        return self._store.query(query, **self._graphs(Dataset()))

    def bounded(
        self, query: str, result_format: str, graph_format: str, most: int,
        dataset: Dataset | None = Dataset(),
    ) -> tuple[bytes, str, bool]:
        """The result of a checked query in the format of its form, no longer than about `most` bytes.

        dataset: None when the query names its own (FROM).

        Returns:
            (bytes, format used, whether the output was stopped at the limit, then it ends anywhere).

        Raises:
            InputError: a syntax error, or the evaluation failed.
        """
        output: Any = _Output(most)
        with _told():
            result = self._store.query(query, **self._graphs(dataset))
            triples = isinstance(result, ox.QueryTriples)
            try:
                if isinstance(result, ox.QueryTriples):
                    ox.serialize(result, output, format=_GRAPH_FORMATS[graph_format], prefixes=_prefixes())
                else:
                    result.serialize(output, format=_FORMATS[result_format])
            except _Full:
                return b"".join(output.pieces), graph_format if triples else result_format, True
        return b"".join(output.pieces), graph_format if triples else result_format, False

    def _graphs(self, dataset: Dataset | None) -> dict[str, Any]:
        if dataset is None:
            return {}
        if dataset.default is None and dataset.named is None:
            graphs = self._default_graphs()
            return {} if {g.value for g in graphs} == self._merged else {"default_graph": graphs}
        return {"default_graph": _nodes(dataset.default or ()), "named_graphs": _nodes(dataset.named or ())}

    def of_plan(self, plan: str) -> Served:
        """The same triples with another edition in use."""
        other = Served(self._store, self._merged)
        other.plan = plan
        return other

    def of_all(self) -> Served:
        """The same triples with every graph in the default graph."""
        return _Whole(self._store, self._merged)

    def dump(self, fmt: str, graphs: Sequence[str] = ()) -> bytes:
        """As `Local.dump`; trig: the named graphs."""
        if fmt != "trig":
            return super().dump(fmt, graphs)
        quads = (q for g in _nodes(self.graph_names()) for q in self._store.quads_for_pattern(None, None, None, g))
        return bytes(ox.serialize(quads, format=ox.RdfFormat.TRIG, prefixes=_prefixes()) or b"")

    def size(self) -> int:
        """How many triples there are in all named graphs."""
        return sum(1 for g in _nodes(self.graph_names()) for _ in self._store.quads_for_pattern(None, None, None, g))


class _Whole(Served):
    """All graphs at once."""

    def _default_graphs(self) -> list[ox.NamedNode]:
        return _nodes(self.graph_names())


@lru_cache(maxsize=1)
def _prefixes() -> dict[str, str]:
    return dict(PREFIXES)


def _nodes(iris: Sequence[str]) -> list[ox.NamedNode]:
    try:
        return [ox.NamedNode(iri) for iri in iris]
    except ValueError as error:
        raise InputError(f"图的名称不是 IRI：{error}", cure="请给出完整的 IRI") from None


def in_memory(paths: Sequence[tuple[Path, str]] | None = None) -> Served:
    """The shipped data (or other Turtle files) in memory; no thread and no file stays open, so it may be forked.

    Raises:
        DataError: a file is no Turtle.
    """
    memory = open_memory(files() if paths is None else paths)
    memory.settle()
    return Served(memory._store)


def on_disk() -> Served:
    """The shipped data as the read-only store of the cache: for data too large to hold."""
    return Served(open_cached(files()))
