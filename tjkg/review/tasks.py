"""What a keeper has to look at: conditions nobody has reviewed, words not read, findings."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tjkg.audit import audit_of
from tjkg.facts import Fact, Facts, Tree
from tjkg.messages import TEXT
from tjkg.query import internal
from tjkg.store.answers import Store
from tjkg.validate import check
from tjkg.validation.dataset import Dataset, given, shipped
from tjkg.validation.finding import Finding
from tjkg.validation.shacl import plain_engine

__all__ = ["Tasks", "dataset_of", "tasks", "worded"]

Row = dict[str, Any]


@dataclass(frozen=True)
class Tasks:
    """Rows of the three sheets (keys: their columns), and the edition they are of.

    trees: suggested criterion (local name) → its tree as JSON. opened: facts its conditions need that are
    declared nowhere yet.
    """

    plan: str
    criteria: tuple[Row, ...]
    reading: tuple[Row, ...]
    findings: tuple[Row, ...]
    trees: dict[str, str]
    opened: dict[str, Fact]


def worded(tree: Tree, labels: dict[str, str]) -> str:
    """A condition in words: 年龄 >= 80 且（…或…）.

    labels: fact → its label.
    """
    if "fact" in tree:
        value = tree["value"]
        shown = {True: "是", False: "否"}.get(value, value) if isinstance(value, bool) else value
        if isinstance(shown, list):
            shown = "、".join(str(v) for v in shown)
        return f"{labels.get(tree['fact'], tree['fact'])} {tree['op']} {shown}"
    if "not" in tree:
        return f"不是（{worded(tree['not'], labels)}）"
    joined, word = (tree["all"], " 且 ") if "all" in tree else (tree.get("any", []), " 或 ")
    return word.join(f"（{worded(t, labels)}）" if "fact" not in t and len(joined) > 1 else worded(t, labels) for t in joined)


def _criteria(store: Store) -> Iterator[Row]:
    labels = {str(f).rpartition("#")[2]: str(label) for f, label in store.select(internal("fact-labels")).rows}
    for node, service, number, state, text, tree in store.select(internal("criteria-to-review")).rows:
        told = "" if tree is None else worded(json.loads(str(tree)), labels)
        yield {
            "id": str(node).rpartition("/")[2] if node else None, "service": service, "number": number,
            "state": state or "没有", "text": text, "condition": told, "tree": None if tree is None else str(tree),
        }


def _reading(dataset: Dataset) -> Iterator[Row]:
    told = audit_of(dataset)
    for cell in told.cells:
        for start, end in cell.unread:
            yield {
                "id": f"{start}-{end}", "service": cell.service, "number": cell.number,
                "cell": TEXT[cell.aspect][0], "unread": told.text.text[start:end],
            }


def _findings(found: list[Finding]) -> Iterator[Row]:
    for f in sorted(found, key=Finding.sort_key):
        yield {
            "id": f.fingerprint, "severity": TEXT[f"severity-{f.severity}"][0], "rule": f.rule, "service": f.service,
            "message": f"{f.subject.zh}：{f.message.zh}", "quote": f.spot.quote if f.spot else None, "fix": f.fix.zh,
        }


def dataset_of(path: Path | None = None, plan: str | None = None) -> Dataset:
    """What is reviewed: a document, Turtle, or a shipped edition (the only one, or `plan`).

    Raises:
        InputError: not to be found or read.
    """
    return (given([path]) if path else shipped(plan))[-1]


def _conditions(dataset: Dataset, path: Path | None) -> Store:
    """Where the conditions stand: of a document those carried over from a reviewed edition."""
    if not dataset.loose or path is None:
        return dataset.store
    from tjkg.diff import base
    from tjkg.diff.side import document
    from tjkg.diff.suggest import document_store

    side = document(path)
    return document_store(side, base(side, side))


def _opened(store: Store) -> dict[str, Fact]:
    """The facts that carrying conditions over had to open."""
    declared = {str(f).rpartition("#")[2] for f, _ in store.select(internal("fact-labels")).rows}
    for (plain,) in store.select(internal("facts-of-criteria")).rows:
        known = Facts.from_plain(json.loads(str(plain))).known
        return {name: fact for name, fact in known.items() if name not in declared}
    return {}


def tasks(dataset: Dataset, path: Path | None = None) -> Tasks:
    """What needs a keeper's eye in a dataset.

    path: the document it was read from, if it is one: its conditions are carried over from the edition
    that fits it, and what changed is suggested.
    """
    found = check(dataset, plain_engine("fast"))
    store = _conditions(dataset, path)
    criteria = tuple(_criteria(store))
    trees = {str(row["id"]): row["tree"] for row in criteria if row["id"] and row["tree"]}
    return Tasks(dataset.name, criteria, tuple(_reading(dataset)), tuple(_findings(found)), trees, _opened(store))
