"""Groups found in one layer of a cell: by name or by a wording, without those the text leaves out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from tjkg.parse.text.layers import Layer, without_brackets
from tjkg.parse.text.names import Found, Name, Names, find, fold, spelled_out
from tjkg.records import Term

__all__ = ["EXAMPLE", "FRAME", "PERSON", "SEPARATOR", "THING", "GroupsFound", "GroupWords", "group_words"]

# Signs and words between the members of a list.
SEPARATOR = re.compile(r"、|和|以及|及|与|或者|或|并")
# Nouns that can stand for people, households or organisations by themselves: a label that ends in none of
# them (低保, 残疾, 老年) only describes.
PERSON = re.compile(
    r"(?:人|者|生|员|童|儿|孩|女|父母|夫妇|夫妻|配偶|亲属|家属|遗属|家庭|户|士兵|军|民|对象|职工|农民工|群|群众|群体|人口"
    r"|劳动力|单位|组织|企业|基地|机构|模范|孕产妇|妇|侨|个人|公众)$"
)
# Nouns that make a compound with the group before them which is a thing, not people: 残疾人证, 低保标准.
THING = re.compile(
    r"[^的、，；。：（）和及与或且但并在中]{0,8}?(?:标准|制度|保险|证(?!明)|等级|机构|中心|学校|医院|组织|条件|比例|人数"
    r"|助学金|基金|条例|办法|规定|协会|联合会|督导员|主任|护理员|工作者)"
)
FRAME = re.compile(r"(?:之)?中(?!等|小|西|央)的?")  # A中的B: B is taken from A
EXAMPLE = re.compile(r"等(?!级)")  # A等B: A is an example

# Ends of a phrase; X的服务对象为Y is a topic and what is said of it.
_PHRASE_END = re.compile(r"[，；。：]|对象(?:为|是|包括|有)|(?<=[^，；。])是指")
# Words after which the rest of the phrase only counts in more people.
_ALSO = re.compile(r"(?<!对象)(?:也包括|还包括|包括|包含|(?<!不)含|其中|尤其是|特别是)[^，；。]*")
# Whom a cell leaves out.
_LEFT_OUT = (
    re.compile(r"(?<![免消清删解扣拆开])除(?!外)[^；。]*?(?:以外|之外|外)"),  # 除…以外的
    re.compile(r"[^，；。]*除外"),  # …除外
    re.compile(r"(?:不含|不包括|不包含|不再包括|不适用于)[^，；。]*"),
    re.compile(r"(?:不属于|不享受|未享受|未纳入|未在)[^，；。的]*"),
    re.compile(r"[^，；。]*不(?:在|属于|纳入)[^，；。]*范围"),
)
_NOT = re.compile(r"[非未]$")  # 非低保


@dataclass(frozen=True)
class GroupWords:
    """Groups as a text may print them: labels, wordings, each one's broader ones, which mean everybody."""

    names: Names
    wordings: tuple[Name, ...]
    labels: dict[str, tuple[str, ...]]
    above: dict[str, frozenset[str]]
    whole: frozenset[str]


@lru_cache(maxsize=16)
def group_words(groups: tuple[Term, ...]) -> GroupWords:
    """The words of a scheme of groups."""
    parents = {g.id: g.broader for g in groups}

    def above(group: str) -> frozenset[str]:
        reached, queue = {group}, [group]
        while queue:
            new = [p for p in parents.get(queue.pop(), ()) if p not in reached]
            reached.update(new)
            queue += new
        return frozenset(reached)

    labels = {g.id: tuple(without_brackets(fold(label)) for label in g.labels) for g in groups}
    return GroupWords(
        names=Names(Name(label, group) for group, found in labels.items() for label in found),
        wordings=tuple(Name(form, g.id) for g in groups for form in g.printed),
        labels=labels,
        above={g.id: above(g.id) for g in groups},
        whole=frozenset(g.id for g in groups if g.whole),
    )


class GroupsFound:
    """A layer of a cell with the groups that it names (`names`) or spells out (`wordings`)."""

    def __init__(self, layer: Layer, words: GroupWords) -> None:
        """Finds them; what the cell leaves out or denies is not among them."""
        self.layer, self.words, self.text = layer, words, layer.text
        names = [f for f in find(self.text, words.names) if not THING.match(self.text, f.end)]
        self.names = [f for f in names if not self._left_out(f) and not self._denied(f, names)]
        self.wordings = [f for f in self._spelled_out() if not self._left_out(f)]

    def __iter__(self) -> Iterator[Found]:
        """All of them, but the part B of A中的B where B says no more than A, and A's bare noun there."""
        both = [*self.names, *self.wordings]
        same = {part for found in both for part in self.says_no_more(found)}
        same |= {name for name in self.names if FRAME.match(self.rest(name)) and self._noun_of_wording(name)}
        return (found for found in both if found not in same)

    def _noun_of_wording(self, name: Found) -> bool:
        """Whether it is only the noun at the end of a wording for a narrower group."""
        return any(w.end == name.end and name.name.id in self.words.above[w.name.id] for w in self.wordings)

    @cached_property
    def _phrase_ends(self) -> list[int]:
        return [m.start() for m in _PHRASE_END.finditer(self.text)]

    @cached_property
    def _ranges_left_out(self) -> list[tuple[int, int]]:
        return [m.span() for pattern in _LEFT_OUT for m in pattern.finditer(self.text)]

    @cached_property
    def _ranges_counted_in(self) -> list[tuple[int, int]]:
        return [m.span() for m in _ALSO.finditer(self.text)]

    def _spelled_out(self) -> Iterator[Found]:
        for name in self.words.wordings:
            for match in spelled_out(name.label).finditer(self.text):
                yield Found(match.start(), match.end(), name)

    def _left_out(self, found: Found) -> bool:
        return any(start < found.end <= end for start, end in self._ranges_left_out)

    def _denied(self, found: Found, names: Sequence[Found]) -> bool:
        """非低保、低收入家庭 denies both: the first only describes, so they share what follows."""
        if _NOT.search(self.text[: found.start]):
            return True
        before = next((f for f in reversed(names) if f.end < found.start), None)
        if before is None or self.text[before.end : found.start] != "、":
            return False
        return self.describes(before) and self._denied(before, names)

    def counted_in(self, found: Found) -> bool:
        """Whether it stands in a bracket or after 包括."""
        return self.layer.inside or any(a <= found.start < b for a, b in self._ranges_counted_in)

    def describes(self, found: Found) -> bool:
        """Whether the words only describe (低保, 残疾) and cannot stand for people."""
        return not PERSON.search(self.text[found.start : found.end])

    def phrase_start(self, found: Found) -> int:
        """Where the phrase that a name stands in begins."""
        return max((e + 1 for e in self._phrase_ends if e < found.start), default=0)

    def phrase_end(self, found: Found) -> int:
        """Where the phrase that a name stands in is over."""
        return next((e for e in self._phrase_ends if e >= found.end), len(self.text))

    def rest(self, found: Found) -> str:
        """What follows a name in its phrase."""
        return self.text[found.end : self.phrase_end(found)]

    def later(self, found: Found) -> list[Found]:
        """The names after it in its phrase."""
        end = self.phrase_end(found)
        return [f for f in self.names if found.end <= f.start < end]

    def next(self, found: Found) -> Found | None:
        """The next name in its phrase."""
        return next(iter(self.later(found)), None)

    def says_no_more(self, found: Found) -> list[Found]:
        """The names of B in A中的B when they are only broader words for A (在校学生中…的学生), else none."""
        if not FRAME.match(self.rest(found)):
            return []
        parts, above = self.later(found), self.words.above[found.name.id]
        return parts if all(f.name.id in above for f in parts) else []
