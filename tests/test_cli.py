"""The command line: exit codes, one sentence for each fault, formats, help and README."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
from openpyxl import load_workbook

from tests.conftest import PLAN, ROOT
from tjkg.cli import COMMANDS, EXAMPLES, main, parser
from tjkg.read import read

Capture = pytest.CaptureFixture[str]


def _run(capsys: Capture, *words: str) -> tuple[int, str, str]:
    code = main(list(words))
    captured = capsys.readouterr()
    return code, captured.out, captured.err


# ---------------------------------------------------------------- every command


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_examples(name: str, capsys: Capture) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([name, "--help"])
    assert stopped.value.code == 0
    shown = capsys.readouterr().out
    assert all(example in shown for example in EXAMPLES[name])


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_every_command_stands_in_both_readmes(name: str, readme: str) -> None:
    assert f"tjkg {name}" in (ROOT / readme).read_text("utf-8")


def test_the_whole_parser_knows_every_command() -> None:
    assert all(name in parser().format_help() for name in COMMANDS)


def test_wrong_usage_is_2(capsys: Capture) -> None:
    for words in (["nonsense"], ["show"], ["export", "--format", "pdf"]):
        with pytest.raises(SystemExit) as stopped:
            main(words)
        assert stopped.value.code == 2
    capsys.readouterr()


FAULTS = {
    "unknown service": (["show", "XYZ"], "用 tjkg services"),
    "a service nearly right": (["show", "老年人助餐服物"], "老年人助餐服务"),
    "unknown group": (["services", "--group", "火星人"], "火星人"),
    "unknown payer": (["services", "--payer", "火星财政"], "可选"),
    "unknown edition": (["services", "--plan", "tianjin-1999"], "tianjin-2021"),
    "too early": (["services", "--on", "2001-01-01"], "还没有生效"),
    "bad date": (["services", "--on", "昨天"], "2021-12-06"),
    "missing parameter": (["query", "services-of-group"], "-p group="),
    "bad parameter": (["query", "services-of-group", "-p", "group"], "-p"),
    "nothing to run": (["query"], "--list"),
    "broken query": (["query", "-e", "SELECT * WHERE {"], "语法"),
    "a call to another server": (["query", "-e", "SELECT * { SERVICE <http://127.0.0.1> { ?s ?p ?o } }"], "SERVICE"),
    "an update": (["query", "-e", "DROP ALL"], "DROP"),
    "a silent endpoint": (["services", "--endpoint", "http://127.0.0.1:9/"], "端点"),
    "a workbook without a file": (["export", "--format", "xlsx"], "--out"),
    "an unwritable place": (["export", "--format", "csv", "--out", "/proc/none/x.csv"], "写不进去"),
    "no time": (["services", "--timeout", "0"], "--timeout"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_one_sentence_with_its_cure(name: str, capsys: Capture) -> None:
    words, cure = FAULTS[name]
    code, out, err = _run(capsys, *words)
    assert code == 2 and out == ""
    assert cure in err and err.startswith("tjkg：") and "Traceback" not in err


def test_other_names_of_a_service_lead_to_it(capsys: Capture) -> None:
    assert json.loads(_run(capsys, "show", "低保", "--format", "json")[1])["name"] == "最低生活保障"


def test_nothing_found_is_1(capsys: Capture) -> None:
    assert _run(capsys, "query", "plan-says", "-p", "word=火星移民")[0] == 1
    assert _run(capsys, "query", "-e", "ASK { ?s a <http://x/none> }")[0] == 1
    assert _run(capsys, "query", "-e", "ASK { ?s ?p ?o }")[0] == 0


# ---------------------------------------------------------------- formats


QUERY = ["query", "payers-of-service", "-p", "service=老年人助餐服务"]


def test_a_query_in_every_format(tmp_path: Path, capsys: Capture) -> None:
    found = json.loads(_run(capsys, *QUERY, "--format", "json")[1])
    rows = found["results"]["bindings"]
    assert [r["payer"]["value"] for r in rows] == ["市财政", "区财政"]
    assert len(list(csv.reader(io.StringIO(_run(capsys, *QUERY, "--format", "csv")[1])))) == 1 + len(rows)
    assert _run(capsys, *QUERY, "--format", "tsv")[1].startswith("?payer\t")
    assert "<sparql" in _run(capsys, *QUERY, "--format", "xml")[1]
    assert _run(capsys, *QUERY, "--format", "md")[1].startswith("| payer |")
    assert _run(capsys, *QUERY)[1].splitlines()[0].startswith("payer\t")
    out = tmp_path / "result.xlsx"
    assert _run(capsys, *QUERY, "--format", "xlsx", "--out", str(out))[0] == 0
    sheet = load_workbook(out).worksheets[0]
    assert [cell.value for cell in sheet["A"]] == ["payer", "市财政", "区财政"]


def test_construct_in_rdf_formats(capsys: Capture) -> None:
    query = "CONSTRUCT { ?s a tjkg:Plan } WHERE { ?s a tjkg:Plan }"
    for fmt, parsed in (("ttl", ox.RdfFormat.TURTLE), ("nt", ox.RdfFormat.N_TRIPLES), ("jsonld", ox.RdfFormat.JSON_LD)):
        text = _run(capsys, "query", "-e", query, "--format", fmt)[1]
        assert len(list(ox.parse(text, format=parsed))) == 1


RDF = {"ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES, "jsonld": ox.RdfFormat.JSON_LD, "trig": ox.RdfFormat.TRIG}


@pytest.mark.parametrize("fmt", RDF)
def test_the_export_as_triples(fmt: str, tmp_path: Path, capsys: Capture) -> None:
    out = tmp_path / f"plan.{fmt}"
    assert _run(capsys, "export", "--format", fmt, "--out", str(out))[0] == 0
    triples = {(q.subject, q.predicate, q.object) for q in ox.parse(path=out, format=RDF[fmt])}
    assert len(triples) > 20_000


def test_the_export_as_tables(tmp_path: Path, capsys: Capture) -> None:
    import polars as pl

    text = _run(capsys, "export", "--format", "csv")[1]
    assert len(list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))) == 102
    out = tmp_path / "plan.xlsx"
    assert _run(capsys, "export", "--format", "xlsx", "--out", str(out))[0] == 0
    assert read(out).text == (PLAN / "source.txt").read_text("utf-8")
    assert load_workbook(out)["benefits"].max_row > 150
    frame = tmp_path / "plan.parquet"
    assert _run(capsys, "export", "--format", "parquet", "--out", str(frame))[0] == 0
    assert pl.read_parquet(frame).height == 101


def test_services_for_two_groups_and_by_payers(capsys: Capture) -> None:
    both = json.loads(_run(capsys, "services", "--group", "残疾人", "--group", "老年人", "--format", "json")[1])
    assert "残疾人和老年人无障碍环境建设" in [e["name"] for e in both]
    assert [e["universal"] for e in both] == sorted(e["universal"] for e in both)
    alone = json.loads(_run(capsys, "services", "--payer", "中央财政", "--domain", "基本住房保障", "--format", "json")[1])
    assert len(alone) == 2


def test_english(capsys: Capture) -> None:
    assert "Audience" in _run(capsys, "show", "老年人助餐服务", "--lang", "en")[1]


def test_a_slow_query_is_stopped_with_a_sentence() -> None:
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f . ?g ?s ?h }"
    run = subprocess.run(
        [sys.executable, "-m", "tjkg", "query", "-e", slow, "--timeout", "1"], capture_output=True, text=True,
        timeout=30, check=False,
    )
    assert run.returncode == 2 and "1 秒" in run.stderr


def test_a_closed_pipe_is_no_error() -> None:
    command = f"{sys.executable} -m tjkg export --format nt | head -1"
    run = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert run.returncode == 0 and run.stderr == ""
