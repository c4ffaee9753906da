"""The start page: one question box, examples, and the doors to everything else."""

from __future__ import annotations

from collections import Counter
from typing import Any

from tjkg.ask.intents import INTENTS
from tjkg.web.pages.asked import Asked
from tjkg.web.pages.shelf import Shelf
from tjkg.web.pages.view import shown
from tjkg.web.replies import Reply

__all__ = ["EXAMPLES", "groups_by_services", "start"]

# the intents whose examples invite a first question
_INVITING = ("services_for", "may_get", "amount", "who_pays", "rate", "target_group", "definition", "indicator")
EXAMPLES = [intent.example for name in _INVITING for intent in INTENTS if intent.name == name]
_GROUPS = 12


def groups_by_services(shelf: Shelf) -> list[tuple[str, int]]:
    """(group, services that name it or a kind of it), most services first."""
    counts = Counter[str]()
    for entry in shelf.entries.values():
        counts.update({above for group in entry.groups for above in shelf.scheme.above(group)})
    order = list(shelf.labels.get("group", {}))
    return sorted(counts.items(), key=lambda pair: (-pair[1], order.index(pair[0]) if pair[0] in order else 0))


def _counted(shelf: Shelf, key: str) -> list[tuple[str, int]]:
    counts = Counter(str(s[key]) for s in shelf.services.values() if s[key])
    order = shelf.labels.get(key, {})
    return sorted(counts.items(), key=lambda pair: order[pair[0]].order if pair[0] in order else 0)


def start(shelf: Shelf, asked: Asked) -> Reply:
    """The page."""
    catalogue: dict[str, Any] = shelf.catalogue
    return shown(
        "start", asked, shelf, examples=EXAMPLES, categories=_counted(shelf, "category"), domains=_counted(shelf, "domain"),
        groups=groups_by_services(shelf)[:_GROUPS], services=len(shelf.services),
        standards=sum(len(s["standards"]) for s in shelf.services.values()), indicators=len(catalogue["indicators"]),
        measures=sum(len(catalogue[key]) for key in ("tasks", "projects", "measures")),
    )
