"""Files to take away: a service as workbook, Turtle or JSON, a group's services as a workbook, a figure as CSV."""

from __future__ import annotations

import json
from typing import Any

from tjkg.query import internal
from tjkg.report.sheets import workbook
from tjkg.web.pages.asked import Asked
from tjkg.web.pages.figures import csv_bytes, figure_rows
from tjkg.web.pages.group import group_rows
from tjkg.web.pages.shelf import Shelf
from tjkg.web.replies import MEDIA, Reply
from tjkg.web.words import say

__all__ = ["figure_csv", "group_xlsx", "service_json", "service_ttl", "service_xlsx"]

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LARGEST = 16 * 1024 * 1024  # bytes
_STANDARD = ("row", "target", "standard", "funding", "coverage", "line")
_SHEETS: dict[str, tuple[str, ...]] = {
    "benefits": ("standard", "item", "role", "text", "value", "min", "max", "unit", "per", "period", "recipient", "condition",
                 "of", "rule", "derived", "quote", "line"),
    "funding": ("standard", "payer", "role", "pays_for", "percent", "of", "to", "condition", "derived", "quote", "line"),
    "coverage_targets": ("standard", "kind", "subject", "operator", "value", "unit", "quote", "line"),
    "groups": ("name", "relation", "quote", "line"),
    "agencies": ("name", "role", "basis", "citation", "quote", "line"),
}


def _flat(value: Any) -> object:
    return "、".join(map(str, value)) if isinstance(value, list) else value


def service_xlsx(shelf: Shelf, asked: Asked) -> Reply:
    """A sheet of the standards verbatim, and one for each kind of statement."""
    service, lang = shelf.service(asked.name), asked.lang
    standards = [[s["number"], *(s[k] for k in _STANDARD[1:5]), s["lines"][0]] for s in service["standards"]]
    sheets: list[tuple[str, list[str], list[list[object]]]] = [
        (say("standards", lang), [say(k, lang) for k in _STANDARD], standards)
    ]
    for key, columns in _SHEETS.items():
        rows = [[_flat(entry.get(c)) for c in columns] for entry in service[key]]
        sheets.append((say(key, lang), [say(f"column-{c}", lang) for c in columns], rows))
    return Reply(workbook(sheets), _XLSX)


def service_json(shelf: Shelf, asked: Asked) -> Reply:
    """As `tjkg show --format json`."""
    return Reply(json.dumps(shelf.service(asked.name), ensure_ascii=False, indent=1).encode(), "application/json")


def service_ttl(shelf: Shelf, asked: Asked) -> Reply:
    """Everything said of the service, as Turtle."""
    query = internal("page-service-triples", {"service": shelf.service(asked.name)["iri"]})
    data, _, _ = shelf.store.bounded(query, "json", "ttl", _LARGEST)
    return Reply(data, MEDIA["ttl"])


def group_xlsx(shelf: Shelf, asked: Asked) -> Reply:
    """The group's services with the four cells of each standard."""
    columns, rows = group_rows(shelf, asked)
    told = [[say(f"section-{r[0]}", asked.lang), *r[1:]] for r in rows]
    return Reply(workbook([(say("services", asked.lang), [say(c, asked.lang) for c in columns], told)]), _XLSX)


def figure_csv(shelf: Shelf, asked: Asked) -> Reply:
    """The figure's table."""
    return Reply(csv_bytes(*figure_rows(shelf, asked)), MEDIA["csv"])
