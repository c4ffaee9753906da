"""The user's columns and codes as facts: what is read of a table, and what in it cannot be."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import polars as pl

from tjkg.applicant import NO, YES
from tjkg.batch.sql import column
from tjkg.errors import InputError, NotFoundError
from tjkg.facts import ABOUT, Fact, Facts

__all__ = ["Column", "Layout", "ColumnMap", "layout", "read_mapping"]

_MARKS = r"[;；,，、|]"  # between the members of a set written in one cell
_SETS_NONE = ("无", "none")


@dataclass(frozen=True)
class ColumnMap:
    """columns: variable → the user's column; values: fact → the user's code → value; keep: columns to keep."""

    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    keep: Sequence[str] = ()


@dataclass(frozen=True)
class Column:
    """A variable read from a column of the table; `bad` marks the rows whose value cannot be read."""

    variable: str
    source: str
    value: pl.Expr
    bad: pl.Expr


@dataclass(frozen=True)
class Layout:
    """What is read of a table: variables, and columns kept as they are."""

    columns: tuple[Column, ...]
    keep: tuple[str, ...]

    @property
    def known(self) -> frozenset[str]:
        """The variables that have a column."""
        return frozenset(c.variable for c in self.columns)

    def only(self, variables: Collection[str]) -> Layout:
        """Without the columns of other variables; one is left in any case, so that rows are told."""
        left = tuple(c for c in self.columns if c.variable in variables)
        return Layout(left or self.columns[:1], self.keep)


def read_mapping(path: Path) -> ColumnMap:
    """A mapping file (TOML or JSON): [columns] age = "年龄", [values.hukou] "1" = "天津", keep = ["编号"].

    Raises:
        InputError: unreadable, or with other keys.
    """
    try:
        text = path.read_text("utf-8")
        data: Any = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    except OSError:
        raise InputError("没有这个对照文件", where=str(path), cure="请检查路径") from None
    except ValueError as error:
        raise InputError(f"对照文件读不懂：{error}", where=str(path), cure="请写成 TOML 或 JSON") from None
    cure = '可用 [columns] age = "年龄"、[values.hukou] "1" = "天津"、keep = ["编号"]'
    if not isinstance(data, dict) or data.keys() - {"columns", "values", "keep"}:
        raise InputError("对照文件里有不认识的内容", where=str(path), cure=cure)
    columns, values, keep = data.get("columns", {}), data.get("values", {}), data.get("keep", [])
    right = (
        isinstance(columns, dict) and isinstance(keep, list) and isinstance(values, dict)
        and all(isinstance(v, dict) for v in values.values())
    )
    if not right:
        raise InputError("对照文件的写法不对", where=str(path), cure=cure)
    return ColumnMap(
        {str(k): str(v) for k, v in columns.items()},
        {str(f): {str(k): str(v) for k, v in m.items()} for f, m in values.items()},
        tuple(map(str, keep)),
    )


def layout(
    schema: Mapping[str, pl.DataType], facts: Facts, about: str, mapping: ColumnMap, keep: Sequence[str], where: str,
    *, trim: bool = True,
) -> Layout:
    """Which columns are read as which facts. Columns that are named like no fact are not read.

    Raises:
        InputError: a column that is asked for is not there, or none is a fact. NotFoundError: the mapping
            names an unknown fact or value.
    """
    kept = list(dict.fromkeys([*mapping.keep, *keep]))
    named = {name: _variables(name, facts) for name in mapping.columns}
    wanted = [*kept, *mapping.columns.values()]
    if absent := [name for name in wanted if name not in schema]:
        near = get_close_matches(absent[0], list(schema), n=3, cutoff=0.3)
        raise InputError(
            f"没有列“{absent[0]}”", where=where, cure=f"现有的列：{'、'.join(near or list(schema)[:12])}"
        )
    chosen: dict[str, tuple[Fact, str]] = {}
    for name, source in mapping.columns.items():
        for variable in named[name]:
            chosen[variable] = (facts.of(variable), source)
    for source in schema:
        for variable in _variables(source, facts, strict=False):
            chosen.setdefault(variable, (facts.of(variable), source))
    for fact in mapping.values:
        _codes(facts[fact] if fact in facts else _unknown(fact, facts), facts, mapping)
    columns = [
        Column(variable, source, *_read(variable, fact, source, schema[source], facts, mapping, trim))
        for variable, (fact, source) in chosen.items()
        if fact.concerns(about) and fact.id != ABOUT
    ]
    if not columns:
        raise InputError(
            "没有一列能当作事实", where=where, cure="用 tjkg facts 看事实的名称，或用 --map 写明哪一列是哪个事实"
        )
    return Layout(tuple(columns), tuple(kept))


def _unknown(name: str, facts: Facts) -> Fact:
    near = get_close_matches(name, list(facts), n=3, cutoff=0.4)
    raise NotFoundError(f"没有事实 {name}", cure=f"最接近的：{'、'.join(near)}" if near else "用 tjkg facts 看全部事实")


def _variables(name: str, facts: Facts, *, strict: bool = True) -> tuple[str, ...]:
    """The variables a column name stands for: a fact, a member of a set, or all members of a set."""
    for fact in facts.values():
        if fact.kind == "definition":
            continue
        if name in (fact.id, fact.label):
            return fact.variables
        for variable in fact.variables if fact.multiple else ():
            if name in (variable, column(variable)):
                return (variable,)
    if strict:
        _unknown(name, facts)
    return ()


# ---------------------------------------------------------------- reading values


def _read(
    variable: str, fact: Fact, source: str, kind: pl.DataType, facts: Facts, mapping: ColumnMap, trim: bool
) -> tuple[pl.Expr, pl.Expr]:
    """(value, bad) of a column, whatever way it is written; trim: blanks around a text do not count."""
    raw = pl.col(source)
    blank = raw.is_null()
    if kind == pl.String:
        raw = raw.str.strip_chars() if trim else raw
        blank = blank | (raw == "")
    if fact.multiple:
        return _member(variable, fact, raw, blank, kind, facts, mapping)
    reader = {"integer": _integer, "decimal": _decimal, "date": _date, "boolean": _boolean}.get(fact.type)
    value = reader(raw, kind, mapping.values.get(fact.id, {})) if reader else _code(fact, raw, kind, facts, mapping)
    return value, value.is_null() & ~blank


def _integer(raw: pl.Expr, kind: pl.DataType, _: Mapping[str, str]) -> pl.Expr:
    number = raw if kind.is_integer() else raw.cast(pl.Float64, strict=False)
    whole = number.cast(pl.Int64, strict=False)
    return pl.when((whole >= 0) & (whole == number)).then(whole)


def _decimal(raw: pl.Expr, kind: pl.DataType, _: Mapping[str, str]) -> pl.Expr:
    number = raw.cast(pl.Float64, strict=False)
    return pl.when((number >= 0) & number.is_finite()).then(number)


def _date(raw: pl.Expr, kind: pl.DataType, _: Mapping[str, str]) -> pl.Expr:
    day = raw.cast(pl.Date) if kind in (pl.Date, pl.Datetime) else raw.cast(pl.String).str.to_date("%Y-%m-%d", strict=False)
    return day.dt.to_string("%Y-%m-%d")


def _boolean(raw: pl.Expr, kind: pl.DataType, codes: Mapping[str, str]) -> pl.Expr:
    if kind == pl.Boolean:
        return raw
    words = {**dict.fromkeys(sorted(YES), True), **dict.fromkeys(sorted(NO), False)}
    words |= {code: value in YES for code, value in codes.items()}
    return _chosen(raw.cast(pl.String).str.to_lowercase(), words, pl.Boolean())


def _chosen(text: pl.Expr, words: Mapping[str, object], kind: pl.DataType) -> pl.Expr:
    """The value of a word, null for any other; compared one by one, which streams (a look-up would not)."""
    found: dict[object, pl.Expr] = {}
    for word, value in words.items():
        found[value] = found[value] | (text == word) if value in found else text == word
    chain: pl.Expr = pl.lit(None, kind)
    for value, condition in found.items():
        chain = pl.when(condition).then(pl.lit(value, kind)).otherwise(chain)
    return chain


def _codes(fact: Fact, facts: Facts, mapping: ColumnMap) -> dict[str, str]:
    """Every way to write a value of a code → the value. Raises NotFoundError for an unknown value."""
    words: dict[str, str] = {}
    for value in fact.values:
        for word in (value, *facts.aliases.get(value, ())):
            words.setdefault(word, value)
    for code, value in mapping.values.get(fact.id, {}).items():
        if fact.type == "code" and value not in words:
            near = get_close_matches(value, list(fact.values), n=3, cutoff=0.3) or fact.values
            raise NotFoundError(f"“{fact.label}”没有取值 {value}", cure=f"可取 {'、'.join(near)}")
        words[code] = words.get(value, value)
    return words


def _code(fact: Fact, raw: pl.Expr, kind: pl.DataType, facts: Facts, mapping: ColumnMap) -> pl.Expr:
    text = raw.cast(pl.String) if kind != pl.String else raw
    return _chosen(text, _codes(fact, facts, mapping), pl.Enum(fact.values))


def _member(
    variable: str, fact: Fact, raw: pl.Expr, blank: pl.Expr, kind: pl.DataType, facts: Facts, mapping: ColumnMap
) -> tuple[pl.Expr, pl.Expr]:
    """A member of a set: from a column of its own (yes, no), or a cell that lists the members."""
    if kind != pl.String:
        value = _boolean(raw, kind, {})
        return value, value.is_null() & ~blank
    words = _codes(fact, facts, mapping)
    own = _boolean(raw, kind, {})
    member = variable.partition(".")[2]
    listed = raw.str.replace_all(_MARKS, ";").str.split(";")
    known = [*words, *_SETS_NONE]
    names = [word for word, value in words.items() if value == member]
    has = listed.list.eval(pl.element().str.strip_chars().is_in(names)).list.any()
    strange = listed.list.eval(~pl.element().str.strip_chars().is_in([*known, ""])).list.any()
    value = pl.when(own.is_not_null()).then(own).when(blank | strange).then(None).otherwise(has)
    return value, own.is_null() & ~blank & strange
