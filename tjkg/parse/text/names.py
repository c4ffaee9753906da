"""Names found in a running text, longest first, so that a name wins over the names inside it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby

__all__ = ["Found", "Name", "Names", "find", "fold", "in_titles", "likely", "loose", "spelled_out"]

_FOLD = str.maketrans("(),;", "（），；")
_TITLE = re.compile(r"《[^》]*》")
# Words that Chinese drops or adds inside a long name without changing it (人均[拥有]藏量, 锻炼[的]人数).
_OPTIONAL = "的|拥有"
# Words for one thing at the end of a name of a rate: 占比 is printed as 比例 or 比重.
_SAME = (("占比", "比例", "比重"),)
_LOOSE_FROM, _LOOSE_SIDE, _INSERTED = 6, 3, 4  # shortest name, its least part on a side, words put in


@dataclass(frozen=True)
class Name:
    """A label and the thing it stands for; kind tells the things apart where several kinds are sought."""

    label: str
    id: str
    kind: str = ""


@dataclass(frozen=True)
class Found:
    """text[start:end] is a name of a thing."""

    start: int
    end: int
    name: Name

    def overlaps(self, other: Found) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


def fold(label: str) -> str:
    """A label in the signs of a folded text."""
    return re.sub(r"\s", "", label).translate(_FOLD)


class Names(tuple[Name, ...]):
    """Many names made ready to be sought in many texts."""

    @cached_property
    def by_head(self) -> dict[str, tuple[Name, ...]]:
        """Names by their first two characters."""
        found: dict[str, list[Name]] = {}
        for name in sorted(set(self), key=_longest_first):
            found.setdefault(name.label[:2], []).append(name)
        return {head: tuple(same) for head, same in found.items()}


def _longest_first(name: Name) -> tuple[int, str, str, str]:
    return (-len(name.label), name.label, name.kind, name.id)


def likely(text: str, names: Iterable[Name]) -> list[Name]:
    """The names whose first two characters stand in the text, the longest first: few of many."""
    index = (names if isinstance(names, Names) else Names(names)).by_head
    heads = {text[i : i + 2] for i in range(len(text))} | set(text)
    return sorted((name for head in heads for name in index.get(head, ())), key=_longest_first)


def find(text: str, names: Iterable[Name]) -> tuple[Found, ...]:
    """Occurrences of names that do not overlap, in text order; of two that do the longer is kept.

    Things of one name are all found.
    """
    seen = bytearray(len(text))
    found: list[Found] = []
    for label, same in groupby(likely(text, names), key=lambda n: n.label):
        things = list(same)
        start = text.find(label) if label else -1
        while start >= 0:
            end = start + len(label)
            if not any(seen[start:end]):
                seen[start:end] = b"\x01" * (end - start)
                found += [Found(start, end, name) for name in things]
            start = text.find(label, start + 1)
    return tuple(sorted(found, key=lambda f: f.start))


@lru_cache(maxsize=4096)
def spelled_out(form: str) -> re.Pattern[str]:
    """The pattern of a wording with "…" for words in between.

    The words in between hold no 中 (that would be another phrase: 在校生中的…) and no end of a sentence.
    """
    return re.compile(r"[^。；中]{0,80}?".join(re.escape(part) for part in fold(form).split("…")))


@lru_cache(maxsize=4096)
def loose(label: str) -> re.Pattern[str]:
    """The pattern of a long name with a few words put in at one place, or 的/拥有 left out or added.

    学前三年毛入园率 is found in 学前三年教育毛入园率; a name under six characters only as it is.
    """
    parts = [part for part in re.split(_OPTIONAL, fold(label)) if part]
    spelled = f"(?:{_OPTIONAL})?".join(_same(part) for part in parts)
    whole = "".join(parts)
    variants = [spelled]
    if len(whole) >= _LOOSE_FROM:
        variants += [
            _same(whole[:i]) + rf"[^\W\d]{{1,{_INSERTED}}}" + _same(whole[i:])
            for i in range(_LOOSE_SIDE, len(whole) - _LOOSE_SIDE + 1)
        ]
    return re.compile("|".join(variants))


def _same(part: str) -> str:
    """A piece of a name as a pattern, words for one thing exchangeable."""
    for words in _SAME:
        for word in words:
            if part.endswith(word):
                return re.escape(part[: -len(word)]) + f"的?(?:{'|'.join(words)})"
    return re.escape(part)


def in_titles(text: str) -> tuple[tuple[int, int], ...]:
    """The stretches inside 《》: names of documents, which speak of nothing themselves."""
    return tuple(m.span() for m in _TITLE.finditer(text))
