"""Which page is made by which function: one table, for the worker."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from tjkg.messages import Lang
from tjkg.web.edition import EditionData
from tjkg.web.pages.answer import answer
from tjkg.web.pages.asked import Asked
from tjkg.web.pages.browse import browse
from tjkg.web.pages.document import plan
from tjkg.web.pages.downloads import figure_csv, group_xlsx, service_json, service_ttl, service_xlsx
from tjkg.web.pages.figures import FIGURES, figure, figures
from tjkg.web.pages.group import group, groups
from tjkg.web.pages.keeping import changes, findings
from tjkg.web.pages.paths import POSTED
from tjkg.web.pages.screening import screen
from tjkg.web.pages.service import service
from tjkg.web.pages.shelf import Shelf, shelf
from tjkg.web.pages.start import start
from tjkg.web.replies import Reply

__all__ = ["READING_TASKS", "VIEWS", "prepare"]

VIEWS: Mapping[str, Callable[[Shelf, Asked], Reply]] = MappingProxyType({
    "start": start, "ask": answer, "services": browse, "service": service, "service.xlsx": service_xlsx,
    "service.json": service_json, "service.ttl": service_ttl, "groups": groups, "group": group, "group.xlsx": group_xlsx,
    "screen": screen, "plan": plan, "figures": figures, "figure": figure, "figure.csv": figure_csv, "findings": findings,
    "changes": changes,
})


def prepare(edition: EditionData) -> None:
    """Makes what pages need once, by making the pages that need most."""
    first = Asked("zh")
    for name in ("start", "services", "groups", "screen", "plan", "findings"):
        VIEWS[name](shelf(edition), first)
    for name in FIGURES:
        figure(shelf(edition), Asked("zh", name=name))


@lru_cache(maxsize=128)
def _lasting(edition: EditionData, view: str, lang: Lang, carry: str | None, name: str, query: tuple[tuple[str, str], ...]) -> Reply:
    """A page that nothing personal goes into: made once, for as long as it is asked for."""
    return VIEWS[view](shelf(edition), Asked(lang, carry, name, dict(query)))


def _view(edition: EditionData, args: dict[str, Any]) -> Reply:
    """view: its name in VIEWS; the rest: see `Asked`."""
    view, asked = str(args["view"]), Asked.of(args)
    if view in POSTED:
        return VIEWS[view](shelf(edition), asked)
    return _lasting(edition, view, asked.lang, asked.carry, asked.name, tuple(asked.query.items()))


READING_TASKS = {"view": _view}
