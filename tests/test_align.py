"""Conditions carried over to changed words: kept, read anew, dropped, or opened; never silently fact."""

from __future__ import annotations

import pytest

from tjkg.align import Aligned, Cell, Readings, align, read_whole, readings
from tjkg.boxes import atoms
from tjkg.diff.people import effect
from tjkg.diff.side import Side, key_of, side
from tjkg.facts import Facts, Tree


@pytest.fixture(scope="module")
def reviewed() -> Side:
    return side("tianjin-2021")


@pytest.fixture(scope="module")
def facts(reviewed: Side) -> Facts:
    assert reviewed.facts is not None
    return reviewed.facts


@pytest.fixture(scope="module")
def known(reviewed: Side, facts: Facts) -> Readings:
    return readings([c.tree for c in (*reviewed.criteria.values(), *reviewed.of_benefit.values())], facts)


def _cell(reviewed: Side, name: str) -> tuple[Cell, Tree]:
    service = next(s for s in reviewed.services if s["name"] == name)
    standard = service["standards"][0]
    place = standard["places"]["target"]
    return Cell(standard["target"], place["start"], place["line"]), reviewed.criteria[key_of(service), 1].tree


def _aligned(reviewed: Side, facts: Facts, known: Readings, name: str, old: str, new: str) -> tuple[Tree, Aligned]:
    cell, tree = _cell(reviewed, name)
    assert old in cell.text
    return tree, align(tree, cell, Cell(cell.text.replace(old, new, 1), 77, 5), facts, known)


def test_the_same_words_keep_their_condition(reviewed: Side, facts: Facts, known: Readings) -> None:
    tree, found = _aligned(reviewed, facts, known, "残疾人托养服务", "，经区残联", "，经 区残联")
    assert found.state == "reviewed"
    assert effect(tree, found.tree, facts).direction is None


def test_every_quote_stands_at_its_new_place(reviewed: Side, facts: Facts, known: Readings) -> None:
    for service in reviewed.services:
        for standard in service["standards"]:
            criterion = reviewed.criteria[key_of(service), standard["number"]]
            place = standard["places"]["target"]
            old = Cell(standard["target"], place["start"], place["line"])
            new = Cell("前言：" + standard["target"], 1000, 9)
            for atom in atoms(align(criterion.tree, old, new, facts, known).tree):
                if 1000 <= atom["start"] < 1000 + len(new.text):
                    start = atom["start"] - 1000
                    assert new.text[start : start + len(atom["quote"])] == atom["quote"]


@pytest.mark.parametrize(
    ("name", "old", "new", "direction", "people"),
    [
        ("老年人福利补贴", "年满100周岁", "年满95周岁", "widened", "年龄95至99岁"),
        ("老年人福利补贴", "年满100周岁", "100周岁及以上", None, ""),
        ("老年人福利补贴", "本市户籍，", "", "widened", "外地"),
        ("残疾人托养服务", "（一、二级）", "（一级）", "narrowed", "二级"),
        ("残疾人托养服务", "未就业、", "", "widened", "在职"),
        ("城乡低收入家庭救助", "150%", "120%", "narrowed", "家庭月人均收入"),
        ("节地生态安葬奖补", "2020年", "2019年", "widened", "2019"),
        ("残疾人康复服务", "有康复需求的", "无康复需求的", "shifted", "康复需求"),
        ("农村留守儿童关爱保护", "未满16周岁", "未满14周岁", "narrowed", "年龄14至15岁"),
        ("中等职业教育国家助学金", "一、二年级", "一、二、三年级", "widened", "年级3"),
    ],
)
def test_an_edited_part_is_read_anew(
    reviewed: Side, facts: Facts, known: Readings, name: str, old: str, new: str, direction: str | None, people: str
) -> None:
    tree, found = _aligned(reviewed, facts, known, name, old, new)
    assert found.state == "suggested"
    told = effect(tree, found.tree, found.facts(facts))
    assert told.direction == direction
    assert people in "".join((*told.gained, *told.lost))


def test_words_that_nobody_has_read_are_an_open_fact(reviewed: Side, facts: Facts, known: Readings) -> None:
    tree, found = _aligned(reviewed, facts, known, "老年人福利补贴", "的老年人", "且完成健康登记的老年人")
    opened, = found.opened
    assert opened.open and opened.label == "完成健康登记"
    told = effect(tree, found.tree, found.facts(facts))
    assert told.direction == "narrowed"
    assert told.witness_lost is not None and opened.id in told.witness_lost


def test_a_dropped_quote_is_told(reviewed: Side, facts: Facts, known: Readings) -> None:
    _, found = _aligned(reviewed, facts, known, "残疾人托养服务", "、持有合法有效的残疾人证", "")
    assert "持有合法有效的残疾人证" in found.dropped


def test_nothing_left_is_open_to_everybody(reviewed: Side, facts: Facts, known: Readings) -> None:
    cell, tree = _cell(reviewed, "老年人福利补贴")
    found = align(tree, cell, Cell("", 0, 1), facts, known)
    assert found.tree == {"all": []}


@pytest.mark.parametrize(
    ("words", "who", "meets"),
    [
        ("本市户籍70岁以上的低保老年人", {"hukou": "天津", "age": 75, "income_status": "低保"}, True),
        ("本市户籍70岁以上的低保老年人", {"hukou": "天津", "age": 69, "income_status": "低保"}, False),
        ("65岁以上的人员；孤儿", {"age": 80}, True),
        ("65岁以上的人员；孤儿", {"age": 30, "identity": "孤儿"}, True),
    ],
)
def test_a_cell_of_no_reviewed_edition_is_read_whole(
    facts: Facts, known: Readings, words: str, who: dict[str, object], meets: bool
) -> None:
    found = read_whole(Cell(words), facts, known)
    assert found.state == "suggested" and found.opened == ()
    one: Tree = {"all": [
        {"fact": f, "op": "has" if facts[f].multiple else "=", "value": v} for f, v in who.items()
    ]}
    told = effect(one, {"all": [one, found.tree]}, facts)
    assert (told.direction is None) == meets
