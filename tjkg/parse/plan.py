"""A whole document: blocks → outline, list, tables, indicators, tasks → one `Plan`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tjkg.errors import InputError
from tjkg.parse import meaning
from tjkg.parse.form.agreement import check_list
from tjkg.parse.form.catalogue import ASPECTS, categories, rows_of
from tjkg.parse.form.columns import Columns, columns
from tjkg.parse.form.domains import Place, field_of, part_of, with_groups
from tjkg.parse.form.headings import bare
from tjkg.parse.form.indicators import indicators
from tjkg.parse.form.outline import Outline, Section, outline, title_of
from tjkg.parse.form.region import region_of
from tjkg.parse.form.responsible import responsible
from tjkg.read.blocks import Block, Paragraph, Row, Table, blocks
from tjkg.records import (
    Category,
    Domain,
    Finding,
    Indicator,
    Measure,
    Passage,
    Plan,
    Service,
    Source,
    Vocabulary,
)

__all__ = ["parse", "structure"]

_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_DEFINITION = re.compile(r"([^。；：:]+?)，即[^。]+")
_TASKS, _PROJECTS = re.compile(r"重点任务|主要任务"), re.compile(r"保障工程|重大工程|重点工程")


def _tables(tree: Outline, kind: str) -> Iterator[tuple[Section, Table, Columns]]:
    for section in tree.sections:
        for table in section.tables:
            cols = columns(table)
            if cols is not None and cols.kind == kind:
                yield section, table, cols


def _unknown_tables(tree: Outline) -> list[Finding]:
    """Tables whose header fits none of the known forms: told, never dropped in silence."""
    return [
        Finding(
            "violation", "table-unknown", {"header": "、".join(c.text for c in table.header.cells)},
            table.header.span.passage(),
        )
        for section in tree.sections
        for table in section.tables
        if columns(table) is None
    ]


def _stray_rows(found: Sequence[Block]) -> list[Finding]:
    """Rows of cells outside any table (a header with an empty cell, a table torn apart)."""
    return [
        Finding("violation", "row-outside-table", {}, block.span.passage())
        for block in found
        if isinstance(block, Paragraph) and block.span.text.count("\t") > 1
    ]


def _missing_columns(table: Table, cols: Columns) -> list[Finding]:
    return [
        Finding("information", "column-missing", {"aspect": aspect}, table.header.span.passage())
        for aspect in ASPECTS
        if aspect not in cols.index
    ]


def _fields(tree: Outline) -> tuple[str, ...]:
    """The fields that the tables of indicators and of services name, for titles that contain them."""
    names: dict[str, None] = {}
    for kind, aspect in (("indicators", "domain"), ("list", "category")):
        for _, table, cols in _tables(tree, kind):
            cells = [cols.cell(row, aspect) for row in table.rows if isinstance(row, Row)]
            names |= {re.sub(r"\s", "", c.text): None for c in cells if c is not None and c.text.strip()}
    return tuple(names)


def _catalogue(tree: Outline) -> tuple[list[Domain], list[Service], dict[str, Passage], list[Finding]]:
    """Domains and services of the tables of standards, and the categories that their rows name."""
    domains: list[Domain] = []
    services: list[Service] = []
    categories: dict[str, Passage] = {}
    findings: list[Finding] = []
    names = _fields(tree)
    for section, table, cols in _tables(tree, "standards"):
        found = field_of(tree, section, table, names)
        rows = rows_of(table, cols, found.name if found else None, services[-1].order if services else 0)
        place = found or _whole(tree, table)
        with_groups(domains, place, rows.groups, part_of(tree, table))
        services += [s if s.domain else replace(s, domain=place.name) for s in rows.services]
        categories = {**rows.categories, **categories}
        findings += [*rows.findings, *_missing_columns(table, cols)]
    used = {s.domain for s in services}
    return [d for d in domains if d.name in used or d.sections], services, categories, findings


def _whole(tree: Outline, table: Table) -> Place:
    """The field of a table that nothing names: what the document is about."""
    span = table.title or table.header.span
    return Place(table.title.text if table.title else title_of(tree), span.passage(), part_of(tree, table))


def _measures(tree: Outline, domains: Sequence[Domain]) -> Iterator[Measure]:
    """Tasks and projects of the domain chapters; the paragraphs of a chapter after them are measures."""
    by_chapter = {d.chapter: d.name for d in domains}
    last = max((d.chapter for d in domains), default=(0,))
    order = 0
    for section in tree.sections:
        kind = _measure_kind(section, by_chapter, last)
        if kind is None:
            continue
        for number, span in enumerate(section.paragraphs):
            order += 1
            title = bare(re.split(r"[。：:]", span.text, maxsplit=1)[0])
            if kind == "measure" and section.title and not number:
                title = section.title  # 五、保障措施 （一）加强组织领导
            domain = by_chapter.get(section.path) or by_chapter.get(section.path[:1])
            yield Measure(kind, title, domain, section.path, order, span)


def _measure_kind(section: Section, by_chapter: dict[tuple[int, ...], str], last: tuple[int, ...]) -> str | None:
    if section.path[:1] in by_chapter:
        if _TASKS.search(section.title or ""):
            return "task"
        return "project" if _PROJECTS.search(section.title or "") else None
    return "measure" if by_chapter and section.path[:1] > last else None


def _definitions(tree: Outline) -> dict[str, Passage]:
    """Terms that a note defines by 即: 各级财政负担 → the note's sentence."""
    found: dict[str, Passage] = {}
    for section in tree.sections:
        for note in section.notes:
            for match in _DEFINITION.finditer(note.text):
                term = re.sub(r"^注[：:]", "", match[1]).strip()
                found[term] = note.passage(match.start() + match[0].find(term), match.end())
    return found


def _date(tree: Outline) -> str | None:
    """The date of issue: a front paragraph that is nothing but a date."""
    for span in tree.sections[0].paragraphs:
        if match := _DATE.fullmatch(span.text.strip()):
            return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}"
    return None


def _with_category(services: list[Service], found: Sequence[Category]) -> list[Service]:
    category = {name: c.name for c in found for name, _ in c.services}
    return [replace(s, category=category.get(s.name, s.category)) for s in services]


def _lists(tree: Outline, services: Sequence[Service], named: dict[str, Passage]) -> tuple[Category, ...]:
    """The categories of the list; without one, those that the rows of the tables name (`named`)."""
    known = frozenset(s.name for s in services)
    listed = tuple(c for _, table, cols in _tables(tree, "list") for c in categories(table, cols, known))
    if listed:
        return listed
    return tuple(
        Category(name, None, None, place, tuple((s.name, s.passage) for s in services if s.category == name), None)
        for name, place in named.items()
    )


def _indicators(tree: Outline) -> tuple[list[Indicator], list[Finding]]:
    found: list[Indicator] = []
    findings: list[Finding] = []
    for section, table, cols in _tables(tree, "indicators"):
        rows, problems = indicators(table, cols, section.notes)
        found += rows
        findings += problems
    return found, findings


def parse(source: Source, vocabulary: Vocabulary, region: str | None = None) -> Plan:
    """Everything a document says, with the findings on its form.

    region: GB/T 2260 code of the place whose plan it is; None: the one that its title or front names.
    Organisations of other places are not meant by its words.

    Raises:
        InputError: the document has no table of standards at all.
    """
    found = blocks(source)
    tree = outline(found)
    place = region or region_of(tree, vocabulary.regions)
    words = vocabulary.of_region(place)
    return replace(meaning.read(_structure(source, found, tree, words), words), region=place)


def structure(source: Source) -> Plan:
    """The form of a document alone: outline, list, services with their cells, indicators, tasks.

    Raises:
        InputError: the document has no table of standards at all.
    """
    found = blocks(source)
    return _structure(source, found, outline(found), Vocabulary())


def _structure(source: Source, found_blocks: Sequence[Block], tree: Outline, vocabulary: Vocabulary) -> Plan:
    domains, services, named, findings = _catalogue(tree)
    if not services:
        raise InputError(
            "没有找到基本标准表（表头应含服务项目、服务对象、保障标准、支出责任）",
            where=source.name,
            cure="请确认给的是规划全文，且表格没有丢失",
        )
    found = _lists(tree, services, named)
    measured, problems = _indicators(tree)
    return Plan(
        source=source,
        title=title_of(tree),
        date=_date(tree),
        parts=tree.parts,
        categories=found,
        domains=tuple(domains),
        services=tuple(_with_category(services, found)),
        indicators=tuple(measured),
        measures=tuple(_measures(tree, domains)),
        notes=tuple(note for section in tree.sections for note in section.notes),
        findings=(*findings, *problems, *_unknown_tables(tree), *_stray_rows(found_blocks),
                  *check_list(found, services, {f.service for f in findings if f.service})),
        responsible=responsible(tree, vocabulary.agencies),
        definitions=_definitions(tree),
    )
