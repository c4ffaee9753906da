"""The keeper's workbook: out, filled in, and back into the data; a mistake is told by its cell."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from rdflib import Graph, Literal, URIRef

from tests.conftest import PLAN, ROOT
from tjkg.cli import main
from tjkg.criteria_source import criteria_graph
from tjkg.errors import InputError
from tjkg.iris import Edition
from tjkg.namespaces import TJKG
from tjkg.query import internal
from tjkg.review import Tasks, apply, dataset_of, known, read_decisions, tasks, write_workbook
from tjkg.review.decisions import Decisions, Mistake
from tjkg.review.natural import natural
from tjkg.review.sheets import CRITERIA, FINDINGS, READING, Sheet
from tjkg.review.tasks import worded
from tjkg.store import open_local
from tjkg.validation.baseline import read_baseline
from tjkg.validation.dataset import Dataset, given

BASE = "https://w3id.org/tjkg/id/tianjin-2021"
Fill = Callable[[Worksheet], None]


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return dataset_of()


@pytest.fixture(scope="module")
def found(dataset: Dataset) -> Tasks:
    return tasks(dataset)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the edition's folder."""
    copy = tmp_path / "tianjin-2021"
    shutil.copytree(PLAN, copy)
    (copy / "source.txt").chmod(0o644)
    return copy


def _column(layout: Sheet, key: str) -> int:
    return 1 + [c.key for c in layout.columns].index(key)


def _write(sheet: Worksheet, layout: Sheet, row: int, values: dict[str, object]) -> None:
    for key, value in values.items():
        sheet.cell(row, _column(layout, key)).value = value  # type: ignore[assignment]


ADD = {
    "service": "工伤保险", "number": 1, "cell": "保障标准", "decision": "补充", "kind": "待遇", "item": "工伤保险待遇", "role": "in_kind",
    "quote": "持续扩大工伤保险覆盖范围", "by": "标准管理处审读员", "on": "2026-11-24", "reason": "原文只写方向",
}
MEAL = {
    "service": "老年人助餐服务", "number": 1, "cell": "保障标准", "decision": "替换", "replaces": "benefit/老年人助餐服务_1_2",
    "kind": "待遇", "item": "运营补贴", "role": "grant", "value": "2", "unit": "元", "per": "每餐",
    "quote": "给予老人家食堂2元的运营补贴", "by": "标准管理处审读员", "on": "2026年11月24日",
}


def _filled(found: Tasks, fill: Callable[[dict[str, Worksheet]], None]) -> bytes:
    book = load_workbook(io.BytesIO(write_workbook(found)))
    fill({name: book[name] for name in (CRITERIA.name, READING.name, FINDINGS.name)})
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _readings(found: Tasks, *rows: dict[str, object]) -> bytes:
    def fill(sheets: dict[str, Worksheet]) -> None:
        last = sheets[READING.name].max_row
        for offset, row in enumerate(rows, 1):
            _write(sheets[READING.name], READING, last + offset, row)

    return _filled(found, fill)


def _back(data: bytes, dataset: Dataset) -> tuple[Decisions, list[Mistake]]:
    assert dataset.plan is not None
    return read_decisions(data, "审读表.xlsx", known(dataset.store, dataset.plan))


# ---------------------------------------------------------------- out


def test_the_workbook_lists_what_needs_reading(found: Tasks) -> None:
    book = load_workbook(io.BytesIO(write_workbook(found)))
    assert book.sheetnames == ["说明", CRITERIA.name, READING.name, FINDINGS.name]
    assert book[READING.name].max_row == 1 + len(found.reading) > 50
    assert book[FINDINGS.name].max_row == 1 + len(found.findings)
    choices = book[READING.name].data_validations.dataValidation
    assert {c.formula1 for c in choices} >= {'"补充,替换"', '"待遇,支出责任,覆盖目标,限额"'}


def test_an_untouched_workbook_decides_nothing(found: Tasks, dataset: Dataset) -> None:
    decisions, mistakes = _back(write_workbook(found), dataset)
    assert (len(decisions), mistakes) == (0, [])


def test_a_condition_is_told_in_words() -> None:
    tree = {"all": [{"fact": "age", "op": ">=", "value": 80}, {"any": [
        {"fact": "hukou", "op": "=", "value": "天津"}, {"not": {"fact": "alone", "op": "=", "value": True}}]}]}
    assert worded(tree, {"age": "年龄", "hukou": "户籍", "alone": "独居"}) == "年龄 >= 80 且 （户籍 = 天津 或 （不是（独居 = 是）））"


# ---------------------------------------------------------------- and back


def test_an_addition_is_written_with_quote_role_and_date(found: Tasks, dataset: Dataset, folder: Path) -> None:
    decisions, mistakes = _back(_readings(found, ADD), dataset)
    assert mistakes == []
    assert dataset.plan and dataset.text
    files = apply(folder, decisions, known(dataset.store, dataset.plan), dataset.text, found)
    assert [f.name for f in files] == ["reviewed.ttl"]
    graph = Graph().parse(files[0])
    (node,) = graph.subjects(URIRef(TJKG.reviewedBy), Literal("标准管理处审读员"))
    assert graph.value(node, URIRef(TJKG.quote)) == Literal(ADD["quote"])
    assert str(graph.value(node, URIRef(TJKG.reviewedOn))) == "2026-11-24"
    assert (URIRef(f"{BASE}/standard/工伤保险_1"), URIRef(TJKG.hasBenefit), node) in graph


def test_a_replacement_takes_the_place_of_what_was_read(found: Tasks, dataset: Dataset, folder: Path) -> None:
    decisions, mistakes = _back(_readings(found, MEAL), dataset)
    assert mistakes == []
    assert dataset.plan and dataset.text
    apply(folder, decisions, known(dataset.store, dataset.plan), dataset.text, found)
    after = given([folder])[0]
    after.store.settle()
    rows = after.store.select(internal("row-links")).rows
    nodes = [str(n) for row, n, _ in rows if str(row) == f"{BASE}/standard/老年人助餐服务_1" and "/benefit/" in str(n)]
    assert f"{BASE}/benefit/老年人助餐服务_1_2" not in nodes
    assert len(nodes) == 2


def test_reviewed_data_is_valid_and_a_lost_quote_is_found(
    found: Tasks, dataset: Dataset, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    decisions, _ = _back(_readings(found, ADD, MEAL), dataset)
    assert dataset.plan and dataset.text
    (path,) = apply(folder, decisions, known(dataset.store, dataset.plan), dataset.text, found)
    assert main(["validate", str(folder), "--format", "json"]) == 0
    capsys.readouterr()
    path.write_text(path.read_text("utf-8").replace('tjkg:quote "给予老人家食堂2元的运营补贴"', 'tjkg:quote "给予老人家食堂5元的补贴"'), "utf-8")
    assert main(["validate", str(folder), "--format", "json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert [f["rule"] for f in told["findings"] if f["severity"] == "violation"] == ["replacement-quote-gone"]


def test_writing_twice_is_the_same_as_once(found: Tasks, dataset: Dataset, folder: Path) -> None:
    decisions, _ = _back(_readings(found, ADD), dataset)
    assert dataset.plan and dataset.text
    place = known(dataset.store, dataset.plan)
    (path,) = apply(folder, decisions, place, dataset.text, found)
    once = path.read_bytes()
    apply(folder, decisions, place, dataset.text, found)
    assert path.read_bytes() == once


def test_an_accepted_finding_goes_into_the_baseline(found: Tasks, dataset: Dataset, folder: Path) -> None:
    def fill(sheets: dict[str, Worksheet]) -> None:
        _write(sheets[FINDINGS.name], FINDINGS, 2, {
            "decision": "接受", "until": "2027-06-30", "by": "标准管理处", "on": "2026-11-24", "reason": "已请示",
        })

    decisions, mistakes = _back(_filled(found, fill), dataset)
    assert mistakes == []
    assert dataset.plan and dataset.text
    (path,) = apply(folder, decisions, known(dataset.store, dataset.plan), dataset.text, found)
    (entry,) = read_baseline(path).entries
    assert (entry.reason, entry.until.isoformat(), entry.by) == ("已请示", "2027-06-30", "标准管理处")
    assert entry.fits["fingerprint"] == found.findings[0]["id"]


@pytest.mark.parametrize(
    ("change", "cell", "words"),
    [
        ({"decision": "加上"}, "decision", "“加上”不认识"),
        ({"by": None}, "by", "没有写审读人身份"),
        ({"on": "去年"}, "on", "“去年”不是日期"),
        ({"service": "工伤险"}, "service", "没有“工伤险”第1行的保障标准"),
        ({"cell": "标准"}, "cell", "“标准”不认识"),
        ({"quote": "扩大保险"}, "quote", "没有这几个字"),
        ({"quote": "工伤保险"}, "quote", "出现2次"),
        ({"role": "礼物"}, "role", "“礼物”不认识"),
        ({"role": "grant"}, "value", "没有写数值"),
        ({"value": "十元"}, "value", "“十元”不是数"),
        ({"value": "10"}, "unit", "没有写单位"),
        ({"item": None}, "item", "没有写名称"),
        ({"role": "left_to_rule"}, "rule", "没有写交由的规定"),
        ({"decision": "替换"}, "replaces", "没有写替换"),
        ({"decision": "替换", "replaces": "benefit/没有_1_1"}, "replaces", "没有编号为"),
        ({"kind": "支出责任", "role": "负担", "payer": "月球"}, "payer", "没有叫“月球”的支付方"),
        ({"kind": "支出责任", "role": "负担", "payer": "市财政", "percent": 140}, "percent", "140不在0到100之间"),
    ],
)
def test_a_mistake_is_told_by_its_cell(
    change: dict[str, object], cell: str, words: str, found: Tasks, dataset: Dataset
) -> None:
    decisions, mistakes = _back(_readings(found, {**ADD, **change}), dataset)
    assert len(decisions) == 0
    assert len(mistakes) == 1
    letter = "ABCDEFGHIJKLMNOPQRSTUVW"[_column(READING, cell) - 1]
    assert mistakes[0].cell == f"{letter}{2 + len(found.reading)}"
    assert words in mistakes[0].sentence()
    assert mistakes[0].cure


def test_the_command_tells_every_mistake_and_writes_nothing(
    found: Tasks, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "审读表.xlsx"
    path.write_bytes(_readings(found, ADD, {**ADD, "by": None}, {**ADD, "quote": "没有的话"}))
    assert main(["review", "--in", str(path), "--into", str(folder)]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 2
    assert not (folder / "reviewed.ttl").exists()


def test_the_command_goes_round(folder: Path, tmp_path: Path, found: Tasks, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "审读表.xlsx"
    assert main(["review", "--out", str(path)]) == 0
    assert "未读文字" in capsys.readouterr().out
    path.write_bytes(_readings(found, ADD))
    assert main(["review", "--in", str(path), "--into", str(folder)]) == 0
    assert "1项决定" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["review"], "--out 或 --in"), (["review", "--in", "none.xlsx"], "没有这个文件"),
        (["review", "--in", str(ROOT / "README.md"), "--into", str(PLAN)], "不是 Excel"),
    ],
)
def test_wrong_use_is_told(args: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(args) == 2
    assert words in capsys.readouterr().err


def test_a_workbook_of_something_else_is_told(dataset: Dataset) -> None:
    from openpyxl import Workbook

    out = io.BytesIO()
    Workbook().save(out)
    with pytest.raises(InputError, match="没有审读表"):
        _back(out.getvalue(), dataset)


# ---------------------------------------------------------------- conditions


def test_natural_shacl_of_a_tree_reads_back_to_the_tree(tmp_path: Path) -> None:
    """Every reviewed condition, written anew from its tree, compiles to the same tree."""
    from datetime import date

    from tjkg.build import build
    from tjkg.review.decisions import Review

    store = open_local("tianjin-2021")
    query = f"SELECT ?c ?t WHERE {{ ?s a <{TJKG.ServiceStandard}> ; <{TJKG.hasCriterion}> ?c . ?c <{TJKG.tree}> ?t }}"
    trees = {str(c).rpartition("/")[2]: json.loads(str(t)) for c, t in store.select(query).rows}
    review = Review("审读员", date(2026, 11, 24), "照原样")
    text = (PLAN / "criteria.ttl").read_text("utf-8")
    own = text[: text.index("\ncrit:")]
    place = known(store, BASE)
    path = tmp_path / "criteria.ttl"
    path.write_text(own + "\n\n" + "\n\n".join(natural(n, t, review, place.row(n)) for n, t in trees.items()) + "\n", "utf-8")
    built = build(PLAN)
    graph = criteria_graph(path, ROOT / "ontology" / "facts.ttl", built.plan, Edition("tianjin-2021", "tianjin"))
    again = {n: json.loads(str(graph.value(URIRef(f"{BASE}/criterion/{n}"), URIRef(TJKG.tree)))) for n in trees}
    assert {n: _bare(t) for n, t in again.items()} == {n: _bare(t) for n, t in trees.items()}
    signed = graph.value(URIRef(f"{BASE}/criterion/最低生活保障_1"), URIRef(TJKG.reviewedBy))
    assert signed == Literal("审读员")


def test_a_document_with_new_words_gets_its_condition_suggested_and_adopted(folder: Path, tmp_path: Path) -> None:
    text = (PLAN / "source.txt").read_text("utf-8")
    path = tmp_path / "新规划.txt"
    path.write_text(text.replace("本市户籍80岁以上的老年人；本市户籍60岁以上低保", "本市户籍75岁以上的老年人；本市户籍60岁以上低保"), "utf-8")
    dataset = dataset_of(path)
    found = tasks(dataset, path)
    assert [(r["service"], r["state"]) for r in found.criteria] == [("老年人助餐服务", "suggested")]
    assert "年龄 >= 75" in found.criteria[0]["condition"]

    def fill(sheets: dict[str, Worksheet]) -> None:
        _write(sheets[CRITERIA.name], CRITERIA, 2, {"decision": "采纳", "by": "审读员", "on": "2026-11-24"})

    decisions, mistakes = _back(_filled(found, fill), dataset)
    assert mistakes == []
    assert dataset.plan and dataset.text
    (folder / "criteria.ttl").unlink()
    (written,) = apply(folder, decisions, known(dataset.store, dataset.plan), dataset.text, found)
    graph = Graph().parse(written)
    node = URIRef(f"{BASE}/criterion/老年人助餐服务_1")
    assert graph.value(node, URIRef(TJKG.reviewedBy)) == Literal("审读员")
    assert "sh:minInclusive 75 ; tjkg:quote" in written.read_text("utf-8")


def _bare(tree: dict[str, object]) -> object:
    """A tree without places and names of definitions, its members in a fixed order."""
    if "fact" in tree:
        value = tree["value"]
        return (tree["fact"], tree["op"], repr(sorted(value) if isinstance(value, list) else value))
    if "not" in tree:
        assert isinstance(tree["not"], dict)
        return ("not", _bare(tree["not"]))
    key = "all" if "all" in tree else "any"
    return (key, tuple(sorted(repr(_bare(m)) for m in _flat(tree, key))))


def _flat(tree: dict[str, object], key: str) -> Iterator[dict[str, object]]:
    """The members, those of a member of the same kind in its place."""
    members = tree[key]
    assert isinstance(members, list)
    for member in members:
        yield from _flat(member, key) if key in member else [member]
