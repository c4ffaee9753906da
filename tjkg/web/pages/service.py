"""The page of a service: its standards phrase by phrase, what it gives, who pays, who may have it, what is near it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tjkg.web.pages.asked import Asked
from tjkg.web.pages.conditions import is_open_to_all, told
from tjkg.web.pages.lit import lit
from tjkg.web.pages.meanings import meanings
from tjkg.web.pages.payments import bars
from tjkg.web.pages.shelf import Shelf, distinct
from tjkg.web.pages.view import shown
from tjkg.web.replies import Reply

__all__ = ["CELLS", "service"]

Json = dict[str, Any]
CELLS = ("target", "standard", "funding", "coverage")


def _cells(shelf: Shelf, asked: Asked, standard: Json) -> dict[str, Any]:
    """The four cells of a standard with their phrases lit."""
    known = meanings(shelf, asked.lang, asked.carry)
    found = {}
    for key in CELLS:
        place = standard["places"][key]
        if place["start"] is None:
            found[key] = standard[key]
        else:
            text = shelf.text.text[place["start"]:place["end"]]
            inside = [p for p in known.within(place["start"], place["end"]) if p.kind]
            found[key] = lit(text, place["start"], inside, ids=False)
    return found


def _criteria(shelf: Shelf, asked: Asked, name: str) -> list[Json]:
    """Each standard's condition in words, and the further conditions of its benefits."""
    criteria = shelf.edition.screener.criteria
    found = []
    for ruled in criteria.standards:
        if ruled.service == name:
            tree = ruled.criterion.tree
            found.append({
                "number": ruled.number, "state": ruled.criterion.state,
                "told": None if is_open_to_all(tree) else told(tree, criteria.facts, asked.lang),
                "of": {b: told(c.tree, criteria.facts, asked.lang) for b, c in ruled.benefits.items()},
            })
    return found


def _related(shelf: Shelf, found: Json) -> Iterator[tuple[str, str]]:
    """(why, name): services it builds on or that build on it, that exclude it, whose amounts are tied to it, of its section."""
    name = found["name"]
    standards = shelf.edition.screener.criteria.standards
    of_iri = {r.iri: r.service for r in standards}
    for ruled in standards:
        for other in (of_iri.get(iri) for iri in ruled.builds_on):
            if other is not None and other != ruled.service and name in (other, ruled.service):
                yield ("builds-on", other) if ruled.service == name else ("built-on", ruled.service)
        for other in (of_iri.get(iri) for iri in ruled.excludes):
            if other is not None and other != ruled.service and name in (other, ruled.service):
                yield "excludes", other if ruled.service == name else ruled.service
    for benefit in found["benefits"]:
        for key in ("same_as", "follows", "times"):
            for other in shelf.services:
                if other != name and benefit[key] and other in benefit[key]:
                    yield "tied", other
    for other, service in shelf.services.items():
        if other != name and found["section"] and service["section"] == found["section"]:
            yield "section", other


def _by_item(benefits: list[Json]) -> list[tuple[str, list[Json]]]:
    """Benefits of one row and item together, in text order."""
    found: list[tuple[tuple[int, str], list[Json]]] = []
    for benefit in benefits:
        key = (benefit["standard"], benefit["item"] or "")
        if found and found[-1][0] == key:
            found[-1][1].append(benefit)
        else:
            found.append((key, [benefit]))
    return [(key[1], of) for key, of in found]


def service(shelf: Shelf, asked: Asked) -> Reply:
    """The page."""
    found = shelf.service(asked.name)
    related: dict[str, list[str]] = {}
    for why, other in _related(shelf, found):
        if other not in (n for names in related.values() for n in names):
            related.setdefault(why, []).append(other)
    criteria = _criteria(shelf, asked, asked.name)
    start = found["standards"][0]["places"]["target"]["start"]
    return shown(
        "service", asked, shelf, service=found, items=_by_item(found["benefits"]),
        standards=[{**s, "lit": _cells(shelf, asked, s)} for s in found["standards"]],
        criteria=criteria, of_benefit={k: v for c in criteria for k, v in c["of"].items()},
        limits=shelf.beside_audience(found), bars=bars(shelf, found), related=related, indicators=shelf.indicators_of.get(asked.name, []),
        path=shelf.path_to(start) if start is not None else [], cells=CELLS,
        agencies=sorted(found["agencies"], key=lambda a: a["basis"] != "stated"),
        several=len(found["standards"]) > 1,
        groups=distinct(g["name"] for g in found["groups"]),
    )
