"""The graph against an independent second reading of all benefits, funding and coverage.

The reading (`fixtures/reading/*.csv`) was made from the plan alone. A row names a service, the number
of its standard, an aspect and what the cell says as `key=value;…`, with the quote. Every row must be
found in the graph: an entry of the same standard whose keys say the same and whose quote overlaps.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import PLAN
from tjkg.catalogue import export
from tjkg.store.local import Local

READING = Path(__file__).parent / "fixtures" / "reading"
ASPECTS = {
    "benefit": "benefits", "funding": "funding", "contribution": "contributions",
    "coverage": "coverage_targets", "limit": "limits",
}


def reading() -> Iterator[tuple[str, int, str, dict[str, str], str]]:
    """(service, row, aspect, {key: value}, quote) of every line of the reading."""
    for path in sorted(READING.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for line in csv.DictReader(file):
                pairs = dict(part.split("=", 1) for part in line["value"].split(";") if "=" in part)
                yield line["service"], int(line["row"]), line["aspect"], pairs, line["quote"]


def _bracket(entry: dict[str, Any]) -> str | None:
    found = entry.get("bracket")
    if not found:
        return None
    low = f"{'[' if found['from_included'] else '('}{found['from']}" if found["from"] is not None else "("
    high = f"{found['to']}{']' if found['to_included'] else ')'}" if found["to"] is not None else ")"
    return f"{low},{high}"


def _same(key: str, wanted: str, entry: dict[str, Any]) -> bool:
    if key == "bracket":
        return _bracket(entry) == wanted
    have = entry.get(key)
    if have is None:
        return False
    if key in ("value", "min", "max", "percent", "rate"):
        try:
            return float(have) == float(wanted)
        except ValueError:
            return str(have) == wanted
    if key in ("role", "operator", "payer", "kind", "unit", "per", "period", "to"):
        return str(have) == wanted
    return wanted in str(have) or str(have) in wanted  # words as printed: one may quote more than the other


def disagreements(data: dict[str, Any]) -> list[str]:
    """Every line of the reading that the graph does not carry, with the nearest entries."""
    text = (PLAN / "source.txt").read_text("utf-8")
    services = {s["name"]: s for s in data["services"]}
    found = []
    for name, row, aspect, pairs, quote in reading():
        entries = [
            e for e in services[name][ASPECTS[aspect]]
            if "standard" not in e or row == e["standard"] or (isinstance(e["standard"], list) and row in e["standard"])
        ]
        near = [e for e in entries if _overlaps(text, quote, e)]
        if not any(all(_same(k, v, e) for k, v in pairs.items()) for e in near):
            told = [{k: e.get(k) for k in (*pairs, "quote")} for e in near]
            found.append(f"{name} {row} {aspect} {pairs} “{quote}” ≠ {told}")
    return found


def _overlaps(text: str, quote: str, entry: dict[str, Any]) -> bool:
    """Whether the quote of the reading and the entry's own share characters."""
    start = entry["start"]
    if start is None:
        return False
    window = text[max(0, start - len(quote)) : entry["end"] + len(quote)]
    return quote in window


@pytest.fixture(scope="module")
def data(store: Local) -> dict[str, Any]:
    return export(store)


def test_the_reading_is_whole(data: dict[str, Any]) -> None:
    rows = {(name, row) for name, row, *_ in reading()}
    assert rows == {(s["name"], r["number"]) for s in data["services"] for r in s["standards"]}


def test_the_graph_says_what_the_reader_read(data: dict[str, Any]) -> None:
    assert disagreements(data) == []


# What the graph says beyond the reading: (service, aspect, quote), each for a reason.
BEYOND = {
    # the grade or date is part of who may apply; the reading kept to money and service levels there
    ("中等职业教育免除学费", "limit", "一、二、三年级"),
    ("中等职业教育国家助学金", "limit", "一、二年级"),
    ("中等职业教育市政府助学金", "limit", "一、二年级"),
    ("节地生态安葬奖补", "limit", "2020年1月1日后"),
    # a sentence of service levels is a promise besides its numbers
    (
        "“12333”人力资源和社会保障电话服务", "benefit",
        "人工服务为每周“5×8小时”，自助语音服务为每周“7×24小时”，综合接通率达到80%以上",
    ),
    # the cell tells what is paid in, and so states no benefit
    ("失业保险", "benefit", "用人单位按照本单位工资总额的0.5%缴纳失业保险费。职工按照本人工资的0.5%缴纳失业保险费"),
}


def test_the_graph_says_no_more_than_the_reader_read(data: dict[str, Any]) -> None:
    text = (PLAN / "source.txt").read_text("utf-8")
    lines: dict[tuple[str, str], list[tuple[dict[str, str], str]]] = {}
    for name, _, aspect, pairs, quote in reading():
        lines.setdefault((name, aspect), []).append((pairs, quote))
    beyond = {
        (service["name"], aspect, entry["quote"])
        for service in data["services"]
        for aspect, key in ASPECTS.items()
        for entry in service[key]
        if not entry.get("derived")
        and not any(
            _overlaps(text, quote, entry) and all(_same(k, v, entry) for k, v in pairs.items())
            for pairs, quote in lines.get((service["name"], aspect), [])
        )
    }
    assert beyond == BEYOND
