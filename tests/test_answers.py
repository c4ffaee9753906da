"""Saved questions, queries and applicants answered from both editions: whose answer changed, and why."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.seeds import edited, plain_text, seeds
from tjkg.answers import Changed, rerun, saved
from tjkg.cli import main
from tjkg.diff import base, compare, side
from tjkg.errors import InputError

PLAN = "tianjin-2021"
TITLES = ("age lowered: more people", "the amount of one allowance raised", "a ratio")


@pytest.fixture(scope="module")
def new_plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("new") / "新规划.txt"
    path.write_text(edited(plain_text(), tuple(e for s in seeds() if s.title in TITLES for e in s.edits)), "utf-8")
    return path


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of plain files: questions, a query, two applicants."""
    folder = tmp_path_factory.mktemp("asked")
    (folder / "问题.txt").write_text("# 常见问题\n老年人福利补贴每月多少钱？\n低保标准是多少？\n\n老年人助餐服务谁出钱？\n", "utf-8")
    facts = {"hukou": "天津", "residence": "农村", "income_status": "无"}
    for name, age in (("98岁", 98), ("70岁", 70)):
        profile = {"about": "person", "facts": {"age": age, **facts}, "others": "ordinary"}
        (folder / f"{name}.json").write_text(json.dumps(profile), "utf-8")
    query = ROOT / "queries" / "benefits" / "amounts-of-service.rq"
    text = query.read_text("utf-8").replace("#+ example: ", "#+ example: service=老年人福利补贴 #", 1)
    (folder / "金额.rq").write_text(text if "#+ example" in text else query.read_text("utf-8"), "utf-8")
    return folder


@pytest.fixture(scope="module")
def told(new_plan: Path, asked: Path) -> dict[str, Changed]:
    old, new = side(PLAN), side(str(new_plan))
    changes = compare(old, new, base(old, new))
    return {c.name: c for c in rerun(PLAN, str(new_plan), (old, new), [asked], changes)}


def test_only_what_changed_is_told(told: dict[str, Changed]) -> None:
    assert "低保标准是多少？" not in told and "70岁" not in told
    assert {"老年人福利补贴每月多少钱？", "老年人助餐服务谁出钱？", "98岁"} <= told.keys()


def test_a_question_has_both_answers_and_the_reason(told: dict[str, Changed]) -> None:
    changed = told["老年人福利补贴每月多少钱？"]
    assert "500" in changed.old and "550" in changed.new
    assert any("每人每月500元提高到每人每月550元" in why for why in changed.why("zh"))


def test_an_applicant_gains_what_the_change_gives(told: dict[str, Changed]) -> None:
    changed = told["98岁"]
    assert "不符合" in changed.old and "符合" in changed.new and "550元" in changed.new
    assert any("年龄95至99岁" in why for why in changed.why("zh"))


def test_the_report_carries_them(new_plan: Path, asked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", PLAN, str(new_plan), "--answers", str(asked / "98岁.json"), "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert [a["name"] for a in document["answers"]] == ["98岁"]


@pytest.mark.parametrize(("name", "text"), [("坏.json", "{"), ("未知.csv", "a"), ("没有.txt", None)])
def test_a_file_that_cannot_be_asked_is_told(name: str, text: str | None, tmp_path: Path) -> None:
    path = tmp_path / name
    if text is not None:
        path.write_text(text, "utf-8")
    with pytest.raises(InputError):
        saved([path])
