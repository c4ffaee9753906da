"""The house: imports go one way, each library has its doors, a cold command imports nothing slow."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "tjkg"

# room (file or folder of the package) → floor; a file imports only from lower floors or its own room
FLOORS: dict[str, int] = {
    "errors": 0, "namespaces": 0, "resources": 0, "messages": 0, "change_words": 0,
    "edits": 1, "steady": 1, "facts": 1, "files": 1, "iris": 1, "records": 1, "fields": 1, "sparql": 1,
    "boxes": 2, "read": 2, "store": 2,
    "parse": 3, "graph": 3, "query": 3, "load": 3,
    "align": 4, "amend": 4, "cite": 4, "criteria_source": 4, "catalogue": 4,
    "build": 5,
    "applicant": 6, "criteria": 6, "diff": 6, "phrases": 6, "validation": 6, "auditing": 6,
    "fact_rows": 7, "screen": 7, "batch": 7, "validate": 7, "audit": 7,
    "editions": 8, "ask": 8, "report": 8, "services": 8, "review": 8,
    "answers": 9, "knowledge": 9, "release": 9, "web": 9, "cli": 10, "__init__": 10, "__main__": 11,
}

# library → the rooms that may import it
HOMES: dict[str, set[str]] = {
    "pyoxigraph": {"store", "validation"},
    "SPARQLWrapper": {"store"},
    "pyshacl": {"validation"},
    "holosdb": {"validation"},
    "jieba": {"ask"},
    "polars": {"batch", "report"},
    "duckdb": set(),
    "starlette": {"web"},
    "uvicorn": {"web", "cli"},
    "jinja2": {"web", "report"},
    "rdflib": {"graph", "build", "criteria_source", "validation", "knowledge", "review"},
    "openpyxl": {"read", "report", "review"},
    "docx": {"read"},
    "lxml": {"read"},
    "pandas": {"knowledge"},
    "rich": {"cli"},
}
SLOW = ("rdflib", "pyshacl", "SPARQLWrapper", "polars", "jieba", "rich", "starlette", "openpyxl", "lxml", "dataclasses")


def _files() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def _room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names if node.module == "tjkg")


def _outside_type_checking(path: Path) -> Iterator[str]:
    """Imports, those under `if TYPE_CHECKING` left out."""
    tree = ast.parse(path.read_text("utf-8"))
    hidden = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in hidden:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_every_room_has_a_floor() -> None:
    assert {_room(p) for p in _files()} <= set(FLOORS)


@pytest.mark.parametrize("path", _files(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_go_down(path: Path) -> None:
    room = _room(path)
    for name in _outside_type_checking(path):
        if name.startswith("tjkg."):
            other = name.split(".")[1]
            assert other == room or FLOORS[other] < FLOORS[room], f"{room} imports {name}"


@pytest.mark.parametrize("path", _files(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_libraries_stay_at_home(path: Path) -> None:
    for name in _outside_type_checking(path):
        top = name.split(".")[0]
        assert top not in HOMES or _room(path) in HOMES[top], f"{path.name} imports {name}"


@pytest.mark.parametrize("path", _files(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_every_file_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text("utf-8")))


def test_sparql_lives_in_rq_files() -> None:
    for path in _files():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                text = node.value
                assert not ("WHERE" in text and "{" in text and "?" in text and "SELECT" in text), path


@pytest.mark.parametrize(
    "command", [["query", "payers-of-service", "-p", "service=最低生活保障"], ["services"], ["services", "--group", "残疾人"], ["show", "最低生活保障"]]
)
def test_a_cold_command_imports_nothing_slow(command: list[str]) -> None:
    run = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "tjkg", *command], capture_output=True, text=True, check=True
    )
    imported = {line.rsplit("|", 1)[1].strip() for line in run.stderr.splitlines() if line.startswith("import time:")}
    assert imported & set(SLOW[:-1]) == set()
