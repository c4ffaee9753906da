"""Which characters of a cell say something: not the blanks, signs and function words between them."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["content", "runs"]

# Chinese function words: particles, conjunctions, prepositions and light verbs that join what is said
# and promise nothing by themselves. Longer ones first, so that 以及 is not read as 以 + 及.
_FUNCTION = (
    "以及", "或者", "并且", "其中", "同时", "今后", "分别", "按照", "根据", "依据", "对于", "关于", "通过", "进行", "予以",
    "给予", "有关", "相关", "等等", "的", "地", "得", "了", "着", "和", "与", "及", "并", "且", "或", "等", "其", "对", "为",
    "由", "在", "以", "按", "从", "向", "将", "所", "之", "于", "至", "各", "该", "是", "则", "也", "均", "都", "被", "把",
)
_SKIP = re.compile(r"[\W_]|" + "|".join(_FUNCTION))


def content(text: str) -> bytearray:
    """One byte a character: 1 where it is neither blank, sign nor function word."""
    mask = bytearray(b"\1" * len(text))
    for found in _SKIP.finditer(text):
        mask[found.start() : found.end()] = bytes(found.end() - found.start())
    return mask


def runs(mask: bytearray, text: str, least: int = 2) -> Iterator[tuple[int, int]]:
    """(start, end) of the stretches where the mask is set, joined over function words and blanks.

    A stretch ends at a sign of punctuation; those of fewer than `least` set characters are left out.
    """
    start = last = -1
    for i, char in enumerate(text):
        if mask[i]:
            start, last = (i if start < 0 else start), i
        elif start >= 0 and re.match(r"[，。；：、（）“”《》\t\n,.;:()]", char):
            if sum(mask[start : last + 1]) >= least:
                yield start, last + 1
            start = -1
    if start >= 0 and sum(mask[start : last + 1]) >= least:
        yield start, last + 1
