"""Groups: the list of them, and for one of them which services all of it, a part of it or everybody may have."""

from __future__ import annotations

from typing import Any

from tjkg.errors import NotFoundError
from tjkg.query import run
from tjkg.services import select
from tjkg.web.pages.asked import Asked
from tjkg.web.pages.shelf import Shelf
from tjkg.web.pages.start import groups_by_services
from tjkg.web.pages.view import shown
from tjkg.web.replies import Reply

__all__ = ["group", "group_rows", "groups"]

Json = dict[str, Any]
_ORDER = ("all", "some", "unknown", "universal", "none")


def groups(shelf: Shelf, asked: Asked) -> Reply:
    """The list: groups with the number of services that name them, the broad ones first."""
    counts = groups_by_services(shelf)
    words = asked.value("q")
    kept = [(name, n) for name, n in counts if words in name]
    return shown("groups", asked, shelf, groups=kept, words=words)


def _screened(shelf: Shelf, name: str, asked: Asked) -> list[Json] | None:
    """The verdict on every standard for a group that facts define; None for others."""
    screener = shelf.edition.screener
    try:
        about, statements = screener.named_group(name)
    except NotFoundError:
        return None
    found: list[Json] = screener.screen(screener.applicant(statements, about), group=True, lang=asked.lang)["results"]
    return found


def _sections(shelf: Shelf, name: str, results: list[Json] | None) -> dict[str, list[Json]]:
    """all, some, unknown, universal, none → results; by criteria where facts define the group, else by who is named."""
    named = {e.name: e.applies for e in select(shelf.store, [name], some=True, screener=shelf.edition.screener)}
    found: dict[str, list[Json]] = {key: [] for key in _ORDER}
    if results is None:
        for service, applies in named.items():
            universal = shelf.entries[service].universal and applies == "all"
            key = "universal" if universal else "some" if applies == "some" else "all"
            found[key].append({"service": service, "standard": 1, "because": [], "splits_on": None, "benefits": [], "missing": [],
                               "delegated": [], "plan_silent": [], "readings": [], "named": applies == "named"})
        return found
    for result in results:
        verdict = result["verdict"]
        key = "universal" if result["universal"] and verdict != "none" else verdict  # open to every resident
        found[key].append({**result, "named": named.get(result["service"]) == "named"})
    for key in ("all", "some", "unknown"):
        found[key].sort(key=lambda r: not r["named"])
    return found


def group(shelf: Shelf, asked: Asked) -> Reply:
    """The page of a group. Raises NotFoundError."""
    name = shelf.scheme.find(asked.name)
    results = _screened(shelf, name, asked)
    sections = _sections(shelf, name, results)
    scheme = shelf.scheme
    facts = shelf.edition.screener.criteria.facts
    quotes: dict[str, Json] = {}
    below = scheme.below(name)
    for service in shelf.services.values():
        for mention in service["groups"]:
            if mention["name"] in below and mention["start"] is not None:
                quotes.setdefault(service["name"], mention)
    return shown(
        "group", asked, shelf, group=name, sections=sections, quotes=quotes, screened=results is not None,
        broader=sorted(scheme.above(name) - {name}), narrower=sorted(below - {name}), several={
            s: len(v["standards"]) > 1 for s, v in shelf.services.items()
        }, tasks=_tasks(shelf, name), services=shelf.services,
        labels={f.id: f.label if asked.lang == "zh" else f.label_en or f.label for f in facts.values()},
    )


def _tasks(shelf: Shelf, name: str) -> list[Json]:
    """Tasks and projects that speak of the group, each once."""
    found: dict[str, Json] = {}
    for row in run(shelf.store, "tasks-naming-group", {"group": name}).dicts():
        found.setdefault(str(row["title"]), dict(row))
    return list(found.values())


def group_rows(shelf: Shelf, asked: Asked) -> tuple[list[str], list[list[object]]]:
    """(columns, rows) of the page as a table: keys of words in the columns."""
    rows: list[list[object]] = []
    name = shelf.scheme.find(asked.name)
    for key, results in _sections(shelf, name, _screened(shelf, name, asked)).items():
        for result in results:
            service = shelf.services[result["service"]]
            standard = next(s for s in service["standards"] if s["number"] == result["standard"])
            split = result["splits_on"]
            rows.append([
                key, result["service"], result["standard"], service["category"], service["domain"],
                f"{split['label']}：{split['how']}" if split else "", standard["target"], standard["standard"],
                standard["funding"], standard["coverage"], standard["lines"][0],
            ])
    return ["applies", "service", "row", "category", "domain", "splits", "target", "standard", "funding", "coverage", "line"], rows
