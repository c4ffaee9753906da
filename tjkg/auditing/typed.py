"""Which nodes stand for which characters: a passage counts only if its node has a typed value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from tjkg.query import internal
from tjkg.store.answers import Store

__all__ = ["Typed", "covered", "typed"]

# kinds of nodes whose passages carry numbers as numbers
NUMERIC = frozenset({"quantity", "share", "coverage", "atom"})


@dataclass(frozen=True)
class Typed:
    """A node with a typed value and one passage of it.

    kind: quantity | share | coverage | in_kind | rule | atom | agency. printed: its number, unit of
    reckoning (每安置1人) and period as printed. numbers: the values it carries.
    """

    node: str
    kind: str
    start: int
    end: int
    printed: str = ""
    numbers: frozenset[Decimal] = field(default_factory=frozenset)


def typed(store: Store) -> list[Typed]:
    """All of them, in the order of the text."""
    values: dict[str, set[Decimal]] = {}
    for node, value in store.select(internal("typed-numbers")).rows:
        values.setdefault(str(node), set()).add(Decimal(str(value)))
    return [
        Typed(str(node), str(kind), start, end, " ".join(str(w) for w in words if w is not None),
              frozenset(values.get(str(node), ())))
        for node, kind, start, end, *words in store.select(internal("typed-passages")).rows
        if isinstance(start, int) and isinstance(end, int)
    ]


def covered(nodes: Iterable[Typed], length: int) -> bytearray:
    """One byte a character of the text: 1 where a typed node's passage stands."""
    mask = bytearray(length)
    for node in nodes:
        if 0 <= node.start < node.end <= length:
            mask[node.start : node.end] = b"\1" * (node.end - node.start)
    return mask
