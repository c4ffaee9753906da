"""Whom a target cell speaks to: groups named by it, groups only included, and whether it means everybody.

named: the head of a phrase, the people the row is for (…的老年人; A、B和C).
included: inside 含… or 包括…, an example (A等B), the whole a part is taken from (A中的B), or a condition
on the head (低保、低收入且…的老年人).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from tjkg.parse.people.groups_found import EXAMPLE, FRAME, PERSON, SEPARATOR, GroupsFound, group_words
from tjkg.parse.text.layers import layers
from tjkg.parse.text.names import Found
from tjkg.records import AudienceMention, Span, Term

__all__ = ["audience", "named_by_title", "universal"]

_NAMED, _INCLUDED = "named", "included"

# What may stand before 城乡居民 without narrowing it.
_EVERYBODY = re.compile(r"(?:本[市省区县]|全[市省区]|辖区内?|行政区域内|面向|全体|所有|广大|各类|的)*")
# Nouns after a group in a title that make other people of it: 特殊儿童群体, 残疾人家庭.
_OTHERS = re.compile(r"群体|家庭|家属|子女|遗属")


def _counted_in(at: GroupsFound, found: Found) -> str | None:
    """Inside a bracket, or after 包括: counted in."""
    return _INCLUDED if at.counted_in(found) else None


def _taken_from(at: GroupsFound, found: Found) -> str | None:
    """A中的B: A is only where B is taken from, unless B says no more than A (在校学生中未…的学生)."""
    if not FRAME.match(at.rest(found)):
        return None
    return _NAMED if not at.later(found) or at.says_no_more(found) else _INCLUDED


def _example(at: GroupsFound, found: Found) -> str | None:
    """A等B: A is an example of B; A等人员 names A."""
    if not EXAMPLE.match(at.rest(found)):
        return None
    after = at.next(found)
    between = at.text[found.end : after.start] if after else ""
    return _INCLUDED if after and not SEPARATOR.search(between) else _NAMED


def _description(at: GroupsFound, found: Found) -> str | None:
    """A word that only describes: named if it shares the noun at the end of its list, else a condition.

    视力残疾、听力残疾和多重残疾人 names three kinds of people; 低保、低收入且…的老年人 only older people.
    """
    if not at.describes(found):
        return None
    mate: Found | None = found
    while mate is not None and at.describes(mate):
        mate = at.next(mate) if SEPARATOR.match(at.rest(mate)) else None
    if mate is None:
        return _INCLUDED
    noun, word = at.text[mate.start : mate.end], at.text[found.start : found.end]
    shares = any(
        label.startswith(word) and label != word and noun.endswith(label[len(word) :])
        for label in at.words.labels[found.name.id]
    )
    return _relation(at, mate) if shares else _INCLUDED


def _list_member(at: GroupsFound, found: Found) -> str | None:
    """A、B中的C and A、B等C: what B is to C, A is too."""
    if not SEPARATOR.match(at.rest(found)):
        return None
    mate = at.next(found)
    while mate is not None:
        rest = at.rest(mate)
        if FRAME.match(rest) or EXAMPLE.match(rest):
            return _relation(at, mate)
        mate = at.next(mate) if SEPARATOR.match(rest) else None
    return _NAMED


def _modifier(at: GroupsFound, found: Found) -> str | None:
    """Another head follows without a sign of a list: 残疾人的子女, 退役军人配偶."""
    rest = at.rest(found)
    end = m.start() if (m := SEPARATOR.search(rest)) else len(rest)
    after = at.next(found)
    if after is not None and after.start < found.end + end:
        return _INCLUDED
    return _INCLUDED if rest.startswith("的") or PERSON.search(rest[:end]) else None


# The first rule that speaks decides; a group of which none speaks is named.
_RULES: tuple[Callable[[GroupsFound, Found], str | None], ...] = (
    _counted_in,
    _taken_from,
    _example,
    _description,
    _list_member,
    _modifier,
)


def _relation(at: GroupsFound, found: Found) -> str:
    return next((answer for rule in _RULES if (answer := rule(at, found)) is not None), _NAMED)


def _one_each(mentions: Iterable[AudienceMention]) -> tuple[AudienceMention, ...]:
    """One mention a group, in text order: the first that names it, else the first."""
    best: dict[str, AudienceMention] = {}
    for mention in sorted(mentions, key=lambda m: (m.relation != _NAMED, m.passage.start, m.passage.end)):
        best.setdefault(mention.group, mention)
    return tuple(sorted(best.values(), key=lambda m: (m.passage.start, -m.passage.end, m.group)))


def audience(cell: Span, groups: Sequence[Term]) -> tuple[AudienceMention, ...]:
    """The groups a 服务对象 cell speaks to, one mention each, in text order.

    Groups the cell leaves out (除…外, 不含…, 非…) are none of its audience.
    """
    words = group_words(tuple(groups))
    return _one_each(
        AudienceMention(f.name.id, _relation(found, f), found.layer.passage(f.start, f.end))
        for found in (GroupsFound(layer, words) for layer in layers(cell))
        for f in found
    )


def named_by_title(title: Span, groups: Sequence[Term]) -> tuple[AudienceMention, ...]:
    """The groups a service's own name tells it is for: 农村留守儿童关爱保护 → 农村留守儿童."""
    found = GroupsFound(layers(title)[0], group_words(tuple(groups)))
    return _one_each(
        AudienceMention(f.name.id, _NAMED, found.layer.passage(f.start, f.end))
        for f in found
        if not found.describes(f) and not _OTHERS.match(found.text, f.end)
    )


def universal(cell: Span, groups: Sequence[Term]) -> bool:
    """Whether a 服务对象 cell means everybody: 城乡居民 alone, not 不享受…的城乡居民."""
    found = GroupsFound(layers(cell)[0], group_words(tuple(groups)))
    return any(
        f.name.id in found.words.whole
        and not found.rest(f)
        and _EVERYBODY.fullmatch(found.text[found.phrase_start(f) : f.start]) is not None
        for f in found.names
    )
