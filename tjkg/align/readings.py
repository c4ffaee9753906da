"""What words mean, as reviewed conditions explain them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tjkg.align.parts import Unit, bare, units
from tjkg.boxes import atoms
from tjkg.edits import fold
from tjkg.facts import Facts, Tree

__all__ = ["Readings", "readings"]


@dataclass(frozen=True)
class Readings:
    """What words mean: folded words → a part of a condition, longest first."""

    known: Mapping[str, Tree]

    def scan(self, words: str) -> list[tuple[int, int, Tree]]:
        """(start, end, part) of the explained words of a text, longest first, none overlapping."""
        taken = bytearray(len(words))
        found = []
        for phrase, tree in self.known.items():
            at = words.find(phrase)
            while at >= 0:
                if not any(taken[at : at + len(phrase)]):
                    taken[at : at + len(phrase)] = b"\1" * len(phrase)
                    found.append((at, at + len(phrase), tree))
                at = words.find(phrase, at + 1)
        return sorted(found, key=lambda f: f[0])


def _explained(tree: Tree) -> bool:
    """Whether words mean the same everywhere: no quota, no reading of one cell, no number of one cell."""
    return all(
        a.get("kind", "stated") == "stated" and a["op"] in ("=", "in", "has") for a in atoms(tree)
    ) or "definition" in tree


def _telling(unit: Unit, facts: Facts) -> bool:
    """Whether the words say it by themselves: short ones must share a character with what they stand for."""
    if len(unit.quote) > 2:
        return True
    names = [unit.tree.get("definition", "")]
    for a in atoms(unit.tree):
        names += [a["fact"], *(a["value"] if isinstance(a["value"], list) else [str(a["value"])])]
    labels = "".join(facts[n].label if n in facts else facts.labels.get(n, (n, n))[0] for n in names if n)
    return len(unit.quote) > 1 and bool(set(unit.quote) & set(labels))


def readings(trees: Iterable[Tree], facts: Facts) -> Readings:
    """What the words of reviewed conditions mean, then the labels of definitions and of values."""
    counted: dict[str, Counter[str]] = {}
    meant: dict[str, Tree] = {}
    for tree in trees:
        for unit in units(tree):
            if _explained(unit.tree) and _telling(unit, facts):
                said = bare(unit.tree)
                counted.setdefault(fold(unit.quote), Counter())[repr(said)] += 1
                meant[repr(said)] = said
    known = {words: meant[count.most_common(1)[0][0]] for words, count in counted.items()}
    for name, tree in facts.definitions.items():
        known.setdefault(fold(facts[name].label), {**bare(tree), "definition": name})
    for fact in facts.values():
        if fact.kind == "stated" and fact.type == "code":
            for value in fact.values:
                label = facts.labels.get(value, (value, value))[0]
                if len(label) > 1:
                    op = "has" if fact.multiple else "="
                    known.setdefault(fold(label), {"fact": fact.id, "op": op, "value": value, "kind": "stated"})
    return Readings(dict(sorted(known.items(), key=lambda item: (-len(item[0]), item[0]))))
