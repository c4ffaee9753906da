"""Any SPARQL 1.1 endpoint, through SPARQLWrapper."""

from __future__ import annotations

import json
from typing import Any
from urllib.error import URLError

from SPARQLWrapper import POST, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed, SPARQLWrapperException

from tjkg.errors import InputError, RemoteError
from tjkg.iris import graph
from tjkg.resources import queries_dir
from tjkg.store.answers import Edition, Rows, Value, typed

__all__ = ["Remote"]

_ACCEPT = {
    "json": "application/sparql-results+json", "xml": "application/sparql-results+xml",
    "csv": "text/csv", "tsv": "text/tab-separated-values", "ttl": "text/turtle",
    "nt": "application/n-triples", "jsonld": "application/ld+json", "rdfxml": "application/rdf+xml",
}


class Remote:
    """A remote store; timeout in seconds for each query."""

    def __init__(self, endpoint: str, timeout: int = 60) -> None:
        self._endpoint, self._timeout = endpoint, timeout
        self._known: list[str] = []
        self.plan = ""

    def _ask(self, query: str, accept: str) -> bytes:
        wrapper = SPARQLWrapper(self._endpoint)
        wrapper.setTimeout(self._timeout)
        wrapper.setMethod(POST)
        wrapper.setQuery(query)
        wrapper.setOnlyConneg(True)
        wrapper.addCustomHttpHeader("Accept", accept)
        if self.plan:
            for name in ("ontology", "shared", self.plan):
                wrapper.addParameter("default-graph-uri", graph(name))
            for name in ("ontology", "shared", *self._known):
                wrapper.addParameter("named-graph-uri", graph(name))
        try:
            return bytes(wrapper.query().response.read())
        except QueryBadFormed as error:
            raise InputError(f"SPARQL 语法不对：{_first_line(error)}", cure="请检查查询") from None
        except (SPARQLWrapperException, URLError, OSError, ValueError) as error:
            raise RemoteError(
                f"端点没有回答（{_first_line(error)}）", where=self._endpoint,
                cure="请检查地址，并确认已用 tjkg load 装入数据",
            ) from None

    def editions(self) -> list[Edition]:
        """All editions, oldest first."""
        rows = self.select((queries_dir() / "internal" / "editions.rq").read_text("utf-8"))
        found = [Edition(str(i), str(title), str(day)) for i, title, day in rows.rows]
        self._known = [e.id for e in found]
        return found

    def select(self, query: str) -> Rows:
        """Rows of a SELECT or ASK. Raises RemoteError for an answer that is cut off."""
        data = self._ask(query, _ACCEPT["json"])
        try:
            found = json.loads(data)
            if "boolean" in found:
                return Rows(("ask",), [(bool(found["boolean"]),)])
            columns = tuple(found["head"]["vars"])
            rows = [tuple(_binding(b.get(c)) for c in columns) for b in found["results"]["bindings"]]
        except (ValueError, KeyError, TypeError) as error:
            raise RemoteError(
                f"端点的回答不完整（{type(error).__name__}）", where=self._endpoint, cure="请缩小查询或延长时限"
            ) from None
        return Rows(columns, rows)

    def query(self, query: str, fmt: str) -> bytes:
        """The endpoint's own bytes in a result format."""
        if fmt not in _ACCEPT:
            raise InputError(f"没有 {fmt} 格式", cure="可用 " + "、".join(_ACCEPT))
        return self._ask(query, _ACCEPT[fmt])


def _first_line(error: BaseException) -> str:
    lines = [line for line in str(error).splitlines() if line.strip()]
    return lines[0] if lines else type(error).__name__


def _binding(binding: Any) -> Value:
    return None if binding is None else typed(binding["value"], binding.get("datatype"))
