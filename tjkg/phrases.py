"""Conditions in words: each phrase of a criterion with its quote, and whether an applicant meets it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from typing import Any

from tjkg.boxes import Box, Space, atoms
from tjkg.facts import NA, Facts, Tree, parts
from tjkg.messages import Lang, say

__all__ = ["because", "met", "values_text", "words"]

_OPS = {">=": "≥", ">": ">", "<=": "≤", "<": "<"}


def met(tree: Tree, box: Box, space: Space) -> bool | None:
    """Whether the condition holds in all of a box (True), in none of it (False), or cannot be told phrase by phrase."""
    if "fact" in tree:
        variable, mask = space.atom(tree)
        here = box[variable]
        return True if not here & ~mask else None if here & mask else False
    if "not" in tree:
        inner = met(tree["not"], box, space)
        return None if inner is None else not inner
    found = [met(part, box, space) for part in parts(tree)]
    decisive = "any" in tree
    if decisive in found:
        return decisive
    return None if None in found else not decisive


def _is_phrase(tree: Tree) -> bool:
    """Whether it is told as one phrase: an atom, a spelt-out term, a range, or the negation of one."""
    if "not" in tree:
        return _is_phrase(tree["not"])
    if "fact" in tree or tree.get("definition"):
        return True
    leaves = list(atoms(tree))
    return "all" in tree and len({(a["fact"], a.get("quote")) for a in leaves}) == 1


def because(
    tree: Tree, box: Box, facts: Facts, space: Space, lang: Lang = "zh", turns_on: Container[str] = ()
) -> list[dict[str, Any]]:
    """The phrases that decide, met or failed, each with its quote.

    Of alternatives the met ones are told, else those that turn on the facts `turns_on` only, else all.
    """
    found: list[dict[str, Any]] = []
    seen = set[tuple[object, ...]]()
    for phrase in _phrases(tree, box, space, turns_on):
        place = next(atoms(phrase))
        entry = {
            "text": _told(phrase, facts, space, lang), "quote": place.get("quote"), "line": place.get("line"),
            "start": place.get("start"), "end": place.get("end"), "met": met(phrase, box, space),
        }
        key = (entry["text"], entry["start"], entry["end"])
        if key not in seen:
            seen.add(key)
            found.append(entry)
    return found


def _phrases(tree: Tree, box: Box, space: Space, turns_on: Container[str]) -> Iterator[Tree]:
    if "not" in tree or _is_phrase(tree):
        yield tree
    elif "all" in tree:
        for part in tree["all"]:
            yield from _phrases(part, box, space, turns_on)
    else:
        states = [met(part, box, space) for part in tree["any"]]
        wanted = next((w for w in (True, None) if w in states), False)
        told = [part for part, state in zip(tree["any"], states, strict=True) if state is wanted]
        if wanted is None:
            told = [p for p in told if _open_facts(p, box, space, turns_on)] or told
        for part in told:
            yield from _phrases(part, box, space, turns_on)


def _open_facts(tree: Tree, box: Box, space: Space, turns_on: Container[str]) -> bool:
    """Whether an undecided alternative turns on no other facts than these."""
    return all(atom["fact"] in turns_on for atom in atoms(tree) if met(atom, box, space) is None)


def _told(phrase: Tree, facts: Facts, space: Space, lang: Lang) -> str:
    """The words of a phrase, put together once."""
    known = space.words.get((id(phrase), lang))
    if known is None:
        known = space.words[id(phrase), lang] = (phrase, words(phrase, facts, lang))
    return known[1]


def words(tree: Tree, facts: Facts, lang: Lang = "zh") -> str:
    """A condition in words: “年龄≥80岁”, “残疾人”, “不属于“…””."""
    if tree.get("definition"):
        fact = facts[tree["definition"]]
        return fact.label if lang == "zh" else fact.label_en or fact.label
    if "fact" in tree:
        return _atom(tree, facts, lang)
    if "not" in tree:
        return say("phrase-not", lang, phrase=words(tree["not"], facts, lang))
    joint = "phrase-and" if "all" in tree else "phrase-or"
    told = [words(part, facts, lang) for part in parts(tree)]
    if "all" in tree and _is_phrase(tree):
        label = _label(parts(tree)[0]["fact"], facts, lang)
        if len({str(part["value"]) for part in parts(tree)}) == 1:  # from and to the same value
            return told[0].replace("≥", "=")
        return say("phrase-range", lang, first=told[0], second=told[1].removeprefix(label))
    return say(joint, lang, parts=say(f"{joint}-mark", lang).join(told))


def _label(name: str, facts: Facts, lang: Lang) -> str:
    fact = facts[name]
    return fact.label if lang == "zh" else fact.label_en or fact.label


def _atom(atom: Tree, facts: Facts, lang: Lang) -> str:
    fact, label, value = facts[atom["fact"]], _label(atom["fact"], facts, lang), atom["value"]
    if fact.numeric:
        unit = (fact.unit or "") if lang == "zh" or fact.unit == "%" else ""
        return f"{label}{_OPS.get(atom['op'], '=')}{value}{unit}"
    if value is True:
        return label
    return say("phrase-is", lang, label=label, values=values_text(_names(value), facts, lang))


def _names(value: object) -> list[str]:
    if isinstance(value, (list, tuple)):
        return [str(v) for v in value]
    return [str(value).lower() if isinstance(value, bool) else str(value)]


def values_text(names: Iterable[str], facts: Facts, lang: Lang = "zh") -> str:
    """Values as people read them: labels, and yes or no."""
    shown = []
    for name in names:
        if name in ("true", "false"):
            shown.append(say("yes" if name == "true" else "no", lang))
        elif name == NA:
            shown.append(say("not-applicable", lang))
        else:
            shown.append(facts.labels.get(name, (name, name))[0 if lang == "zh" else 1])
    return say("phrase-or-mark", lang).join(shown)
