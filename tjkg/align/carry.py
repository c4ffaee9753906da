"""Aligning: what is kept, read anew, dropped or added, and the new condition put together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tjkg.align.anew import ALTERNATIVE, anew
from tjkg.align.parts import bare, rebuilt, units
from tjkg.align.readings import Readings
from tjkg.align.words import JOINTS, Cell, Words, saying
from tjkg.boxes import atoms
from tjkg.edits import Edit, edits, fold, same
from tjkg.facts import Fact, Facts, Tree

__all__ = ["Aligned", "align", "read_whole"]

_BRANCH = re.compile(r"[；;。]")  # begins another kind of applicant


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


class Moved:
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
    words = Words(new, facts, known)
    found = edits(old.text, new.text)
    moved = Moved(found)
    changes: dict[tuple[int, ...], Tree | None] = {}
    kept: list[tuple[int, int, tuple[int, ...]]] = []
    dropped: list[str] = []
    read: list[str] = []
    covered: list[tuple[int, int]] = []
    replaced: set[tuple[int, int]] = set()
    parts = [*units(tree)]
    spans = [(u.start - old.start, u.end - old.start) for u in parts]
    for unit in parts:
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
            changes[unit.path] = words.placed(bare(unit.tree), start, end)
            kept.append((start, end, unit.path))
            covered.append((start, end))
        else:
            changes[unit.path] = anew(unit, start, end, words)
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
    return any(True for _ in saying(words)) or any(c.isdigit() for c in words) or len(JOINTS.sub("", words)) > 1


def _added(found: Sequence[Edit], covered: Sequence[tuple[int, int]], words: Words) -> list[tuple[int, int, Tree]]:
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
        elif before and ALTERNATIVE.search(left) and not _BRANCH.search(left):
            _beside(changes, before[2], part, "any")
        elif after and ALTERNATIVE.search(right) and not _BRANCH.search(right):
            _beside(changes, after[2], part, "any")
        elif before and not _BRANCH.search(left):
            _beside(changes, before[2], part, "all")
        elif after:
            _beside(changes, after[2], part, "all")
    result = rebuilt(tree, changes)
    if free:
        joint = "any" if ALTERNATIVE.search(text) and len(free) > 1 else "all"
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
    words = Words(cell, facts, known)
    branches: list[Tree] = []
    at = 0
    for mark in [*_BRANCH.finditer(cell.text), None]:
        end = mark.start() if mark else len(cell.text)
        if parts := words.read(at, end):
            branches.append(_clause(parts, cell.text))
        at = mark.end() if mark else end
    tree: Tree = branches[0] if len(branches) == 1 else {"any": branches} if branches else {"all": []}
    return Aligned(tree, "suggested", tuple(words.opened.values()))


def _clause(parts: Sequence[tuple[int, int, Tree]], text: str) -> Tree:
    """The parts of one clause: lists are alternatives, all else holds together."""
    lists: list[list[Tree]] = []
    for i, (start, _, tree) in enumerate(parts):
        if i and ALTERNATIVE.search(text[parts[i - 1][1] : start]):
            lists[-1].append(tree)
        else:
            lists.append([tree])
    told = [members[0] if len(members) == 1 else {"any": members} for members in lists]
    return told[0] if len(told) == 1 else {"all": told}
