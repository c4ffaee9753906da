"""`tjkg validate` as its users call it: exit codes, one document on stdout, one clear sentence on stderr."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.conftest import PLAN
from tjkg.cli import main


def _json(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    told = json.loads(capsys.readouterr().out)
    assert isinstance(told, dict)
    return told


def test_the_shipped_data_conforms(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", "--format", "json"]) == 0
    told = _json(capsys)
    assert told["conforms"] is True
    assert told["checked"] == {"tianjin-2021": 94}


def test_fail_on_decides_the_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", "--fail-on", "information", "--format", "json"]) == 1
    assert _json(capsys)["conforms"] is False
    assert main(["validate", "--fail-on", "never", "--format", "json"]) == 0


def test_turtle_away_from_home_is_validated_with_what_it_needs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "my.ttl"
    text = (PLAN / "plan.ttl").read_text("utf-8")
    path.write_text(text, "utf-8")
    assert main(["validate", str(path), "--format", "json"]) == 0
    capsys.readouterr()
    assert text.count('tjkg:printed "3元"') == 1
    path.write_text(text.replace('tjkg:printed "3元"', 'tjkg:printed "5元"'), "utf-8")
    assert main(["validate", str(path), "--format", "json"]) == 1
    found = _json(capsys)["findings"]
    assert isinstance(found, list)
    assert {(f["rule"], f["service"]) for f in found if f["severity"] == "violation"} == {
        ("printed-outside-passage", "老年人助餐服务"), ("value-not-in-quote", "老年人助餐服务"),
    }


def test_shared_data_alone_is_judged_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "groups.ttl"
    shutil.copy(PLAN.parent / "shared" / "groups.ttl", path)
    assert main(["validate", str(path), "--format", "json"]) == 0
    capsys.readouterr()
    with path.open("a", encoding="utf-8") as file:
        file.write('\n<https://w3id.org/tjkg/id/group/无名> a <https://w3id.org/tjkg/ontology#TargetGroup> .\n')
    assert main(["validate", str(path), "--format", "json"]) == 1
    found = _json(capsys)["findings"]
    assert isinstance(found, list)
    assert {f["focus"].rpartition("/")[2] for f in found if f["severity"] == "violation"} == {"无名"}


def test_a_report_goes_into_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", "--format", "sarif", "--out", str(tmp_path / "r.sarif")]) == 0
    assert capsys.readouterr().out == ""
    assert json.loads((tmp_path / "r.sarif").read_text("utf-8"))["version"] == "2.1.0"


def test_an_accepted_finding_does_not_fail_the_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", "--format", "json"]) == 0
    found = _json(capsys)["findings"]
    assert isinstance(found, list)
    entries = [
        f'[[accepted]]\nfingerprint = "{f["fingerprint"]}"\nreason = "规划原文如此"\nuntil = 2099-01-01\n' for f in found
    ]
    path = tmp_path / "accepted.toml"
    path.write_text("\n".join(entries), "utf-8")
    assert main(["validate", "--fail-on", "information", "--baseline", str(path), "--format", "json"]) == 0
    told = _json(capsys)
    assert told["findings"] == []
    assert isinstance(told["accepted"], list) and len(told["accepted"]) == len(found)


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["none.ttl"], "没有这个文件"), (["none.docx"], "没有这个文件"), (["--plan", "nowhere-2099"], "没有版本 nowhere-2099"),
        (["--baseline", "none.toml"], "没有这个基线文件"), (["--on", "yesterday"], "日期 yesterday 不对"),
        (["x.ttl", "--plan", "tianjin-2021"], "--plan 只用于随附数据"),
    ],
)
def test_wrong_use_is_one_sentence_and_two(args: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", *args]) == 2
    said = capsys.readouterr()
    assert words in said.err
    assert said.out == ""


def test_broken_turtle_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.ttl").write_text("<a> <b> .", "utf-8")
    assert main(["validate", str(tmp_path / "x.ttl")]) == 2
    assert "不是正确的 Turtle" in capsys.readouterr().err
    (tmp_path / "empty").mkdir()
    assert main(["validate", str(tmp_path / "empty")]) == 2
    assert "没有 Turtle 文件" in capsys.readouterr().err
