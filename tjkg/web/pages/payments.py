"""Who pays as a small chart: one bar for each split that the plan states, and who pays without a ratio."""

from __future__ import annotations

from typing import Any

from tjkg.web.pages.shelf import Shelf

__all__ = ["LEVELS", "bars", "level_class"]

Json = dict[str, Any]
# levels of government that have a colour of their own; anybody else shares one
LEVELS = ("central", "city", "district")


def level_class(shelf: Shelf, payer: str) -> str:
    """The level of a payer: central, city, district or other."""
    label = shelf.labels.get("payer", {}).get(payer)
    return label.level if label is not None and label.level in LEVELS else "other"


def bars(shelf: Shelf, service: Json) -> list[Json]:
    """Splits: {"standard", "pays_for", "condition", "of", "parts": [{"payer", "percent", "level", "at"}], "whole"}.

    at: per cent before the part; whole: whether the parts make 100. Entries without a ratio are no bar.
    """
    found: dict[tuple[Any, ...], Json] = {}
    for entry in service["funding"]:
        if entry["percent"] is None or entry["to"] is not None:
            continue
        key = (tuple(entry["standard"]), entry["pays_for"], entry["condition"], entry["of"])
        bar = found.setdefault(key, {
            "standard": entry["standard"], "pays_for": entry["pays_for"], "condition": entry["condition"],
            "of": entry["of"], "parts": [],
        })
        at = sum(p["percent"] for p in bar["parts"])
        bar["parts"].append({
            "payer": entry["payer"], "percent": entry["percent"], "level": level_class(shelf, entry["payer"]), "at": at,
        })
    kept = [b for b in found.values() if sum(p["percent"] for p in b["parts"]) <= 100]
    return [{**b, "whole": sum(p["percent"] for p in b["parts"]) == 100} for b in kept]
