"""Which services, indicators, groups and organisations a paragraph speaks of, each with the exact words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from tjkg.parse.people.groups_found import PERSON, THING
from tjkg.parse.text.flat import flat
from tjkg.parse.text.names import Found, Name, Names, find, fold, in_titles, likely, loose
from tjkg.records import Agency, Indicator, Link, Service, Span, Term

__all__ = ["core", "links"]

_SERVICE, _INDICATOR, _AGENCY, _GROUP = "service", "indicator", "agency", "group"
_KINDS = (_SERVICE, _INDICATOR, _AGENCY, _GROUP)  # of two names of one length the earlier kind is meant

# What a service's name may lose in running text, and how long the rest must be to mean it still.
_TAIL = re.compile(r"(?:服务|建设|工作)$|(?<=.{6})(?:管理|保障|处理)$")
_HEAD = re.compile(r"^(?:建立|开展|实施|免费)(?=.{4})")
_LEAST = 4
# What makes another word of the rest: 就业信息化, 就业信息平台.
_ANOTHER = re.compile(r"[化性类型]|平台")


def core(name: str) -> str | None:
    """The distinctive part of a service's name: 老年人助餐服务 → 老年人助餐; None when nothing is cut."""
    short = _HEAD.sub("", _TAIL.sub("", fold(name)))
    return short if short != fold(name) and len(short) >= _LEAST else None


def _cores(services: Sequence[str], taken: Iterable[str]) -> Iterator[Name]:
    """Cores that mean one service only and are no other thing's name."""
    shorts = [(short, name) for name in services if (short := core(name))]
    counts = Counter(short for short, _ in shorts)
    known = {*taken, *services}
    only = [(short, name) for short, name in shorts if counts[short] == 1 and short not in known]
    return (Name(short, name, _SERVICE) for short, name in only)


@lru_cache(maxsize=16)
def _names(
    services: tuple[str, ...],
    indicators: tuple[str, ...],
    groups: tuple[Term, ...],
    agencies: tuple[Agency, ...],
    also: tuple[Term, ...],
) -> tuple[Names, Names]:
    """Everything that a paragraph may name, as it may print it; and what may be printed loosely."""
    people = [Name(fold(x), g.id, _GROUP) for g in groups for x in g.labels if PERSON.search(x)]
    units = [Name(fold(x), a.id, _AGENCY) for a in agencies for x in a.labels]
    known = set(services)
    other = [Name(fold(x), t.label, _SERVICE) for t in also if t.label in known for x in t.labels]
    taken = [n.label for n in (*people, *units, *other)]
    named = Names((
        *(Name(fold(name), name, _SERVICE) for name in services),
        *other,
        *_cores(services, taken),
        *(Name(fold(name), name, _INDICATOR) for name in indicators),
        *units,
        *people,
    ))
    return named, Names(n for n in named if n.kind in (_SERVICE, _INDICATOR))


def _loosely(text: str, names: Iterable[Name]) -> Iterator[Found]:
    """Long names printed with a word more or less (高中阶段[教育]毛入学率)."""
    for name in likely(text, names):
        if name.label in text or name.label[-1:] not in text:
            continue
        for match in loose(name.label).finditer(text):
            yield Found(match.start(), match.end(), name)


def _rank(found: Found) -> tuple[int, int, int, str]:
    return (found.start - found.end, _KINDS.index(found.name.kind), found.start, found.name.id)


def _apart(candidates: Iterable[Found]) -> list[Found]:
    """Of names that overlap the longest; one name of two things means both."""
    kept: list[Found] = []
    for found in sorted(candidates, key=_rank):
        if not any(found.overlaps(o) and (found.start, found.end) != (o.start, o.end) for o in kept):
            kept.append(found)
    return sorted(kept, key=lambda f: f.start)


def _speaks_of(text: str, found: Found) -> bool:
    """Whether the words mean the thing and not a word or compound that begins like its name."""
    if found.name.kind == _GROUP:
        return not THING.match(text, found.end)
    return found.name.kind != _SERVICE or not _ANOTHER.match(text, found.end)


def links(
    paragraph: Span,
    services: Sequence[Service],
    indicators: Sequence[Indicator],
    groups: Sequence[Term],
    agencies: Sequence[Agency],
    names: Sequence[Term] = (),
) -> tuple[Link, ...]:
    """What a paragraph speaks of: one link a thing, with the first words that name it, in text order.

    names: other names of services (the term's label is the service's name). The longest name wins: a group
    or an organisation inside a service's name is not spoken of by itself. Titles in 《》 are passed over.
    """
    line = flat(paragraph)
    known, long = _names(
        tuple(s.name for s in services),
        tuple(i.name for i in indicators),
        tuple(groups),
        tuple(agencies),
        tuple(names),
    )
    titles = in_titles(line.text)
    seen: dict[tuple[str, str], Link] = {}
    for found in _apart([*find(line.text, known), *_loosely(line.text, long)]):
        if not _speaks_of(line.text, found) or any(a <= found.start < b for a, b in titles):
            continue
        key = (found.name.kind, found.name.id)
        seen.setdefault(key, Link(*key, line.passage(found.start, found.end)))
    return tuple(seen.values())
