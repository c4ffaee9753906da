"""Where triples are asked: an embedded Oxigraph over the shipped Turtle, or any SPARQL 1.1 endpoint.

Queries are written without GRAPH: the dataset selects (default graph = ontology + shared + one
edition; named graphs = all).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tjkg.errors import DataError, NotFoundError
from tjkg.store.answers import Edition, Rows, Store, Value

if TYPE_CHECKING:
    from tjkg.store.local import Local
    from tjkg.store.remote import Remote

__all__ = ["Edition", "Rows", "Store", "Value", "choose", "open_local", "open_remote"]


def choose(found: Sequence[Edition], plan: str | None, on: str | None) -> str:
    """The edition asked for, else the latest in force on an ISO date, else the latest.

    Raises:
        DataError: there is none at all. NotFoundError: none of that id, or none in force that day.
    """
    if not found:
        raise DataError("没有任何版本", cure="请先运行 tjkg build（远程端点请先 tjkg load）")
    if plan is not None:
        if plan not in [e.id for e in found]:
            raise NotFoundError(f"没有版本 {plan}", cure="现有：" + "、".join(e.id for e in found))
        return plan
    in_force = [e for e in found if on is None or e.valid_from <= on]
    if not in_force:
        raise NotFoundError(f"{on} 还没有生效的版本", cure=f"最早的 {found[0].id} 自 {found[0].valid_from} 起")
    return in_force[-1].id


def open_local(
    plan: str | None = None, on: str | None = None, paths: Sequence[tuple[Path, str]] | None = None
) -> Local:
    """The embedded store of the shipped data, or of other (Turtle file, graph IRI) pairs.

    Raises:
        NotFoundError: no such edition. DataError: broken Turtle, or no edition.
    """
    from tjkg.store.cache import files, open_cached
    from tjkg.store.local import Local

    held = files() if paths is None else paths
    store = Local(open_cached(held))
    store.paths = tuple(held)
    store.plan = choose(store.editions(), plan, on)
    return store


def open_remote(endpoint: str, plan: str | None = None, on: str | None = None, timeout: int = 60) -> Remote:
    """A SPARQL 1.1 endpoint that holds the data (see `tjkg load`); timeout in seconds.

    Raises:
        RemoteError: it does not answer. NotFoundError: no such edition.
    """
    from tjkg.store.remote import Remote

    store = Remote(endpoint, timeout)
    store.plan = choose(store.editions(), plan, on)
    return store
