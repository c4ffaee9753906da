"""Statements as the box (or boxes) of possibilities of an applicant, checked for what cannot be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tjkg.applicant.statements import Statement
from tjkg.applicant.values import ABOUTS, alternatives, concerned, find
from tjkg.boxes import Box, Rules, Space, holds, inside, intersect
from tjkg.errors import InputError, NotFoundError
from tjkg.facts import ABOUT, Fact, Facts, bound, number_of

__all__ = ["Applicant", "applicant", "start"]


@dataclass(frozen=True)
class Applicant:
    """about: person, household, …; boxes: where the applicant may be (their union); hull: around them;
    stated: the variables something was said of."""

    about: str
    boxes: tuple[Box, ...]
    hull: Box
    stated: frozenset[str]


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
        fact = concerned(find(facts, statement.fact), facts, about)
        if fact.id == ABOUT:
            raise InputError("申请者是谁不用事实来写", cure="请用 --about（档案里写 about）")
        found = alternatives(fact, statement, facts, space)
        wanted = [c for box in boxes for other in found if (c := intersect(box, other)) is not None]
        if not wanted:
            raise InputError(f"关于“{fact.label}”的说法互相矛盾", cure="请改正其中一个")
        boxes = wanted
        stated.update(variable for other in found for variable in other)
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
            if inside(result, condition) and not stated & value.keys():
                for variable, mask in value.items():
                    result[variable] = result[variable] & mask or result[variable]
    for fact in facts.values():
        if fact.ordinary is None:
            continue
        for variable in (v for v in fact.variables if v not in stated):
            mask = space.values(variable, ("false",)) if fact.multiple else _ordinary_mask(fact, space)
            result[variable] = result[variable] & mask or result[variable]
    return rules.narrow(result)


def _ordinary_mask(fact: Fact, space: Space) -> int:
    value = str(fact.ordinary)
    if fact.numeric:
        number = number_of(fact, value)
        return space.range(fact.id, bound(fact, number, False), bound(fact, number, True))
    return space.values(fact.id, (value,))
