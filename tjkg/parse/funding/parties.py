"""Payers in a text: which words name whom (by the vocabulary), lists of them, and words a note defines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tjkg.parse.text.flat import flat
from tjkg.records import Passage, Source, Term

__all__ = ["Parties", "Party"]

# Between two payers; the words of a list's shared head (市、区两级财政部门).
_BETWEEN = r"(?:以及|、|和|与|及|或|/)"
_HEAD = r"(?:[两二三四五]级)?(?:财政|政府)?(?:部门)?"
_SKIP = re.compile(rf"{_BETWEEN}|各")
# What the name of a payer that no vocabulary knows may end in: then it is taken as written.
_UNKNOWN = (
    r"(?:基金|资金|经费|保障金|公益金|准备金|专户|银行|公司|企业|单位|机构|组织|协会|部门|学校|医院|集体|捐赠|捐助)"
)
_NOUNS_OF_COST = re.compile(r"(?:所需|相关|有关|上述|补贴|补助|奖励|工作|项目|全部)(?:的)?(?:资金|经费)")


@dataclass(frozen=True)
class Party:
    """A payer of the scheme (or its name as written) and the note that resolved the word, if one did."""

    payer: str
    via: Passage | None = None


class Parties:
    """The payers' vocabulary made ready for reading.

    `known`: a pattern of one or more known payers; `unknown`: of a name that looks like a payer.
    """

    def __init__(self, payers: Sequence[Term], definitions: Mapping[str, Passage]) -> None:
        self._ids = {_fold(label): term.id for term in payers for label in (term.label, *term.labels)}
        self._parts: dict[str, set[str]] = {}
        for term in payers:
            for whole in term.broader:
                self._parts.setdefault(whole, set()).add(term.id)
        one = _any_of(self._ids)
        self.known = rf"(?:各?(?:{one})(?:{_BETWEEN}?各?(?:{one}))*{_HEAD})"
        strong = _any_of(label for label in self._ids if len(label) > 1)
        self.strong = rf"(?:(?:{strong})(?:{_BETWEEN}?各?(?:{one}))*{_HEAD})"
        self.unknown = rf"(?:[^，由从在对按给（]{{1,18}}?{_UNKNOWN})"
        self._defined: dict[str, tuple[Party, ...]] = {}
        for term_defined, note in definitions.items():
            self._define(_fold(term_defined), note)

    def _define(self, term: str, note: Passage) -> None:
        """A note such as 各级财政负担，即中央、市、区财政负担: the payers it names stand for the word."""
        word = next((x for x in sorted(self._ids, key=len, reverse=True) if term.startswith(x)), None)
        _, _, meaning = _fold(note.quote).partition("即")
        listed = re.match(rf"(?:由)?({self.known})", meaning)
        if word and listed and word not in listed[1]:
            self._defined[word] = tuple(Party(p.payer, note) for p in self.read(listed[1]))

    def _segments(self, text: str, opens: bool = True) -> Iterator[list[str]]:
        """Ways to read a list as labels, the longest first. opens: a name begins here, no shared head."""
        if not opens and re.fullmatch(_HEAD, text):
            yield []
            return
        for end in range(len(text), 0, -1):
            if text[:end] in self._ids and (opens or not re.fullmatch(_HEAD, text[:end])):
                for rest in self._segments(text[end:], opens=False):
                    yield [text[:end], *rest]
        if skip := _SKIP.match(text):
            yield from self._segments(text[skip.end() :])

    def read(self, text: str, want: int | None = None) -> tuple[Party, ...]:
        """The payers of a list in order, as written if unknown; want: how many a ratio beside it is for."""
        ways = list(self._segments(text))
        chosen = next((w for w in ways if want is not None and len(w) == want), ways[0] if ways else None)
        if chosen is None:
            return self._as_written(text)
        found: list[Party] = []
        for word in chosen:
            for party in self._defined.get(word, (Party(self._ids[word]),)):
                if party.payer not in [p.payer for p in found]:
                    found.append(party)
        return tuple(found)

    def _as_written(self, text: str) -> tuple[Party, ...]:
        """A list in which some name is not in the vocabulary."""
        pieces = [p for p in re.split(_BETWEEN, text) if p]
        if len(pieces) > 1 and all(re.search(f"{_UNKNOWN}$", p) or p in self._ids for p in pieces):
            return tuple(party for piece in pieces for party in self.read(piece))
        return (Party(text),)

    def plausible(self, name: str) -> bool:
        """Whether a name no vocabulary knows can be a payer's: 所需资金 is what is paid, not who pays."""
        return not _NOUNS_OF_COST.fullmatch(name)

    def together(self, payers: Sequence[str]) -> str | None:
        """The concept of what these bear together without a split (its narrower ones are exactly these)."""
        return next((whole for whole, parts in self._parts.items() if parts == set(payers)), None)


def _any_of(labels: Iterable[str]) -> str:
    """A pattern of labels, the longest first."""
    return "|".join(re.escape(label) for label in sorted(labels, key=len, reverse=True)) or r"(?!)"


def _fold(text: str) -> str:
    return flat(Source(text).span(0, len(text))).text
