"""The audit: every character of a cell and every number has a fate, and the sums hold."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import PLAN
from tests.reader import rows
from tjkg.audit import Audit, audit, audit_of
from tjkg.auditing.completeness import ASPECTS, STATES, of_service
from tjkg.auditing.fates import fates
from tjkg.auditing.typed import Typed, covered
from tjkg.auditing.words import content, runs
from tjkg.cli import main
from tjkg.errors import InputError
from tjkg.records import Source
from tjkg.report.audit import audit_face
from tjkg.validation.dataset import shipped

KEYS = {
    "cells", "cells_structured", "characters", "characters_represented", "numbers", "numbers_represented",
    "numbers_explained", "gaps", "map", "unread",
}


@pytest.fixture(scope="module")
def found() -> Audit:
    return audit(plan="tianjin-2021")[0]


def test_every_number_has_a_home(found: Audit) -> None:
    assert [(n.line, n.text) for n in found.gaps] == []


def test_the_keys_and_the_sums_are_the_contract_s(found: Audit) -> None:
    told = found.record()
    assert set(told) >= KEYS
    assert told["numbers"] == told["numbers_represented"] + told["numbers_explained"] + len(told["gaps"])
    assert told["characters"] >= told["characters_represented"] > 0.85 * told["characters"]
    assert told["cells"] >= told["cells_structured"] > 0


def test_the_cells_are_those_an_independent_reader_sees(found: Audit) -> None:
    table = rows(PLAN / "source.txt")
    cells = [cell for row in table for cell in row[1:] if cell.strip()]
    assert len(found.cells) == len(cells)
    assert sorted(found.text.text[c.start : c.end].strip() for c in found.cells) == sorted(c.strip() for c in cells)


def test_unread_words_are_words_of_their_cell_that_no_passage_carries(found: Audit) -> None:
    mask = covered(found.typed, len(found.text.text))
    for cell in found.cells:
        for start, end in cell.unread:
            assert cell.start <= start < end <= cell.end
            assert not all(mask[start:end])


def test_the_map_has_every_service_and_every_aspect(found: Audit) -> None:
    states = of_service(found.map)
    assert len(states) == 94
    assert len(found.map) == 101
    assert all(set(s) == set(ASPECTS) and set(s.values()) <= set(STATES) for s in states.values())
    assert states["最低生活保障"]["standard"] == "structured"
    assert states["法律援助"]["standard"] == "left_to_rule"
    assert states["工伤保险"]["standard"] == "not_stated"
    assert states["医疗救助"]["standard"] == "conflict"


def test_a_node_taken_away_opens_a_gap(found: Audit) -> None:
    text = found.text
    at = text.text.index("每人每月1010元")
    number = (at + 4, at + 9)
    line = text.text.rfind("\t", 0, at) + 1, text.text.index("\t", at)
    whole = list(fates(text, [line], found.typed))
    without = list(fates(text, [line], [t for t in found.typed if not t.start <= number[0] < t.end]))
    assert [n.fate for n in whole if (n.start, n.end) == number] == ["represented"]
    assert [n.fate for n in without if (n.start, n.end) == number] == ["gap"]


def test_a_passage_counts_only_with_the_number_it_carries() -> None:
    from decimal import Decimal

    text = Source("每人每月1010元")
    right = Typed("a", "quantity", 0, 9, "1010元", frozenset({Decimal(1010)}))
    wrong = replace(right, printed="900元", numbers=frozenset({Decimal(900)}))
    in_kind = replace(right, kind="in_kind")
    assert [n.fate for n in fates(text, [(0, 9)], [right])] == ["represented"]
    assert [n.fate for n in fates(text, [(0, 9)], [wrong])] == ["gap"]
    assert [n.fate for n in fates(text, [(0, 9)], [in_kind])] == ["gap"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("市、区财政负担", "市区财政负担"), ("按照有关规定执行。", "规定执行"), ("为城乡居民提供", "城乡居民提供"),
        ("以及、并且（ ）\t\n", ""),
    ],
)
def test_function_words_and_signs_say_nothing(text: str, says: str) -> None:
    mask = content(text)
    assert "".join(c for c, m in zip(text, mask, strict=True) if m) == says


@given(st.text(alphabet="市区财政负担的和、，。\n元1", max_size=40), st.data())
@settings(max_examples=60)
def test_runs_are_made_of_what_is_set(text: str, data: st.DataObject) -> None:
    mask = bytearray(data.draw(st.lists(st.integers(0, 1), min_size=len(text), max_size=len(text))))
    found = list(runs(mask, text))
    assert all(mask[a] and mask[b - 1] and sum(mask[a:b]) >= 2 for a, b in found)
    assert found == sorted(found)
    assert all(b <= c for (_, b), (c, _) in zip(found, found[1:], strict=False))


def test_a_document_is_audited_without_criteria(tmp_path: Path) -> None:
    told = audit([PLAN / "source.txt"])[0].record()
    assert told["numbers"] == told["numbers_represented"] + told["numbers_explained"] + len(told["gaps"])
    assert {m["target"] for m in told["map"]} == {"text_only"}


def test_without_its_text_nothing_can_be_audited() -> None:
    with pytest.raises(InputError, match="原文"):
        audit_of(replace(shipped("tianjin-2021")[0], text=None))


# ---------------------------------------------------------------- faces


class _Marks(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.count = 0
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.count += tag == "mark"
        assert tag != "script"

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def test_the_page_lights_the_whole_text_of_the_plan(found: Audit) -> None:
    page = audit_face([found], "html", "zh").decode()
    marks = _Marks()
    marks.feed(page)
    assert marks.count > 500
    shown = "".join(marks.text)
    for piece in ("每人每月1010元", "“12333”人力资源和社会保障电话服务", "凝聚社会共识。"):
        assert piece in shown
    assert "http" not in page


def test_the_map_as_a_table(found: Audit) -> None:
    read = list(csv.DictReader(io.StringIO(audit_face([found], "csv", "zh").decode("utf-8-sig"))))
    assert len(read) == 101
    assert set(read[0]) == {"plan", "service", "row", *ASPECTS}


def test_the_command_prints_one_json_document(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", "--format", "json"]) == 0
    assert set(json.loads(capsys.readouterr().out)) >= KEYS


def test_the_command_says_the_sums_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit"]) == 0
    assert "缺口0" in capsys.readouterr().out
    assert main(["audit", "--lang", "en", "--fail-on", "information"]) == 1
    assert "0 gaps" in capsys.readouterr().out
