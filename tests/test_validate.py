"""Validation: seeded faults told in kind and nothing else, both engines alike, the document's own slips."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import PLAN
from tests.forms.sheets import save_xlsx
from tests.forms.web import save_html
from tests.forms.word import save_docx
from tests.seeded import FAULTS, SLIPS, Fault, Slip, Triples
from tjkg.iris import GRAPH
from tjkg.resources import ontology_dir
from tjkg.store.cache import files
from tjkg.store.memory import Memory, open_memory
from tjkg.validate import check, validate
from tjkg.validation.dataset import Dataset, document, shipped
from tjkg.validation.engine import Result, run
from tjkg.validation.finding import Finding
from tjkg.validation.session import Session
from tjkg.validation.shacl import DATA_SHAPES, plain_engine
from tjkg.validation.standing import standing

DAY = date(2026, 11, 24)
SHARED = [(p, g) for p, g in files() if g in (GRAPH + "ontology", GRAPH + "shared")]
Key = tuple[str, str | None]


@pytest.fixture(scope="module")
def plan() -> Dataset:
    return shipped("tianjin-2021")[0]


@pytest.fixture(scope="module")
def triples(plan: Dataset) -> Callable[[], Triples]:
    lines = []
    for line in plan.store.dump("nt", [GRAPH + "tianjin-2021"]).decode().splitlines():
        subject, _, rest = line.partition(" ")
        predicate, _, obj = rest.partition(" ")
        lines.append((subject, predicate, obj.removesuffix(" .")))
    return lambda: Triples(lines)


def _store(triples: Triples) -> Memory:
    return open_memory([*SHARED, (triples.ntriples(), GRAPH + "tianjin-2021")], "tianjin-2021")


def _grave(found: list[Finding]) -> list[Finding]:
    """Without what is only said of the plan's own text."""
    return [f for f in found if f.severity != "information"]


def _key(finding: Finding) -> Key:
    return finding.rule, finding.focus


@pytest.fixture(scope="module")
def before(plan: Dataset, triples: Callable[[], Triples]) -> set[Key]:
    """What the shipped plan is told as it is."""
    return {_key(f) for f in _grave(check(replace(plan, store=_store(triples())), plain_engine("fast")))}


def _told(plan: Dataset, spoilt: Triples, before: set[Key]) -> list[Finding]:
    found = _grave(check(replace(plan, store=_store(spoilt)), plain_engine("fast")))
    return [f for f in found if _key(f) not in before]


# ---------------------------------------------------------------- the shipped data


def test_the_shipped_plan_conforms() -> None:
    report = validate(on=DAY)
    assert [(f.rule, f.subject.zh, f.message.zh) for f in report.findings if f.severity == "violation"] == []
    assert report.conforms
    assert report.checked == {"tianjin-2021": 94}


# ---------------------------------------------------------------- faults in the data


@pytest.fixture(scope="module")
def session(plan: Dataset, triples: Callable[[], Triples]) -> Session:
    """The plan kept open: a fault put in and taken out costs a fraction of checking all of it."""
    return Session(replace(plan, store=_store(triples())), plain_engine("fast"))


@pytest.mark.parametrize("fault", FAULTS, ids=lambda f: f.name)
def test_a_fault_is_told_in_kind_and_nothing_else(
    fault: Fault, plan: Dataset, session: Session, triples: Callable[[], Triples], before: set[Key]
) -> None:
    spoilt = triples()
    fault.spoil(spoilt)
    session.revise(spoilt.ntriples())
    found = [f for f in _grave(standing(plan, session.findings)) if _key(f) not in before]
    session.revise(triples().ntriples())
    assert {f.rule for f in found} == set(fault.rules)
    assert all(f.service == fault.service for f in found)
    assert all(f.message.zh and f.message.en and f.why.zh and f.fix.zh and f.subject.zh for f in found)
    assert all("http" not in f.message.zh + f.subject.zh for f in found)


def _compatible(faults: list[Fault]) -> list[Fault]:
    """At most one fault a service, so that none hides another; one that changes the text hides all passages."""
    chosen: dict[str, Fault] = {}
    for fault in faults:
        if fault.name != "another text":
            chosen.setdefault(fault.service or fault.name, fault)
    return list(chosen.values())


def _mixture(seed: int) -> list[Fault]:
    return _compatible(random.Random(seed).sample(FAULTS, len(FAULTS)))


@pytest.mark.parametrize("seed", range(4))
def test_mixtures_are_told_as_their_parts(
    seed: int, plan: Dataset, triples: Callable[[], Triples], before: set[Key]
) -> None:
    mixture = _mixture(seed)
    assert len(mixture) >= 10
    spoilt = triples()
    for fault in mixture:
        fault.spoil(spoilt)
    found = _told(plan, spoilt, before)
    assert {f.rule for f in found} == {rule for fault in mixture for rule in fault.rules}


# ---------------------------------------------------------------- two engines


def _plain(results: list[Result]) -> list[tuple[str, ...]]:
    return sorted((r.shape, r.focus, r.value or "", r.component, r.severity) for r in results)


@pytest.mark.parametrize("spoilt", [False, True], ids=["the real plan", "a mixture of faults"])
def test_the_fast_engine_finds_what_pyshacl_finds(
    spoilt: bool, triples: Callable[[], Triples]
) -> None:
    data = triples()
    if spoilt:
        for fault in _mixture(1):
            fault.spoil(data)
    store = _store(data)
    ntriples = store.dump("nt")
    shapes = ontology_dir() / DATA_SHAPES
    fast, reference = (_plain(run(engine, [ntriples], shapes)) for engine in ("fast", "pyshacl"))
    assert fast == reference
    assert bool(fast) or not spoilt


# ---------------------------------------------------------------- faults in the document


@pytest.fixture(scope="module")
def source() -> str:
    return (PLAN / "source.txt").read_text("utf-8")


def _of_document(text: str, folder: Path) -> list[Finding]:
    path = folder / "规划.txt"
    path.write_text(text, "utf-8")
    return _grave(check(document(path), plain_engine("fast")))


@pytest.fixture(scope="module")
def sound(source: str, tmp_path_factory: pytest.TempPathFactory) -> list[Finding]:
    return _of_document(source, tmp_path_factory.mktemp("sound"))


def test_the_document_as_it_came_is_sound(sound: list[Finding]) -> None:
    assert [(f.rule, f.subject.zh) for f in sound if f.severity == "violation"] == []


ALONE = ("letter in an amount", "empty cell", "cell too few", "shares")


@pytest.mark.parametrize("slip", [s for s in SLIPS if s.name in ALONE], ids=lambda s: s.name)
def test_a_slip_in_the_document_is_told_with_its_cell_and_quote(
    slip: Slip, source: str, sound: list[Finding], tmp_path: Path
) -> None:
    assert source.count(slip.old) == 1
    known = {(f.rule, f.subject) for f in sound}
    found = [f for f in _of_document(source.replace(slip.old, slip.new), tmp_path) if (f.rule, f.subject) not in known]
    assert {f.rule for f in found} == set(slip.rules)
    assert len(found) == len(slip.rules)
    assert all(f.service == slip.service and f.spot and f.spot.line for f in found)


def test_all_slips_at_once_are_told_as_their_parts(source: str, sound: list[Finding], tmp_path: Path) -> None:
    text, chosen = source, [s for s in SLIPS if s.name != "odd ratio"]  # "shares" changes the same words
    for slip in chosen:
        assert text.count(slip.old) == 1
        text = text.replace(slip.old, slip.new)
    known = {(f.rule, f.subject) for f in sound}
    found = [f for f in _of_document(text, tmp_path) if (f.rule, f.subject) not in known]
    assert sorted((f.rule, f.service or "") for f in found) == sorted((s.rules[0], s.service or "") for s in chosen)


@pytest.mark.parametrize("save", [save_docx, save_xlsx, save_html], ids=["Word", "Excel", "web page"])
def test_three_faults_in_a_file_from_the_office_are_named_and_nothing_more(
    save: Callable[[str, Path], Path], source: str, tmp_path: Path
) -> None:
    chosen = [s for s in SLIPS if s.name in ("letter in an amount", "shares", "count")]
    text = source
    for slip in chosen:
        text = text.replace(slip.old, slip.new)
    suffix = {"save_docx": ".docx", "save_xlsx": ".xlsx", "save_html": ".html"}[save.__name__]
    path = save(text, tmp_path / f"规划{suffix}")
    found = [f for f in _grave(check(document(path), plain_engine("fast"))) if f.severity == "violation"]
    assert sorted((f.rule, f.service) for f in found) == sorted(
        (("mistyped-number", "最低生活保障"), ("shares-sum", "老年人助餐服务"), ("count-differs", None)),
        key=lambda pair: (pair[0], pair[1] or ""),
    )
    assert [f.cell for f in sorted(found, key=lambda f: f.rule)] == [None, "standard", "funding"]
    assert all(f.spot and f.spot.quote for f in found)
