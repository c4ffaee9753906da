"""validate --against: what is quietly less is refused, unless somebody has accepted it in data."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.seeds import edited, plain_text, seeds, side_of
from tjkg.diff.promises import broken
from tjkg.diff.side import Side, side
from tjkg.validate import validate

PLAN = "tianjin-2021"
DAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def reviewed() -> Side:
    return side(PLAN)


def _document(folder: Path, title: str) -> Path:
    path = folder / "新规划.txt"
    path.write_text(edited(plain_text(), next(s for s in seeds() if s.title == title).edits), "utf-8")
    return path


@pytest.mark.parametrize(
    ("title", "rule", "service"),
    [
        ("the amount of one allowance lowered", "promise-less", "节地生态安葬奖补"),
        ("a coverage lowered", "promise-less", "免费孕前优生健康检查"),
        ("age raised: fewer people", "promise-less", "老年人健康管理"),
        ("a tier dropped", "promise-less", "残疾人托养服务"),
        ("paid by the year: less", "promise-less", "农村符合条件的计划生育家庭奖励扶助"),
        ("a service dropped, with its place in the list and the counts", "promise-service-lost", "老年人福利补贴"),
    ],
)
def test_less_than_before_is_told(reviewed: Side, title: str, rule: str, service: str) -> None:
    new = side_of(edited(plain_text(), next(s for s in seeds() if s.title == title).edits))
    assert [(p.rule, p.service) for p in broken(reviewed, new)] == [(rule, service)]


def test_validation_refuses_it(tmp_path: Path) -> None:
    report = validate([_document(tmp_path, "a tier dropped")], against=PLAN, on=DAY)
    told = [(f.rule, f.service, f.severity) for f in report.findings if f.rule.startswith("promise")]
    assert told == [("promise-less", "残疾人托养服务", "violation")]
    assert not report.conforms


@pytest.mark.parametrize("title", ["the amount of one allowance raised", "age lowered: more people", "a service renamed"])
def test_more_than_before_is_none(reviewed: Side, title: str) -> None:
    new = side_of(edited(plain_text(), next(s for s in seeds() if s.title == title).edits))
    assert list(broken(reviewed, new)) == []


ACCEPTED = """@prefix dct: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix tjkg: <https://w3id.org/tjkg/ontology#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<https://w3id.org/tjkg/id/tianjin-2021/acknowledged/1> a tjkg:AcknowledgedChange ;
    dct:subject <https://w3id.org/tjkg/id/tianjin/service/老年人福利补贴> ; tjkg:quote "每人每月500元" ;
    rdfs:comment "标准并入养老服务补贴"@zh ; tjkg:reviewedBy "政策研究员" ; tjkg:reviewedOn "2026-11-24"^^xsd:date .
"""


def test_what_somebody_accepted_is_set_aside_with_the_reason(tmp_path: Path, reviewed: Side) -> None:
    folder = tmp_path / "new"
    shutil.copytree(ROOT / "data" / PLAN, folder)
    plan = folder / "plan.ttl"
    text = plan.read_text("utf-8")
    at = text.index("tjkg:value", text.index("benefit/老年人福利补贴_1_1> a "))
    plan.write_text(text[:at] + text[at:].replace("500.0", "450.0", 1), "utf-8")
    refused, = broken(reviewed, side(str(folder)))
    assert (refused.service, refused.accepted) == ("老年人福利补贴", None)
    (folder / "acknowledged.ttl").write_text(ACCEPTED, "utf-8")
    accepted, = broken(reviewed, side(str(folder)))
    assert accepted.accepted is not None and accepted.accepted.reason == "标准并入养老服务补贴"


def test_another_iri_for_the_same_service_is_told(reviewed: Side) -> None:
    moved = [{**s, "iri": s["iri"].replace("/tianjin/", "/elsewhere/")} for s in reviewed.services[:2]]
    new = replace(reviewed, catalogue={**reviewed.catalogue, "services": [*moved, *reviewed.services[2:]]})
    assert [p.rule for p in broken(reviewed, new)] == ["promise-iri-changed"] * 2
