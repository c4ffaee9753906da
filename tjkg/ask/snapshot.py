"""What questions need of a store, as plain data: read once, kept by content, so that a cold answer is quick."""

from __future__ import annotations

import marshal
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from tjkg.ask.lexicon import GAP, SHORT_GAP, Lexicon
from tjkg.ask.retrieve import Index, build, grams
from tjkg.catalogue import Json, export
from tjkg.query import internal
from tjkg.store.answers import Store

__all__ = ["Paragraph", "Snapshot", "Word", "read", "snapshot"]

# What names of domains have in common and people leave out: 基本健康服务 → 健康, 健康服务.
_AFFIXES = re.compile(r"基本|公共|服务")
_VERSION = 1  # of what `read` gives: raise it when that changes
_SENTENCE = re.compile(r"[^。；！？\n]+[。；！？]?")
_WEIGHTS = {"name": 3.0, "spoken": 3.0, "item": 2.0, "target": 1.5, "standard": 1.0, "coverage": 0.8, "place": 0.6}


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
        kinds = ("grant", "service-noun", "vague-benefit", "standard")
        words = [w for w, entries in self._data["labels"].items() if any(k == "cue" and key in kinds for k, key, _ in entries)]
        return frozenset(g for w in words for g in grams(w))

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
        return {g for g in self.broader if group in self.above(g)}


def _common_tail(a: str, b: str) -> int:
    """How many last characters two words share."""
    length = 0
    while length < min(len(a), len(b)) and a[-1 - length] == b[-1 - length]:
        length += 1
    return length


# ---------------------------------------------------------------- reading a store


def _local(iri: Any) -> str:
    return re.split(r"[#/]", str(iri))[-1]


def _value(value: Any) -> Any:
    """A code by its name, numbers as integers, true and false as they are."""
    if isinstance(value, bool):
        return value
    if isinstance(value, (int, Decimal)):
        return int(value)
    return _local(value)


def _words(store: Store) -> dict[str, list[Any]]:
    rows: dict[str, dict[str, Any]] = {}
    for word, fact, prop, value in store.select(internal("ask-words")).rows:
        entry = rows.setdefault(str(word), {"fact": _local(fact), "values": [], "groups": [], "exact": []})
        name = _local(prop) if prop else ""
        if name in ("hasValue", "allowedValue"):
            entry["values"].append(_value(value))
        elif name in ("relatedMatch", "exactMatch"):
            entry["groups" if name == "relatedMatch" else "exact"].append(str(value))
        elif name:
            entry[name] = _value(value)
    found = {}
    for key, e in rows.items():
        high = e.get("maxInclusive", e["maxExclusive"] - 1 if "maxExclusive" in e else None)
        found[key] = [
            e["fact"], tuple(e["values"]), e.get("minInclusive"), high, e.get("about"), bool(e.get("negatedCondition")),
            tuple(e["groups"]), tuple(e["exact"]),
        ]
    return found


def _facts(store: Store) -> dict[str, Json]:
    found: dict[str, Json] = {}
    for iri, label, question, kind, multiple, unit, about, how, group, value in store.select(internal("ask-facts")).rows:
        fact = found.setdefault(_local(iri), {
            "label": label, "question": question, "type": kind, "multiple": bool(multiple), "unit": unit, "kind": how, "group": group,
            "about": [], "values": [],
        })
        for key, item in (("about", about), ("values", value)):
            if item is not None and item not in fact[key]:
                fact[key].append(item)
    return found


def _broader(store: Store) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for _, label, kind, value in store.select(internal("groups")).rows:
        above = found.setdefault(str(label), [])
        if kind == "broader":
            above.append(str(value))
    return found


def _items(catalogue: Json) -> Iterable[tuple[str, str]]:
    """(name of a benefit, service) of benefits that have a name of their own."""
    for service in catalogue["services"]:
        for benefit in service["benefits"]:
            item = benefit["item"]
            if item and 3 <= len(item) <= 14 and item != service["name"]:
                yield item, service["name"]


def _sentences(store: Store, catalogue: Json) -> list[list[Any]]:
    found: list[list[Any]] = []
    for text, line, start in store.select(internal("ask-paragraphs")).rows:
        found += [[m[0], line, int(str(start)) + m.start(), None, None] for m in _SENTENCE.finditer(str(text))]
    for service in catalogue["services"]:
        for row in service["standards"]:
            for cell in ("target", "standard", "funding", "coverage"):
                place = row["places"][cell]
                if place["start"] is None or cell in row["inherited"] or not row[cell]:
                    continue
                found += _cell_sentences(row[cell], place, service["name"], cell)
    return found


def _cell_sentences(text: str, place: Json, service: str, cell: str) -> list[list[Any]]:
    """The sentences of a cell, where the cell is one stretch of the text."""
    if place["end"] - place["start"] != len(text):
        return [[text, place["line"], place["start"], service, cell]]
    return [
        [m[0], place["line"] + text[: m.start()].count("\n"), place["start"] + m.start(), service, cell]
        for m in _SENTENCE.finditer(text)
    ]


def _documents(catalogue: Json, names: dict[str, list[str]]) -> list[list[tuple[str, float]]]:
    found = []
    for s in catalogue["services"]:
        fields = [(name, _WEIGHTS["name"]) for name in [s["name"], *names.get(s["name"], ())]]
        fields += [(b[k], _WEIGHTS["item"]) for b in s["benefits"] for k in ("item", "condition", "recipient") if b[k]]
        for row in s["standards"]:
            fields += [(row[k], _WEIGHTS[k]) for k in ("target", "standard", "coverage") if row[k]]
        fields += [(s[k], _WEIGHTS["place"]) for k in ("category", "domain", "section") if s[k]]
        found.append(fields)
    return found


def _sounds(labels: dict[str, list[Any]]) -> tuple[dict[str, list[str]], dict[str, str]]:
    """Letters of every label that may be mistyped, and the letters of every common character."""
    from pypinyin import Style, lazy_pinyin

    common = [bytes((a, b)).decode("gb2312", "ignore") for a in range(0xB0, 0xF8) for b in range(0xA1, 0xFF)]
    syllables = {c: _near(lazy_pinyin(c, style=Style.NORMAL)[0]) for c in common if c}
    sounds: dict[str, list[str]] = {}
    for label, entries in labels.items():
        if 2 <= len(label) <= 12 and all(c in syllables for c in label):
            if any(kind in ("service", "group", "indicator", "item", "word") for kind, _, _ in entries):
                sounds.setdefault(" ".join(syllables[c] for c in label), []).append(label)
    return sounds, syllables


def _near(letters: str) -> str:
    """Sounds that are often mixed up become one: zh/z, ch/c, sh/s, n/l at the start, ng/n at the end."""
    letters = re.sub(r"^([zcs])h", r"\1", letters)
    return re.sub(r"ng$", "n", letters)


def _frequencies(labels: Iterable[str], texts: Iterable[str]) -> dict[str, int]:
    """jieba's table: longer names weigh more, prefixes 0, so the fewest and longest pieces win."""
    found: dict[str, int] = {}
    for label in labels:
        for end in range(1, len(label)):
            found.setdefault(label[:end], 0)
        found[label] = 100 * len(label) ** 2
    for text in texts:
        for char in text:
            found[char] = found.get(char) or 1
    return found


def read(store: Store) -> Json:
    """Everything questions need of the edition in use, as plain data (dicts, lists, strings, numbers)."""
    catalogue = export(store)
    labels: dict[str, list[tuple[str, str, str]]] = {}
    gaps, english, units = [], [], []
    names: dict[str, list[str]] = {}
    for kind, key, how, label, lang in store.select(internal("ask-lexicon")).rows:
        kind, key, how, label = str(kind), str(key), str(how), str(label)
        if lang == "en" and how == "name":
            english.append([kind, key, label])
        if kind == "unit":
            continue
        if kind == "service" and lang == "zh":
            names.setdefault(key, []).append(label)
        if GAP in label or SHORT_GAP in label:
            gaps.append((label, kind, key))
        else:
            entry = (kind, key, how)
            of = labels.setdefault(label.lower(), [])
            if entry not in of:
                of.append(entry)
            if kind == "group" and how == "spoken" and len(label) > 3 and label.endswith("的"):
                labels.setdefault(label[:-1], []).append(entry)  # 没钱打官司的 → 没钱打官司
    for label, key, factor in store.select(internal("ask-units")).rows:
        units.append([str(label), str(key), str(factor)])
    for item, service in _items(catalogue):
        labels.setdefault(item, []).append(("item", service + "\t" + item, "name"))
    for s in catalogue["services"]:
        bare = re.sub(r"[（）“”、，()]", "", s["name"])
        if bare != s["name"]:
            labels.setdefault(bare, []).append(("service", s["name"], "name"))
    for name in dict.fromkeys(s["domain"] for s in catalogue["services"]):
        short = _AFFIXES.sub("", name)
        parts = {short, *re.split("与|和|、", short)}
        for part in (parts | {p.removesuffix("保障") for p in parts}) - {name, "", "社会"}:
            labels.setdefault(part, []).append(("domain", name, "spoken"))
    sounds, syllables = _sounds(labels)
    sentences = _sentences(store, catalogue)
    return {
        "catalogue": catalogue, "labels": labels, "gaps": gaps, "english": english, "units": units,
        "sounds": sounds, "syllables": syllables, "words": _words(store), "facts": _facts(store),
        "broader": _broader(store), "everybody": [str(r[0]) for r in store.select(internal("ask-everybody")).rows],
        "sentences": sentences,
        "service_grams": build(_documents(catalogue, names)),
        "sentence_grams": build([[(s[0], 1.0)] for s in sentences]),
        "frequencies": _frequencies(labels, (s[0] for s in sentences)),
    }


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
    return marshal.dumps({key: marshal.dumps(value) for key, value in read(store).items()})


def snapshot(store: Store) -> Snapshot:
    """The data of a store's edition in use: from the cache for the shipped store, else read."""
    from tjkg.store.local import Local

    if isinstance(store, Local):
        from tjkg.store.kept import kept

        version = f"{_VERSION}.{sys.version_info[0]}{sys.version_info[1]}.{marshal.version}"
        return Snapshot(_Sections(marshal.loads(kept(store, "ask", version, lambda: _packed(store)))), store)
    return Snapshot(read(store), store)
