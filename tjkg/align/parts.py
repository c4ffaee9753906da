"""The parts of a condition that have one quote, and the condition put together again of changed parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tjkg.boxes import atoms
from tjkg.facts import Tree

__all__ = ["Unit", "bare", "rebuilt", "units"]


def bare(tree: Tree) -> Tree:
    """A part without its places."""
    kept = {k: v for k, v in tree.items() if k not in ("quote", "line", "start", "end")}
    for joint in ("all", "any"):
        if joint in kept:
            kept[joint] = [bare(t) for t in kept[joint]]
    if "not" in kept:
        kept["not"] = bare(kept["not"])
    return kept


@dataclass(frozen=True)
class Unit:
    """A part all of whose atoms have one quote; path leads to it from the root."""

    tree: Tree
    path: tuple[int, ...]
    start: int
    end: int
    quote: str


def children(tree: Tree) -> list[Tree]:
    found: list[Tree] = tree.get("all", tree.get("any", [tree["not"]] if "not" in tree else []))
    return found


def units(tree: Tree, path: tuple[int, ...] = ()) -> Iterable[Unit]:
    """The largest parts with one quote, left to right."""
    places = {(a.get("start"), a.get("end"), a.get("quote")) for a in atoms(tree)}
    if len(places) == 1:
        start, end, quote = next(iter(places))
        if quote is not None:
            yield Unit(tree, path, start or 0, end or len(quote), quote)
        return
    for i, child in enumerate(children(tree)):
        yield from units(child, (*path, i))


def rebuilt(tree: Tree, changes: Mapping[tuple[int, ...], Tree | None], path: tuple[int, ...] = ()) -> Tree | None:
    """The tree with parts replaced or dropped; a part that has lost all its members is dropped too."""
    if path in changes:
        return changes[path]
    members = children(tree)
    if not members:
        return tree
    kept = [c for i, child in enumerate(members) if (c := rebuilt(child, changes, (*path, i))) is not None]
    if not kept:
        return None
    if "not" in tree:
        return {**tree, "not": kept[0]}
    joint = "all" if "all" in tree else "any"
    return {**tree, joint: kept}
