"""Where two texts differ, edit by edit, once the noise of form (blanks, widths, line breaks) is away.

An edit is one change: pieces that stand close together with no mark between them are one edit. The
comparison is symmetric: edits(b, a) are those of edits(a, b) turned round.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

__all__ = ["Edit", "Folded", "clause", "edits", "fold", "folded", "same", "similarity"]

_TOKEN = re.compile(r"\d+(?:\.\d+)?|[A-Za-z]+|.", re.S)
_MARKS = frozenset("、,;。:()\"!?")  # what keeps two edits apart
_ENDS = frozenset(";。")  # ends of clauses
_GAP = 3  # tokens that may stand between two pieces of one edit
# other shapes of one mark: ratio signs and dashes that NFKC leaves or spoils, quotation marks
_SHAPES = str.maketrans({
    "︰": ":", "∶": ":", "：": ":", "“": '"', "”": '"', "‘": "'", "’": "'", "「": '"', "」": '"', "－": "-", "–": "-",
    "—": "-", "―": "-", "〇": "零", "·": "·", "・": "·", "．": ".", "％": "%",
})
_INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad")


@dataclass(frozen=True)
class Folded:
    """A text without the noise of form; `at[i]` is where its i-th character stands in the text, `end` where the last one ends."""

    text: str
    at: tuple[int, ...]
    end: int

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The piece [start, end) as positions of the text it was made of."""
        first = self.at[start] if start < len(self.at) else self.end
        if end <= start:
            return first, first
        return first, self.at[end - 1] + 1


@lru_cache(maxsize=4096)
def folded(text: str) -> Folded:
    """The text with one width, one shape of each mark, no blanks and no last full stop."""
    chars: list[str] = []
    at: list[int] = []
    for i, raw in enumerate(text):
        for c in unicodedata.normalize("NFKC", raw.translate(_SHAPES)):
            if not c.isspace() and c not in _INVISIBLE:
                chars.append(c)
                at.append(i)
    while chars and chars[-1] in "。;.":
        chars.pop()
        at.pop()
    return Folded("".join(chars), tuple(at), at[-1] + 1 if at else 0)


def fold(text: str | None) -> str:
    """The text that two writings of one thing share."""
    return folded(text or "").text


def same(a: str | None, b: str | None) -> bool:
    """Whether two texts differ in form only."""
    return a == b or fold(a) == fold(b)


@dataclass(frozen=True)
class Edit:
    """A piece [start, end) of the old text that became a piece of the new one; one of them may be empty."""

    old: tuple[int, int]
    new: tuple[int, int]
    old_text: str
    new_text: str

    @property
    def pure(self) -> bool:
        """Whether text was only added or only taken away."""
        return not self.old_text or not self.new_text

    def turned(self) -> Edit:
        """The same edit read backwards."""
        return Edit(self.new, self.old, self.new_text, self.old_text)


Range = tuple[int, int, int, int]


def _joined(blocks: Sequence[Range], old: Sequence[str]) -> list[Range]:
    """Blocks with little and no mark between them as one."""
    found: list[Range] = []
    for a1, a2, b1, b2 in blocks:
        if found:
            gap = old[found[-1][1] : a1]
            ratio = list(gap) == [":"] and old[a1 - 2].isdigit() and a1 < len(old) and old[a1].isdigit()
            if ratio or len(gap) <= _GAP and not _MARKS.intersection(gap):
                found[-1] = (found[-1][0], a2, found[-1][2], b2)
                continue
        found.append((a1, a2, b1, b2))
    return found


def _placed(tokens: Sequence[str], start: int, end: int) -> int:
    """How far a piece that was only added or only taken away is moved so that it begins or ends at a mark."""

    def good(first: int, last: int) -> int:
        before = tokens[first - 1] if first else "。"
        inside_end, after = tokens[last - 1], tokens[last] if last < len(tokens) else "。"
        if before in _ENDS and inside_end in _ENDS or tokens[first] in _ENDS and after in _ENDS:
            return 4
        if before in _MARKS and inside_end in _MARKS or tokens[first] in _MARKS and after in _MARKS:
            return 3
        if tokens[first] in _MARKS or inside_end in _MARKS:
            return 2
        return 1 if before in _MARKS or after in _MARKS else 0

    best, shift = good(start, end), 0
    for step in (-1, 1):
        first, last = start, end
        while True:
            if step < 0 and (first == 0 or tokens[first - 1] != tokens[last - 1]):
                break
            if step > 0 and (last == len(tokens) or tokens[first] != tokens[last]):
                break
            first, last = first + step, last + step
            if good(first, last) > best:
                best, shift = good(first, last), first - start
    return shift


def _blocks(old: Sequence[str], new: Sequence[str]) -> list[Range]:
    head, tail, shorter = 0, 0, min(len(old), len(new))
    while head < shorter and old[head] == new[head]:
        head += 1
    while tail < shorter - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    middle = SequenceMatcher(None, old[head : len(old) - tail], new[head : len(new) - tail], autojunk=False)
    codes = middle.get_opcodes()
    blocks = [(a1 + head, a2 + head, b1 + head, b2 + head) for tag, a1, a2, b1, b2 in codes if tag != "equal"]
    found = []
    for a1, a2, b1, b2 in _joined(blocks, old):
        if a1 == a2 or b1 == b2:
            shift = _placed(old, a1, a2) if a1 < a2 else _placed(new, b1, b2)
            a1, a2, b1, b2 = a1 + shift, a2 + shift, b1 + shift, b2 + shift
        found.append((a1, a2, b1, b2))
    return found


@lru_cache(maxsize=1024)
def edits(old: str, new: str) -> tuple[Edit, ...]:
    """The edits that make the new text of the old one, noise of form left out; positions of the texts given."""
    a, b = folded(old), folded(new)
    if a.text == b.text:
        return ()
    if (len(a.text), a.text) > (len(b.text), b.text):
        return tuple(e.turned() for e in edits(new, old))
    left, right = _TOKEN.findall(a.text), _TOKEN.findall(b.text)
    starts, ends = _offsets(left), _offsets(right)
    found = []
    for a1, a2, b1, b2 in _blocks(left, right):
        was, became = a.span(starts[a1], starts[a2]), b.span(ends[b1], ends[b2])
        found.append(Edit(was, became, old[slice(*was)], new[slice(*became)]))
    return tuple(found)


def _offsets(tokens: Sequence[str]) -> list[int]:
    found = [0]
    for token in tokens:
        found.append(found[-1] + len(token))
    return found


def clause(text: str, start: int, end: int, marks: str = "；。\n;") -> tuple[int, int]:
    """The clause(s) around a piece of a text, without the mark that ends them."""
    first = max((text.rfind(m, 0, start) for m in marks), default=-1) + 1
    last = min((i for m in marks if (i := text.find(m, max(end - 1, start))) >= 0), default=len(text))
    return min(first, start), max(last, end)


@lru_cache(maxsize=8192)
def _pairs(text: str) -> frozenset[str]:
    plain = fold(text)
    return frozenset(plain[i : i + 2] for i in range(len(plain) - 1)) or frozenset((plain,))


def similarity(a: str, b: str, *, contained: bool = False) -> float:
    """How much two texts share (pairs of characters), 0 to 1; contained: how much of the shorter is in the longer."""
    left, right = _pairs(a), _pairs(b)
    common = len(left & right)
    return common / min(len(left), len(right)) if contained else 2 * common / (len(left) + len(right))
