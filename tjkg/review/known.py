"""What a decision may speak of: the rows and cells of the edition, its statements, its payers."""

from __future__ import annotations

from dataclasses import dataclass

from tjkg.query import internal
from tjkg.records import Passage
from tjkg.store.answers import Store
from tjkg.validation.places import CELLS

__all__ = ["Cell", "Known", "known"]


@dataclass(frozen=True)
class Cell:
    """A cell of a row: IRIs of service and row, its words, and where they begin."""

    service: str
    row: str
    text: str
    start: int
    line: int

    def find(self, quote: str) -> list[Passage]:
        """Every place in the cell where the words stand."""
        found, at = [], self.text.find(quote)
        while quote and at >= 0:
            start = self.start + at
            found.append(Passage(start, start + len(quote), self.line + self.text.count("\n", 0, at), quote))
            at = self.text.find(quote, at + 1)
        return found


@dataclass(frozen=True)
class Known:
    """cells: (service, row number, aspect or name) → cell. statements: IRI → order. payers: name → id."""

    plan: str
    cells: dict[tuple[str, int, str], Cell]
    statements: dict[str, int]
    payers: dict[str, str]

    def row(self, name: str) -> dict[str, Cell]:
        """The cells of a row by aspect; name: local name of its IRI (SERVICE_ROW)."""
        return {aspect: cell for (_, _, aspect), cell in self.cells.items() if cell.row.rpartition("/")[2] == name}


def known(store: Store, plan: str) -> Known:
    """What decisions on an edition may speak of."""
    cells = {
        (str(service), int(str(number)), CELLS.get(str(aspect), str(aspect))): Cell(
            str(node), str(row), str(text), int(str(start)), int(str(line))
        )
        for service, number, aspect, node, row, text, start, line in store.select(internal("review-cells")).rows
    }
    statements = {
        str(node): order if isinstance(order, int) else 0
        for _, node, order in store.select(internal("row-links")).rows
    }
    payers = {str(name): str(node).rpartition("/")[2] for node, name in store.select(internal("payer-names")).rows}
    return Known(plan, cells, statements, payers)
