"""Text and places in it: source, span, passage, finding, part of the outline."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256

__all__ = ["Finding", "Passage", "Source", "Span"]


@dataclass(frozen=True)
class Source:
    """The canonical text of a document and the name it is told by in messages."""

    text: str
    name: str = "source.txt"

    @cached_property
    def sha256(self) -> str:
        """Hash of the UTF-8 text: positions are only good for this text."""
        return sha256(self.text.encode()).hexdigest()

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(i + 1 for i, c in enumerate(self.text) if c == "\n")]

    def line_at(self, position: int) -> int:
        """Line number (from 1) of a code point."""
        return bisect_right(self._line_starts, position)

    def span(self, start: int, end: int) -> Span:
        """The piece text[start:end] with its place."""
        return Span(self, start, end)


@dataclass(frozen=True)
class Passage:
    """Exact characters of the source: the quote is the identity, the position a cache of it."""

    start: int
    end: int
    line: int
    quote: str


@dataclass(frozen=True)
class Span:
    """A piece of the source that a rule is looking at; `sub` and `passage` keep true positions."""

    source: Source
    start: int
    end: int

    @property
    def text(self) -> str:
        """The characters, verbatim."""
        return self.source.text[self.start : self.end]

    def sub(self, start: int, end: int) -> Span:
        """The piece text[start:end] of this piece (offsets relative to this piece)."""
        return Span(self.source, self.start + start, self.start + end)

    def passage(self, start: int = 0, end: int | None = None) -> Passage:
        """The passage of text[start:end] of this piece (offsets relative to this piece)."""
        a = self.start + start
        b = self.end if end is None else self.start + end
        return Passage(a, b, self.source.line_at(a), self.source.text[a:b])


@dataclass(frozen=True)
class Finding:
    """Something a keeper of the plan should look at; `rule` is an id of the message table."""

    severity: str  # violation | warning | information
    rule: str
    values: dict[str, str] = field(default_factory=dict, hash=False)
    passage: Passage | None = None
    service: str | None = None
