"""Maximal boxes → one SQL boolean text a service: TRUE, FALSE, or NULL where a row does not tell.

An OR of ANDs over maximal boxes is right under SQL's three-valued logic: a row with nulls is a box of
possibilities. Plain SQL-92 (=, IN, <, AND, OR, NOT, CASE), so polars, DuckDB and Spark SQL all run it.
Columns are named like variables, `.` as `_`: identity_孤儿.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from tjkg.applicant import start
from tjkg.boxes import HIGH, LOW, Box, Space, absorb
from tjkg.criteria import Criteria, Criterion, Ruled
from tjkg.facts import Fact, text_of

__all__ = ["asked", "column", "condition_sql", "impossible_sql", "missing_sql", "query", "service_sql"]


def column(variable: str) -> str:
    """The SQL column of a variable."""
    return variable.replace(".", "_")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _number(fact: Fact, number: float) -> str:
    text = text_of(fact, number)
    return _text(text) if fact.type == "date" else text


def _atom(variable: str, mask: int, space: Space) -> str:
    """One variable within the values of a mask."""
    fact, name = space.facts.of(variable), _quoted(column(variable))
    if fact.numeric:
        parts = []
        for (low, low_side), (high, high_side) in space.ranges(variable, mask):
            bounds = []
            if (low, low_side) != LOW:
                bounds.append(f"{name} {'>' if low_side else '>='} {_number(fact, low)}")
            if (high, high_side) != HIGH:
                bounds.append(f"{name} {'<=' if high_side else '<'} {_number(fact, high)}")
            parts.append(" AND ".join(bounds) or f"{name} IS NOT NULL")
        return parts[0] if len(parts) == 1 else "(" + " OR ".join(f"({p})" for p in parts) + ")"
    names = space.names(variable, mask)
    if fact.multiple or fact.type == "boolean":
        return name if "true" in names else f"NOT {name}"
    if len(names) == 1:
        return f"{name} = {_text(names[0])}"
    return f"{name} IN ({', '.join(map(_text, names))})"


def condition_sql(boxes: Iterable[Box], space: Space) -> str:
    """Boxes as an OR of ANDs; FALSE for none, TRUE for one that asks nothing."""
    told = []
    for box in boxes:
        if not box:
            return "TRUE"
        told.append(" AND ".join(_atom(variable, box[variable], space) for variable in sorted(box)))
    if not told:
        return "FALSE"
    return told[0] if len(told) == 1 else " OR ".join(f"({t})" for t in told)


def _within(boxes: Iterable[Box], domain: Box, known: Collection[str] | None, *, sure: bool) -> list[Box]:
    """The boxes for such applicants, by the columns there are (all when None).

    A column that is not there may hold anything: a sure box that asks for it falls away, a may box does
    not ask for it.
    """
    kept = []
    for box in boxes:
        left: Box | None = {}
        for variable, mask in box.items():
            here = mask & domain[variable]
            if here == domain[variable]:
                continue
            if not here or (known is not None and variable not in known and sure):
                left = None
                break
            if left is not None and (known is None or variable in known):
                left[variable] = here
        if left is not None:
            kept.append(left)
    return absorb(kept)


def service_sql(
    criteria: Criteria, about: str = "person", known: Collection[str] | None = None
) -> dict[str, str]:
    """Service → the SQL text that decides it for a row of such applicants.

    known: the variables that have a column; None: all.
    """
    domain = start(criteria.facts, criteria.space, about)
    found: dict[str, str] = {}
    for service, rows in _by_service(criteria).items():
        sure = _within((b for r in rows for b in r.criterion.sure), domain, known, sure=True)
        may = _within((b for r in rows for b in r.criterion.may), domain, known, sure=False)
        found[service] = _verdict(sure, may, criteria.space)
    return found


def asked(criteria: Criteria, services: Collection[str]) -> set[str]:
    """The variables on which the verdict on some services may turn."""
    chosen = [r.criterion for r in criteria.standards if r.service in services]
    return {v for criterion in chosen for box in (*criterion.sure, *criterion.may) for v in box}


def _by_service(criteria: Criteria) -> dict[str, list[Ruled]]:
    found: dict[str, list[Ruled]] = {}
    for ruled in criteria.standards:
        found.setdefault(ruled.service, []).append(ruled)
    return found


def _verdict(sure: Sequence[Box], may: Sequence[Box], space: Space) -> str:
    yes, possible = condition_sql(sure, space), condition_sql(may, space)
    if yes == "TRUE" or possible == "FALSE":
        return yes if yes == "TRUE" else "FALSE"
    if _same(sure, may):
        return yes
    if possible == "TRUE":
        return f"CASE WHEN {yes} THEN TRUE END" if yes != "FALSE" else "CAST(NULL AS BOOLEAN)"
    if yes == "FALSE":
        return f"CASE WHEN NOT ({possible}) THEN FALSE END"
    return f"CASE WHEN {yes} THEN TRUE WHEN NOT ({possible}) THEN FALSE END"


def _same(a: Sequence[Box], b: Sequence[Box]) -> bool:
    return len(a) == len(b) and all(box in b for box in a)


def missing_sql(criteria: Criteria, about: str, known: Collection[str]) -> dict[str, str]:
    """Service → SQL text of the facts a row lacks to decide it, joined by ；(NULL where it is decided)."""
    domain = start(criteria.facts, criteria.space, about)
    verdicts = service_sql(criteria, about, known)
    found: dict[str, str] = {}
    for service, rows in _by_service(criteria).items():
        asked: dict[str, list[str]] = {}
        for ruled in rows:
            _ask(ruled.criterion, domain, known, criteria.space, asked)
        parts = [
            f"CASE WHEN {' OR '.join(sorted(set(conditions)))} THEN {_text(fact)} END"
            for fact, conditions in sorted(asked.items(), key=lambda item: criteria.facts[item[0]].order)
        ]
        listed = f"CONCAT_WS('；', {', '.join(parts)})" if parts else "''"
        found[service] = f"CASE WHEN ({verdicts[service]}) IS NULL THEN {listed} END"
    return found


def _ask(
    criterion: Criterion, domain: Box, known: Collection[str], space: Space, asked: dict[str, list[str]]
) -> None:
    """Adds, per fact, when it is asked for: it is not there, and the rest of a box does not fail."""
    for box in _within(criterion.sure, domain, None, sure=True):
        for variable in box:
            rest = {v: m for v, m in box.items() if v != variable and v in known}
            alive = "TRUE" if not rest else f"COALESCE({condition_sql([rest], space)}, TRUE)"
            absent = [] if variable not in known else [f"{_quoted(column(variable))} IS NULL"]
            condition = " AND ".join([*absent, alive])
            asked.setdefault(space.facts.of(variable).id, []).append(f"({condition})")


def impossible_sql(criteria: Criteria, known: Collection[str]) -> list[tuple[str, str]]:
    """(label, SQL text) of what cannot be together, as far as there are columns."""
    found = []
    for label, when, variable, never in criteria.rules.told:
        box = {**when, variable: never}
        if all(v in known for v in box):
            found.append((label, condition_sql([box], criteria.space)))
    return found


def query(columns: Mapping[str, str], keep: Sequence[str], table: str = "people") -> str:
    """SELECT of the kept columns and, per name, a text."""
    kept = [_quoted(name) for name in keep]
    told = [f"{text} AS {_quoted(name)}" for name, text in columns.items()]
    return f"SELECT {', '.join([*kept, *told])} FROM {table}"
