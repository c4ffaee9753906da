"""Segmentation: jieba over a dictionary made from the graph, without its own 350,000 words."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

__all__ = ["Segmenter"]


def _jieba() -> Any:
    """The library, without pkg_resources: it would only find the default dictionary, and costs 80 ms."""
    known = "pkg_resources" in sys.modules
    before = sys.modules.get("pkg_resources")
    sys.modules["pkg_resources"] = None  # type: ignore[assignment]  # how Python is told: there is none
    try:
        import jieba
    finally:
        if known and before is not None:
            sys.modules["pkg_resources"] = before
        else:
            del sys.modules["pkg_resources"]
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
