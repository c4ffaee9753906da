"""Edits of the real plan with what a comparison must say of them; edited plans are parsed once each."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from tests.conftest import PLAN, ROOT
from tjkg.build import vocabulary
from tjkg.diff.change import Change
from tjkg.diff.side import Side, of_plan
from tjkg.iris import Edition
from tjkg.parse.plan import parse
from tjkg.records import Source, Vocabulary

__all__ = ["Seed", "cut", "edited", "plain_text", "says", "seeds", "side_of"]

FILE = ROOT / "tests" / "fixtures" / "diff" / "seeds.md"


class Seed(NamedTuple):
    """One case: edits of the plan and the changes expected of them, one a line."""

    title: str
    edits: tuple[str, ...]
    expected: tuple[str, ...]


@cache
def plain_text() -> str:
    """The real plan."""
    return (PLAN / "source.txt").read_bytes().decode("utf-8")


@cache
def known() -> Vocabulary:
    return vocabulary(ROOT / "data" / "shared")


@cache
def seeds(path: Path = FILE) -> tuple[Seed, ...]:
    """The cases of a file."""
    lines = path.read_text(encoding="utf-8").split("\n")
    dots = [i for i, line in enumerate(lines) if line == "."]
    found = []
    for first, second, third in zip(dots[::3], dots[1::3], dots[2::3], strict=True):
        found.append(Seed(lines[first - 1], tuple(lines[first + 1 : second]), tuple(lines[second + 1 : third])))
    return tuple(found)


def _signs(text: str) -> str:
    return text.replace("⇥", "\t").replace("↵", "\n").replace("␣", " ")


def _places(text: str, edits: tuple[str, ...]) -> Iterator[tuple[int, str, str]]:
    """(position, old, new) of each edit; each must be found, and be the only one unless a row is named."""
    for edit in edits:
        where, bar, rest = edit.rpartition(" | ")
        old, arrow, new = (rest if bar else edit).partition(" ⇒ ")
        assert arrow, edit
        old, new = _signs(old), _signs(new)
        begin = text.index(f"\n{where}\t") if bar else 0
        at = text.index(old, begin)
        assert bar or text.count(old) == 1, f"not the only one: {old}"
        yield at, old, new


def edited(text: str, edits: tuple[str, ...]) -> str:
    """The text with the edits made."""
    for at, old, new in sorted(_places(text, edits), reverse=True):
        text = text[:at] + new + text[at + len(old) :]
    return text


def cut(text: str, edits: tuple[str, ...]) -> str:
    """The plan without the chapters of standards that no edit touches: parsed in a fraction of the time."""
    chapters = [m.start() + 1 for m in re.finditer(r"\n第[三四五六七八九]章", text)] + [text.index("\n第十章") + 1]
    touched = {bisect_right(chapters, at) for at, _, _ in _places(text, edits)} & set(range(1, 8))
    if not touched or any("各级财政" in e for e in edits):  # what that means is told in a note of the third chapter
        return text
    pieces = [text[: chapters[0]]]
    pieces += [text[a:b] for i, (a, b) in enumerate(pairwise(chapters), 1) if i in touched]
    return "".join([*pieces, text[chapters[-1] :]])


@cache
def side_of(text: str) -> Side:
    """A text as a side of a comparison."""
    plan = parse(Source(text), known())
    broken = {f.rule for f in plan.findings if f.severity == "violation"} - {"not-in-tables"}
    assert not broken, plan.findings
    identity = f"document-{plan.source.sha256[:12]}"
    return of_plan(plan, known(), Edition(identity, identity), identity)


def says(change: Change, expected: str) -> bool:
    """Whether a change is what a line expects: kind aspect direction subject [details]."""
    kind, aspect, direction, subject, *details = expected.split(" ")
    about = change.service if change.service is not None else change.subject
    if (change.kind, change.aspect, change.direction or "-") != (kind, aspect, direction):
        return False
    if about != subject and not str(change.subject).startswith(subject):
        return False
    printed = "\n".join(
        str(p) for p in (
            change.subject, change.old, change.new, change.difference, change.percent, *change.groups_gained,
            *change.groups_lost, *change.services,
        )
    )
    for detail in details:
        if detail.startswith("more="):
            if not set(detail[5:].split("、")) <= set(change.bears_more):
                return False
        elif detail.startswith("less="):
            if not set(detail[5:].split("、")) <= set(change.bears_less):
                return False
        elif detail not in printed:
            return False
    return True
