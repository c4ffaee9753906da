"""Pages that need words and a few numbers: start, about, the API's, the editor's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tjkg.query import library
from tjkg.web.edition import EditionData
from tjkg.web.openapi import document
from tjkg.web.render import page
from tjkg.web.replies import Reply

__all__ = ["PAGE_TASKS"]

Args = dict[str, Any]
_EDITOR = Path(__file__).parent / "static" / "editor.js"  # built from frontend/, in every wheel


def _about(edition: EditionData, args: Args) -> Reply:
    """rows, size, time_limit: the limits to tell; base: the server's address."""
    return page("about.html", args["lang"], **{k: args[k] for k in ("rows", "size", "time_limit", "memory", "base")})


def _api(edition: EditionData, args: Args) -> Reply:
    return page("api.html", args["lang"], api=document())


def _editor(edition: EditionData, args: Args) -> Reply:
    topics: dict[str, list[Any]] = {}
    for question in library().values():
        topics.setdefault(question.topic, []).append(question)
    return page("sparql.html", args["lang"], topics=topics, built=_EDITOR.is_file())


PAGE_TASKS = {"about": _about, "api": _api, "editor": _editor}
