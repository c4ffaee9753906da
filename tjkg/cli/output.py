"""How results are printed: a table in a terminal (rich), TAB-separated when piped; one JSON document."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

__all__ = ["cell", "print_bytes", "print_json", "print_table", "save"]


def cell(value: object) -> str:
    """A value as one cell of text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return "；".join(cell(v) for v in value)
    return str(value)


def print_json(data: Any) -> None:
    """One JSON document and nothing else."""
    import json  # a table needs none

    json.dump(data, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]], title: str = "") -> None:
    """Rows of text under their headings."""
    texts = [[cell(v) for v in row] for row in rows]
    if not sys.stdout.isatty():
        for line in [list(columns), *texts]:
            print("\t".join(text.replace("\t", " ").replace("\n", " ") for text in line))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(*columns, title=title or None, show_lines=any("\n" in t or len(t) > 60 for r in texts for t in r))
    for line in texts:
        table.add_row(*(text.replace("[", "\\[") for text in line))
    Console().print(table)


def print_bytes(data: bytes) -> None:
    """Bytes as they are."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    if data and not data.endswith(b"\n"):
        sys.stdout.buffer.write(b"\n")
    sys.stdout.buffer.flush()


def save(data: bytes, out: str | None) -> None:
    """Bytes to a file (whole or not at all), or to stdout."""
    if out is None:
        print_bytes(data)
        return
    from tjkg.files import write_atomic

    write_atomic(Path(out), data)
