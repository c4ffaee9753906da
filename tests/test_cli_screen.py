"""tjkg screen and tjkg facts as other programs call them."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from tjkg.cli import main

Capture = pytest.CaptureFixture[str]


def _run(capsys: Capture, *words: str) -> tuple[int, str, str]:
    code = main(list(words))
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_facts_keep_the_contract(capsys: Capture) -> None:
    code, out, _ = _run(capsys, "facts", "--format", "json")
    facts = {f["id"]: f for f in json.loads(out)}
    assert code == 0
    for fact in facts.values():
        assert {"id", "label", "question", "type", "values", "unit", "multiple", "ordinary", "about", "kind"} <= set(fact)
    assert facts["age"]["type"] == "integer" and facts["age"]["unit"] == "岁"
    assert facts["hukou"]["values"][0] == "天津" and facts["hukou"]["ordinary"] == "天津"
    assert facts["identity"]["multiple"] is True
    assert {f["kind"] for f in facts.values()} == {"stated", "delegated", "plan_silent", "reading", "definition"}
    assert facts["disabled_worker_ratio"]["about"] == "employer"
    _, table, _ = _run(capsys, "facts", "--about", "base", "--lang", "en")
    assert "Kind of base" in table and "Care level" not in table


def test_one_person_by_profile_and_by_conditions_is_the_same(capsys: Capture, tmp_path: Path) -> None:
    path = tmp_path / "申请者.json"
    path.write_text(json.dumps({"about": "person", "facts": {"age": {"min": 80}, "hukou": "天津"}}), "utf-8")
    _, by_profile, _ = _run(capsys, "screen", str(path), "--format", "json")
    _, by_words, _ = _run(capsys, "screen", "-f", "age=80..", "-f", "hukou=天津", "--format", "json")
    assert json.loads(by_profile) == json.loads(by_words)
    assert {r["verdict"] for r in json.loads(by_words)["results"]} == {"eligible", "ineligible", "depends"}


def test_a_group_on_the_command_line(capsys: Capture) -> None:
    code, out, _ = _run(
        capsys, "screen", "--group", "-f", "age=80..", "-f", "residence=农村", "-f", "income_status=低保", "--format", "json"
    )
    assert code == 0
    assert {r["verdict"] for r in json.loads(out)["results"]} == {"all", "none", "some", "unknown"}
    _, named, _ = _run(capsys, "screen", "--group", "高龄老年人", "-f", "residence=农村", "-f", "income_status=低保", "--format", "json")
    assert json.loads(named) == json.loads(out)
    _, table, _ = _run(capsys, "screen", "--group", "残疾人")
    assert "全部符合" in table and "全不符合" not in table.replace("→ 全不符合", "")


def test_a_table_of_people(capsys: Capture, tmp_path: Path) -> None:
    pl.DataFrame({"age": [100, 30], "hukou": ["天津", "天津"], "区": ["和平", "河西"]}).write_csv(tmp_path / "p.csv")
    out = tmp_path / "out.parquet"
    code, text, _ = _run(capsys, "screen", str(tmp_path / "p.csv"), "--out", str(out), "--by", "区", "--format", "json")
    counts = json.loads(text)
    assert code == 0 and counts["rows"] == 2
    assert {"district": "和平", "service": "老年人福利补贴", "true": 1, "false": 0, "null": 0} in counts["counts"]
    assert pl.read_parquet(out)["老年人福利补贴"].to_list() == [True, False]
    code, text, _ = _run(capsys, "screen", str(tmp_path / "p.csv"), "--out", str(tmp_path / "out.csv"))
    assert code == 0 and "老年人福利补贴\t1\t1\t0" in text


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["-f", "agee=3"], "age"),
        (["-f", "residence=农庄"], "农村"),
        (["nobody.json"], "没有这个档案文件"),
        (["nobody.csv", "--out", "x.csv"], "没有这个文件"),
        (["nobody.csv"], "--out"),
        (["nobody.csv", "--out", "x.csv", "-f", "age=3"], "-f"),
        (["--group", "火星人"], "-f"),
    ],
)
def test_faults_are_one_sentence_and_2(capsys: Capture, words: list[str], told: str) -> None:
    code, out, err = _run(capsys, "screen", *words)
    assert code == 2 and not out
    assert told in err and len(err.strip().splitlines()) == 1


def test_a_broken_profile_is_told(capsys: Capture, tmp_path: Path) -> None:
    path = tmp_path / "p.json"
    path.write_text('{"facts": {"age": 82', "utf-8")
    code, _, err = _run(capsys, "screen", str(path))
    assert code == 2 and "JSON" in err
