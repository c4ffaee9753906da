"""What the READMEs and docs say exists: every command line, question, option, function, address and file."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tjkg.cli import COMMANDS, parser
from tjkg.knowledge import KnowledgeGraph
from tjkg.query import library

DOCS = ("README.md", "README.zh-CN.md", "docs/changed.md", "docs/changed.zh-CN.md")
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.M | re.S)


def _blocks(doc: str, *languages: str) -> list[str]:
    text = (ROOT / doc).read_text("utf-8")
    return [body for language, body in BLOCK.findall(text) if language in languages]


def _lines(doc: str) -> list[str]:
    lines = "\n".join(_blocks(doc, "", "console", "sh")).split("\n")
    found = (line.removeprefix("$ ").split("  #")[0].strip() for line in lines)
    return [line for line in found if line.startswith("tjkg ")]


@pytest.mark.parametrize(("doc", "line"), [(doc, line) for doc in DOCS for line in _lines(doc)])
def test_every_command_line_is_understood(doc: str, line: str) -> None:
    words = shlex.split(re.sub(r"\s[>|].*", "", line))[1:]
    assert words[0] in COMMANDS
    options = parser().parse_args(words)
    name = getattr(options, "name", None)
    if words[0] == "query" and name is not None and not name.endswith(".rq"):
        assert name in library()


@pytest.mark.parametrize("doc", DOCS[:2])
def test_every_function_of_the_library_exists(doc: str) -> None:
    code = "\n".join(_blocks(doc, "python"))
    called = re.findall(r"(?<!tj)kg\.(\w+)", code)
    assert called and all(hasattr(KnowledgeGraph, name) for name in called)
    assert all(name in library() for name in re.findall(r'kg\.(?:query|frame)\("([\w-]+)"', code))


@pytest.mark.parametrize("doc", DOCS)
def test_every_link_leads_to_a_file(doc: str) -> None:
    text = (ROOT / doc).read_text("utf-8")
    folder = (ROOT / doc).parent
    for target in re.findall(r"\]\(([^)#]+?)\)", text):
        assert (folder / target).exists(), target
    for name in re.findall(r"`((?:docs|examples|benchmarks|queries|data|ontology|tests)/[\w./-]+)`", text):
        assert (ROOT / name).exists() or list(ROOT.glob(name)), name


def test_both_readmes_have_the_same_commands_and_chapters() -> None:
    assert _lines(DOCS[0]) == _lines(DOCS[1])
    heads = [len(re.findall(r"^## ", (ROOT / doc).read_text("utf-8"), re.M)) for doc in DOCS[:2]]
    assert heads[0] == heads[1]


def test_every_make_target_exists() -> None:
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    for doc in DOCS[:2]:
        assert set(re.findall(r"\bmake ([\w-]+)", (ROOT / doc).read_text("utf-8"))) <= targets


def test_every_library_named_is_a_dependency() -> None:
    project = Path(ROOT / "pyproject.toml").read_text("utf-8")
    table = re.search(r"## Libraries.*?(?=^## )", (ROOT / "README.md").read_text("utf-8"), re.M | re.S)
    assert table is not None
    for row in re.findall(r"^\| ([^|]+) \|", table[0], re.M)[1:]:
        assert all(name in project for name in row.split(", ") if not set(name) <= {"-"}), row
