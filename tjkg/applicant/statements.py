"""What is said of an applicant, read from conditions like age=80.. or from a profile."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tjkg.errors import InputError

__all__ = ["Statement", "conditions", "profile", "read_facts"]

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
