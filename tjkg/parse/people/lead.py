"""The column 牵头负责单位: who leads a service and who takes part, as the table says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tjkg.parse.text.names import fold
from tjkg.records import Agency, AgencyRole, Span

__all__ = ["lead_roles"]

_CLAUSE = re.compile(r"[^；;。\n]+")
_BREAK = re.compile(r"(?<=牵头)[，,]|(?<=负责)[，,]")  # 市教育局牵头，市财政局配合
_UNIT = re.compile(r"[^、，,；;。：:\s（）()/]+")
_WITH = re.compile(r"配合|参与|协助|协同|会同")
# words around the names: what they do, or that there are more of them
_WORDS = re.compile(
    r"^(?:由|会同|配合单位|参与单位|牵头单位|责任单位|负责单位|主管部门)|"
    r"(?:共同)?(?:牵头|负责|配合|参与|协助|协同|落实|组织实施)+$|(?:等(?:部门|单位)?|按职责分工)$"
)
_LABELS = re.compile(r"(?:牵头|责任|负责|配合|参与|主管|协助)(?:负责)?(?:单位|部门)?|各")  # no unit's name


def _clauses(cell: Span) -> Iterator[Span]:
    for match in _CLAUSE.finditer(cell.text):
        at = match.start()
        for sign in _BREAK.finditer(match[0]):
            yield cell.sub(at, match.start() + sign.start())
            at = match.start() + sign.end()
        yield cell.sub(at, match.end())


def _units(clause: Span) -> Iterator[Span]:
    """The names in a clause, without the words around them."""
    for match in _UNIT.finditer(clause.text):
        start, end = match.span()
        while word := _WORDS.search(clause.text[start:end]):
            start, end = (start + word.end(), end) if word.start() == 0 else (start, start + word.start())
        name = clause.text[start:end]
        if name and not _LABELS.fullmatch(name):
            yield clause.sub(start, end)


def lead_roles(cell: Span | None, agencies: Sequence[Agency]) -> tuple[AgencyRole, ...]:
    """The organisations of a cell of 牵头负责单位: 牵头, or 配合 in a clause that says so.

    An organisation that the agencies' list lacks keeps its printed name (`AgencyRole.name`).
    """
    if cell is None:
        return ()
    known = {fold(label): a.id for a in agencies for label in a.labels}
    found: dict[str, AgencyRole] = {}
    for clause in _clauses(cell):
        role = "配合" if _WITH.search(clause.text) else "牵头"
        for unit in _units(clause):
            name = fold(unit.text)
            agency = known.get(name, name)
            printed = None if name in known else name
            found.setdefault(agency, AgencyRole(agency, role, "stated", unit.passage(), name=printed))
    return tuple(found.values())
