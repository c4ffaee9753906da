"""Columns of a table whose numbers only count rows or name a unit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tjkg.read.blocks import Row, Table, blocks
from tjkg.records import Source

__all__ = ["naming_columns"]

# headings of columns that number the rows, or say in what something is measured
_NAMING = re.compile(r"序号|编号|序|次序|单位|计量单位|No\.?|NO\.?")


def naming_columns(text: Source) -> Iterator[tuple[int, int]]:
    """(start, end) of every cell that stands under such a heading."""
    for block in blocks(text):
        if not isinstance(block, Table):
            continue
        columns = [i for i, c in enumerate(block.header.cells) if _NAMING.fullmatch(re.sub(r"\s", "", c.text))]
        for row in block.rows:
            if isinstance(row, Row):
                yield from ((row.cells[i].start, row.cells[i].end) for i in columns if i < len(row.cells))
