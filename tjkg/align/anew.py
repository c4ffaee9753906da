"""A part of a condition whose quote was edited, read anew by rules, the surest first."""

from __future__ import annotations

import re
from decimal import Decimal

from tjkg.align.parts import Unit, bare
from tjkg.align.words import Words, bounded, plain
from tjkg.boxes import atoms
from tjkg.edits import fold
from tjkg.facts import Fact, Facts, Tree
from tjkg.parse.numbers import numbers

__all__ = ["ALTERNATIVE", "anew"]

ALTERNATIVE = re.compile(r"[、；;]|以及|或者|和|及|与|或|也")  # joins those who may apply
_NEGATION = re.compile(r"不|未|无|非|除外|除")  # turns the sense of a yes-or-no words round


def _listed(words: str, fact: Fact, facts: Facts) -> list[str]:
    """The values of a fact that words name, one by one or as a list of grades (一、二、三级)."""
    named = [v for v in fact.values if fold(facts.labels.get(v, (v, v))[0]) in words or fold(v) in words]
    for n in numbers(words):
        if n.kind == "grade" and n.unit:
            graded = [v for v in fact.values if v.endswith(n.unit)]
            low, high = (n.min or n.value, n.max or n.value)
            if graded and low is not None and high is not None:
                named += graded[int(low) - 1 : int(high)]
    return [v for v in fact.values if v in named]


def _numbers_anew(unit: Unit, old: str, new: str, facts: Facts) -> Tree | None:
    """A numeric part by the numbers of its new words; a number that was computed keeps its ratio."""
    parts = list(atoms(unit.tree))
    measured = [a for a in parts if facts[a["fact"]].numeric]
    if len({a["fact"] for a in measured}) != 1:
        return None
    name = measured[0]["fact"]
    was, became = numbers(old), numbers(new)
    if len(was) != 1 or len(became) != 1:
        return None
    if facts[name].type == "date":
        day = became[0].parts
        iso = f"{int(day[0]):04}-{int(day[1]):02}-{int(day[2]):02}" if len(day) == 3 else None
        return _with_values(unit.tree, name, iso) if iso else None
    if len(parts) != len(measured):
        return None
    scale = Decimal(1)
    if was[0].value and was[0].min is None and len(parts) == 1:
        scale = Decimal(str(parts[0]["value"])) / was[0].value
    if became[0].operator == was[0].operator and became[0].value is not None and len(parts) == 1:
        return {**bare(parts[0]), "value": plain(became[0].value * scale)}
    return bounded(parts[0]["fact"], became[0], scale)


def _with_values(tree: Tree, fact: str, value: str) -> Tree:
    """A part with another value for one of its facts."""
    if "fact" in tree:
        return {**bare(tree), "value": value} if tree["fact"] == fact else bare(tree)
    found = dict(bare(tree))
    for joint in ("all", "any"):
        if joint in found:
            found[joint] = [_with_values(t, fact, value) for t in found[joint]]
    if "not" in found:
        found["not"] = _with_values(found["not"], fact, value)
    return found


def _values_anew(unit: Unit, old: str, new: str, facts: Facts) -> Tree | None:
    """A part on one coded fact by the values its new words name (一、二级 → 一、二、三级)."""
    parts = list(atoms(unit.tree))
    if len(parts) != 1 or facts[parts[0]["fact"]].type != "code" or parts[0]["op"] == "has":
        return None
    fact = facts[parts[0]["fact"]]
    was = parts[0]["value"] if parts[0]["op"] == "in" else [parts[0]["value"]]
    before, after = _listed(fold(old), fact, facts), _listed(fold(new), fact, facts)
    if not after or sorted(before) != sorted(was):
        return None
    leaf = {**bare(parts[0]), "op": "in" if len(after) > 1 else "=", "value": after if len(after) > 1 else after[0]}
    return {**bare(unit.tree), "not": leaf} if "not" in unit.tree else leaf


def _negated(unit: Unit, old: str, new: str) -> Tree | None:
    """A yes-or-no part whose words only gained or lost a negation."""
    if fold(_NEGATION.sub("", old)) != fold(_NEGATION.sub("", new)):
        return None
    turned = len(_NEGATION.findall(old)) % 2 != len(_NEGATION.findall(new)) % 2
    if not turned:
        return bare(unit.tree)
    return bare(unit.tree["not"]) if "not" in unit.tree else {"not": bare(unit.tree)}


def anew(unit: Unit, start: int, end: int, words: Words) -> Tree:
    """A part whose quote was edited: read by rules, in the order of their sureness, else opened."""
    new = words.cell.text[start:end]
    for tree in (
        words.known.known.get(fold(new)), _numbers_anew(unit, unit.quote, new, words.facts),
        _values_anew(unit, unit.quote, new, words.facts), _negated(unit, unit.quote, new),
    ):
        if tree is not None:
            return words.placed(tree, start, end)
    found = words.read(start, end)
    if not found:  # only empty words changed
        return words.placed(bare(unit.tree), start, end)
    trees = [t for _, _, t in found]
    if len(trees) > 1 and any(a["fact"].startswith("open_") for t in trees for a in atoms(t)):
        return words.open(start, end)
    return trees[0] if len(trees) == 1 else {"any" if ALTERNATIVE.search(new) else "all": trees}
