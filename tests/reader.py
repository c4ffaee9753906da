"""An independent reader of the tables, for tests only: it shares no code with the project.

It knows the tables by their header line and joins physical lines until five cells are there.
"""

from __future__ import annotations

from pathlib import Path

HEADER = "服务项目\t服务对象\t保障标准\t支出责任\t覆盖水平"


def rows(path: Path) -> list[list[str]]:
    """The rows of the seven tables, five cells each, verbatim; sub-headings are left out."""
    found: list[list[str]] = []
    lines = path.read_bytes().decode("utf-8").split("\n")
    at = 0
    while at < len(lines):
        at += 1
        if lines[at - 1] != HEADER:
            continue
        while at < len(lines):
            line = lines[at]
            if "\t" not in line and not (at + 1 < len(lines) and "\t" in lines[at + 1] and line.strip()):
                break
            if line.startswith(("第", "注")) and "\t" not in line:
                break
            at += 1
            if "\t" not in line:
                continue
            while line.count("\t") < 4:
                line += "\n" + lines[at]
                at += 1
            found.append(line.split("\t"))
    return found


def restored(path: Path) -> list[tuple[str, list[str]]]:
    """(service, the four cells), empty cells filled from the row above."""
    out: list[tuple[str, list[str]]] = []
    for row in rows(path):
        above = out[-1] if out else ("", [""] * 4)
        name = "".join(row[0].split()) or above[0]
        cells = [own if own.strip() else old for own, old in zip(row[1:], above[1], strict=True)]
        out.append((name, cells))
    return out
