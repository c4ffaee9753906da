"""Validation that goes on gives what validation from the start gives, and looks at less."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.seeded import FAULTS, Triples
from tests.test_validate import SHARED
from tjkg.iris import GRAPH
from tjkg.store.memory import open_memory
from tjkg.validation.checks import of_services, of_whole
from tjkg.validation.dataset import Dataset, shipped
from tjkg.validation.engine import Result
from tjkg.validation.finding import Finding
from tjkg.validation.places import Places
from tjkg.validation.session import Session
from tjkg.validation.shacl import plain_engine

CHOSEN = (
    "quote from another row", "two services of one name", "no standard",
)


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return shipped("tianjin-2021")[0]


@pytest.fixture(scope="module")
def lines(dataset: Dataset) -> list[tuple[str, str, str]]:
    dataset.store.settle()
    found = []
    for line in dataset.store.dump("nt", [GRAPH + "tianjin-2021"]).decode().splitlines():
        subject, _, rest = line.partition(" ")
        predicate, _, obj = rest.partition(" ")
        found.append((subject, predicate, obj.removesuffix(" .")))
    return found


def _fresh(dataset: Dataset, triples: Triples) -> Dataset:
    return replace(dataset, store=open_memory([*SHARED, (triples.ntriples(), GRAPH + "tianjin-2021")], "tianjin-2021"))


def _told(found: list[Finding]) -> set[tuple[str, str | None, str]]:
    return {(f.rule, f.focus, f.message.zh) for f in found}


def test_each_change_and_its_undoing_is_told_as_from_the_start(
    dataset: Dataset, lines: list[tuple[str, str, str]]
) -> None:
    sound = Triples(lines)
    session = Session(_fresh(dataset, sound), plain_engine("fast"))
    first = _told(session.findings)
    for fault in FAULTS:
        if fault.name not in CHOSEN:
            continue
        spoilt = Triples(lines)
        fault.spoil(spoilt)
        session.revise(spoilt.ntriples())
        whole = _fresh(dataset, spoilt)
        places = Places(whole.store)
        expected = [*of_services(whole.store, whole.text, plain_engine("fast"), places),
                    *of_whole(whole.store, whole.text, places)]
        assert _told(session.findings) == _told(expected), fault.name
        session.revise(sound.ntriples())
        assert _told(session.findings) == first, fault.name


def test_only_the_changed_service_is_looked_at(dataset: Dataset, lines: list[tuple[str, str, str]]) -> None:
    sizes: list[int] = []
    engine = plain_engine("fast")

    def counted(ntriples: bytes) -> list[Result]:
        sizes.append(ntriples.count(b"\n"))
        return engine(ntriples)

    session = Session(_fresh(dataset, Triples(lines)), counted)
    spoilt = Triples(lines)
    next(f for f in FAULTS if f.name == "value not as printed").spoil(spoilt)
    assert session.revise(spoilt.ntriples()) is True
    assert sizes[1] < sizes[0] / 10
    assert session.revise(spoilt.ntriples()) is True
    assert len(sizes) == 2  # nothing changed: nothing is looked at


def test_a_change_outside_the_services_is_checked_whole(dataset: Dataset, lines: list[tuple[str, str, str]]) -> None:
    session = Session(_fresh(dataset, Triples(lines)), plain_engine("fast"))
    spoilt = Triples(lines)
    next(f for f in FAULTS if f.name == "a year that is none").spoil(spoilt)
    assert session.revise(spoilt.ntriples()) is False
    assert "observation-year" in {f.rule for f in session.findings}
