"""Small worlds for single checks: texts that are not there, replacements that replace nothing, labels of nodes."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tjkg.iris import GRAPH
from tjkg.namespaces import PREFIXES
from tjkg.records import Source
from tjkg.store.memory import Memory, open_memory
from tjkg.validation import passages, references, reviews
from tjkg.validation.engine import _text
from tjkg.validation.finding import Spot, Words
from tjkg.validation.places import Places

TEXT = Source("第一行\n每人每月500元。\n")
HEAD = "".join(f"@prefix {p}: <{iri}> .\n" for p, iri in PREFIXES.items())
PLAN = f"""
id:x a tjkg:Plan ; tjkg:hasText <https://w3id.org/tjkg/id/x/text> .
<https://w3id.org/tjkg/id/x/text> a tjkg:PlanText ; tjkg:sha256 "{TEXT.sha256}" .
"""


def _store(turtle: str) -> Memory:
    return open_memory([((HEAD + PLAN + turtle).encode(), GRAPH + "x")], "x")


def _passage(start: int, end: int, line: int, quote: str) -> str:
    return (
        f'<https://w3id.org/tjkg/id/x/passage/{start}-{end}> a tjkg:Passage ; oa:exact "{quote}" ; oa:start {start} ; '
        f"oa:end {end} ; tjkg:line {line} .\n"
    )


@pytest.mark.parametrize(
    ("turtle", "text", "rules"),
    [
        (_passage(4, 12, 2, "每人每月500元"), TEXT, []),
        (_passage(4, 12, 3, "每人每月500元"), TEXT, ["passage-line-wrong"]),
        (_passage(4, 12, 2, "每人每月600元"), TEXT, ["passage-drifted"]),
        (_passage(4, 999, 2, "每人每月500元"), TEXT, ["passage-drifted"]),
        (_passage(4, 12, 2, "每人每月600元") + _passage(8, 12, 2, "600元"), TEXT, ["passage-drifted"]),
        (_passage(4, 12, 2, "每人每月500元"), None, ["text-absent"]),
        (_passage(4, 12, 2, "每人每月500元"), Source("别的文本"), ["text-differs"]),
    ],
)
def test_quotes_are_read_again_at_their_place(turtle: str, text: Source | None, rules: list[str]) -> None:
    store = _store(turtle)
    assert [f.rule for f in passages.passages(store, text, Places(store))] == rules


@pytest.mark.parametrize(
    ("value", "printed", "told"),
    [
        ("500", "500元", False), ("600", "500元", True), ("15000", "1.5万元", False), ("40", "5×8小时", False),
        ("20200101", "2020年1月1日后", False), ("3", "文字", False), ("0.5", "0.5%", False),
    ],
)
def test_values_are_what_is_printed(value: str, printed: str, told: bool) -> None:
    store = _store(f'<https://w3id.org/tjkg/id/x/limit/1> a tjkg:Quantity ; tjkg:value {Decimal(value)}.0 ; tjkg:printed "{printed}" .'
                   if "." not in value else
                   f'<https://w3id.org/tjkg/id/x/limit/1> a tjkg:Quantity ; tjkg:value {value} ; tjkg:printed "{printed}" .')
    assert bool(list(passages.values(store, Places(store)))) is told


@pytest.mark.parametrize(
    ("turtle", "rules"),
    [
        ('id:new tjkg:replaces id:old ; tjkg:quote "500元" . id:old a tjkg:Benefit .', []),
        ('id:new tjkg:replaces id:old ; tjkg:quote "600元" . id:old a tjkg:Benefit .', ["replacement-quote-gone"]),
        ('id:new tjkg:replaces id:old ; tjkg:quote "500元" .', ["replacement-without-target"]),
        ('id:new tjkg:reviewedBy "审读员" ; tjkg:quote "600元" .', ["replacement-quote-gone"]),
        ('id:new tjkg:reviewedBy "审读员" .', []),
    ],
)
def test_a_reader_s_hand_is_checked(turtle: str, rules: list[str]) -> None:
    store = _store(turtle)
    assert [f.rule for f in reviews.check(store, TEXT, Places(store))] == rules


def test_a_link_to_nothing_and_a_misspelt_term_are_told() -> None:
    store = _store("id:a skos:related id:nothing ; tjkg:recipent id:x .")
    described = {b"<https://w3id.org/tjkg/ontology#hasText>", b"<https://w3id.org/tjkg/ontology#sha256>",
                 b"<https://w3id.org/tjkg/ontology#Plan>", b"<https://w3id.org/tjkg/ontology#PlanText>"}
    found = list(references.references(store.ntriples(), Places(store), described.__contains__))
    assert sorted((f.rule, "nothing" in f.message.zh or "recipent" in f.message.zh) for f in found) == [
        ("reference-dangling", True), ("term-unknown", True),
    ]


def test_nodes_are_called_by_label_service_and_row() -> None:
    store = _store("""
        id:s a tjkg:BasicPublicService ; skos:prefLabel "老年人助餐服务"@zh , "Meal service"@en ; tjkg:hasStandard id:r .
        id:r a tjkg:ServiceStandard ; tjkg:number 2 ; tjkg:hasFunding id:f .
        id:f a tjkg:FundingShare ; tjkg:statedIn <https://w3id.org/tjkg/id/x/passage/4-12> .
        tjkg:FundingShare rdfs:label "支出责任"@zh , "funding share"@en .
        tjkg:ServiceStandard rdfs:label "服务标准"@zh .
    """ + _passage(4, 12, 2, "每人每月500元"))
    places = Places(store)
    base = "https://w3id.org/tjkg/id/"
    assert places.about(base + "s").label == Words("老年人助餐服务", "Meal service")
    assert places.about(base + "r").label.zh == "老年人助餐服务 · 第2行标准"
    share = places.about(base + "f")
    assert (share.label.zh, share.service) == ("老年人助餐服务 · 支出责任", "老年人助餐服务")
    assert share.spot == Spot("每人每月500元", 2, 4, 12)
    assert places.about(base + "unknown").label.zh == "unknown"


@pytest.mark.parametrize(
    ("term", "text"),
    [
        (None, None), ("https://x/y", "https://x/y"), ('"3"^^<http://www.w3.org/2001/XMLSchema#decimal>', "3"),
        ('"a\\"b\\\\c\\n"@zh', 'a"b\\c\n'), ('"\\u4E00"', "一"),
    ],
)
def test_literals_of_the_engine_are_read(term: str | None, text: str | None) -> None:
    assert _text(term) == text
