"""How documents number their headings, found by looking: 第一章/第一节, 一、/（一）, 第一部分 …

A document uses two of these styles for its chapters and sections: the first two of the list that occur.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Heading", "bare", "heading", "levels"]

_N = "[一二三四五六七八九十百零〇]+"
# outer styles first; the second number: how often it must occur to count as headings
_STYLES: tuple[tuple[str, re.Pattern[str], int], ...] = (
    ("part", re.compile(rf"(第(?:{_N}|\d+)(?:编|篇|部分))\s*[、：:]?\s*(.*)"), 1),
    ("chapter", re.compile(rf"(第(?:{_N}|\d+)章)\s*[、：:]?\s*(.*)"), 1),
    ("section", re.compile(rf"(第(?:{_N}|\d+)节)\s*[、：:]?\s*(.*)"), 1),
    ("han", re.compile(rf"({_N})、\s*(.*)"), 2),
    ("bracket", re.compile(rf"([（(]{_N}[）)])\s*(.*)"), 2),
)
_LONGEST = 40  # characters of a heading's title
_SENTENCE = re.compile(r"[。；;：:，,]")
_IN_CONTENTS = re.compile(r"(…|\.{3}|·{3}|\s)\s*\d+$")  # 第一章 总则 …… 3: an entry of a table of contents
_NUMBER = re.compile(  # what a heading or a name may begin with
    rf"\s*(第(?:{_N}|\d+)(?:编|篇|部分|章|节)|{_N}、|[（(](?:{_N}|\d+)[）)]|\d+(?:\.\d+)*[.．、](?!\d)|"
    rf"(?:附?表|附件)\s*(?:{_N}|\d+)(?:-\d+)?[：:.．、]?)\s*"
)


@dataclass(frozen=True)
class Heading:
    """style: part | chapter | section | han | bracket; number as printed; title without it."""

    style: str
    number: str
    title: str


def heading(text: str) -> Heading | None:
    """The heading a line may be; None for a sentence or an entry of a table of contents."""
    for style, pattern, _ in _STYLES:
        if match := pattern.fullmatch(text):
            number, title = match[1], match[2]
            numbered = style in ("part", "chapter", "section")
            if len(title) > _LONGEST or _IN_CONTENTS.search(title) or (not numbered and _SENTENCE.search(title)):
                return None
            return Heading(style, number, title) if title or numbered else None
    return None


def levels(texts: Iterable[str]) -> tuple[str, ...]:
    """The styles of a document's chapters and sections (two at most, outer first)."""
    counts = Counter(found.style for text in texts if (found := heading(text)) is not None)
    return tuple(style for style, _, least in _STYLES if counts[style] >= least)[:2]


def bare(text: str) -> str:
    """A title or name without the number before it: （一）学前教育 → 学前教育, 1.幼儿资助 → 幼儿资助."""
    match = _NUMBER.match(text)
    rest = text[match.end() :] if match else text
    return rest if rest.strip() else text
