"""The library's face: one object over one store, for notebooks and programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tjkg.catalogue import export, show
from tjkg.query import library, run
from tjkg.services import select
from tjkg.sparql import check_read_only
from tjkg.store import Rows, Store

if TYPE_CHECKING:
    import pandas as pd
    from rdflib import Graph

__all__ = ["KnowledgeGraph"]


class KnowledgeGraph:
    """An edition of a plan in a store; made by `tjkg.open()`."""

    def __init__(self, store: Store) -> None:
        self.store = store

    @property
    def plan(self) -> str:
        """Id of the edition in use."""
        return self.store.plan

    @property
    def questions(self) -> list[str]:
        """Ids of the competency questions."""
        return list(library())

    def query(self, query: str, **values: str | int) -> Rows:
        """Rows of a question by its id (`kg.query("services-of-group", group="残疾人")`) or of SPARQL text.

        Returns:
            Rows: `.columns` and `.rows` (IRIs and strings as str, numbers as int or Decimal).

        Raises:
            NotFoundError: no such question. InputError: wrong parameters or SPARQL, or an update.
        """
        if not any(sign in query for sign in " \n{"):  # a name, not a query
            return run(self.store, query, {name: str(value) for name, value in values.items()})
        check_read_only(query)
        return self.store.select(query)

    def frame(self, query: str, **values: str | int) -> pd.DataFrame:
        """As `query`, as a pandas DataFrame, one column a variable (needs `pip install tjkg[pandas]`)."""
        import pandas as pd

        found = self.query(query, **values)
        return pd.DataFrame(found.rows, columns=list(found.columns))

    def graph(self) -> Graph:
        """All triples in use (ontology, shared, edition) as an rdflib Graph, with prefixes bound."""
        from tjkg.graph import new_graph

        triples = self.store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "nt")
        return new_graph().parse(data=triples, format="nt")

    def services(self, *groups: str, **filters: Any) -> list[dict[str, object]]:
        """The catalogue, filtered (keys as `tjkg services --format json`); filters as `tjkg.services.select`."""
        return [e.row() for e in select(self.store, groups, **filters)]

    def show(self, service: str) -> dict[str, Any]:
        """One service with everything known (an element of `export`'s services)."""
        return show(self.store, service)

    def export(self) -> dict[str, Any]:
        """The whole catalogue, as `tjkg export --format json`."""
        return export(self.store)
