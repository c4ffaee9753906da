"""What the reading of a 保障标准 cell remembers from one chunk to the next."""

from __future__ import annotations

from dataclasses import dataclass, field

from tjkg.parse.numbers.mention import NumberMention
from tjkg.parse.text.clauses import Chunk
from tjkg.records import Benefit, Bracket, Passage

__all__ = ["Draft", "State"]


@dataclass(frozen=True)
class Draft:
    """A benefit on its way: the record, the clause it was read in, where in the cell, its amount's head."""

    benefit: Benefit
    clause: int
    at: int
    heading: str = ""


@dataclass
class State:
    """Item, label, conditions and brackets in force, and what was found so far.

    used: start offsets (in the cell) of the numbers that a benefit already stands for.
    """

    text: str
    numbers: tuple[NumberMention, ...]
    item: str | None = None
    period: str | None = None
    heading: str = ""
    head: Chunk | None = None
    recipient: str | None = None
    label: str | None = None
    of: str | None = None
    bracket: Bracket | None = None
    pending: list[Chunk] = field(default_factory=list)
    found: list[Draft] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    clause: int = -1
    sentence: int = -1
    line: int = -1

    def enter(self, chunk: Chunk) -> None:
        """Forget what does not reach over the boundary that this chunk opens."""
        if chunk.clause != self.clause:
            self.pending, self.label, self.bracket, self.head = [], None, None, None
        if chunk.sentence != self.sentence:
            self.of = self.recipient = None
        if chunk.line != self.line:
            self.item, self.period, self.heading = None, None, ""
        self.clause, self.sentence, self.line = chunk.clause, chunk.sentence, chunk.line

    def inside(self, chunk: Chunk) -> list[NumberMention]:
        """The numbers of a chunk."""
        return [n for n in self.numbers if chunk.start <= n.start < chunk.end]

    def _before(self, chunk: Chunk) -> tuple[str, Passage]:
        """The pending chunks as one condition; its place is the last run of neighbours among them."""
        runs: list[list[Chunk]] = []
        for piece in self.pending:
            if runs and runs[-1][-1].end + 1 == piece.start:
                runs[-1].append(piece)
            else:
                runs.append([piece])
        words = [chunk.cell.text[run[0].start : run[-1].end] for run in runs]
        return "，".join(words), chunk.passage(runs[-1][0].start, runs[-1][-1].end)

    def condition(self, chunk: Chunk, label: str | None) -> tuple[str | None, Passage | None]:
        """The condition of an entry of this chunk and where it stands.

        A label of its own comes first (with the colon head before it), then the chunks before it.
        """
        text = chunk.cell.text
        if label:
            at = text.rfind(label, chunk.start, chunk.end)
            where = chunk.passage(at, at + len(label)) if at >= 0 else None
            if self.head is not None:
                return f"{self.head.text}：{label}", where
            if self.pending and self.pending[-1].end + 1 == chunk.start and at == chunk.start:
                start = self.pending[0].start
                return text[start : at + len(label)], chunk.passage(start, at + len(label))
            return label, where
        if self.pending:
            return self._before(chunk)
        if self.head is not None:
            return self.head.text, self.head.passage()
        return None, None
