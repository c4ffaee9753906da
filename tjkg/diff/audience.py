"""The target cell of a row: every edit by itself, told by whom it lets in or keeps out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from tjkg import align
from tjkg.diff.cells import agency_edit, finished, unread, wording
from tjkg.diff.change import Change
from tjkg.diff.figures import deltas, limit
from tjkg.diff.people import Effect, effect
from tjkg.diff.rows import Cell, Pair, Row, Spot, overlaps, spots
from tjkg.diff.side import Side, key_of
from tjkg.edits import Edit, fold, same
from tjkg.facts import Facts, Tree

__all__ = ["Audiences", "Known"]

_MARKS = "、，；。和或及与 \n"


@dataclass(frozen=True)
class Known:
    """A condition that is reviewed, with the cell (and the base's row) it was reviewed for."""

    tree: Tree
    cell: Cell
    row: Row | None = None


@dataclass(frozen=True)
class Audiences:
    """Whom the rows of both sides speak to.

    base: a reviewed edition that serves sides without criteria of their own (documents); None if there
    is none.
    """

    old: Side
    new: Side
    base: Side | None = None
    _read: dict[str, align.Readings] = field(default_factory=dict)

    @cached_property
    def facts(self) -> Facts | None:
        """The facts of both sides, or None when no side has criteria."""
        sides = [s for s in (self.base, self.old, self.new) if s is not None and s.facts is not None]
        if not sides:
            return None
        first = sides[-1].facts
        assert first is not None
        merged = {name: fact for s in sides if s.facts is not None for name, fact in s.facts.known.items()}
        return replace(first, known=merged)

    @cached_property
    def _of_key(self) -> dict[str, dict[str, Any]]:
        return {key_of(s): s for s in self.base.services} if self.base is not None else {}

    def known(self) -> align.Readings:
        """What the words of reviewed conditions mean."""
        if "known" not in self._read:
            sides = [s for s in (self.base, self.old, self.new) if s is not None]
            trees = [c.tree for s in sides for c in (*s.criteria.values(), *s.of_benefit.values())]
            assert self.facts is not None
            self._read["known"] = align.readings(trees, self.facts)
        return self._read["known"]

    # ------------------------------------------------------------ one row

    def changes(self, pair: Pair) -> Iterator[Change]:
        """One change for each edit of the target cell."""
        found = pair.edits("target")
        if not found:
            return
        old, new = pair.cells("target")
        for edit in found:
            change = agency_edit(pair, "target", edit) or self._quota(pair, edit, found)
            if change is None:
                change = self._people(pair, edit, found)
            yield finished(change, edit, old, new, pair)

    def _quota(self, pair: Pair, edit: Edit, found: Sequence[Edit]) -> Change | None:
        """A quota in the target cell (5% of the students) is told as an amount."""
        old, new = pair.cells("target")
        told = deltas(_quotas(pair.old, old), _quotas(pair.new, new), found, limit)
        return next((d.change for d in told if d.on_number(edit) and d.change.kind == "changed"), None)

    def _people(self, pair: Pair, edit: Edit, found: Sequence[Edit]) -> Change:
        old, new = pair.cells("target")
        named = _named(pair, edit, alone=len(found) == 1)
        if self.facts is None:
            return _by_groups(edit, old, new, named)
        told, basis = self._effect(pair, edit, found)
        if told.direction is None:
            loose = unread(edit, old, new)
            return loose if loose.aspect == "audience" else wording(edit, old, new)
        if any(c.isdigit() for c in edit.old_text + edit.new_text):
            named = ((), ())  # another bound: the people are told by it, not by the name of the old group
        gained = (*named[0], *told.gained) if told.direction != "narrowed" else ()
        lost = (*named[1], *told.lost) if told.direction != "widened" else ()
        return Change(
            "changed", "audience", None, "target", told.direction, basis, *_said(edit, old, new),
            groups_gained=tuple(dict.fromkeys(gained)), groups_lost=tuple(dict.fromkeys(lost)), witness_gained=told.witness_gained, witness_lost=told.witness_lost,
        )

    def _effect(self, pair: Pair, edit: Edit, found: Sequence[Edit]) -> tuple[Effect, str]:
        """What one edit means, the others undone: always from the side whose condition is reviewed."""
        old, new = pair.cells("target")
        before, after = self._own(self.old, pair.old, old), self._own(self.new, pair.new, new)
        if before and after and len(found) == 1:
            assert self.facts is not None
            return effect(before.tree, after.tree, self.facts), "stated"
        if before:
            return self._aligned(before.tree, old, _with(old, [edit], new)), "suggested"
        if after:
            turned = edit.turned()
            return _turned(self._aligned(after.tree, new, _with(new, [turned], old))), "suggested"
        from_base = self._from_base(pair)
        if from_base is not None:
            return from_base, "suggested"
        assert self.facts is not None
        one = align.read_whole(_placed(old), self.facts, self.known())
        other = align.read_whole(_placed(new), self.facts, self.known())
        return effect(one.tree, other.tree, other.facts(one.facts(self.facts))), "suggested"

    def _aligned(self, tree: Tree, cell: Cell, other: Cell) -> Effect:
        assert self.facts is not None
        found = align.align(tree, _placed(cell), _placed(other), self.facts, self.known())
        return effect(tree, found.tree, found.facts(self.facts))

    def _own(self, side: Side, row: Row, cell: Cell) -> Known | None:
        """The condition of a row: its own, or that of the base for the same words."""
        own = side.criteria.get((key_of(row.service), row.number))
        if own is not None and own.state == "reviewed":
            return Known(own.tree, cell)
        known = self.of_base(row)
        if known is not None and same(known.cell.text, cell.text):
            return Known(_moved(known.tree, known.cell, cell), cell)
        return None

    def of_base(self, row: Row) -> Known | None:
        """The reviewed condition of the same row in the base."""
        if self.base is None:
            return None
        key = key_of(row.service)
        service = self._of_key.get(key)
        if service is None:
            return None
        rows = [Row(service, s) for s in service["standards"]]
        alike = [r for r in rows if same(r.cell("target").text, row.cell("target").text)]
        for r in alike or [r for r in rows if r.number == row.number]:
            criterion = self.base.criteria.get((key, r.number))
            if criterion is not None:
                return Known(criterion.tree, r.cell("target"), r)
        return None

    def _from_base(self, pair: Pair) -> Effect | None:
        """Both sides differ from the reviewed words: each is aligned with them."""
        known = self.of_base(pair.old) or self.of_base(pair.new)
        if known is None or self.facts is None:
            return None
        one, other = (
            align.align(known.tree, _placed(known.cell), _placed(cell), self.facts, self.known())
            for cell in pair.cells("target")
        )
        return effect(one.tree, other.tree, other.facts(one.facts(self.facts)))


def _placed(cell: Cell) -> align.Cell:
    return align.Cell(cell.text, cell.start, cell.line or 0)


def _with(cell: Cell, kept: Sequence[Edit], other: Cell) -> Cell:
    """A cell with only these edits made."""
    text = cell.text
    for edit in sorted(kept, key=lambda e: e.old, reverse=True):
        text = text[: edit.old[0]] + edit.new_text + text[edit.old[1] :]
    return Cell(cell.key, text, other.start, other.line)


def _moved(tree: Tree, old: Cell, new: Cell) -> Tree:
    """A condition with the places of the same words in another text; parts quoted from other cells lose theirs."""
    if "fact" in tree:
        start = (tree.get("start") or 0) - old.start
        inside = 0 <= start <= len(old.text) and tree.get("quote") is not None
        at = new.text.find(str(tree.get("quote")), max(0, start - 4)) if inside else -1
        return {**tree, "start": new.start + at, "end": new.start + at + len(str(tree["quote"]))} if at >= 0 else {
            **tree, "start": -1, "end": -1,
        }
    found = dict(tree)
    for joint in ("all", "any"):
        if joint in found:
            found[joint] = [_moved(t, old, new) for t in found[joint]]
    if "not" in found:
        found["not"] = _moved(found["not"], old, new)
    return found


def _turned(told: Effect) -> Effect:
    back = {"widened": "narrowed", "narrowed": "widened"}
    return Effect(
        back.get(told.direction or "", told.direction), told.lost, told.gained, told.witness_lost, told.witness_gained
    )


def _quotas(row: Row, cell: Cell) -> list[Spot]:
    return spots([e for e in row.entries("limits") if e.get("kind") != "condition"], cell)


def _named(pair: Pair, edit: Edit, alone: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names of the groups that only one side's cell speaks to, by this edit."""
    was, now = ({g["name"] for g in row.entries("groups")} for row in (pair.old, pair.new))
    def by(row: Row, cell: Cell, piece: tuple[int, int], others: set[str]) -> tuple[str, ...]:
        return tuple(
            str(s.entry["name"]) for s in spots(row.entries("groups"), cell)
            if s.entry["name"] not in others and (alone or overlaps(s.start, s.end, piece))
        )

    old, new = pair.cells("target")
    return by(pair.new, new, edit.new, was), by(pair.old, old, edit.old, now)


def _said(edit: Edit, old: Cell, new: Cell) -> tuple[str | None, str | None]:
    """What was said and is said now; of words that were only added or taken away those words alone."""
    if edit.pure and len(fold(edit.old_text + edit.new_text)) > 1:
        return edit.old_text.strip(_MARKS) or None, edit.new_text.strip(_MARKS) or None
    return old.phrase(*edit.old), new.phrase(*edit.new)


def _by_groups(edit: Edit, old: Cell, new: Cell, named: tuple[tuple[str, ...], tuple[str, ...]]) -> Change:
    """Without any criteria: by the names of groups, else by the words alone."""
    gained, lost = named
    if not gained and not lost:
        return unread(edit, old, new)
    direction = "shifted" if gained and lost else "widened" if gained else "narrowed"
    return Change("changed", "audience", None, "target", direction, "suggested", *_said(edit, old, new),
                  groups_gained=gained, groups_lost=lost)
