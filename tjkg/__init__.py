"""tjkg: a plan of public services as a graph that people can ask, check and compare.

    >>> import tjkg
    >>> kg = tjkg.open()
    >>> kg.plan
    'tianjin-2021'
    >>> kg.show("老年人助餐服务")["shares"][0]["percent"]
    40
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tjkg.errors import TjkgError

if TYPE_CHECKING:
    from tjkg.knowledge import KnowledgeGraph

__all__ = ["TjkgError", "open"]
__version__ = "1.0.0"


def open(plan: str | None = None, on: str | None = None, endpoint: str | None = None) -> KnowledgeGraph:
    """The knowledge graph of an edition.

    plan: id of the edition; on: ISO date, the edition in force that day; neither: the latest.
    endpoint: URL of a SPARQL 1.1 endpoint that holds the data; default: the data shipped with tjkg.

    Raises:
        NotFoundError: no such edition. RemoteError: the endpoint does not answer.
    """
    from tjkg.knowledge import KnowledgeGraph
    from tjkg.store import open_local, open_remote

    return KnowledgeGraph(open_remote(endpoint, plan, on) if endpoint else open_local(plan, on))
