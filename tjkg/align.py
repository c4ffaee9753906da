"""A reviewed condition carried over to a cell whose words have changed: suggested, never silently fact.

Pure: the old tree with its quotes, the old cell and the new one give the new tree. Words that did not
change keep their meaning. An edit inside a quote reads that part anew (numbers with their bounds, values
of a fact, terms that reviewed conditions already explain); a deleted quote drops its part; words that
nothing covers become an open fact with their quote.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from hashlib import sha256
from typing import Any

from tjkg.boxes import atoms
from tjkg.edits import Edit, edits, fold, same
from tjkg.facts import Fact, Facts, Tree
from tjkg.parse.numbers import numbers
from tjkg.parse.numbers.mention import NumberMention

__all__ = ["Aligned", "Cell", "Readings", "align", "read_whole", "readings"]

_JOINTS = re.compile(r"[、，,；;。:：（）()\s]|以及|或者|和|及|与|或|并且|并|且|而")
_ALTERNATIVE = re.compile(r"[、；;]|以及|或者|和|及|与|或|也")  # joins those who may apply
_BRANCH = re.compile(r"[；;。]")  # begins another kind of applicant
# What says nothing about who may apply: particles, and nouns for any person, household or thing.
_EMPTY = re.compile(
    r"(?:[的之等各类其中由对为是被者人们该有在从向于]|人员|人群|居民|群体|对象|人士|公民|家庭|成员|儿童|学生|老年|享受|具备|"
    r"属于|服务|目标|相关|有关|符合|条件|情况|按规定|按照规定)+"
)
_NEGATION = re.compile(r"不|未|无|非|除外|除")  # turns the sense of a yes-or-no words round


@dataclass(frozen=True)
class Cell:
    """A cell's words and where they begin in the plan's text (line: of its first character)."""

    text: str
    start: int = 0
    line: int = 0


@dataclass(frozen=True)
class Aligned:
    """The condition for the new words.

    state: "reviewed" (carried over: the words are the same but for form) or "suggested". opened: facts
    that nobody can state yet, one for each piece of unread words. dropped, read: quotes of old parts
    that are gone, and of those that were read anew.
    """

    tree: Tree
    state: str
    opened: tuple[Fact, ...] = ()
    dropped: tuple[str, ...] = ()
    read: tuple[str, ...] = ()

    def facts(self, known: Facts) -> Facts:
        """The known facts and the opened ones."""
        return replace(known, known={**known.known, **{f.id: f for f in self.opened}}) if self.opened else known


# ---------------------------------------------------------------- words that are already explained


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


def _bare(tree: Tree) -> Tree:
    """A part without its places."""
    kept = {k: v for k, v in tree.items() if k not in ("quote", "line", "start", "end")}
    for joint in ("all", "any"):
        if joint in kept:
            kept[joint] = [_bare(t) for t in kept[joint]]
    if "not" in kept:
        kept["not"] = _bare(kept["not"])
    return kept


def _explained(tree: Tree) -> bool:
    """Whether words mean the same everywhere: no quota, no reading of one cell, no number of one cell."""
    return all(
        a.get("kind", "stated") == "stated" and a["op"] in ("=", "in", "has") for a in atoms(tree)
    ) or "definition" in tree


def _telling(unit: _Unit, facts: Facts) -> bool:
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
        for unit in _units(tree):
            if _explained(unit.tree) and _telling(unit, facts):
                bare = _bare(unit.tree)
                counted.setdefault(fold(unit.quote), Counter())[repr(bare)] += 1
                meant[repr(bare)] = bare
    known = {words: meant[count.most_common(1)[0][0]] for words, count in counted.items()}
    for name, tree in facts.definitions.items():
        known.setdefault(fold(facts[name].label), {**_bare(tree), "definition": name})
    for fact in facts.values():
        if fact.kind == "stated" and fact.type == "code":
            for value in fact.values:
                label = facts.labels.get(value, (value, value))[0]
                if len(label) > 1:
                    op = "has" if fact.multiple else "="
                    known.setdefault(fold(label), {"fact": fact.id, "op": op, "value": value, "kind": "stated"})
    return Readings(dict(sorted(known.items(), key=lambda item: (-len(item[0]), item[0]))))


# ---------------------------------------------------------------- parts with one quote


@dataclass(frozen=True)
class _Unit:
    """A part all of whose atoms have one quote; path leads to it from the root."""

    tree: Tree
    path: tuple[int, ...]
    start: int
    end: int
    quote: str


def _children(tree: Tree) -> list[Tree]:
    found: list[Tree] = tree.get("all", tree.get("any", [tree["not"]] if "not" in tree else []))
    return found


def _units(tree: Tree, path: tuple[int, ...] = ()) -> Iterable[_Unit]:
    """The largest parts with one quote, left to right."""
    places = {(a.get("start"), a.get("end"), a.get("quote")) for a in atoms(tree)}
    if len(places) == 1:
        start, end, quote = next(iter(places))
        if quote is not None:
            yield _Unit(tree, path, start or 0, end or len(quote), quote)
        return
    for i, child in enumerate(_children(tree)):
        yield from _units(child, (*path, i))


def _rebuilt(tree: Tree, changes: Mapping[tuple[int, ...], Tree | None], path: tuple[int, ...] = ()) -> Tree | None:
    """The tree with parts replaced or dropped; a part that has lost all its members is dropped too."""
    if path in changes:
        return changes[path]
    children = _children(tree)
    if not children:
        return tree
    kept = [c for i, child in enumerate(children) if (c := _rebuilt(child, changes, (*path, i))) is not None]
    if not kept:
        return None
    if "not" in tree:
        return {**tree, "not": kept[0]}
    joint = "all" if "all" in tree else "any"
    return {**tree, joint: kept}


# ---------------------------------------------------------------- reading words


@dataclass
class _Words:
    """The new cell and what is known to read it by."""

    cell: Cell
    facts: Facts
    known: Readings
    opened: dict[str, Fact] = field(default_factory=dict)

    def placed(self, tree: Tree, start: int, end: int) -> Tree:
        """A part with its words in the new cell [start, end)."""
        if "fact" in tree:
            text = self.cell.text
            place = {
                "kind": self.facts[tree["fact"]].kind if tree["fact"] in self.facts else tree.get("kind", "stated"),
                "rule": tree.get("rule"), "quote": text[start:end], "line": self.cell.line + text.count("\n", 0, start),
                "start": self.cell.start + start, "end": self.cell.start + end,
            }
            return {**tree, **place}
        found = dict(tree)
        for joint in ("all", "any"):
            if joint in found:
                found[joint] = [self.placed(t, start, end) for t in found[joint]]
        if "not" in found:
            found["not"] = self.placed(found["not"], start, end)
        return found

    def open(self, start: int, end: int) -> Tree:
        """An open fact for words that cannot be read."""
        quote = self.cell.text[start:end]
        name = "open_" + sha256(fold(quote).encode()).hexdigest()[:12]
        self.opened[name] = Fact(name, quote, "boolean", quote, kind="plan_silent", order=900 + len(self.opened))
        tree = {"fact": name, "op": "=", "value": True, "rule": None}
        return {**self.placed(tree, start, end), "kind": "plan_silent"}

    def read(self, start: int, end: int) -> list[tuple[int, int, Tree]]:
        """The parts that words say, with their places: numbers, explained words, open facts for the rest."""
        text = self.cell.text[start:end]
        found = [(n.phrase_start, n.phrase_end, t) for n in numbers(text) if (t := self.number(n)) is not None]
        masked = "".join("□" if any(a <= i < b for a, b, _ in found) else c for i, c in enumerate(text))
        found += self.known.scan(masked)
        taken = bytearray(len(text))
        for a, b, _ in found:
            taken[a:b] = b"\1" * (b - a)
        rest = "".join("\n" if taken[i] else c for i, c in enumerate(text))
        parts = [(start + a, start + b, self.placed(t, start + a, start + b)) for a, b, t in found]
        for piece in re.finditer(r"[^\n]+", rest):
            for a, b in _saying(piece[0]):
                first, last = start + piece.start() + a, start + piece.start() + b
                parts.append((first, last, self.open(first, last)))
        return sorted(parts, key=lambda p: p[0])

    def number(self, mention: NumberMention) -> Tree | None:
        """An age or another number with a unit that one fact alone is measured in."""
        unit = "岁" if mention.kind == "age" else mention.unit
        facts = [f for f in self.facts.values() if f.numeric and f.unit == unit and f.kind == "stated"]
        if mention.kind not in ("age", "grade") or not facts:
            return None
        return _bounded(min(facts, key=lambda f: (f.order, f.id)).id, mention)


def _saying(words: str) -> Iterable[tuple[int, int]]:
    """The pieces of unread words that say something, joints and empty words at their ends left out."""
    at = 0
    for joint in [*_JOINTS.finditer(words), None]:
        end = joint.start() if joint else len(words)
        piece = words[at:end]
        head = _EMPTY.match(piece)
        first = head.end() if head else 0
        core = piece[first:]
        while (tail := re.search(_EMPTY.pattern + "$", core)) and tail.end() > tail.start():
            core = core[: tail.start()]
        if len(core) > 1:
            yield at + first, at + first + len(core)
        at = joint.end() if joint else end


def _plain(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)


def _bounded(fact: str, mention: NumberMention, scale: Decimal = Decimal(1)) -> Tree | None:
    """A number with its bounds as a condition on a fact."""
    def atom(op: str, value: Decimal) -> Tree:
        return {"fact": fact, "op": op, "value": _plain(value * scale), "kind": "stated", "rule": None}

    if mention.min is not None and mention.max is not None:
        return {"all": [atom(">=", mention.min), atom("<=", mention.max)]}
    if mention.value is None:
        return None
    return atom(mention.operator if mention.operator in (">=", ">", "<=", "<") else "=", mention.value)


# ---------------------------------------------------------------- a part read anew


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


def _numbers_anew(unit: _Unit, old: str, new: str, facts: Facts) -> Tree | None:
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
        return {**_bare(parts[0]), "value": _plain(became[0].value * scale)}
    return _bounded(parts[0]["fact"], became[0], scale)


def _with_values(tree: Tree, fact: str, value: str) -> Tree:
    """A part with another value for one of its facts."""
    if "fact" in tree:
        return {**_bare(tree), "value": value} if tree["fact"] == fact else _bare(tree)
    found = dict(_bare(tree))
    for joint in ("all", "any"):
        if joint in found:
            found[joint] = [_with_values(t, fact, value) for t in found[joint]]
    if "not" in found:
        found["not"] = _with_values(found["not"], fact, value)
    return found


def _values_anew(unit: _Unit, old: str, new: str, facts: Facts) -> Tree | None:
    """A part on one coded fact by the values its new words name (一、二级 → 一、二、三级)."""
    parts = list(atoms(unit.tree))
    if len(parts) != 1 or facts[parts[0]["fact"]].type != "code" or parts[0]["op"] == "has":
        return None
    fact = facts[parts[0]["fact"]]
    was = parts[0]["value"] if parts[0]["op"] == "in" else [parts[0]["value"]]
    before, after = _listed(fold(old), fact, facts), _listed(fold(new), fact, facts)
    if not after or sorted(before) != sorted(was):
        return None
    leaf = {**_bare(parts[0]), "op": "in" if len(after) > 1 else "=", "value": after if len(after) > 1 else after[0]}
    return {**_bare(unit.tree), "not": leaf} if "not" in unit.tree else leaf


def _negated(unit: _Unit, old: str, new: str) -> Tree | None:
    """A yes-or-no part whose words only gained or lost a negation."""
    if fold(_NEGATION.sub("", old)) != fold(_NEGATION.sub("", new)):
        return None
    turned = len(_NEGATION.findall(old)) % 2 != len(_NEGATION.findall(new)) % 2
    if not turned:
        return _bare(unit.tree)
    return _bare(unit.tree["not"]) if "not" in unit.tree else {"not": _bare(unit.tree)}


def _anew(unit: _Unit, start: int, end: int, words: _Words) -> Tree:
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
        return words.placed(_bare(unit.tree), start, end)
    trees = [t for _, _, t in found]
    if len(trees) > 1 and any(a["fact"].startswith("open_") for t in trees for a in atoms(t)):
        return words.open(start, end)
    return trees[0] if len(trees) == 1 else {"any" if _ALTERNATIVE.search(new) else "all": trees}


# ---------------------------------------------------------------- aligning


class _Moved:
    """Positions of the old cell as positions of the new one."""

    def __init__(self, found: Sequence[Edit]) -> None:
        self.edits = found

    def at(self, position: int, *, end: bool) -> int:
        """Where a boundary stands now; inside replaced words: their edge, so that all of them are in."""
        shift = 0
        for e in self.edits:
            inside = e.old[0] < position < e.old[1]
            if inside:
                return e.new[1] if end else e.new[0]
            if position >= e.old[1] and not (position == e.old[1] and e.old[0] == e.old[1] and end):
                shift = e.new[1] - e.old[1]
        return position + shift

    def touching(self, start: int, end: int) -> list[Edit]:
        """The edits inside words [start, end)."""
        return [
            e for e in self.edits
            if (e.old[0] < end and start < e.old[1]) or (e.old[0] == e.old[1] and start < e.old[0] < end)
        ]


def align(tree: Tree, old: Cell, new: Cell, facts: Facts, known: Readings) -> Aligned:
    """The condition of the new cell, from the reviewed one of the old cell.

    tree: with quotes, positions being those of the plan's text. Parts quoted from other cells are kept as
    they are. facts, known: what words may mean.
    """
    words = _Words(new, facts, known)
    found = edits(old.text, new.text)
    moved = _Moved(found)
    changes: dict[tuple[int, ...], Tree | None] = {}
    kept: list[tuple[int, int, tuple[int, ...]]] = []
    dropped: list[str] = []
    read: list[str] = []
    covered: list[tuple[int, int]] = []
    replaced: set[tuple[int, int]] = set()
    units = [*_units(tree)]
    spans = [(u.start - old.start, u.end - old.start) for u in units]
    for unit in units:
        first, last = unit.start - old.start, unit.end - old.start
        if first < 0 or last > len(old.text) or fold(old.text[first:last]) != fold(unit.quote):
            continue  # quoted from another cell
        touched = moved.touching(first, last)
        start, end = moved.at(first, end=False), max(moved.at(last, end=True), moved.at(first, end=False))
        whole = next((e for e in touched if e.old[0] <= first and last <= e.old[1]), None)
        if whole is not None:  # all its words were replaced or deleted
            start, end = whole.new
            if not _says(whole.new_text) or whole.new in replaced:
                changes[unit.path] = None
                dropped.append(unit.quote)
                continue
            replaced.add(whole.new)
        if not touched or all(_of_another(e, (first, last), spans) for e in touched):
            changes[unit.path] = words.placed(_bare(unit.tree), start, end)
            kept.append((start, end, unit.path))
            covered.append((start, end))
        else:
            changes[unit.path] = _anew(unit, start, end, words)
            read.append(unit.quote)
            kept.append((start, end, unit.path))
            covered.append((start, end))
    added = _added(found, covered, words)
    result = _attached(tree, changes, sorted(kept), added, new.text)
    state = "reviewed" if same(old.text, new.text) else "suggested"
    return Aligned(result, state, tuple(words.opened.values()), tuple(dropped), tuple(read))


def _of_another(edit: Edit, mine: tuple[int, int], spans: Sequence[tuple[int, int]]) -> bool:
    """Whether an edit inside a wide quote is about a narrower part that has its own quote there."""
    return any(
        mine[0] <= a and b <= mine[1] and (a, b) != mine and edit.old[0] < b and a < edit.old[1] for a, b in spans
    )


def _says(words: str) -> bool:
    return any(True for _ in _saying(words)) or any(c.isdigit() for c in words) or len(_JOINTS.sub("", words)) > 1


def _added(found: Sequence[Edit], covered: Sequence[tuple[int, int]], words: _Words) -> list[tuple[int, int, Tree]]:
    """What new words say that no kept or re-read part covers."""
    parts: list[tuple[int, int, Tree]] = []
    for e in found:
        if any(a <= e.new[0] and e.new[1] <= b for a, b in covered) or not e.new_text:
            continue
        for start, end, tree in words.read(*e.new):
            unread = all(a["fact"].startswith("open_") for a in atoms(tree))
            if unread and e.old_text and not _more(e):
                continue
            parts.append((start, end, tree))
    return parts


def _more(edit: Edit) -> bool:
    """Whether unread words that replaced unread words say something else: they share less than half."""
    old, new = set(fold(edit.old_text)), set(fold(edit.new_text))
    return 2 * len(old & new) < min(len(old), len(new)) + 1 and len(new) > 1


Changes = dict[tuple[int, ...], Tree | None]


def _attached(
    tree: Tree, changes: Changes, kept: Sequence[tuple[int, int, tuple[int, ...]]],
    added: Sequence[tuple[int, int, Tree]], text: str,
) -> Tree:
    """The tree with its parts changed and new parts put beside their neighbours."""
    branches: list[Tree] = []
    free: list[Tree] = []
    for start, end, part in added:
        before = max((k for k in kept if k[1] <= start), default=None, key=lambda k: k[1])
        after = min((k for k in kept if k[0] >= end), default=None, key=lambda k: k[0])
        left = text[before[1] : start] if before else "；"
        right = text[end : after[0]] if after else "；"
        if not kept:
            free.append(part)
        elif _BRANCH.search(left) and _BRANCH.search(right):
            branches.append(part)
        elif before and _ALTERNATIVE.search(left) and not _BRANCH.search(left):
            _beside(changes, before[2], part, "any")
        elif after and _ALTERNATIVE.search(right) and not _BRANCH.search(right):
            _beside(changes, after[2], part, "any")
        elif before and not _BRANCH.search(left):
            _beside(changes, before[2], part, "all")
        elif after:
            _beside(changes, after[2], part, "all")
    result: Any = _rebuilt(tree, changes)
    if free:
        joint = "any" if _ALTERNATIVE.search(text) and len(free) > 1 else "all"
        rest = [result] if result else []
        return {joint: [*rest, *free]} if len(rest) + len(free) > 1 else free[0]
    if branches:
        return {"any": [*([result] if result else []), *branches]}
    return result if result is not None else {"all": []}


def _beside(changes: Changes, path: tuple[int, ...], part: Tree, joint: str) -> None:
    """A new part as a neighbour of a kept one."""
    here = changes.get(path)
    changes[path] = part if here is None else {joint: [*(here[joint] if set(here) == {joint} else [here]), part]}


def read_whole(cell: Cell, facts: Facts, known: Readings) -> Aligned:
    """The condition of a cell that no reviewed edition has: all of it read by rules, suggested."""
    words = _Words(cell, facts, known)
    branches: list[Tree] = []
    at = 0
    for mark in [*_BRANCH.finditer(cell.text), None]:
        end = mark.start() if mark else len(cell.text)
        if parts := words.read(at, end):
            branches.append(_clause(parts, cell.text))
        at = mark.end() if mark else end
    tree = branches[0] if len(branches) == 1 else {"any": branches} if branches else {"all": []}
    return Aligned(tree, "suggested", tuple(words.opened.values()))


def _clause(parts: Sequence[tuple[int, int, Tree]], text: str) -> Tree:
    """The parts of one clause: lists are alternatives, all else holds together."""
    lists: list[list[Tree]] = []
    for i, (start, _, tree) in enumerate(parts):
        if i and _ALTERNATIVE.search(text[parts[i - 1][1] : start]):
            lists[-1].append(tree)
        else:
            lists.append([tree])
    told = [members[0] if len(members) == 1 else {"any": members} for members in lists]
    return told[0] if len(told) == 1 else {"all": told}
