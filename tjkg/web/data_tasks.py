"""Linked data in a worker: nodes, vocabularies, the datasets' description, dumps, in RDF and as pages."""

from __future__ import annotations

from typing import Any

from tjkg.errors import NotFoundError
from tjkg.iris import GRAPH
from tjkg.namespaces import ID, PREFIXES
from tjkg.query import internal
from tjkg.web.edition import EditionData
from tjkg.web.replies import MEDIA, Reply

__all__ = ["DATA_TASKS"]

Args = dict[str, Any]
_LARGEST = 256 * 1024 * 1024
VOCABULARIES = {"ontology": "tjkg", "code": "code", "fact": "fact", "list": "list", "shape": "tjkg-sh"}


def _triples(edition: EditionData, query: str, fmt: str) -> Reply:
    data, fmt, _ = edition.everything.bounded(query, "json", fmt, _LARGEST)
    return Reply(data, MEDIA[fmt])


def _node(edition: EditionData, args: Args) -> Reply:
    """A node of /id/: iri, format (html or of triples), lang."""
    iri = ID + str(args["path"])
    rows = list(edition.everything.select(internal("served-node-rows", {"node": iri})).dicts())
    if not rows:
        raise NotFoundError(f"没有 {iri}", cure="用 SPARQL 或服务清单查找")
    if args["format"] != "html":
        return _triples(edition, internal("served-node", {"node": iri}), args["format"])
    from tjkg.web.node_page import node_page

    return node_page(iri, rows, edition.names, args["lang"])


def _vocabulary(edition: EditionData, args: Args) -> Reply:
    """All terms of a namespace: name, format, lang."""
    name = str(args["name"])
    namespace = PREFIXES[VOCABULARIES[name]]
    store = edition.shapes if name == "shape" else edition.everything
    if args["format"] != "html":
        query = internal("served-vocabulary-triples", {"namespace": namespace.rstrip("#")})
        data, fmt, _ = store.bounded(query, "json", args["format"], _LARGEST)
        return Reply(data, MEDIA[fmt])
    rows = list(store.select(internal("served-vocabulary", {"namespace": namespace.rstrip("#")})).dicts())
    from tjkg.web.vocabulary_page import vocabulary_page

    return vocabulary_page(name, namespace, rows, edition.names, args["lang"])


def _places(args: Args) -> dict[str, str]:
    base = str(args["base"])
    return {
        "void": f"{base}/.well-known/void", "dataset": f"{base}/.well-known/void#tjkg", "endpoint": f"{base}/sparql",
        "dumps": f"{base}/dumps/",
    }


def _void(edition: EditionData, args: Args) -> Reply:
    return _triples(edition, internal("void", _places(args)), args["format"])


def _service_description(edition: EditionData, args: Args) -> Reply:
    base = str(args["base"])
    places = {
        "endpoint": f"{base}/sparql", "dataset": f"{base}/.well-known/void#tjkg",
        "default": f"{base}/.well-known/void#default",
    }
    query = internal("service-description", places)
    data, fmt, _ = edition.store.bounded(query, "json", args["format"], _LARGEST)
    return Reply(data, MEDIA[fmt])


def _graphs(edition: EditionData) -> dict[str, str]:
    return {iri.removeprefix(GRAPH): iri for iri in edition.everything.graph_names()}


def _dump(edition: EditionData, args: Args) -> Reply:
    """A graph, or `tjkg` for all of them: name, format (trig for all only)."""
    known, name, fmt = _graphs(edition), str(args["name"]), str(args["format"])
    if name != "tjkg" and name not in known:
        raise NotFoundError(f"没有图 {name}", cure=f"现有：{'、'.join(known)}、tjkg")
    if fmt == "trig" and name != "tjkg":
        raise NotFoundError("TriG 只用于全部数据", cure="请下载 tjkg.trig，或这个图的 .ttl")
    return Reply(edition.everything.dump(fmt, [] if name == "tjkg" else [known[name]]), MEDIA[fmt])


def _dumps_page(edition: EditionData, args: Args) -> Reply:
    from tjkg.web.render import page

    counts = {
        str(graph): count for graph, count in edition.store.select(internal("served-graphs")).rows
    }
    rows = [{"name": name, "iri": iri, "triples": counts[iri]} for name, iri in _graphs(edition).items()]
    return page("dumps.html", args["lang"], rows=rows, total=edition.everything.size(), plan=edition.store.plan)


DATA_TASKS = {
    "node": _node, "vocabulary": _vocabulary, "void": _void, "service-description": _service_description,
    "dump": _dump, "dumps-page": _dumps_page,
}
