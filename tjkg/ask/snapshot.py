"""What questions need of a store, as plain data: read once, kept by content, so that a cold answer is quick."""

from __future__ import annotations

import marshal
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from tjkg.ask.lexicon import Lexicon
from tjkg.ask.retrieve import Index
from tjkg.store.answers import Store

Json = dict[str, Any]

__all__ = ["Paragraph", "Snapshot", "Word", "snapshot"]

_VERSION = 8  # of what `read` gives: raise it when that changes


@dataclass(frozen=True, slots=True)
class Word:
    """What a spoken word states: a fact and its values (codes, numbers, true/false) or bounds; none: a measure."""

    fact: str
    values: tuple[Any, ...]
    low: int | None
    high: int | None
    about: str | None
    negated: bool
    groups: tuple[str, ...]
    exact_groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A sentence of the plan: its text, line, first position, and the service whose cell it stands in."""

    text: str
    line: int
    start: int
    service: str | None
    cell: str | None


class Snapshot:
    """The data of one edition that questions are answered from.

    data: as `read` gives it; store: for what is asked of the graph itself.
    """

    def __init__(self, data: Mapping[str, Any], store: Store) -> None:
        self._data, self.store = data, store
        self.catalogue: Json = data["catalogue"]
        self.plan: Json = self.catalogue["plan"]
        self.services: dict[str, Json] = {s["name"]: s for s in self.catalogue["services"]}
        self.names = list(self.services)
        self.broader: dict[str, list[str]] = data["broader"]
        self.groups_of_age: dict[str, list[int | None]] = data["groups_of_age"]
        self.facts: dict[str, Json] = data["facts"]

    @cached_property
    def english(self) -> dict[tuple[str, str], str]:
        """(kind, Chinese name) → English name."""
        return {(kind, name): english for kind, name, english in self._data["english"]}

    @cached_property
    def lexicon(self) -> Lexicon:
        """Names and words."""
        return Lexicon(self._data["labels"], self._data["gaps"], self._data["sounds"], self._data["syllables"])

    @cached_property
    def frequencies(self) -> dict[str, int]:
        """Words and the beginnings of words (0), as jieba wants them."""
        found: dict[str, int] = self._data["frequencies"]
        return found

    @cached_property
    def words(self) -> dict[str, Word]:
        """What each spoken word states."""
        return {key: Word(*value) for key, value in self._data["words"].items()}

    @cached_property
    def units(self) -> dict[str, tuple[str, Decimal]]:
        """Spoken unit → (unit of the data, factor)."""
        return {said: (unit, Decimal(factor)) for said, unit, factor in self._data["units"]}

    @cached_property
    def service_index(self) -> Index:
        """Which service is spoken of."""
        return Index(self._data["service_grams"], len(self.names))

    @cached_property
    def sentences(self) -> list[Paragraph]:
        """The sentences of the plan, in its order."""
        return [Paragraph(*s) for s in self._data["sentences"]]

    @cached_property
    def sentence_index(self) -> Index:
        """Which sentence speaks of something."""
        return Index(self._data["sentence_grams"], len(self._data["sentences"]))

    @cached_property
    def contrasts(self) -> list[frozenset[str]]:
        """Sets of words that tell benefits of one service apart: 门诊, 住院 of 门诊救助, 住院救助."""
        found: list[frozenset[str]] = []
        for service in self.services.values():
            items = sorted({b["item"] for b in service["benefits"] if b["item"] and len(b["item"]) <= 8})
            words = set()
            for item in items:
                for other in items:
                    tail = _common_tail(item, other)
                    if item != other and 2 <= tail < len(item) and 2 <= len(item) - tail <= 5:
                        words.add(item[:-tail])
            if len(words) > 1:
                found.append(frozenset(words))
        return found

    @cached_property
    def generic(self) -> frozenset[str]:
        """Pairs of characters of words for any benefit or service (津贴, 补助): they tell no service."""
        return frozenset(self._data["generic"])

    @cached_property
    def channel_words(self) -> list[str]:
        """Words that name a channel of service (渠道, APP, 网厅)."""
        labels: dict[str, list[Any]] = self._data["labels"]
        return [w for w, entries in labels.items() if any(k == "cue" and key == "channel" for k, key, _ in entries)]

    @cached_property
    def units_used(self) -> frozenset[str]:
        """The units that quantities of the catalogue have."""
        nodes = [n for s in self.services.values() for key in ("benefits", "limits", "coverage_targets") for n in s[key]]
        nodes += [t for key in ("tasks", "projects", "measures") for m in self.catalogue[key] for t in m["targets"]]
        return frozenset(n["unit"] for n in nodes if n["unit"] and n["unit"] not in ("元", "%"))

    def services_for_all(self, group: str) -> bool:
        """Whether a group means everybody (城乡居民), so that naming it selects nothing."""
        return group in self._data["everybody"]

    def above(self, group: str) -> set[str]:
        """The group and every group it is a kind of."""
        found, wait = set[str](), [group]
        while wait:
            name = wait.pop()
            if name not in found:
                found.add(name)
                wait += self.broader.get(name, ())
        return found

    def below(self, group: str) -> set[str]:
        """The group and every kind of it."""
        return self._below.get(group, set())

    @cached_property
    def _below(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for group in self.broader:
            for wider in self.above(group):
                found.setdefault(wider, set()).add(group)
        return found


def _common_tail(a: str, b: str) -> int:
    """How many last characters two words share."""
    length = 0
    while length < min(len(a), len(b)) and a[-1 - length] == b[-1 - length]:
        length += 1
    return length


# ---------------------------------------------------------------- kept


class _Sections(Mapping[str, Any]):
    """The parts of a snapshot, each decoded when it is first asked for."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self._parts = parts
        self._read: Json = {}

    def __getitem__(self, key: str) -> Any:
        if key not in self._read:
            self._read[key] = marshal.loads(self._parts[key])
        return self._read[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._parts)

    def __len__(self) -> int:
        return len(self._parts)


def _packed(store: Store) -> bytes:
    from tjkg.ask.gather import read

    return marshal.dumps({key: marshal.dumps(value) for key, value in read(store).items()})


def snapshot(store: Store) -> Snapshot:
    """The data of a store's edition in use: from the cache for the shipped store, else read."""
    from tjkg.store.local import Local

    if isinstance(store, Local):
        from tjkg.store.kept import kept

        version = f"{_VERSION}.{sys.version_info[0]}{sys.version_info[1]}.{marshal.version}"
        return Snapshot(_Sections(marshal.loads(kept(store, "ask", version, lambda: _packed(store)))), store)
    from tjkg.ask.gather import read

    return Snapshot(read(store), store)
