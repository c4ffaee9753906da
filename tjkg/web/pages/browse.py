"""The catalogue by facets (category, domain, group, payer, agency) and by words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from tjkg.web.pages.asked import Asked
from tjkg.web.pages.lit import Phrase, lit
from tjkg.web.pages.shelf import Shelf
from tjkg.web.pages.view import shown
from tjkg.web.replies import Reply

__all__ = ["FACETS", "browse", "found"]

Json = dict[str, Any]
FACETS = ("category", "domain", "group", "payer", "agency", "open")
_SHOWN = 9  # values of a facet shown before the others are folded away
_AROUND = 18  # characters shown around a word found in a cell


class Hit(NamedTuple):
    """A service found by words: how (name, alias, text), and for text the cell and the words around."""

    service: Json
    how: str
    cell: str | None = None
    snippet: Any = None


def _values(shelf: Shelf, service: Json) -> dict[str, set[str]]:
    """The values of each facet that a service has."""
    entry = shelf.entries[service["name"]]
    return {
        "category": {service["category"]} - {None}, "domain": {service["domain"]},
        "group": {above for g in entry.groups for above in shelf.scheme.above(g)},
        "payer": set(service["payers"]), "agency": {a["name"] for a in service["agencies"]},
        "open": {"all"} if service["universal"] else {"named"},
    }


def found(shelf: Shelf, asked: Asked, words: str) -> list[Hit]:
    """Services whose name, other names (pinyin initials too) or cells have the words, best first."""
    if not words:
        return [Hit(s, "") for s in shelf.services.values()]
    low = words.lower()
    terms = {t["label"]: t for t in shelf.edition.terms if t["kind"] == "service"}
    hits: list[tuple[int, Hit]] = []
    for name, service in shelf.services.items():
        term = terms.get(name, {"aliases": [], "initials": []})
        if low in name.lower():
            hits.append((0, Hit(service, "name")))
        elif any(low in alias.lower() for alias in term["aliases"]):
            alias = next(a for a in term["aliases"] if low in a.lower())
            hits.append((1, Hit(service, "alias", snippet=alias)))
        elif low.isascii() and any(i.startswith(low) for i in term["initials"]):
            hits.append((2, Hit(service, "initials")))
        elif (hit := _in_cells(service, words)) is not None:
            hits.append((3, hit))
    return [hit for _, hit in sorted(hits, key=lambda pair: pair[0])]


def _in_cells(service: Json, words: str) -> Hit | None:
    for standard in service["standards"]:
        for key in ("target", "standard", "funding", "coverage"):
            text = standard[key]
            at = text.find(words)
            if at >= 0:
                low, high = max(0, at - _AROUND), min(len(text), at + len(words) + _AROUND)
                piece = ("…" if low else "") + text[low:high] + ("…" if high < len(text) else "")
                shift = at - low + (1 if low else 0)
                return Hit(service, "text", key, lit(piece, 0, [Phrase(shift, shift + len(words), "hit")], ids=False))
    return None


def _facet(
    shelf: Shelf, name: str, services: Iterable[Json], chosen: dict[str, str], url: Callable[..., str]
) -> Json:
    """The values of a facet with the counts that the other filters leave, and the link that chooses each."""
    counts = Counter[str]()
    for service in services:
        values = _values(shelf, service)
        if all(chosen[f] in values[f] for f in chosen if f in FACETS and f != name):
            counts.update(values[name])
    order = {label: n for n, label in enumerate(shelf.labels.get(name, {}))}
    by_order = name in ("category", "domain")
    ranked = sorted(counts.items(), key=lambda p: (order.get(p[0], 999),) if by_order else (-p[1], order.get(p[0], 999)))
    rest = {k: v for k, v in chosen.items() if k != name}
    links = [
        {"value": value, "count": count, "chosen": chosen.get(name) == value,
         "href": url("/services", **(rest if chosen.get(name) == value else {**rest, name: value}))}
        for value, count in ranked
    ]
    return {"name": name, "values": links[:_SHOWN], "more": links[_SHOWN:], "chosen": chosen.get(name)}


def browse(shelf: Shelf, asked: Asked) -> Reply:
    """The page: facets beside the services that pass them."""
    words = asked.value("q")
    chosen = {f: asked.query[f] for f in FACETS if asked.query.get(f)}
    if words:
        chosen["q"] = words
    hits = found(shelf, asked, words)
    kept = [h for h in hits if all(chosen[f] in _values(shelf, h.service)[f] for f in chosen if f in FACETS)]
    return shown(
        "browse", asked, shelf, words=words, hits=kept, total=len(shelf.services),
        facets=[_facet(shelf, f, [h.service for h in hits], chosen, asked.url) for f in FACETS], chosen=chosen,
        removed={f: asked.url("/services", **{k: v for k, v in chosen.items() if k != f}) for f in chosen},
    )
