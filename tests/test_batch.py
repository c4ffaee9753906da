"""A table of people: row by row what single screening says, in polars and DuckDB; bad input stops whole."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from tests import people
from tjkg.applicant import conditions, start
from tjkg.batch import ColumnMap, read_mapping, run, service_sql
from tjkg.batch.sql import column, query
from tjkg.boxes import Box
from tjkg.criteria import Criteria, load
from tjkg.errors import InputError, NotFoundError
from tjkg.facts import NA
from tjkg.screen import Screener, verdict
from tjkg.store.local import Local


@pytest.fixture(scope="module")
def criteria(store: Local) -> Criteria:
    return load(store)


def _cell(criteria: Criteria, variable: str, mask: int, rng: random.Random) -> Any:
    """A value in a box of one variable; None when more than one is possible."""
    fact, space = criteria.facts.of(variable), criteria.space
    if bin(mask).count("1") != 1 or mask == space.na(variable):
        return None
    if fact.numeric:
        ((low, low_side), (high, _)), = space.ranges(variable, mask)
        whole = fact.type != "decimal"
        number = low + (0 if whole else 0.001 * low_side) if low or high == float("inf") else high - (1 if whole else 0.001)
        if fact.type == "date":
            from datetime import date

            return date.fromordinal(int(max(number, 700_000)))
        return int(number) if whole else float(number)
    name, = space.names(variable, mask)
    return None if name == NA else name == "true" if name in ("true", "false") else name


def _people(criteria: Criteria, count: int) -> tuple[pl.DataFrame, list[Box]]:
    """Half-known people as a table, and each row's box of possibilities."""
    rng = random.Random(5)
    rows, boxes = [], []
    whole = start(criteria.facts, criteria.space, "person")
    for point in people.points(criteria, {"about": whole["about"]}, rng, count):
        known = {v: m if rng.random() < 0.75 else whole[v] for v, m in point.items()}
        row = {column(v): _cell(criteria, v, m, rng) for v, m in known.items() if v != "about"}
        rows.append(row)
        boxes.append({v: m if v == "about" or row[column(v)] is not None else whole[v] for v, m in known.items()})
    return pl.DataFrame(rows, infer_schema_length=None), boxes


def _single(criteria: Criteria, boxes: Sequence[Box]) -> dict[str, list[bool | None]]:
    """service → what single screening says of every row: any standard of it suffices."""
    told: dict[str, list[bool | None]] = {r.service: [] for r in criteria.standards}
    for box in boxes:
        found: dict[str, set[str]] = {}
        for ruled in criteria.standards:
            found.setdefault(ruled.service, set()).add(verdict(ruled.criterion, people.person(box)))
        for service, verdicts in found.items():
            told[service].append(True if "eligible" in verdicts else False if verdicts == {"ineligible"} else None)
    return told


def test_every_row_is_what_single_screening_says(criteria: Criteria, tmp_path: Path) -> None:
    table, boxes = _people(criteria, 300)
    table.with_row_index("编号").write_parquet(tmp_path / "people.parquet")
    summary = run(criteria, tmp_path / "people.parquet", tmp_path / "out.parquet", keep=["编号"])
    out = pl.read_parquet(tmp_path / "out.parquet")
    wanted = _single(criteria, boxes)
    assert summary.rows == len(boxes) == out.height
    assert out.columns == ["编号", *wanted]
    for service, told in wanted.items():
        assert out[service].to_list() == told, service
    assert {v for told in wanted.values() for v in told} == {True, False, None}


def test_duckdb_runs_the_same_text(criteria: Criteria, tmp_path: Path) -> None:
    table, boxes = _people(criteria, 200)
    table = table.with_columns(pl.col(pl.Date).dt.to_string("%Y-%m-%d"))
    texts = service_sql(criteria)
    text = query(texts, [])
    connection = duckdb.connect()
    table.write_parquet(tmp_path / "people.parquet")
    connection.execute(f"CREATE VIEW people AS SELECT * FROM read_parquet('{tmp_path / 'people.parquet'}')")
    rows = connection.execute(text).fetchall()
    wanted = _single(criteria, boxes)
    for position, (service, told) in enumerate(wanted.items()):
        assert [row[position] for row in rows] == told, service


def test_columns_that_are_not_there_are_not_said(criteria: Criteria, tmp_path: Path) -> None:
    pl.DataFrame({"age": [100, 99, None], "姓名": ["甲", "乙", "丙"]}).write_csv(tmp_path / "p.csv")
    summary = run(criteria, tmp_path / "p.csv", tmp_path / "out.csv")
    out = pl.read_csv(tmp_path / "out.csv", null_values="")
    assert "姓名" not in out.columns
    assert out["老年人福利补贴"].to_list() == [None, False, None]
    assert out["老年人健康管理"].to_list() == [True, True, None]
    assert [c for c in summary.counts if c[1] == "老年人健康管理"] == [(None, "老年人健康管理", 2, 0, 1)]


def test_own_columns_and_codes(criteria: Criteria, tmp_path: Path) -> None:
    pl.DataFrame({
        "id": ["a", "b", "c"], "年纪": ["100", " 100 ", "7"], "hk": ["1", "2", ""], "区": ["和平", "和平", "河西"],
        "身份": ["孤儿；烈士子女", "无", None],
    }).write_csv(tmp_path / "p.csv")
    (tmp_path / "map.toml").write_text(
        'keep = ["id"]\n[columns]\nage = "年纪"\nhukou = "hk"\nidentity = "身份"\n[values.hukou]\n1 = "天津"\n2 = "外地"\n', "utf-8"
    )
    mapping = read_mapping(tmp_path / "map.toml")
    summary = run(criteria, tmp_path / "p.csv", tmp_path / "out.parquet", mapping=mapping, by="区")
    out = pl.read_parquet(tmp_path / "out.parquet")
    assert out.columns[:2] == ["id", "区"]
    assert out["老年人福利补贴"].to_list() == [True, False, False]
    assert out["特殊儿童群体基本生活保障"].to_list() == [False, False, None]
    assert ("和平", "老年人福利补贴", 1, 1, 0) in summary.counts
    assert ("河西", "老年人福利补贴", 0, 1, 0) in summary.counts


def test_missing_facts_are_those_of_single_screening(criteria: Criteria, store: Local, tmp_path: Path) -> None:
    pl.DataFrame({"age": [100, 85], "hukou": [None, "天津"], "income_status": ["低保", None]}).write_parquet(tmp_path / "p.parquet")
    run(criteria, tmp_path / "p.parquet", tmp_path / "out.parquet", missing=True)
    out = pl.read_parquet(tmp_path / "out.parquet")
    assert out["老年人福利补贴·缺"].to_list() == ["hukou", None]
    screener = Screener(store, criteria)
    for row, texts in enumerate((["age=100", "income_status=低保"], ["age=85", "hukou=天津"])):
        for result in screener.screen(screener.applicant(conditions(texts)))["results"]:
            told = out[f"{result['service']}·缺"][row]
            if result["missing"] and told is not None:
                assert set(result["missing"]) <= set(told.split("；")), result["service"]


def test_employers_are_screened_by_their_own_facts(criteria: Criteria, tmp_path: Path) -> None:
    pl.DataFrame({"disabled_worker_ratio": [1.5, 1.6], "age": [30, 40]}).write_parquet(tmp_path / "p.parquet")
    run(criteria, tmp_path / "p.parquet", tmp_path / "out.parquet", about="employer")
    out = pl.read_parquet(tmp_path / "out.parquet")
    assert out["残疾人职业培训和就业服务"].to_list() == [None, True]
    assert out["老年人健康管理"].to_list() == [False, False]


# ---------------------------------------------------------------- bad input


@pytest.mark.parametrize(
    ("text", "about", "told"),
    [
        ("age,hukou\n30,天津\nabc,天津\n", "person", ("第3行", "age", "abc")),
        ("age,hukou\n30,天津\n40,天精\n", "person", ("第3行", "hukou", "天精")),
        ("age,hukou\n-1,天津\n", "person", ("第2行", "age")),
        ("age,employment\n30,在职\n5,退休\n", "person", ("第3行", "未满16周岁")),
        ("identity\n孤儿;烈属\n", "person", ("第2行", "identity")),
        ("姓名,电话\n甲,1\n", "person", ("没有一列",)),
        ("age,hukou\n30,天津\n31\n32,天津,多\n", "person", ("p.csv",)),
        ('age,hukou\n30,"天津\n31,天津\n', "person", ("p.csv",)),
        ("", "person", ("p.csv",)),
    ],
)
def test_a_bad_table_is_told_and_leaves_no_result(
    criteria: Criteria, tmp_path: Path, text: str, about: str, told: tuple[str, ...]
) -> None:
    (tmp_path / "p.csv").write_text(text, "utf-8")
    (tmp_path / "out.parquet").write_bytes(b"old")
    with pytest.raises(InputError) as error:
        run(criteria, tmp_path / "p.csv", tmp_path / "out.parquet", about=about)
    for word in told:
        assert word in error.value.sentence()
    assert (tmp_path / "out.parquet").read_bytes() == b"old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out.parquet", "p.csv"]


def test_a_parquet_file_that_breaks_off(criteria: Criteria, tmp_path: Path) -> None:
    pl.DataFrame({"age": list(range(1000))}).write_parquet(tmp_path / "whole.parquet")
    data = (tmp_path / "whole.parquet").read_bytes()
    (tmp_path / "p.parquet").write_bytes(data[: len(data) // 2])
    with pytest.raises(InputError) as error:
        run(criteria, tmp_path / "p.parquet", tmp_path / "out.parquet")
    assert "p.parquet" in error.value.sentence()
    assert not (tmp_path / "out.parquet").exists()


def test_lenient_takes_what_cannot_be_read_as_not_said(criteria: Criteria, tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text("age,hukou,employment\nabc,天津,在职\n5,天津,退休\n100,天津,退休\n", "utf-8")
    run(criteria, tmp_path / "p.csv", tmp_path / "out.parquet", lenient=True)
    assert pl.read_parquet(tmp_path / "out.parquet")["老年人福利补贴"].to_list() == [None, None, True]


@pytest.mark.parametrize(
    ("mapping", "keep", "told"),
    [
        (ColumnMap({"age": "岁数"}), [], "没有列“岁数”"),
        (ColumnMap({"agee": "age"}), [], "没有事实 agee"),
        (ColumnMap({}, {"hukou": {"1": "天京"}}), [], "天津"),
        (ColumnMap({}, {"hukuo": {"1": "天津"}}), [], "hukou"),
        (ColumnMap(), ["身份证"], "没有列“身份证”"),
    ],
)
def test_a_wrong_mapping_is_told(
    criteria: Criteria, tmp_path: Path, mapping: ColumnMap, keep: list[str], told: str
) -> None:
    pl.DataFrame({"age": [1], "hukou": ["1"]}).write_parquet(tmp_path / "p.parquet")
    with pytest.raises((InputError, NotFoundError)) as error:
        run(criteria, tmp_path / "p.parquet", tmp_path / "out.parquet", mapping=mapping, keep=keep)
    assert told in error.value.sentence()


def test_only_the_services_asked_for(criteria: Criteria, tmp_path: Path) -> None:
    pl.DataFrame({"age": [65]}).write_parquet(tmp_path / "p.parquet")
    run(criteria, tmp_path / "p.parquet", tmp_path / "out.parquet", services=["老年人健康管理", "儿童健康管理"])
    assert pl.read_parquet(tmp_path / "out.parquet").columns == ["儿童健康管理", "老年人健康管理"]
    with pytest.raises(NotFoundError, match="老年人健康管理"):
        run(criteria, tmp_path / "p.parquet", tmp_path / "out.parquet", services=["老年人健康管里"])


@pytest.mark.parametrize("text", ["x = 1", "columns = 3", "[columns", '{"values": {"a": 1}}'])
def test_a_mapping_that_is_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / ("m.json" if text.startswith("{") else "m.toml")
    path.write_text(text, "utf-8")
    with pytest.raises(InputError):
        read_mapping(path)


def test_progress_counts_every_row(criteria: Criteria, tmp_path: Path) -> None:
    pl.DataFrame({"age": list(range(90)) * 1000}).write_parquet(tmp_path / "p.parquet")
    seen: list[tuple[int, int | None]] = []
    run(criteria, tmp_path / "p.parquet", tmp_path / "out.parquet", progress=lambda rows, total: seen.append((rows, total)))
    assert max(rows for rows, _ in seen) == 90000
    assert {total for _, total in seen} == {90000}


def test_a_wrong_kind_of_file(criteria: Criteria, tmp_path: Path) -> None:
    (tmp_path / "p.xlsx").write_bytes(b"PK")
    pl.DataFrame({"age": [1]}).write_csv(tmp_path / "p.csv")
    for source, out in (("p.xlsx", "out.csv"), ("none.csv", "out.csv"), ("p.csv", "out.json")):
        with pytest.raises(InputError):
            run(criteria, tmp_path / source, tmp_path / out)
