"""The page of a vocabulary: every term with its name, definition, place in the hierarchy and source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tjkg.namespaces import PREFIXES
from tjkg.web.render import page, short
from tjkg.web.replies import Reply

__all__ = ["vocabulary_page"]

_P = PREFIXES
# kind of term → the classes that make it one, in the order of the page
_KINDS = {
    "class": (_P["owl"] + "Class", _P["rdfs"] + "Class"),
    "object-property": (_P["owl"] + "ObjectProperty",),
    "data-property": (_P["owl"] + "DatatypeProperty", _P["rdf"] + "Property", _P["owl"] + "AnnotationProperty"),
    "fact": (_P["tjkg"] + "Fact",),
    "shape": (_P["sh"] + "NodeShape", _P["sh"] + "PropertyShape"),
    "scheme": (_P["skos"] + "ConceptScheme",),
    "concept": (_P["skos"] + "Concept", _P["tjkg"] + "Code"),
}
_NAME = (_P["skos"] + "prefLabel", _P["rdfs"] + "label", _P["sh"] + "name", _P["dct"] + "title", _P["sh"] + "message")
_TEXT = (_P["skos"] + "definition", _P["rdfs"] + "comment", _P["tjkg"] + "question", _P["sh"] + "description",
         _P["dct"] + "description")
_EXAMPLE = _P["skos"] + "example"
_HIDDEN = {*_NAME, *_TEXT, _EXAMPLE, _P["rdf"] + "type", _P["rdfs"] + "isDefinedBy"}


def _pick(of: Mapping[str, list[tuple[Any, str, bool]]], names: tuple[str, ...], lang: str) -> str | None:
    for wanted in (lang, ""):
        for name in names:
            for value, language, _ in of.get(name, ()):
                if language == wanted:
                    return str(value)
    return None


def vocabulary_page(
    name: str, namespace: str, rows: list[dict[str, Any]], names: Mapping[str, tuple[str, str]], lang: str
) -> Reply:
    """rows: of served-vocabulary; name: ontology, code, fact, list or shape."""
    other = "en" if lang == "zh" else "zh"
    terms: dict[str, dict[str, list[tuple[Any, str, bool]]]] = {}
    for row in rows:
        terms.setdefault(str(row["term"]), {}).setdefault(str(row["p"]), []).append((row["o"], row["lang"] or "", row["isIri"]))
    place = 1 if lang == "en" else 0
    kinds: dict[str, list[dict[str, Any]]] = {kind: [] for kind in [*_KINDS, "other"]}
    for iri, of in terms.items():
        if not iri.startswith(namespace):
            continue
        types = {str(o) for o, _, _ in of.get(_P["rdf"] + "type", ())}
        kind = next((k for k, classes in _KINDS.items() if types & set(classes)), "other")
        kinds[kind].append({
            "iri": iri, "id": iri.removeprefix(namespace), "name": _pick(of, _NAME, lang), "other": _pick(of, _NAME, other),
            "text": _pick(of, _TEXT, lang) or _pick(of, _TEXT, other),
            "examples": [str(o) for o, _, _ in of.get(_EXAMPLE, ())],
            "more": [
                {
                    "name": names.get(p, ("", ""))[place] or short(p), "iri": p,
                    "values": [{"value": o, "iri": is_iri} for o, language, is_iri in values if language in ("", lang)],
                }
                for p, values in of.items() if p not in _HIDDEN
            ],
        })
    head = terms.get(namespace.rstrip("#"), {})
    return page(
        "vocabulary.html", lang, name=name, namespace=namespace, title=_pick(head, _NAME, lang), text=_pick(head, _TEXT, lang),
        kinds={kind: of for kind, of in kinds.items() if of},
    )
