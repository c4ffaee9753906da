"""Reads golden cases: text a non-programmer can extend: title, `.`, input, `.`, expected, `.`."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

__all__ = ["Case", "cases"]

FIXTURES = Path(__file__).parent / "fixtures"


class Case(NamedTuple):
    """One case; `line` is where its title stands in the file, `title` names the test."""

    line: int
    title: str
    given: str
    expected: str


def cases(name: str, folder: str = "parse") -> list[Case]:
    """The cases of tests/fixtures/<folder>/<name>.md. Text before the first title's `.` line is for readers."""
    lines = (FIXTURES / folder / f"{name}.md").read_text(encoding="utf-8").split("\n")
    dots = [i for i, line in enumerate(lines) if line == "."]
    found = []
    for first, second, third in zip(dots[::3], dots[1::3], dots[2::3], strict=True):
        given, expected = "\n".join(lines[first + 1 : second]), "\n".join(lines[second + 1 : third])
        found.append(Case(first, lines[first - 1], given, expected))
    return found
