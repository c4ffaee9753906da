"""Which field a table of standards is about: its chapter, its section, its own title, or what it says inside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tjkg.parse.form.catalogue import Group, key
from tjkg.parse.form.headings import bare
from tjkg.parse.form.outline import Outline, Section, title_of
from tjkg.read.blocks import Table
from tjkg.records import Domain, Passage, Span

__all__ = ["Place", "field_of", "part_of", "with_groups"]

# words of a title that say what kind of document it is, not what it is about
_EDITION = re.compile(r"[“\"]?十[一二三四五六七八九]五[”\"]?(时期|规划)?|[（(]?\d{4}年?版?[）)]?")
_KIND = re.compile(
    r"(公共服务|基本公共服务|服务)?(基本|实施|具体|保障)?(标准|项目)?(体系)?(建设)?(清单|目录|一览表|明细表|表|标准)$"
)
_STEP = re.compile(r"(重点任务|主要任务|保障工程|重大工程|附件|附表|附录|正文|总则|概述)\d*")
_PLACE = re.compile(r".{1,9}?[省市县区州盟旗]")


@dataclass(frozen=True)
class Place:
    """A field that a document names: name, the words, the part (chapter, section or table) it is the name of."""

    name: str
    passage: Passage
    part: tuple[int, ...]


def part_of(tree: Outline, table: Table) -> tuple[int, ...]:
    """The path of a table in the outline."""
    first = table.header.span.start
    return next(p.path for p in tree.parts if p.kind == "table" and p.span.start <= first < p.span.end)


def _about(title: str, place: str) -> str:
    """What is left of a title that says of what it is: 某市基本公共教育服务标准 → 基本公共教育; "" if nothing."""
    text = _EDITION.sub("", re.sub(r"[\s《》]", "", bare(title)))
    text = _KIND.sub("", text.removeprefix(place))
    return "" if _STEP.fullmatch(text) or text in ("基本", "公共服务", "基本公共服务") else text


def _known(title: str, names: Iterable[str]) -> str | None:
    return max((n for n in names if n and n in title), key=len, default=None)


def field_of(tree: Outline, section: Section, table: Table, names: Sequence[str]) -> Place | None:
    """The field of a table, from the nearest title that names one; None where only the table can tell.

    names: fields that the document's other tables name (indicators, list). A chapter's title is taken
    whole when it says more than 标准 or 清单; a title of a section or table is cut to what it is about.
    """
    issued = _PLACE.match(title_of(tree))
    place = issued[0] if issued else ""
    if section.chapter_span is not None and _about(section.chapter_title, place):
        return Place(key(section.chapter_title), section.chapter_span.passage(), section.path[:1])
    for title, span, part in _titles(tree, section, table):
        name = _known(title, names) or _about(title, place)
        if name:
            return Place(name, span.passage(), part)
    return None


def _titles(tree: Outline, section: Section, table: Table) -> Iterable[tuple[str, Span, tuple[int, ...]]]:
    heading = next((p for p in tree.parts if p.path == section.path and p.title), None)
    if heading is not None and heading.title:
        yield heading.title, heading.span, heading.path
    if table.title is not None:
        yield table.title.text, table.title, part_of(tree, table)


def with_groups(domains: list[Domain], place: Place, groups: Sequence[Group], part: tuple[int, ...]) -> None:
    """Adds a table's domains (its own field, and those it names inside) to those known."""
    for group in groups:
        own = group.passage is None
        name = place.name if own else group.name or place.name
        passage = place.passage if group.passage is None else group.passage
        known = next((d for d in domains if d.name == name), None)
        if known is None:
            domains.append(Domain(name, place.part if own else part, tuple(group.sections), passage))
        else:
            new = tuple(s for s in group.sections if s not in known.sections)
            domains[domains.index(known)] = replace(known, sections=(*known.sections, *new))
