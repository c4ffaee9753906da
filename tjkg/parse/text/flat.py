"""A cell as one line: breaks and blanks dropped, look-alike signs made one, each character's place kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tjkg.records import Passage, Span

__all__ = ["Clause", "Flat", "clauses", "flat"]

# One sign for the look-alikes: ratio signs (U+FE30, U+2236, full-width colon …), percent, digits, brackets.
_FOLD = str.maketrans(
    "︰∶：꞉﹕％﹪（）；，０１２３４５６７８９．(),;",
    ":::::%%（）；，0123456789.（），；",
)
_OPEN, _CLOSE = "（《“‘〔【", "）》”’〕】"


@dataclass(frozen=True)
class Flat:
    """The folded characters of a span and, for each, its offset in the span."""

    span: Span
    text: str
    at: tuple[int, ...]

    def passage(self, start: int, end: int) -> Passage:
        """The passage of folded characters start … end, verbatim, with true positions."""
        return self.span.passage(self.at[start], self.at[end - 1] + 1)

    def words(self, start: int, end: int) -> str:
        """The characters start … end as printed, without breaks and blanks."""
        return re.sub(r"\s", "", self.passage(start, end).quote) if start < end else ""


def flat(span: Span) -> Flat:
    """A span as one line. A comma between digits (1,000) stays a comma of the number."""
    kept = [(i, c) for i, c in enumerate(span.text) if not c.isspace()]
    raw = "".join(c for _, c in kept)
    text = raw.translate(_FOLD)
    for comma in re.finditer(r"(?<=[0-9])，(?=[0-9]{3}(?![0-9]))", text):
        if raw[comma.start()] == ",":
            text = text[: comma.start()] + "," + text[comma.end() :]
    return Flat(span, text, tuple(i for i, _ in kept))


@dataclass(frozen=True)
class Clause:
    """A piece between commas: folded offsets, and the sign that closed it (，；。 or none)."""

    start: int
    end: int
    closed_by: str


def clauses(text: str, signs: str = "，；。") -> Iterator[Clause]:
    """The pieces of a folded text between signs that stand outside brackets and quotation marks."""
    depth, start = 0, 0
    for i, c in enumerate(text):
        depth += (c in _OPEN) - (c in _CLOSE)
        if c in signs and depth <= 0:
            if i > start:
                yield Clause(start, i, c)
            start = i + 1
    if start < len(text):
        yield Clause(start, len(text), "")
