"""What a worker can do: one table, task → function of (store, arguments)."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from tjkg.catalogue import export, show
from tjkg.services import select
from tjkg.store.served import Served
from tjkg.web.query_task import query
from tjkg.web.replies import Reply

__all__ = ["TASKS", "as_json"]

Args = dict[str, Any]


def as_json(found: Any) -> Reply:
    """Data as the command line prints it."""
    return Reply(json.dumps(found, ensure_ascii=False).encode(), "application/json")


def _services(store: Served, args: Args) -> Reply:
    found = select(
        store, args.get("group", ()), args.get("category"), args.get("domain"), args.get("payer", ()),
        some=bool(args.get("some")),
    )
    return as_json([entry.row() for entry in found])


def _show(store: Served, args: Args) -> Reply:
    return as_json(show(store, str(args["service"])))


def _export(store: Served, args: Args) -> Reply:
    return as_json(export(store))


TASKS: Mapping[str, Callable[[Served, Args], Reply]] = MappingProxyType({
    "query": query, "services": _services, "show": _show, "export": _export,
})
