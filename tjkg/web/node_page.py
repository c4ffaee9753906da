"""The page of a node: what is said of it, with names and quotes, and what points to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tjkg.namespaces import PREFIXES, TJKG
from tjkg.web.render import page, short
from tjkg.web.replies import Reply

__all__ = ["node_page"]

Row = Mapping[str, Any]
_TYPE = PREFIXES["rdf"] + "type"
_NAMES = (PREFIXES["skos"] + "prefLabel", PREFIXES["dct"] + "title", PREFIXES["rdfs"] + "label", PREFIXES["oa"] + "exact")


def _values(rows: Iterable[Row], lang: str) -> list[dict[str, Any]]:
    """The values of one property, one entry each, with the name in the language asked for (else in Chinese)."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for row in rows:
        key = (str(row["value"]), str(row["lang"]))
        entry = found.setdefault(key, {
            "value": row["value"], "iri": row["isIri"], "lang": row["lang"], "name": None, "classes": [], "line": row["line"],
        })
        if row["name"] is not None and (entry["name"] is None or row["nameLang"] == lang):
            entry["name"] = row["name"]
        if row["class"] is not None and row["class"] not in entry["classes"]:
            entry["classes"].append(row["class"])
    return list(found.values())


def _properties(rows: Sequence[Row], names: Mapping[str, tuple[str, str]], lang: str) -> list[dict[str, Any]]:
    by_property: dict[str, list[Row]] = {}
    for row in rows:
        by_property.setdefault(str(row["property"]), []).append(row)
    place = 1 if lang == "en" else 0
    return [
        {"iri": iri, "name": names.get(iri, (None, None))[place] or short(iri), "values": _values(of, lang)}
        for iri, of in by_property.items()
    ]


def _title(out: list[dict[str, Any]], iri: str, lang: str) -> str:
    for name in _NAMES:
        for entry in out:
            if entry["iri"] == name:
                values = sorted(entry["values"], key=lambda v: v["lang"] != lang)
                return str(values[0]["value"])
    return short(iri).removeprefix("id:").rpartition("/")[2]


def node_page(iri: str, rows: Sequence[Row], names: Mapping[str, tuple[str, str]], lang: str) -> Reply:
    """rows: of served-node-rows."""
    out = _properties([r for r in rows if r["way"] == "out"], names, lang)
    types: list[dict[str, Any]] = next((entry["values"] for entry in out if entry["iri"] == _TYPE), [])
    quotes = [
        value for entry in out for value in entry["values"]
        if value["line"] is not None and value["name"] and entry["iri"].startswith(str(TJKG))
    ]
    return page(
        "node.html", lang, iri=iri, title=_title(out, iri, lang), types=types, quotes=quotes,
        out=[entry for entry in out if entry["iri"] != _TYPE],
        back=_properties([r for r in rows if r["way"] == "in"], names, lang),
    )
