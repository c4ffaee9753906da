"""A statement on one fact as the values it leaves: names, labels, numbers, members, definitions."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from tjkg.applicant.statements import Statement
from tjkg.boxes import HIGH, LOW, Box, Space, holds, intersect
from tjkg.errors import InputError, NotFoundError
from tjkg.facts import NA, Fact, Facts, bound, number_of

__all__ = ["ABOUTS", "NO", "YES", "alternatives", "concerned", "find"]

# whom a question may be about → the code of the fact `about`
ABOUTS = {
    "person": "个人", "household": "家庭", "employer": "用人单位", "shop": "个体工商户", "base": "基地", "deceased": "逝者",
}
YES = {"true", "是", "yes", "有", "1"}
NO = {"false", "否", "no", "没有", "0", "不是"}
_NONE = ("无", "none", "None")


def find(facts: Facts, name: str) -> Fact:
    """The fact of an id or label. Raises NotFoundError with the nearest."""
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


def concerned(fact: Fact, facts: Facts, about: str) -> Fact:
    """The fact, or the one that stands for it, that may be said of such an applicant; else InputError."""
    if fact.concerns(about):
        return fact
    for other in facts.values():
        if other.stands_for == fact.id and other.concerns(about):
            return other
    raise InputError(
        f"“{fact.label}”（{fact.id}）不适用于{ABOUTS[about]}", cure=f"请去掉它，或换 --about {'、'.join(fact.about)}"
    )


def alternatives(fact: Fact, statement: Statement, facts: Facts, space: Space) -> list[Box]:
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
