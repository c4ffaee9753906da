"""Whom each clause of a question speaks of, and whom the question is about."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tjkg.ask.lexicon import Mention
from tjkg.ask.reading import Reading

__all__ = ["Clause", "beneficiary", "subjects"]

# An old person spoken of after one's parents is one of them.
_ELDERS = frozenset(("老人", "老太太", "老爷子", "老头", "老头子"))


@dataclass(frozen=True)
class Clause:
    """A piece of the question (start, end) and whom it speaks of: self, parent, child, other, family, parent of …, or nobody."""

    start: int
    end: int
    who: str


def subjects(reading: Reading) -> list[Clause]:
    """Whom each clause speaks of: self, parent, child, other, family; without a subject, the one before."""
    found: list[Clause] = []
    who = ""
    kin = [m for m in reading.mentions if m.kind == "cue" and m.key in ("self", "parent", "child", "other", "family")]
    for start, end in reading.clauses:
        here = [m for m in kin if start <= m.start <= start + 4 and m.end <= end]
        said = _leading(reading.text, start, here)
        mine = reading.text[start : start + 1] in "我俺咱"
        if said == "other" and here and here[0].text in _ELDERS and any(p.who == "parent" for p in found):
            said = "parent"
        if said == "parent" and who in ("child", "self", "other") and not mine:
            found.append(Clause(start, end, "parent of " + who))
            continue
        who = said or who
        found.append(Clause(start, end, who))
    return found


def _leading(text: str, start: int, kin: list[Mention]) -> str:
    """The subject at the head of a clause: the kin word that 我, 我家, 邻居家 lead to, else the first."""
    at, said = start, ""
    while True:
        here = max((m for m in kin if m.start == at), key=lambda m: m.length, default=None)
        if here is None:
            break
        said = here.key
        at = here.end
        while text[at : at + 1] in ("的", "家") and text[at : at + 1]:
            at += 1
    if said:
        return said
    first = min(kin, key=lambda m: (m.start, -m.length), default=None)
    lead = text[start : first.start] if first else ""
    return first.key if first and re.fullmatch(r"(?:那|要是|如果|假如|就是|有个|有一个|这|现在|请问|问下|问一下|想问下|你好)*", lead) else ""


def beneficiary(pieces: list[Clause]) -> str:
    """Whom the question is about: the subject of its last clause that has one (not the family, not somebody's parents)."""
    own = [p.who for p in pieces if p.who and p.who != "family" and not p.who.startswith("parent of")]
    return own[-1] if own else ""
