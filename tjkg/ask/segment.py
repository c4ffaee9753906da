"""Segmentation: jieba over a dictionary made from the graph, without its own 350,000 words."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from types import ModuleType
from typing import Any

__all__ = ["Segmenter"]


# What jieba imports and is not used here: a finder of its default dictionary (80 ms), and the tables that
# guess words it does not know (10 ms).
_UNUSED = ("pkg_resources", "jieba.finalseg")


def _jieba() -> Any:
    """The library without what it does not need for a dictionary of ours."""
    if "jieba" in sys.modules:
        return sys.modules["jieba"]
    before = {name: sys.modules[name] for name in _UNUSED if name in sys.modules}
    for name in _UNUSED:
        sys.modules[name] = ModuleType(name)
    try:
        import jieba
    finally:
        for name in _UNUSED:
            del sys.modules[name]
        sys.modules.update(before)
    return jieba


class Segmenter:
    """Cuts a question into words of the graph; what it does not know falls into characters.

    frequencies: words, and prefixes of words with 0.
    """

    def __init__(self, frequencies: Mapping[str, int]) -> None:
        tokenizer = _jieba().Tokenizer()
        tokenizer.FREQ = frequencies
        tokenizer.total = 100_000
        tokenizer.initialized = True
        self._tokenizer = tokenizer

    def cut(self, text: str) -> list[tuple[int, int, str]]:
        """(start, end, word) of the pieces of a text, in order, nothing left out."""
        return [(start, end, word) for word, start, end in self._tokenizer.tokenize(text, HMM=False)]
