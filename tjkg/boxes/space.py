"""The cells of every fact, as bits: values of a code, yes and no, or the ranges between cuts; and NA."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping

from tjkg.facts import NA, Fact, Facts, Tree, bound, number_of, parts, text_of

__all__ = ["HIGH", "LOW", "Cut", "Space", "atoms", "cuts_of"]

Cut = tuple[float, int]

LOW, HIGH = (0.0, 0), (float("inf"), 0)  # no number of an applicant is negative


def atoms(tree: Tree) -> Iterator[Tree]:
    """The atoms of a condition, left to right."""
    if "fact" in tree:
        yield tree
    for part in parts(tree):
        yield from atoms(part)


def _interval(fact: Fact, op: str, value: object) -> tuple[Cut, Cut]:
    number = number_of(fact, value)
    if op == ">=":
        return bound(fact, number, False), HIGH
    if op == ">":
        return bound(fact, number, True), HIGH
    if op == "<=":
        return LOW, bound(fact, number, True)
    if op == "<":
        return LOW, bound(fact, number, False)
    return bound(fact, number, False), bound(fact, number, True)


def cuts_of(facts: Facts, trees: Iterable[Tree]) -> dict[str, set[Cut]]:
    """Where the numbers of these conditions change: fact → cuts."""
    found: dict[str, set[Cut]] = {}
    for tree in trees:
        for atom in atoms(tree):
            fact = facts[atom["fact"]]
            if fact.numeric:
                found.setdefault(fact.id, set()).update(_interval(fact, atom["op"], atom["value"]))
    return found


class Space:
    """The cells of every fact: values of a code, yes and no, or the ranges between cuts; and NA."""

    def __init__(self, facts: Facts, cuts: Mapping[str, Iterable[Cut]]) -> None:
        self.facts = facts
        self.full: dict[str, int] = {}
        self.cells: dict[str, tuple[str, ...]] = {}
        self.edges: dict[str, list[Cut]] = {}
        self._bit: dict[str, dict[str, int]] = {}
        self._atoms: dict[int, tuple[Tree, str, int]] = {}  # by identity, with the atom that keeps it
        self.words: dict[tuple[int, str], tuple[Tree, str]] = {}  # phrases already put in words
        for fact in facts.values():
            if fact.kind == "definition":
                continue
            if fact.numeric:
                self.edges[fact.id] = edges = sorted({*cuts.get(fact.id, ()), LOW, HIGH})
                count = len(edges)  # len - 1 ranges and NA
            else:
                names = ("true", "false", NA) if fact.multiple or fact.type == "boolean" else (*fact.values, NA)
                count = len(names)
                bits = {name: 1 << i for i, name in enumerate(names)}
                for variable in fact.variables:
                    self.cells[variable] = names
                    self._bit[variable] = bits
            for variable in fact.variables:
                self.full[variable] = (1 << count) - 1

    def na(self, variable: str) -> int:
        """The bit of “not applicable”: the last."""
        return (self.full[variable] + 1) >> 1

    def values(self, variable: str, names: Iterable[str]) -> int:
        """The bits of values of a code, or of true and false. KeyError for an unknown value."""
        bits = self._bit[variable]
        mask = 0
        for name in names:
            mask |= bits[name]
        return mask

    def range(self, variable: str, low: Cut, high: Cut) -> int:
        """The bits of the ranges that lie in, or touch, [low, high)."""
        edges = self.edges[variable]
        first = bisect_left(edges, low)
        if first == len(edges) or edges[first] > low:
            first -= 1
        last = bisect_left(edges, high)
        return (1 << last) - (1 << first) if last > first else 0

    def atom(self, atom: Tree) -> tuple[str, int]:
        """The variable of an atom and the values for which it holds."""
        known = self._atoms.get(id(atom))
        if known is None:
            known = self._atoms[id(atom)] = (atom, *self._read(atom))
        return known[1], known[2]

    def _read(self, atom: Tree) -> tuple[str, int]:
        fact, op, value = self.facts[atom["fact"]], atom["op"], atom["value"]
        if op == "has":
            variable = f"{fact.id}.{value}"
            return variable, self.values(variable, ("true",))
        if fact.numeric:
            return fact.id, self.range(fact.id, *_interval(fact, op, value))
        chosen = value if op == "in" else [value]
        return fact.id, self.values(fact.id, (_name(v) for v in chosen))

    def ranges(self, variable: str, mask: int) -> list[tuple[Cut, Cut]]:
        """The bits of a number as the fewest [low, high) ranges (NA left out)."""
        edges, found = self.edges[variable], list[tuple[Cut, Cut]]()
        for i in range(len(edges) - 1):
            if mask >> i & 1:
                if found and found[-1][1] == edges[i]:
                    found[-1] = (found[-1][0], edges[i + 1])
                else:
                    found.append((edges[i], edges[i + 1]))
        return found

    def names(self, variable: str, mask: int) -> list[str]:
        """The bits of a code as its values."""
        return [name for i, name in enumerate(self.cells[variable]) if mask >> i & 1]

    def describe(self, variable: str, mask: int) -> list[str]:
        """The bits as short texts: values, or ranges like 60..79 (ends as they are written)."""
        fact = self.facts.of(variable)
        if not fact.numeric:
            return self.names(variable, mask)
        return [_range_text(fact, low, high) for low, high in self.ranges(variable, mask)]


def _name(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _range_text(fact: Fact, low: Cut, high: Cut) -> str:
    whole = fact.type != "decimal"
    start = "" if low == LOW else text_of(fact, low[0])
    end = "" if high == HIGH else text_of(fact, high[0] - 1 if whole else high[0])
    if start and start == end:
        return start
    return f"{start}..{end}"
