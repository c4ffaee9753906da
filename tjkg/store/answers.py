"""What a store gives back: rows of plain values; and which store a caller may expect."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import NamedTuple, Protocol

__all__ = ["Edition", "Rows", "Store", "Value", "typed"]

Value = str | int | float | Decimal | bool | None
_CASTS: dict[str, Callable[[str], Value]] = {
    "integer": int, "decimal": Decimal, "double": float, "boolean": lambda text: text in ("true", "1"),
}


def typed(text: str, datatype: str | None) -> Value:
    """The Python value of a literal: int, Decimal, float, bool, else its text."""
    cast = _CASTS.get((datatype or "").rpartition("#")[2])
    return cast(text) if cast else text


class Rows(NamedTuple):
    """A SELECT result: the variables and, per row, plain values (IRIs and strings as str, None unbound)."""

    columns: tuple[str, ...]
    rows: list[tuple[Value, ...]]

    def dicts(self) -> Iterator[dict[str, Value]]:
        """The rows as dictionaries by column."""
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)


class Edition(NamedTuple):
    """An edition in the store: its id, title, and the ISO date from which it is in force."""

    id: str
    title: str
    valid_from: str


class Store(Protocol):
    """What can be asked of a store, embedded or remote."""

    plan: str
    """Id of the edition in use: default graph = ontology + shared + it; named graphs = all editions."""

    def select(self, query: str) -> Rows:
        """Rows of a SELECT; an ASK gives one column `ask` and one boolean row; CONSTRUCT s, p, o."""

    def query(self, query: str, fmt: str) -> bytes:
        """The result as json, xml, csv, tsv (SELECT, ASK) or ttl, nt, jsonld, rdfxml (CONSTRUCT)."""

    def editions(self) -> list[Edition]:
        """All editions, oldest first."""
