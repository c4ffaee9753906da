"""Oxigraph in this process."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from tjkg.errors import InputError
from tjkg.iris import graph
from tjkg.namespaces import PREFIXES
from tjkg.resources import queries_dir
from tjkg.store.answers import Edition, Rows, Value, typed

__all__ = ["Local"]

_FORMATS = {
    "json": ox.QueryResultsFormat.JSON, "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV, "tsv": ox.QueryResultsFormat.TSV,
}
_GRAPH_FORMATS = {
    "ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES, "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML, "trig": ox.RdfFormat.TRIG,
}


@contextmanager
def _told() -> Iterator[None]:
    """Turns the engine's errors into ours."""
    try:
        yield
    except SyntaxError as error:
        raise InputError(f"SPARQL 语法不对：{error}", cure="请检查查询") from None
    except (OSError, RuntimeError, ValueError) as error:
        raise InputError(f"查询没有完成：{error}", cure="请检查查询") from None


class Local:
    """An embedded store; `plan` is the edition in use, `paths` the files it holds (for what is kept of them)."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self.plan = ""
        self.paths: Sequence[tuple[Path, str]] = ()

    def _default_graphs(self) -> list[ox.NamedNode]:
        names = ("ontology", "shared", self.plan) if self.plan else ("ontology", "shared")
        return [ox.NamedNode(graph(name)) for name in names]

    def _run(self, query: str) -> Any:
        return self._store.query(query, default_graph=list(self._default_graphs()))

    def editions(self) -> list[Edition]:
        """All editions, oldest first."""
        rows = self.select((queries_dir() / "internal" / "editions.rq").read_text("utf-8"))
        return [Edition(str(i), str(title), str(day)) for i, title, day in rows.rows]

    def select(self, query: str) -> Rows:
        """Rows of a SELECT; an ASK gives one column `ask`; CONSTRUCT gives s, p, o."""
        with _told():
            return _rows(self._run(query))

    def query(self, query: str, fmt: str) -> bytes:
        """The result in a result format. Raises InputError for a format the form of query has not."""
        with _told():
            result = self._run(query)
            if isinstance(result, ox.QueryTriples):
                known: Any = _GRAPH_FORMATS
            else:
                known = _FORMATS
            if fmt not in known:
                raise InputError(f"这种查询的结果没有 {fmt} 格式", cure="可用 " + "、".join(known))
            if known is _GRAPH_FORMATS:
                return bytes(ox.serialize(result, format=known[fmt], prefixes=dict(PREFIXES)) or b"")
            return bytes(result.serialize(format=known[fmt]))

    def dump(self, fmt: str, graphs: Sequence[str] = ()) -> bytes:
        """The data as ttl, nt, jsonld (graphs: IRIs; default those in use, as one) or trig (all graphs)."""
        if fmt == "trig":
            return bytes(self._store.dump(format=ox.RdfFormat.TRIG, prefixes=dict(PREFIXES)) or b"")
        wanted = [ox.NamedNode(g) for g in graphs] or self._default_graphs()
        triples = (
            ox.Triple(q.subject, q.predicate, q.object)
            for g in wanted
            for q in self._store.quads_for_pattern(None, None, None, g)
        )
        return bytes(ox.serialize(triples, format=_GRAPH_FORMATS[fmt], prefixes=dict(PREFIXES)) or b"")

    def graph_names(self) -> list[str]:
        """IRIs of all named graphs."""
        return sorted(str(g.value) for g in self._store.named_graphs())


def _rows(result: Any) -> Rows:
    if isinstance(result, ox.QueryBoolean):
        return Rows(("ask",), [(bool(result),)])
    if isinstance(result, ox.QueryTriples):
        return Rows(("s", "p", "o"), [(_plain(t.subject), _plain(t.predicate), _plain(t.object)) for t in result])
    columns = tuple(v.value for v in result.variables)
    width = range(len(columns))
    return Rows(columns, [tuple(_plain(row[i]) for i in width) for row in result])


def _plain(term: Any) -> Value:
    if term is None:
        return None
    if isinstance(term, ox.Literal):
        return typed(term.value, term.datatype.value)
    return str(term.value)
