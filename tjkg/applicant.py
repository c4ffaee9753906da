"""An applicant as a box of possibilities: a profile, or conditions like age=80.., read and checked.

A person, a half-known person and a group are one thing: each variable has the values it may have.
What is stated as an alternative over several facts (“disabled”) makes several boxes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from tjkg.boxes import HIGH, LOW, Box, Rules, Space, holds, inside, intersect
from tjkg.errors import InputError, NotFoundError
from tjkg.facts import ABOUT, NA, Fact, Facts, bound, number_of

__all__ = [
    "ABOUTS", "NO", "YES", "Applicant", "Statement", "applicant", "conditions", "profile", "read_facts", "start",
]

# whom a question may be about → the code of the fact `about`
ABOUTS = {
    "person": "个人", "household": "家庭", "employer": "用人单位", "shop": "个体工商户", "base": "基地", "deceased": "逝者",
}
YES = {"true", "是", "yes", "有", "1"}
NO = {"false", "否", "no", "没有", "0", "不是"}
_NONE = ("无", "none", "None")
_CONDITION = re.compile(r"\s*([^=!\s]+?)\s*(!=|=)\s*(.*?)\s*$", re.DOTALL)


@dataclass(frozen=True)
class Statement:
    """What is said of one fact: one of `low`..`high` (ends included), `values`, or `not_values`."""

    fact: str
    low: str | None = None
    high: str | None = None
    values: tuple[str, ...] = ()
    not_values: tuple[str, ...] = ()
    every: bool = False  # of a set: all of `values` hold, not just one of them


@dataclass(frozen=True)
class Applicant:
    """about: person, household, …; boxes: where the applicant may be (their union); hull: around them."""

    about: str
    boxes: tuple[Box, ...]
    hull: Box
    stated: frozenset[str]


# ---------------------------------------------------------------- texts to statements


def conditions(texts: Iterable[str]) -> list[Statement]:
    """Statements of the command line: age=80.., age=60..79, care=a|b, identity!=孤儿.

    Raises:
        InputError: a text that is no condition.
    """
    return [statement for text in texts for statement in _condition(text)]


def _condition(text: str) -> Iterator[Statement]:
    match = _CONDITION.match(text)
    if match is None or not match[3]:
        raise InputError(f"条件“{text}”读不懂", cure="请写成 age=80..、age=60..79、residence=农村 或 identity!=孤儿")
    name, sign, value = match.groups()
    if ".." in value:
        low, _, high = value.partition("..")
        if sign == "!=" or not (low or high):
            raise InputError(f"条件“{text}”读不懂", cure="范围请写成 age=80..、age=..17 或 age=60..79")
        yield Statement(name, low or None, high or None)
        return
    values = tuple(v.strip() for v in value.split("|") if v.strip())
    yield Statement(name, not_values=values) if sign == "!=" else Statement(name, values=values)


def read_facts(facts: Mapping[str, Any]) -> list[Statement]:
    """Statements of the `facts` of a profile; null says nothing.

    Raises:
        InputError: a value of a form that no fact has.
    """
    return [s for name, value in facts.items() if value is not None for s in _profile_value(name, value)]


def _profile_value(name: str, value: Any) -> Iterator[Statement]:
    if isinstance(value, dict):
        if not value or value.keys() - {"min", "max", "in", "has", "not"}:
            raise InputError(
                f"事实 {name} 的写法不对", where="facts", cure='可用 {"min","max"}、{"in":[…]}、{"has":[…],"not":[…]}'
            )
        if "min" in value or "max" in value:
            low, high = value.get("min"), value.get("max")
            yield Statement(name, _text(low, name) if low is not None else None, _text(high, name) if high is not None else None)
        if "in" in value:
            yield Statement(name, values=tuple(_text(v, name) for v in _list(value["in"], name)))
        if "has" in value:
            yield Statement(name, values=tuple(_text(v, name) for v in _list(value["has"], name)), every=True)
        if "not" in value:
            yield Statement(name, not_values=tuple(_text(v, name) for v in _list(value["not"], name)))
    elif isinstance(value, list):
        yield Statement(name, values=tuple(_text(v, name) for v in value), every=True)
    else:
        yield Statement(name, values=(_text(value, name),))


def _list(value: Any, name: str) -> Sequence[Any]:
    if not isinstance(value, list):
        raise InputError(f"事实 {name} 的取值应是列表", where="facts", cure=f'例如 "{name}": {{"in": ["…"]}}')
    return value


def _text(value: Any, name: str) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (str, int, float)):
        return str(value)
    raise InputError(f"事实 {name} 的取值 {value!r} 不是文字、数或是否", where="facts", cure="请改正该值")


def profile(data: Any) -> tuple[str, list[Statement], bool]:
    """(about, statements, whether the rest is ordinary) of a PROFILE.json.

    Raises:
        InputError: it is not such a profile.
    """
    if not isinstance(data, dict) or not isinstance(data.get("facts", {}), dict):
        raise InputError("不是申请者档案", cure='请写成 {"about": "person", "facts": {"age": 82}}')
    if unknown := data.keys() - {"about", "facts", "others"}:
        raise InputError(f"申请者档案里不认识 {'、'.join(sorted(unknown))}", cure="只用 about、facts、others")
    others = data.get("others", "unknown")
    if others not in ("unknown", "ordinary"):
        raise InputError(f"others 是 {others!r}", cure='请写 "unknown" 或 "ordinary"')
    return str(data.get("about", "person")), read_facts(data.get("facts", {})), others == "ordinary"


# ---------------------------------------------------------------- statements to boxes


def applicant(
    facts: Facts, space: Space, rules: Rules, statements: Iterable[Statement], about: str = "person",
    ordinary: bool = False,
) -> Applicant:
    """The box (or boxes) of possibilities of what is stated.

    ordinary: facts that are not stated have their ordinary value, if they have one.

    Raises:
        NotFoundError: an unknown fact or value, with the nearest. InputError: a value of the wrong type,
            statements that contradict each other or cannot be together, a fact that does not concern such
            an applicant.
    """
    if about not in ABOUTS:
        raise NotFoundError(f"申请者 {about} 不认识", cure="可用 " + "、".join(ABOUTS))
    boxes, stated = [start(facts, space, about)], set[str]()
    for statement in statements:
        fact = _concerned(_find(facts, statement.fact), facts, about)
        if fact.id == ABOUT:
            raise InputError("申请者是谁不用事实来写", cure="请用 --about（档案里写 about）")
        alternatives = _alternatives(fact, statement, facts, space)
        wanted = [c for box in boxes for other in alternatives if (c := intersect(box, other)) is not None]
        if not wanted:
            raise InputError(f"关于“{fact.label}”的说法互相矛盾", cure="请改正其中一个")
        boxes = wanted
        stated.update({fact.id} if fact.kind != "definition" else {v.partition(".")[0] for o in alternatives for v in o})
    possible = [box for box in boxes if _possible(box, rules, space)]
    if not possible:
        _impossible(boxes[0], rules, space)
    if ordinary:
        possible = [_ordinary(box, facts, space, rules, stated) for box in possible]
    hull = {v: _union(box[v] for box in possible) for v in possible[0]}
    return Applicant(about, tuple(possible), hull, frozenset(stated))


def _union(masks: Iterable[int]) -> int:
    found = 0
    for mask in masks:
        found |= mask
    return found


def start(facts: Facts, space: Space, about: str) -> Box:
    """Everything is possible that concerns such an applicant."""
    box: Box = {}
    for variable, full in space.full.items():
        na = space.na(variable)
        box[variable] = full & ~na if facts.of(variable).concerns(about) else na
    box[ABOUT] = space.values(ABOUT, (ABOUTS[about],))
    return box


def _find(facts: Facts, name: str) -> Fact:
    if name in facts:
        return facts[name]
    for fact in facts.values():
        if name in (fact.label, fact.label_en):
            return fact
    labels = {f.label: f.id for f in facts.values()}
    near = get_close_matches(name, [*facts, *labels], n=3, cutoff=0.4)
    shown = [f"{facts[n].label}（{n}）" if n in facts else f"{n}（{labels[n]}）" for n in near]
    cure = f"最接近的：{'、'.join(shown)}" if shown else "用 tjkg facts 看可以说明的事实"
    raise NotFoundError(f"没有事实 {name}", cure=cure)


def _concerned(fact: Fact, facts: Facts, about: str) -> Fact:
    if fact.concerns(about):
        return fact
    for other in facts.values():
        if other.stands_for == fact.id and other.concerns(about):
            return other
    raise InputError(
        f"“{fact.label}”（{fact.id}）不适用于{ABOUTS[about]}", cure=f"请去掉它，或换 --about {'、'.join(fact.about)}"
    )


def _alternatives(fact: Fact, statement: Statement, facts: Facts, space: Space) -> list[Box]:
    """The boxes whose union is what is said of a fact."""
    if fact.kind == "definition":
        return _definition(fact, statement, facts, space)
    if fact.multiple:
        return _members(fact, statement, facts, space)
    full = space.full[fact.id]
    mask = full
    if fact.numeric:
        if statement.not_values:
            raise InputError(f"“{fact.label}”是数，不能写“不是”", cure=f"请写范围，例如 {fact.id}=80..")
        mask = _numbers(fact, statement, space)
    else:
        if statement.low is not None or statement.high is not None:
            raise InputError(f"“{fact.label}”不是数，不能写范围", cure=f"可取 {'、'.join(_choices(fact))}")
        if statement.values:
            mask = space.values(fact.id, (_value(fact, v, facts) for v in statement.values))
        if statement.not_values:
            mask &= full & ~space.values(fact.id, (_value(fact, v, facts) for v in statement.not_values))
    return [{fact.id: mask}] if mask else []


def _numbers(fact: Fact, statement: Statement, space: Space) -> int:
    mask = 0
    spans: list[tuple[str | None, str | None]] = [(v, v) for v in statement.values]
    spans = spans or [(statement.low, statement.high)]
    for low, high in spans:
        first = bound(fact, _number(fact, low), False) if low is not None else LOW
        last = bound(fact, _number(fact, high), True) if high is not None else HIGH
        if first >= last:
            raise InputError(f"“{fact.label}”的范围 {low}..{high} 是空的", cure="请把小的写在前面")
        mask |= space.range(fact.id, first, last)
    return mask


def _number(fact: Fact, text: str) -> float:
    kind = {"integer": "整数", "decimal": "数", "date": "日期（如 2023-04-05）"}[fact.type]
    try:
        number = number_of(fact, text)
    except ValueError:
        raise InputError(f"“{fact.label}”应是{kind}，不是 {text}", cure=f"例如 {fact.id}={'2023-04-05' if fact.type == 'date' else 80}") from None
    if number < 0:
        raise InputError(f"“{fact.label}”不能是负数（{text}）", cure="请改正")
    return number


def _choices(fact: Fact) -> Sequence[str]:
    return ("是", "否") if fact.type == "boolean" else fact.values


def _value(fact: Fact, text: str, facts: Facts) -> str:
    """A value of a code, or true and false, by its name, label or number."""
    if fact.type == "boolean":
        if text.lower() in YES:
            return "true"
        if text.lower() in NO:
            return "false"
        raise InputError(f"“{fact.label}”应是“是”或“否”，不是 {text}", cure=f"例如 {fact.id}=是")
    if text in fact.values or text == NA:
        return text
    for value in fact.values:
        if text in facts.labels.get(value, ()) or text in facts.aliases.get(value, ()):
            return value
    near = get_close_matches(text, fact.values, n=3, cutoff=0.3)
    cure = f"最接近的：{'、'.join(near)}（可取 {'、'.join(fact.values)}）" if near else f"可取 {'、'.join(fact.values)}"
    raise NotFoundError(f"“{fact.label}”没有取值 {text}", cure=cure)


def _members(fact: Fact, statement: Statement, facts: Facts, space: Space) -> list[Box]:
    """What is said of a set: has (one of, or all of) some, has not others; 无: none at all."""
    if statement.low is not None or statement.high is not None:
        raise InputError(f"“{fact.label}”不是数，不能写范围", cure=f"可取 {'、'.join(fact.values)}")
    yes = {v: space.values(v, ("true",)) for v in fact.variables}
    no = {v: space.values(v, ("false",)) for v in fact.variables}
    if any(v in _NONE for v in statement.values):
        return [dict(no)]
    chosen = [f"{fact.id}.{_value(fact, v, facts)}" for v in statement.values]
    gone = [f"{fact.id}.{_value(fact, v, facts)}" for v in statement.not_values]
    without: Box = {v: no[v] for v in gone}
    if not chosen:
        return [without]
    if statement.every:
        both = intersect({v: yes[v] for v in chosen}, without)
        return [] if both is None else [both]
    return [c for v in chosen if (c := intersect({v: yes[v]}, without)) is not None]


def _definition(fact: Fact, statement: Statement, facts: Facts, space: Space) -> list[Box]:
    """A term that follows from other facts: where it holds, or does not."""
    values = statement.values or statement.not_values
    if len(values) != 1:
        raise InputError(f"“{fact.label}”应是“是”或“否”", cure=f"例如 {fact.id}=是")
    wanted = (_value(fact, values[0], facts) == "true") == bool(statement.values)
    return holds(facts.definitions[fact.id], space, wanted)


# ---------------------------------------------------------------- what cannot be, what is ordinary


def _possible(box: Box, rules: Rules, space: Space) -> bool:
    return all(rules.narrow(box).values())


def _impossible(box: Box, rules: Rules, space: Space) -> None:
    for label, when, variable, never in rules.told:
        if inside(box, when) and not box[variable] & ~never:
            raise InputError(f"所说的情况不能同时成立：{label}", cure="请改正其中一个")
    raise InputError("所说的情况不能同时成立", cure="请改正其中一个")


def _ordinary(box: Box, facts: Facts, space: Space, rules: Rules, stated: set[str]) -> Box:
    """The box with ordinary values for what is not stated, where they are possible."""
    result = rules.narrow(box)
    for when, then in facts.ordinary:
        for condition, value in ((w, t) for w in holds(when, space, True) for t in holds(then, space, True)):
            if inside(result, condition) and not any(v.partition(".")[0] in stated for v in value):
                for variable, mask in value.items():
                    result[variable] = result[variable] & mask or result[variable]
    for fact in facts.values():
        if fact.ordinary is None or fact.id in stated or fact.open:
            continue
        for variable in fact.variables:
            mask = space.values(variable, ("false",)) if fact.multiple else _ordinary_mask(fact, space)
            result[variable] = result[variable] & mask or result[variable]
    return rules.narrow(result)


def _ordinary_mask(fact: Fact, space: Space) -> int:
    value = str(fact.ordinary)
    if fact.numeric:
        number = number_of(fact, value)
        return space.range(fact.id, bound(fact, number, False), bound(fact, number, True))
    return space.values(fact.id, (value,))
