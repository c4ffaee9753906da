"""From document to Turtle: the same bytes again, faults told with line and quote, old data untouched."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import PLAN, ROOT
from tjkg.build import build, build_document, check, vocabulary, write
from tjkg.cli import main
from tjkg.editions import beside
from tjkg.errors import DataError, InputError
from tjkg.parse.plan import parse
from tjkg.read import read
from tjkg.records import Finding, Source, Vocabulary
from tjkg.resources import data_dir

TEXT = (PLAN / "source.txt").read_text("utf-8")


@pytest.fixture(scope="module")
def words() -> Vocabulary:
    return vocabulary(data_dir() / "shared")


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    """A copy of data/ that may be spoilt."""
    shutil.copytree(data_dir(), tmp_path / "data")
    return tmp_path / "data" / "tianjin-2021"


def test_the_committed_turtle_is_what_the_source_yields() -> None:
    assert check(build(PLAN)) == []


def test_the_same_bytes_under_any_hash_seed(tmp_path: Path) -> None:
    env = {**os.environ, "PYTHONHASHSEED": "4711"}
    run = [sys.executable, "-m", "tjkg", "build", str(PLAN / "source.txt"), "--out", str(tmp_path)]
    subprocess.run(run, env=env, check=True, capture_output=True, cwd=ROOT)
    built = beside(PLAN / "source.txt")
    assert {name: (tmp_path / name).read_bytes() for name in built.files} == built.files


def test_check_finds_a_touched_file(edition: Path) -> None:
    (edition / "plan.ttl").write_bytes((edition / "plan.ttl").read_bytes() + b"# touched\n")
    assert check(build(edition, edition.parent)) == ["plan.ttl"]


def test_a_build_writes_what_it_built(edition: Path) -> None:
    (edition / "plan.ttl").unlink()
    write(build(edition, edition.parent))
    assert (edition / "plan.ttl").read_bytes() == (PLAN / "plan.ttl").read_bytes()


# ---------------------------------------------------------------- bad input


def _row(text: str, name: str) -> str:
    """The physical line of a service's row."""
    return next(line for line in text.split("\n") if line.startswith(name + "\t"))


SAMPLE = "老年人福利补贴"
FAULTS: dict[str, tuple[Callable[[str], str], str]] = {
    "a row with a cell too few": (
        lambda t: t.replace(_row(t, SAMPLE), _row(t, SAMPLE).rsplit("\t", 1)[0]), "row-width"),
    "a row with a cell too many": (
        lambda t: t.replace(_row(t, SAMPLE), _row(t, SAMPLE) + "\t多"), "row-width"),
    "a table of an unknown kind": (
        lambda t: t.replace("服务项目\t服务对象\t保障标准\t支出责任\t覆盖水平", "甲列\t乙列\t丙列\t丁列\t戊列", 1), "table-unknown"),
    "a service in the list without a row": (
        lambda t: t.replace(_row(t, SAMPLE) + "\n", ""), "not-in-tables"),
    "a row without a place in the list": (
        lambda t: t.replace("、" + SAMPLE + "（共计8项）", "（共计7项）"), "not-in-list"),
    "a count that does not fit": (lambda t: t.replace("（共计8项）", "（共计9项）"), "count-differs"),
    "a name twice in the list": (
        lambda t: t.replace("老年人健康管理、困难", "老年人健康管理、老年人健康管理、困难"), "listed-twice"),
    "a service in two places": (
        lambda t: t.replace("最低生活保障\t", _row(t, SAMPLE) + "\n最低生活保障\t", 1), "service-twice"),
    "the same row twice": (
        lambda t: t.replace(_row(t, SAMPLE), _row(t, SAMPLE) + "\n" + _row(t, SAMPLE)), "duplicate-row"),
    "an empty cell": (
        lambda t: t.replace("每人每月500元。\t", "\t"), "cell-empty"),
    "an indicator without a value": (lambda t: t.replace("\t92.3\t93\t", "\t92.3\t\t"), "indicator-empty"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_of_form_is_found_with_its_line_and_quote(name: str, words: Vocabulary) -> None:
    spoil, rule = FAULTS[name]
    text = spoil(TEXT)
    assert text != TEXT
    found: tuple[Finding, ...] = parse(Source(text), words).findings
    hit = [f for f in found if f.rule == rule]
    assert hit, [f.rule for f in found]
    passage = hit[0].passage
    assert passage is not None and passage.quote
    assert passage.quote.split("\n")[0] in text.split("\n")[passage.line - 1]


def test_the_plan_itself_has_no_fault_of_form(words: Vocabulary) -> None:
    assert parse(Source(TEXT), words).findings == ()


def test_a_failed_build_leaves_the_old_turtle(edition: Path) -> None:
    (edition / "source.txt").chmod(0o644)
    (edition / "source.txt").write_text(TEXT.replace("（共计8项）", "（共计9项）"), "utf-8")
    before = (edition / "plan.ttl").read_bytes()
    with pytest.raises(DataError, match="共计9项"):
        write(build(edition, edition.parent))
    assert (edition / "plan.ttl").read_bytes() == before


@pytest.mark.parametrize(
    ("data", "words_"),
    [(b"", "空"), (b" \n\t\n", "空"), (b"\xff\xfe\x00\x81\xff" * 30, "."), ("只有一段话。".encode(), "没有找到基本标准表")],
    ids=["empty", "blank", "bytes", "prose"],
)
def test_files_that_are_no_plan(tmp_path: Path, data: bytes, words_: str) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(data)
    with pytest.raises(InputError, match=words_):
        build_document(path)


def test_a_missing_file_is_told_in_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "nowhere.txt"]) == 2
    captured = capsys.readouterr()
    assert captured.out == "" and captured.err.count("\n") == 1 and "nowhere.txt" in captured.err


def test_gb18030_is_read(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(TEXT.encode("gb18030"))
    assert read(path).text == TEXT


def test_an_edition_must_be_named_as_its_folder(edition: Path) -> None:
    path = edition / "edition.ttl"
    path.write_text(path.read_text("utf-8").replace('"tianjin-2021"', '"tianjin-2022"'), "utf-8")
    with pytest.raises(DataError, match=r"edition\.ttl"):
        build(edition, edition.parent)
