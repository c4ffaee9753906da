"""A criterion in plain words, as nested lists: all of, any of, not, and the phrases with their quotes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tjkg.boxes import atoms
from tjkg.facts import Facts, Tree, parts
from tjkg.messages import Lang
from tjkg.phrases import words

__all__ = ["Told", "is_open_to_all", "told"]

Told = dict[str, Any]
"""{"join": all | any | not, "items": [Told]} or {"text", "quote", "line", "start", "end", "kind", "rule"},
with `of` (what a defined term stands for) or `means` (what an open term leaves open)."""


def told(tree: Tree, facts: Facts, lang: Lang) -> Told:
    """The lists of a criterion; a term that the facts define is one phrase."""
    if tree.get("definition"):
        return {**_phrase(next(atoms(tree)), "definition"), "text": words(tree, facts, lang), "of": _meaning(tree, facts, lang)}
    if "fact" in tree:
        return {**_phrase(tree, tree.get("kind", "stated")), "text": words(tree, facts, lang), "means": _open(tree, facts, lang)}
    if "not" in tree:
        return {"join": "not", "items": [told(tree["not"], facts, lang)]}
    join = "all" if "all" in tree else "any"
    items = list(_flat(tree, join, facts, lang))
    return items[0] if len(items) == 1 else {"join": join, "items": items}


def _flat(tree: Tree, join: str, facts: Facts, lang: Lang) -> Iterator[Told]:
    """The members, those of a like-joined member taken into the same list."""
    for part in parts(tree):
        inner = told(part, facts, lang)
        if inner.get("join") == join:
            yield from inner["items"]
        else:
            yield inner


def _phrase(atom: Tree, kind: str) -> Told:
    return {"kind": kind, "rule": atom.get("rule"), "of": None, "means": None, **{k: atom.get(k) for k in ("quote", "line", "start", "end")}}


def _meaning(tree: Tree, facts: Facts, lang: Lang) -> Told | None:
    """What a defined term stands for, as a list of its own; None where the term says it all."""
    inner = told({k: v for k, v in tree.items() if k != "definition"}, facts, lang)
    return inner if "join" in inner else None


def _open(atom: Tree, facts: Facts, lang: Lang) -> str | None:
    """What an open term leaves open: the two readings, or the question that another rule answers."""
    fact = facts[atom["fact"]]
    if not fact.open:
        return None
    return (fact.question if lang == "zh" else fact.question_en) or fact.help or None


def is_open_to_all(tree: Tree) -> bool:
    """Whether the criterion asks nothing."""
    return not any(True for _ in atoms(tree))
