"""The data in a worker, by edition."""

from __future__ import annotations

from datetime import date

from tjkg.iris import GRAPH
from tjkg.resources import ontology_dir
from tjkg.store import choose
from tjkg.store.answers import Edition
from tjkg.store.cache import files
from tjkg.store.served import in_memory, on_disk
from tjkg.web.edition import EditionData

__all__ = ["Stores"]

_LARGE = 400 * 1024 * 1024  # bytes of Turtle beyond which the data stay on disk


class Stores:
    """The store and its editions; opened once, before workers are forked.

    plan, on: the edition used when a request names none (default: the latest in force today).

    Raises:
        DataError, NotFoundError: as `tjkg.store.open_local`.
    """

    def __init__(self, plan: str | None = None, on: str | None = None) -> None:
        found = files()
        self.large = sum(path.stat().st_size for path, _ in found) > _LARGE
        self._store = on_disk() if self.large else in_memory(found)
        self.editions: list[Edition] = self._store.editions()
        self.plan = choose(self.editions, plan, on or date.today().isoformat())
        self._of = self._editions()

    def _editions(self) -> dict[str, EditionData]:
        everything = self._store.of_all()
        shapes = in_memory([(p, GRAPH + "shapes") for p in sorted(ontology_dir().glob("*shapes.ttl"))]).of_all()
        return {
            e.id: EditionData(self._store.of_plan(e.id), everything, shapes, self.of, e.title)
            for e in self.editions
        }

    @property
    def triples(self) -> int:
        """How many there are."""
        return self._store.size()

    def prepare(self) -> None:
        """Makes what is made once of the edition most asked for."""
        if not self.large:
            self._store.merge(self.plan)
            self._of = self._editions()
        self._of[self.plan].prepare()

    def of(self, plan: str | None, on: str | None = None) -> EditionData:
        """An edition, or of the one in force on an ISO date. Raises NotFoundError."""
        if plan is None and on is None:
            return self._of[self.plan]
        return self._of[choose(self.editions, plan, on)]
