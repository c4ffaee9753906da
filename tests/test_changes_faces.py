"""One change, four faces; the exit codes that a machine relies on."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.seeds import edited, plain_text, seeds
from tjkg.change_words import CELLS, CHANGES, HEADINGS
from tjkg.cli import main
from tjkg.diff.change import ASPECTS

PLAN = "tianjin-2021"


def _plan(folder: Path, *titles: str) -> str:
    path = folder / "新规划.txt"
    path.write_text(edited(plain_text(), tuple(e for s in seeds() if s.title in titles for e in s.edits)), "utf-8")
    return str(path)


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> str:
    return _plan(tmp_path_factory.mktemp("new"), "age lowered: more people", "a tier dropped", "words only, in a standard")


def _out(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    main(["diff", PLAN, *words])
    return capsys.readouterr().out


def test_text_says_it_in_policy_words(new: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = _out(capsys, new)
    lines = text.splitlines()
    assert lines[1] == "共3处变化：1处减损，0处其他变化，1处提高、扩大或不影响待遇，1处只改文字"
    assert "老年人福利补贴：对象由“年满100周岁的老年人”放宽到“年满95周岁的老年人”（新增：年龄95至99岁）（按规则读出，待人审定）" in lines
    assert text.index("减损（承诺") < text.index("== 提高") < text.index("== 只改文字")


def test_english(new: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "audience widened" in _out(capsys, new, "--lang", "en")


def test_json_is_one_document(new: str, capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads(_out(capsys, new, "--format", "json"))
    assert [c["kind"] for c in document["changes"]] == ["changed", "removed", "wording"]
    assert document["counts"] == {"violation": 1, "warning": 0, "information": 2}


def test_markdown_is_a_table_in_a_comment(new: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = _out(capsys, new, "--format", "md")
    assert text.startswith("### 标准变化")
    rows = [line for line in text.splitlines() if line.startswith("| ") and "---" not in line]
    assert all(line.replace("\\|", "").count("|") == 5 for line in rows)
    assert text.index("</details>") > text.index("<details>")


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.marked: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in ("del", "ins"):
            self.marked.append(data)


def test_html_marks_the_words_side_by_side(new: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "对照.html"
    _out(capsys, new, "--format", "html", "--out", str(out))
    reader = _Tags()
    reader.feed(out.read_text("utf-8"))
    assert reader.open == []
    assert {"100", "95", "为", "向"} <= set(reader.marked)


def test_exit_codes(new: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    better = _plan(tmp_path, "the amount of one allowance raised")
    assert main(["diff", PLAN, new]) == 0
    assert main(["diff", PLAN, new, "--exit-code"]) == 1
    assert main(["diff", PLAN, better, "--exit-code"]) == 0
    assert main(["diff", PLAN, better, "--exit-code", "--fail-on", "information"]) == 1
    assert main(["diff", PLAN, new, "--exit-code", "--fail-on", "never"]) == 0
    assert main(["diff", PLAN, "没有.docx"]) == 2
    capsys.readouterr()


def test_every_sentence_is_there_in_two_languages() -> None:
    for table in (CHANGES, CELLS, HEADINGS):
        assert all(zh and en for zh, en in table.values())
    assert {key.partition("-")[0] for key in CHANGES} >= set(ASPECTS)
