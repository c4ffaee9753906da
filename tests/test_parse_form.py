"""Faults of a document's form: each is told once, with its place, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document

from tests.forms.word import save_docx
from tjkg.parse.form.agreement import check_list
from tjkg.parse.plan import structure
from tjkg.read import read
from tjkg.records import Category, Passage, Service

PLAN = Path(__file__).parents[1] / "data" / "tianjin-2021" / "source.txt"


def test_three_faults_in_a_word_copy_are_three_findings(tmp_path: Path) -> None:
    document = Document(str(save_docx(PLAN.read_text("utf-8"), tmp_path / "plan.docx")))
    rows = {row.cells[0].text: row for table in document.tables for row in table.rows}

    meals = rows["老年人助餐服务"]
    meals._tr.remove(meals.cells[3]._tc)
    rows["法律援助"].cells[2].paragraphs[0].runs[0].text = ""
    rows["送戏曲下乡"].cells[0].paragraphs[0].runs[0].text = "送戏下乡"
    document.save(str(tmp_path / "faulty.docx"))
    found = structure(read(tmp_path / "faulty.docx")).findings
    assert sorted((f.rule, f.service, f.passage.quote if f.passage else "") for f in found) == [
        ("cell-empty", "法律援助", "法律援助"),
        ("name-differs", "送戏下乡", "送戏下乡"),
        ("row-width", "老年人助餐服务", "老年人助餐服务"),
    ]


def place(name: str) -> Passage:
    return Passage(0, len(name), 1, name)


def category(*names: str, count: int | None = None) -> Category:
    return Category("类", None, None, place("类"), tuple((n, place(n)) for n in names), count)


def service(name: str) -> Service:
    return Service(name, None, "域", None, 1, place(name), ())


@pytest.mark.parametrize(
    ("listed", "tabled", "rules"),
    [
        (("学前教育资助", "高龄津贴"), ("学前教育资助", "高龄津贴"), []),
        (("学前教育资助",), ("学前教育资助", "高龄津贴"), [("not-in-list", "高龄津贴")]),
        (("学前教育资助", "高龄津贴"), ("高龄津贴",), [("not-in-tables", "学前教育资助")]),
        (("学前教育资助",), ("高龄津贴",), [("not-in-list", "高龄津贴"), ("not-in-tables", "学前教育资助")]),
        (("学前教育幼儿资助",), ("学前教育儿童资助",), [("name-differs", "学前教育儿童资助")]),
        (("甲", "甲"), ("甲", "甲"), [("listed-twice", "甲"), ("service-twice", "甲")]),
    ],
)
def test_the_list_against_the_tables(
    listed: tuple[str, ...], tabled: tuple[str, ...], rules: list[tuple[str, str]]
) -> None:
    found = check_list([category(*listed)], [service(n) for n in tabled])
    assert [(f.rule, f.service) for f in found] == rules


def test_a_printed_count_and_a_row_told_already() -> None:
    assert [f.rule for f in check_list([category("甲", "乙", count=3)], [service("甲")], told={"乙"})] == ["count-differs"]


def test_without_a_list_no_service_is_missing_from_it() -> None:
    assert check_list([], [service("甲")]) == []
