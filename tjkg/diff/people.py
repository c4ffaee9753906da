"""Who gains and who loses when one condition becomes another: by implication, with a witness for each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from tjkg.boxes import Box, Space, atoms, compile_tree, holds, meets
from tjkg.facts import NA, Facts, Tree

__all__ = ["Effect", "effect"]

_SHOWN = 4  # groups told of one change


@dataclass(frozen=True)
class Effect:
    """Whom a change touches: direction (None: the conditions mean the same), people and one witness each."""

    direction: str | None
    gained: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    witness_gained: Mapping[str, str] | None = None
    witness_lost: Mapping[str, str] | None = None


def effect(old: Tree, new: Tree, facts: Facts) -> Effect:
    """What it means for people that the condition `old` became `new`.

    Every box of one inside a box of the other is implication; what is left over are those who gain or lose.
    Whom one of two honest readings of the plan alone would touch counts only if nobody else is touched.
    """
    changed = _changed(old, new)
    gained, lost = _difference(new, old, changed, facts), _difference(old, new, changed, facts)
    sure = [d for d in (gained, lost) for told in d if not told.by_reading]
    if sure:
        gained, lost = ([told for told in d if not told.by_reading] for d in (gained, lost))
    if not gained and not lost:
        return Effect(None)
    direction = "shifted" if gained and lost else "widened" if gained else "narrowed"
    return Effect(
        direction, _texts(gained), _texts(lost), gained[0].witness if gained else None,
        lost[0].witness if lost else None,
    )


@dataclass(frozen=True)
class _Told:
    """People who meet one condition only: in words, one of them, whether a reading of the plan decides it."""

    text: str
    witness: Mapping[str, str]
    by_reading: bool
    open: bool


def _texts(found: list[_Told]) -> tuple[str, ...]:
    """The groups in words; what an open question alone would add is left out where others are sure."""
    found = [told for told in found if not told.open] or found
    return tuple(dict.fromkeys(told.text for told in found if told.text))[:_SHOWN]


def _changed(old: Tree, new: Tree) -> set[str]:
    """The facts on which the two conditions ask for something else."""
    def asked(tree: Tree) -> Counter[tuple[str, str, str]]:
        return Counter((a["fact"], a["op"], str(a["value"])) for a in atoms(tree))

    before, after = asked(old), asked(new)
    return {fact for fact, _, _ in (*(before - after), *(after - before))}


def _difference(tree: Tree, without: Tree, changed: set[str], facts: Facts) -> list[_Told]:
    """Those who meet the first condition and not the second, the simplest first."""
    space, _, boxes = compile_tree({"all": [tree, {"not": without}]}, facts)
    boxes = [box for box in boxes if all(box.values())]
    both = holds({"all": [tree, without]}, space, True)
    found = []
    for box in sorted(boxes, key=lambda b: (len(b), str(sorted(b.items())))):
        by_reading = any(facts.of(v).kind == "reading" for v in box)
        still_open = any(facts.of(v).open and not v.startswith("open_") for v in box)
        part = {v: m for v, m in box.items() if v.partition(".")[0] in changed}
        short = part if _words(part, facts, space) else _simplest(box, both)
        found.append(_Told(_words(short, facts, space), _witness(box, facts, space), by_reading, still_open))
    return found


def _simplest(box: Box, both: list[Box]) -> Box:
    """The fewest constraints that, among those who meet the one condition, tell who does not meet the other."""
    kept = dict(box)
    for variable in sorted(box, reverse=True):
        fewer = {v: m for v, m in kept.items() if v != variable}
        if not any(meets(fewer, other) for other in both):
            kept = fewer
    return kept


def _term(variable: str, mask: int, facts: Facts, space: Space) -> str | None:
    """The defined term that stands for just these values of a fact (残疾人, 老年人)."""
    for name, tree in facts.definitions.items():
        if tree.get("fact") == variable and space.atom(tree) == (variable, mask & ~space.na(variable)):
            return facts[name].label
    return None


def _value(variable: str, mask: int, facts: Facts, space: Space) -> str:
    shown = [v for v in space.describe(variable, mask) if v != NA]
    return "、".join(facts.labels.get(v, (v, v))[0] for v in shown)


def _words(box: Box, facts: Facts, space: Space) -> str:
    """A group in words: 年龄95至99岁；户籍：外地."""
    parts = []
    for variable in sorted(box):
        fact = facts.of(variable)
        text = _value(variable, box[variable], facts, space)
        if not fact.numeric and (term := _term(variable, box[variable], facts, space)):
            parts.append(term)
        elif fact.numeric:
            if ranges := "、".join(_range(r, fact.unit or "") for r in text.split("、") if r):
                parts.append(fact.label + ranges)
        elif text in ("true", "false"):
            name = fact.label if "." not in variable else _member(variable, facts)
            parts.append(name if text == "true" else f"非（{name}）")
        elif text:
            parts.append(f"{fact.label}：{text}")
    return "，".join(parts)


def _member(variable: str, facts: Facts) -> str:
    value = variable.partition(".")[2]
    return facts.labels.get(value, (value, value))[0]


def _range(text: str, unit: str) -> str:
    low, dots, high = text.partition("..")
    if not dots:
        return f"{low}{unit}"
    if not low:
        return f"{high}{unit}以下"
    return f"{low}{unit}以上" if not high else f"{low}至{high}{unit}"


def _witness(box: Box, facts: Facts, space: Space) -> Mapping[str, str]:
    """One person of a box, as facts on the command line: fact → value."""
    found: dict[str, str] = {}
    for variable in sorted(box):
        fact, dot, member = variable.partition(".")
        values = [v for v in space.describe(variable, box[variable]) if v != NA] or [NA]
        if facts.of(variable).numeric:
            low, _, high = values[0].partition("..")
            found[fact] = low or high
        elif dot:
            found[fact + ("" if values[0] == "true" else "!")] = member
        else:
            found[fact] = values[0]
    return found
