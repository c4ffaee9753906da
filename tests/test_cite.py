"""A footnote reproduces its result later, and says so when it does not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tjkg.cite import read, result_hash
from tjkg.cli import main
from tjkg.errors import InputError


def _cite(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["cite", "--date", "2026-11-24", *words]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize(
    "command",
    [
        ["services-of-group", "-p", "group=残疾人"], ["query", "payers-of-service", "-p", "service=最低生活保障"],
        ["show", "老年人助餐服务"], ["services", "--group", "老年人"], ["screen", "-f", "age=82", "-f", "hukou=天津"],
        ["query", "-e", "SELECT ?s { ?s a tjkg:Benefit } LIMIT 3"],
    ],
    ids=lambda c: c[0] + c[1],
)
@pytest.mark.parametrize("fmt", ["text", "json"])
def test_a_footnote_is_reproduced(
    command: list[str], fmt: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "脚注"
    path.write_text(_cite(capsys, "--format", fmt, *command), "utf-8")
    assert main(["cite", "--check", str(path)]) == 0
    assert "复核一致" in capsys.readouterr().out


def test_a_query_is_told_with_its_text(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(_cite(capsys, "--format", "json", "services-of-group", "-p", "group=残疾人"))
    assert found["plan"] == "tianjin-2021" and found["on"] == "2026-11-24"
    assert "残疾人" in found["query"] and "SELECT" in found["query"]
    assert len(found["data"]) == len(found["result"]) == 64


def test_another_result_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(_cite(capsys, "--format", "json", "show", "老年人助餐服务"))
    path = tmp_path / "脚注.json"
    path.write_text(json.dumps(found | {"result": "0" * 64}), "utf-8")
    assert main(["cite", "--check", str(path)]) == 1
    assert "不同" in capsys.readouterr().out


def test_the_same_result_of_other_data_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(_cite(capsys, "--format", "json", "show", "老年人助餐服务"))
    path = tmp_path / "脚注.json"
    path.write_text(json.dumps(found | {"data": "0" * 64}), "utf-8")
    assert main(["cite", "--check", str(path), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"reproduced": True, "data": False, "result": True}


@pytest.mark.parametrize("words", [["cite"], ["cite", "build"], ["cite", "show", "没有的服务"], ["cite", "--check", "没有"]])
def test_what_cannot_be_cited_is_told_in_a_sentence(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    assert capsys.readouterr().err.startswith("tjkg：")


def test_a_text_without_footnote() -> None:
    with pytest.raises(InputError, match="没有脚注"):
        read("见规划原文", "脚注.txt")


def test_rows_without_order_are_a_set() -> None:
    one = {"head": {"vars": ["s"]}, "results": {"bindings": [{"s": 1}, {"s": 2}]}}
    other = {"head": {"vars": ["s"]}, "results": {"bindings": [{"s": 2}, {"s": 1}]}}
    assert result_hash(one) == result_hash(other)
