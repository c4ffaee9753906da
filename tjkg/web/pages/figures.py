"""Three figures, each with its table and CSV: who pays in which domain, indicators 2020 → 2025, what is structured."""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import Any

from tjkg.auditing.completeness import ASPECTS, STATES, of_service
from tjkg.messages import say as message
from tjkg.query import run
from tjkg.web.pages.asked import Asked
from tjkg.web.pages.shelf import Shelf
from tjkg.web.pages.view import shown
from tjkg.web.replies import Reply
from tjkg.web.words import say

__all__ = ["FIGURES", "csv_bytes", "figure", "figure_rows", "figures"]

Json = dict[str, Any]
FIGURES = ("payers", "indicators", "completeness")
_SHADES = 6  # steps of the heat map's colour
_SCALE = 100  # per cent of change that the bar of an indicator can show


def _payers(shelf: Shelf) -> Json:
    """Payer × domain: how many services; shade 0 to 6 by the largest number."""
    counts = {(str(p), str(d)): int(str(n)) for p, d, n in run(shelf.store, "payers-by-domains").rows}
    domains = sorted({d for _, d in counts}, key=lambda d: shelf.labels["domain"][d].order)
    totals = Counter[str]()
    for (payer, _), n in counts.items():
        totals[payer] += n
    payers = [p for p, _ in totals.most_common()]
    most = max(counts.values(), default=1)
    rows = [
        {"payer": p, "total": totals[p], "cells": [
            {"domain": d, "n": counts.get((p, d), 0), "shade": -(-counts.get((p, d), 0) * _SHADES // most)} for d in domains
        ]} for p in payers
    ]
    return {"domains": domains, "rows": rows}


def _change(indicator: Json) -> Json:
    """The indicator with its relative change in per cent (None: no two numbers), and the bar that shows it.

    bar: (x, width) on a scale from -100 to 100 whose middle is 0; beyond: the change is larger than that.
    """
    low, high = indicator["baseline"]["value"], indicator["target"]["value"]
    if not all(isinstance(v, (int, float)) for v in (low, high)) or not low:
        return {**indicator, "change": None}
    change = round(100 * (high - low) / low, 1)
    shown = max(-_SCALE, min(_SCALE, change))
    return {
        **indicator, "change": change, "bar": (min(0, shown), abs(shown)), "beyond": abs(change) > _SCALE,
        "trend": "up" if high > low else "down" if high < low else "same",
    }


def _indicators(shelf: Shelf) -> Json:
    services: dict[str, list[str]] = {}
    for service, found in shelf.indicators_of.items():
        for indicator in found:
            services.setdefault(indicator["name"], []).append(service)
    by_domain: dict[str, list[Json]] = {}
    for indicator in shelf.catalogue["indicators"]:
        by_domain.setdefault(indicator["domain"], []).append(
            {**_change(indicator), "services": services.get(indicator["name"], [])}
        )
    first = shelf.catalogue["indicators"][0] if shelf.catalogue["indicators"] else None
    return {"by_domain": by_domain, "years": (first["baseline"]["year"], first["target"]["year"]) if first else ("", "")}


def _completeness(shelf: Shelf) -> Json:
    states = of_service(shelf.completeness)
    counts = {a: Counter(s[a] for s in states.values()) for a in ASPECTS}
    by_domain: dict[str, list[tuple[str, dict[str, str]]]] = {}
    for name, found in states.items():
        by_domain.setdefault(shelf.services[name]["domain"], []).append((name, found))
    return {"aspects": ASPECTS, "states": tuple(reversed(STATES)), "counts": counts, "by_domain": by_domain}


_MADE = {"payers": _payers, "indicators": _indicators, "completeness": _completeness}


def figures(shelf: Shelf, asked: Asked) -> Reply:
    """The list of figures."""
    return shown("figures", asked, shelf, figures=FIGURES)


def figure(shelf: Shelf, asked: Asked) -> Reply:
    """One figure: its chart (where a script can draw it), its table, its CSV."""
    return shown(f"figure_{asked.name}", asked, shelf, figure=asked.name, **_MADE[asked.name](shelf))


def figure_rows(shelf: Shelf, asked: Asked) -> tuple[list[str], list[list[object]]]:
    """(columns, rows) of a figure, for its CSV."""
    lang = asked.lang
    if asked.name == "payers":
        made = _payers(shelf)
        return [say("payer", lang), *made["domains"]], [[r["payer"], *(c["n"] for c in r["cells"])] for r in made["rows"]]
    if asked.name == "indicators":
        heads = [say(k, lang) for k in ("domain", "indicator", "unit", "baseline", "target", "bindingness", "note", "line")]
        return heads, [
            [i["domain"], i["name"], i["unit"], i["baseline"]["text"], i["target"]["text"], i["property"],
             i["baseline"]["note"] or i["note"], i["line"]]
            for i in shelf.catalogue["indicators"]
        ]
    heads = [say("service", lang), say("row", lang), *(say(a, lang) for a in ASPECTS)]
    return heads, [
        [r.service, r.number, *(message(f"state-{r.states[a]}", lang) for a in ASPECTS)] for r in shelf.completeness
    ]


def csv_bytes(columns: list[str], rows: list[list[object]]) -> bytes:
    """A CSV with a byte order mark, so that spreadsheets read the Chinese."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return ("\ufeff" + out.getvalue()).encode()
