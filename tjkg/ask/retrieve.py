"""Which texts speak of what is asked: pairs of characters, weighted by how rare they are."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence

__all__ = ["Index", "build", "grams", "singular"]

# English words that only join others.
_JOINING = frozenset("a an the of for in on at to and or with by from is are do does be it this that".split())
_PLURALS = {"people": "person", "children": "child", "men": "man", "women": "woman", "wives": "wife"}
_HAN = re.compile(r"[\u4e00-\u9fff]+|[A-Za-z]+|\d+(?:\.\d+)?")


def grams(text: str) -> set[str]:
    """Pairs of neighbouring Chinese characters, and whole Latin words and numbers."""
    found: set[str] = set()
    for match in _HAN.finditer(text):
        run = match[0]
        if "\u4e00" <= run[0] <= "\u9fff":
            found.update(run[i : i + 2] for i in range(len(run) - 1))
            if len(run) == 1:
                found.add(run)
        elif run.lower() not in _JOINING:
            found.add(singular(run.lower()))
    return found


def singular(word: str) -> str:
    """An English word without its plural ending: allowances → allowance, subsidies → subsidy."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word in _PLURALS:
        return _PLURALS[word]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def build(documents: Sequence[Iterable[tuple[str, float]]]) -> dict[str, dict[int, float]]:
    """gram → document number → weight.

    documents: each the (text, weight) pairs of its fields; a gram counts with its heaviest field.
    """
    postings: dict[str, dict[int, float]] = {}
    for number, fields in enumerate(documents):
        for text, weight in fields:
            for gram in grams(text):
                of = postings.setdefault(gram, {})
                of[number] = max(of.get(number, 0.0), weight)
    return postings


class Index:
    """Postings with their size; `score` ranks documents."""

    def __init__(self, postings: Mapping[str, Mapping[int, float]], size: int) -> None:
        self._postings, self._size = postings, size

    def rarity(self, gram: str) -> float:
        """How much a pair tells: the logarithm of documents per document with it; 0 when none has it."""
        of = self._postings.get(gram)
        return math.log(1 + self._size / len(of)) if of else 0.0

    def knows(self, gram: str) -> bool:
        """Whether any document has it."""
        return gram in self._postings

    def score(self, asked: set[str]) -> list[tuple[int, float]]:
        """(document, sum of weights), best first."""
        sums: dict[int, float] = {}
        for gram in asked:
            rarity = self.rarity(gram)
            for number, weight in self._postings.get(gram, {}).items():
                sums[number] = sums.get(number, 0.0) + rarity * weight
        return sorted(sums.items(), key=lambda pair: (-pair[1], pair[0]))
