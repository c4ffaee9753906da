"""Conditions compiled to maximal boxes: the largest products of value sets inside which they hold.

A box maps a variable (a fact, or a member of a set) to the values it may have, as bits over the
cells of a `Space`; a variable that is not in the box may have any. A box of possibilities of an
applicant lies in the condition exactly when it lies in one maximal box (the set of all prime
implicants, by consensus: Quine 1955, Tison 1967, for variables of many values).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import Any

from tjkg.facts import NA, Contradiction, Fact, Facts, Tree, bound, number_of, parts, text_of

__all__ = [
    "HIGH", "LOW", "Box", "Rules", "Space", "absorb", "atoms", "compile_tree", "cuts_of", "holds", "inside", "intersect", "load", "meets",
    "primes", "store", "stored_cuts",
]

Box = dict[str, int]
Cut = tuple[float, int]
Literal = list[Any]  # values of a code, or [low, side, high, side] intervals; NA among them

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


# ---------------------------------------------------------------- algebra of boxes


def inside(box: Box, other: Box) -> bool:
    """Whether the first lies in the second."""
    for variable, mask in other.items():
        if variable not in box or box[variable] & ~mask:
            return False
    return True


def meets(box: Box, other: Box) -> bool:
    """Whether they have a point in common."""
    for variable, mask in other.items():
        if variable in box and not box[variable] & mask:
            return False
    return True


def intersect(box: Box, other: Box) -> Box | None:
    """What they have in common, or None."""
    result = dict(box)
    for variable, mask in other.items():
        common = result[variable] & mask if variable in result else mask
        if not common:
            return None
        result[variable] = common
    return result


def absorb(boxes: Iterable[Box]) -> list[Box]:
    """The boxes without those that lie in another."""
    kept: list[Box] = []
    for box in sorted(boxes, key=len):
        if not any(inside(box, other) for other in kept):
            kept = [other for other in kept if not inside(other, box)]
            kept.append(box)
    return kept


def _consensus(a: Box, b: Box, full: Mapping[str, int]) -> Iterator[Box]:
    """The boxes that lie in the union of both and reach from one into the other."""
    rest: Box = {}
    closed: str | None = None  # a variable on which they have nothing in common
    for variable in a.keys() | b.keys():
        common = a.get(variable, full[variable]) & b.get(variable, full[variable])
        if not common:
            if closed is not None:
                return
            closed = variable
        else:
            rest[variable] = common
    for variable in [closed] if closed is not None else list(a.keys() & b.keys()):
        union = a[variable] | b[variable]
        if union in (a[variable], b[variable]):
            continue
        box = {v: m for v, m in rest.items() if v != variable and m != full[v]}
        if union != full[variable]:
            box[variable] = union
        yield box


def primes(boxes: Iterable[Box], full: Mapping[str, int]) -> list[Box]:
    """All maximal boxes of the union of some boxes."""
    kept = absorb(boxes)
    fresh = kept
    while fresh:
        old = [box for box in kept if box not in fresh]
        pairs = [*combinations(fresh, 2), *product(fresh, old)]
        made: list[Box] = []
        for a, b in pairs:
            for box in _consensus(a, b, full):
                if not any(inside(box, other) for other in kept) and not any(inside(box, m) for m in made):
                    made.append(box)
        kept = absorb([*kept, *made])
        fresh = [box for box in made if box in kept]
    return kept


def _joined(alternatives: Sequence[list[Box]]) -> list[Box]:
    """AND of ORs of boxes, multiplied out."""
    result: list[Box] = [{}]
    for boxes in alternatives:
        result = absorb(c for a in result for b in boxes if (c := intersect(a, b)) is not None)
    return result


def holds(tree: Tree, space: Space, wanted: bool) -> list[Box]:
    """Boxes whose union is where the condition is true (or, not wanted, where it is false)."""
    if "fact" in tree:
        variable, mask = space.atom(tree)
        mask = mask if wanted else space.full[variable] & ~mask
        return [] if not mask else [{}] if mask == space.full[variable] else [{variable: mask}]
    if "not" in tree:
        return holds(tree["not"], space, not wanted)
    found = [holds(part, space, wanted) for part in parts(tree)]
    if ("all" in tree) == wanted:
        return _joined(found)
    return absorb(box for boxes in found for box in boxes)


class Rules:
    """Contradictions as boxes of a space: where `when` holds, a variable has none of the `never` values."""

    def __init__(self, contradictions: Iterable[Contradiction], space: Space) -> None:
        self.told: list[tuple[str, Box, str, int]] = []  # label, when, variable, never
        for contradiction in contradictions:
            for when in holds(contradiction.when, space, True):
                for never in holds(contradiction.never, space, True):
                    self.told += [(contradiction.label, when, variable, mask) for variable, mask in never.items()]
        self.rules: list[tuple[Box, str, int]] = []
        for _, when, variable, _ in self.told:
            gone = 0
            for _, other, same, mask in self.told:
                if same == variable and inside(when, other):
                    gone |= mask
            self.rules.append((when, variable, gone))

    def sure(self, boxes: Sequence[Box], space: Space) -> list[Box]:
        """The boxes, and those that need not ask for a value which cannot be otherwise."""
        result = list(boxes)
        for box in result:
            for when, variable, gone in self.rules:
                if variable not in box or variable in when:
                    continue
                if space.full[variable] & ~space.na(variable) & ~box[variable] & ~gone:
                    continue
                wider = intersect({v: m for v, m in box.items() if v != variable}, when)
                if wider is not None and not any(inside(wider, other) for other in result):
                    result.append(wider)
        return absorb(result)

    def may(self, boxes: Sequence[Box], space: Space) -> list[Box]:
        """The boxes without what cannot be."""
        result: list[Box] = []
        for box in boxes:
            kept: Box | None = box
            for when, variable, gone in self.rules:
                if kept is not None and variable in kept and len(when) == 1 and not kept[variable] & ~gone:
                    (other, mask), = when.items()
                    kept = intersect(kept, {other: space.full[other] & ~mask})
            if kept is not None:
                result.append(kept)
        return primes(result, space.full)

    def narrow(self, box: Box) -> Box:
        """A box without the values that cannot be, given the others; 0 where nothing is left."""
        result = dict(box)
        for when, variable, gone in self.rules:
            if inside(result, when):
                result[variable] &= ~gone
        return result


def compile_tree(tree: Tree, facts: Facts) -> tuple[Space, list[Box], list[Box]]:
    """(space, sure, may): an applicant inside a `sure` box has it; one that meets no `may` box has not.

    Both are the maximal boxes of the condition; they differ by what cannot be (a contradiction about a
    fact of the condition): nobody under 16 works, so a condition “not employed” is sure by age alone.
    """
    used = {atom["fact"] for atom in atoms(tree)}
    known = [c for c in facts.contradictions if any(a["fact"] in used for a in atoms(c.never))]
    space = Space(facts, cuts_of(facts, [tree, *(t for c in known for t in (c.when, c.never))]))
    maximal = primes(holds(tree, space, True), space.full)
    rules = Rules(known, space)
    return space, rules.sure(maximal, space), rules.may(maximal, space)


# ---------------------------------------------------------------- boxes as plain data


def store(boxes: Iterable[Box], space: Space) -> list[dict[str, Literal]]:
    """Boxes by values and numbers, in a stable order, for any later space."""
    found = []
    for box in boxes:
        plain: dict[str, Literal] = {}
        for variable in sorted(box):
            mask = box[variable]
            if variable in space.edges:
                ranges: Literal = [
                    [None if low == LOW else low[0], low[1], None if high == HIGH else high[0], high[1]]
                    for low, high in space.ranges(variable, mask)
                ]
                plain[variable] = ranges + ([NA] if mask & space.na(variable) else [])
            else:
                plain[variable] = space.names(variable, mask)
        found.append(plain)
    return sorted(found, key=lambda b: (len(b), str(b)))


def stored_cuts(boxes: Iterable[Mapping[str, Literal]], into: dict[str, set[Cut]]) -> None:
    """Adds the cuts of stored boxes to those of their facts."""
    for box in boxes:
        for variable, literal in box.items():
            for part in literal:
                if isinstance(part, list):
                    into.setdefault(variable, set()).update(_cuts(part))


def _cuts(part: Sequence[Any]) -> tuple[Cut, Cut]:
    low, low_side, high, high_side = part
    return (LOW if low is None else (low, low_side)), (HIGH if high is None else (high, high_side))


def load(boxes: Iterable[Mapping[str, Literal]], space: Space) -> list[Box]:
    """Stored boxes as bits of a space."""
    return [{variable: _mask(variable, literal, space) for variable, literal in box.items()} for box in boxes]


def _mask(variable: str, literal: Literal, space: Space) -> int:
    if variable not in space.edges:
        return space.values(variable, literal)
    mask = 0
    for part in literal:
        mask |= space.na(variable) if part == NA else space.range(variable, *_cuts(part))
    return mask
