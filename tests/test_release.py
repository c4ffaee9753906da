"""A release: whole or not at all, the same bytes each time, its hashes right, its description readable."""

from __future__ import annotations

import subprocess
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import DCTERMS, RDF

from tests.seeds import edited, plain_text, seeds
from tjkg.cli import main
from tjkg.diff import diff
from tjkg.errors import InputError, NotFoundError
from tjkg.release import release

PLAN = "tianjin-2021"
NODE = URIRef("https://w3id.org/tjkg/id/tianjin-2021/release/1.1.0")
DCAT, VOID, SPDX = "http://www.w3.org/ns/dcat#", "http://rdfs.org/ns/void#", "http://spdx.org/rdf/terms#"


@pytest.fixture(scope="module")
def older(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An older plan: two edits away."""
    titles = ("the amount of one allowance raised", "a ratio")
    path = tmp_path_factory.mktemp("older") / "旧.txt"
    path.write_text(edited(plain_text(), tuple(e for s in seeds() if s.title in titles for e in s.edits)), "utf-8")
    return path


@pytest.fixture(scope="module")
def made(older: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release with its change log."""
    out = tmp_path_factory.mktemp("release") / "tianjin-2021-1.1.0"
    release(PLAN, "1.1.0", "2026-11-24", out, diff(str(older), PLAN))
    return out


def test_the_hashes_are_those_of_the_files(made: Path) -> None:
    lines = (made / "SHA256SUMS").read_text("utf-8").splitlines()
    told = {line.split("  ", 1)[1]: line.split("  ", 1)[0] for line in lines}
    files = {p.relative_to(made).as_posix() for p in made.rglob("*") if p.is_file()} - {"SHA256SUMS"}
    assert told.keys() == files
    assert {f: sha256((made / f).read_bytes()).hexdigest() for f in files} == told


def test_the_description_is_dcat_and_void(made: Path) -> None:
    graph = Graph().parse(data=(made / "catalog.ttl").read_text("utf-8"), format="turtle")
    assert {URIRef(DCAT + "Dataset"), URIRef(VOID + "Dataset")} <= set(graph.objects(NODE, RDF.type))
    assert str(graph.value(NODE, URIRef(DCAT + "version"))) == "1.1.0"
    assert str(graph.value(NODE, DCTERMS.issued)) == "2026-11-24"
    assert int(str(graph.value(NODE, URIRef(VOID + "triples")))) > 30_000
    for own in graph.objects(NODE, URIRef(DCAT + "distribution")):
        file = str(graph.value(own, DCTERMS.title))
        checksum = graph.value(own, URIRef(SPDX + "checksum"))
        assert str(graph.value(checksum, URIRef(SPDX + "checksumValue"))) == sha256((made / file).read_bytes()).hexdigest()


def test_the_change_log_tells_each_change(made: Path) -> None:
    graph = Graph().parse(data=(made / "changes.ttl").read_text("utf-8"), format="turtle")
    labels = [str(o) for o in graph.objects(None, URIRef("http://www.w3.org/2000/01/rdf-schema#label"))]
    assert any("每人每月550元降低到每人每月500元" in text for text in labels)
    assert any("shares: from" in text for text in labels)
    markdown = (made / "CHANGES.md").read_text("utf-8")
    assert "老年人福利补贴" in markdown and "老年人助餐服务" in markdown


def test_the_dump_is_trig_with_the_three_graphs(made: Path) -> None:
    quads = list(ox.parse((made / f"{PLAN}-1.1.0.trig").read_bytes(), format=ox.RdfFormat.TRIG))
    assert {str(q.graph_name.value).rsplit("/", 1)[-1] for q in quads} == {"ontology", "shared", PLAN}
    assert not any(isinstance(term, ox.BlankNode) for q in quads for term in (q.subject, q.object))


def test_a_release_can_be_compared(made: Path) -> None:
    assert diff(str(made), PLAN).changes == ()


def test_the_same_bytes_again(made: Path, older: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    assert main([
        "release", PLAN, "--version", "1.1.0", "--date", "2026-11-24", "--against", str(older), "--out", str(again),
    ]) == 0
    for path in made.rglob("*"):
        if path.is_file():
            assert (again / path.relative_to(made)).read_bytes() == path.read_bytes(), path.name


def test_what_is_released_stays(made: Path) -> None:
    with pytest.raises(InputError, match="已经存在"):
        release(PLAN, "1.2.0", "2026-11-24", made)


def test_nothing_is_left_of_one_that_failed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(path: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tjkg.release.write_atomic", broken)
    with pytest.raises(InputError, match="写不进去"):
        release(PLAN, "1.1.0", "2026-11-24", tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("plan", "version", "error"), [("nowhere-1999", "1.0.0", NotFoundError), (PLAN, "第一版", InputError)]
)
def test_a_wrong_plan_or_version(plan: str, version: str, error: type[Exception], tmp_path: Path) -> None:
    with pytest.raises(error):
        release(plan, version, "2026-11-24", tmp_path / "out")


def test_no_clock_is_read() -> None:
    run = subprocess.run(["grep", "-rnE", "today|now\\(", "tjkg/release.py"], capture_output=True, text=True)
    assert run.stdout == ""
