"""The words of a new cell read: numbers with their bounds, explained words, open facts for the rest."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256

from tjkg.align.readings import Readings
from tjkg.edits import fold
from tjkg.facts import Fact, Facts, Tree
from tjkg.parse.numbers import numbers
from tjkg.parse.numbers.mention import NumberMention

__all__ = ["JOINTS", "Cell", "Words", "bounded", "plain", "saying"]

JOINTS = re.compile(r"[、，,；;。:：（）()\s]|以及|或者|和|及|与|或|并且|并|且|而")
# What says nothing about who may apply: particles, and nouns for any person, household or thing.
_EMPTY = re.compile(
    r"(?:[的之等各类其中由对为是被者人们该有在从向于]|人员|人群|居民|群体|对象|人士|公民|家庭|成员|儿童|学生|老年|享受|具备|"
    r"属于|服务|目标|相关|有关|符合|条件|情况|按规定|按照规定)+"
)


@dataclass(frozen=True)
class Cell:
    """A cell's words and where they begin in the plan's text (line: of its first character)."""

    text: str
    start: int = 0
    line: int = 0


@dataclass
class Words:
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
            for a, b in saying(piece[0]):
                first, last = start + piece.start() + a, start + piece.start() + b
                parts.append((first, last, self.open(first, last)))
        return sorted(parts, key=lambda p: p[0])

    def number(self, mention: NumberMention) -> Tree | None:
        """An age or another number with a unit that one fact alone is measured in."""
        unit = "岁" if mention.kind == "age" else mention.unit
        facts = [f for f in self.facts.values() if f.numeric and f.unit == unit and f.kind == "stated"]
        if mention.kind not in ("age", "grade") or not facts:
            return None
        return bounded(min(facts, key=lambda f: (f.order, f.id)).id, mention)


def saying(words: str) -> Iterable[tuple[int, int]]:
    """The pieces of unread words that say something, joints and empty words at their ends left out."""
    at = 0
    for joint in [*JOINTS.finditer(words), None]:
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


def plain(number: Decimal) -> int | float:
    """A number as the JSON of a condition has it."""
    return int(number) if number == number.to_integral_value() else float(number)


def bounded(fact: str, mention: NumberMention, scale: Decimal = Decimal(1)) -> Tree | None:
    """A number with its bounds as a condition on a fact."""
    def atom(op: str, value: Decimal) -> Tree:
        return {"fact": fact, "op": op, "value": plain(value * scale), "kind": "stated", "rule": None}

    if mention.min is not None and mention.max is not None:
        return {"all": [atom(">=", mention.min), atom("<=", mention.max)]}
    if mention.value is None:
        return None
    return atom(mention.operator if mention.operator in (">=", ">", "<=", "<") else "=", mention.value)
