"""A store read into the plain data that questions need: names and words, sentences, and what finds them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from tjkg.ask.lexicon import GAP, SHORT_GAP
from tjkg.ask.retrieve import build, grams, singular
from tjkg.catalogue import Json, export
from tjkg.query import internal
from tjkg.store.answers import Store

__all__ = ["read"]

# What names of domains have in common and people leave out: 基本健康服务 → 健康, 健康服务.
_AFFIXES = re.compile(r"基本|公共|服务")
_SENTENCE = re.compile(r"[^。；！？\n]+[。；！？]?")
_CUT = 6  # characters of a name that guides the cutting: longer ones are found whole, and cost time to load
_WEIGHTS = {"name": 3.0, "spoken": 3.0, "item": 2.0, "target": 1.5, "standard": 1.0, "coverage": 0.8, "place": 0.6}


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
    for iri, label, english, question, kind, multiple, unit, about, how, group, value in store.select(internal("ask-facts")).rows:
        fact = found.setdefault(_local(iri), {
            "label": label, "english": english or label, "question": question, "type": kind, "multiple": bool(multiple), "unit": unit, "kind": how, "group": group,
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


def _generic(labels: dict[str, list[Any]]) -> list[str]:
    """Pairs of characters of words for any benefit or service (津贴, 补助)."""
    kinds = ("grant", "service-noun", "vague-benefit", "standard")
    words = [w for w, entries in labels.items() if any(k == "cue" and key in kinds for k, key, _ in entries)]
    return sorted({g for w in words for g in grams(w)})


def _groups_of_age(store: Store) -> dict[str, list[int | None]]:
    """Groups that an age alone defines → lowest and highest age."""
    conditions: dict[str, set[str]] = {}
    for label, _, condition in store.select(internal("group-facts")).rows:
        conditions.setdefault(str(label), set()).add(str(condition))
    found: dict[str, list[int | None]] = {}
    for label, of in conditions.items():
        if len(of) == 1 and (match := re.fullmatch(r"age=(\d*)\.\.(\d*)", next(iter(of)))):
            found[label] = [int(m) if m else None for m in match.groups()]
    return found


def _singular(label: str, kind: str, lang: str) -> list[str]:
    """An English name of people as it is said of one: disabled people → disabled person."""
    if lang != "en" or kind not in ("group", "word"):
        return []
    said = " ".join(map(singular, label.lower().split()))
    return [said] if said != label.lower() else []


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


def _documents(catalogue: Json, names: dict[str, list[str]], english: list[list[str]]) -> list[list[tuple[str, float]]]:
    found = []
    groups = {key: label for kind, key, label in english if kind == "group"}
    for s in catalogue["services"]:
        fields = [(name, _WEIGHTS["name"]) for name in [s["name"], *names.get(s["name"], ())]]
        fields += [(b[k], _WEIGHTS["item"]) for b in s["benefits"] for k in ("item", "condition", "recipient") if b[k]]
        for row in s["standards"]:
            fields += [(row[k], _WEIGHTS[k]) for k in ("target", "standard", "coverage") if row[k]]
        fields += [(groups[g["name"]], _WEIGHTS["target"]) for g in s["groups"] if g["name"] in groups]
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
        if label.isascii():  # jieba keeps runs of Latin letters together
            continue
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
        if kind == "service":
            names.setdefault(key, []).append(label)
        if GAP in label or SHORT_GAP in label:
            gaps.append((label, kind, key))
        else:
            entry = (kind, key, how)
            for form in (label.lower(), *_singular(label, kind, str(lang))):
                of = labels.setdefault(form, [])
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
        "broader": _broader(store), "groups_of_age": _groups_of_age(store), "generic": _generic(labels), "everybody": [str(r[0]) for r in store.select(internal("ask-everybody")).rows],
        "sentences": sentences,
        "service_grams": build(_documents(catalogue, names, english)),
        "sentence_grams": build([[(s[0], 1.0)] for s in sentences]),
        "frequencies": _frequencies((w for w in labels if len(w) <= _CUT), (s[0] for s in sentences)),
    }
