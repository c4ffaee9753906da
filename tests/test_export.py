"""`export --format json` against an independent reader of the source: character for character."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from tests.conftest import PLAN
from tests.reader import restored, rows
from tjkg.catalogue import export
from tjkg.cli import main
from tjkg.store.local import Local

CELLS = ("target", "standard", "funding", "coverage")


@pytest.fixture(scope="module")
def data(store: Local) -> dict[str, object]:
    return export(store)


def _standards(data: dict[str, object]) -> list[tuple[str, list[str]]]:
    services = data["services"]
    assert isinstance(services, list)
    return [(s["name"], [row[c] for c in CELLS]) for s in services for row in s["standards"]]


def test_every_cell_equals_the_source(data: dict[str, object]) -> None:
    assert _standards(data) == restored(PLAN / "source.txt")


def _headed() -> Counter[str]:
    """Paragraphs under the headings of tasks and projects, and in the last chapter, counted by hand's rules."""
    found: Counter[str] = Counter()
    heading = ""
    for line in (PLAN / "source.txt").read_text("utf-8").split("\n"):
        if line.startswith("第十章"):
            heading = "第十章"
        elif line.startswith("第") and line.split()[0].endswith(("章", "节")):
            heading = line.split()[-1]
        elif line.strip() and "\t" not in line:
            found[heading] += 1
    return found


def test_counts(data: dict[str, object]) -> None:
    headed = _headed()
    assert len(_standards(data)) == 101
    assert {k: len(v) for k, v in data.items() if isinstance(v, list)} == {
        "services": 94, "indicators": 27, "tasks": headed["重点任务"], "projects": headed["保障工程"],
        "measures": headed["第十章"],
    }


def test_only_merged_cells_are_inherited(data: dict[str, object]) -> None:
    services = data["services"]
    assert isinstance(services, list)
    inherited = {(s["name"], r["number"]): r["inherited"] for s in services for r in s["standards"] if r["inherited"]}
    empty = {
        name: [c for c, text in zip(CELLS, row[1:], strict=True) if not text.strip()]
        for (name, _), row in zip(restored(PLAN / "source.txt"), rows(PLAN / "source.txt"), strict=True)
        if any(not text.strip() for text in row[1:])
    }
    assert {name: sorted(cells) for (name, _), cells in inherited.items()} == {k: sorted(v) for k, v in empty.items()}


def test_every_quote_stands_at_its_place(data: dict[str, object]) -> None:
    text = (PLAN / "source.txt").read_text("utf-8")
    lines = text.split("\n")
    checked = 0

    def walk(node: object) -> None:
        nonlocal checked
        if isinstance(node, dict):
            if node.get("start") is not None and node.get("quote") is not None:
                assert text[node["start"] : node["end"]] == node["quote"]
                assert lines[node["line"] - 1].startswith(node["quote"].split("\n")[0], _column(text, node["start"]))
                checked += 1
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    walk(data)
    assert checked > 1000


def _column(text: str, position: int) -> int:
    return position - (text.rfind("\n", 0, position) + 1)


def test_the_command_prints_one_json_document(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--format", "json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["services"]) == 94
