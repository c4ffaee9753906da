"""What a careful reader finds in the plan's own text, and the rules that find it in any plan."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import PLAN
from tjkg.validate import check, validate
from tjkg.validation.dataset import document
from tjkg.validation.finding import Finding
from tjkg.validation.rules import of_question, questions
from tjkg.validation.shacl import plain_engine

EXPECTED = Path(__file__).parent / "fixtures" / "findings" / "tianjin-2021.csv"
COLUMNS = ["rule", "service", "subject", "line", "quote", "line2", "quote2"]


def _row(f: Finding) -> list[str]:
    spots = [(s.line, s.quote) if s else (None, None) for s in (f.spot, f.other)]
    (line, quote), (line2, quote2) = spots
    return ["" if v is None else str(v) for v in (f.rule, f.service, f.subject.zh, line, quote, line2, quote2)]


@pytest.fixture(scope="module")
def found() -> list[Finding]:
    report = validate(plan="tianjin-2021", on=date(2026, 11, 24))
    return [f for f in report.findings if f.severity == "information" and f.plan]


def test_the_plan_s_own_weak_spots_are_the_expected_ones(found: list[Finding]) -> None:
    with EXPECTED.open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    assert head == COLUMNS
    assert sorted(_row(f) for f in found) == sorted(rows)


def test_each_has_its_quote_and_its_words(found: list[Finding]) -> None:
    text = (PLAN / "source.txt").read_text("utf-8")
    for f in found:
        assert f.spot is not None and f.spot.start is not None and f.spot.end is not None
        assert text[f.spot.start : f.spot.end] == f.spot.quote
        assert text.count("\n", 0, f.spot.start) + 1 == f.spot.line
        if f.other is not None and f.other.start is not None:
            assert text[f.other.start : f.other.end] == f.other.quote
        assert "{" not in f.message.zh + f.message.en


def test_every_rule_query_says_what_a_row_means() -> None:
    for question in questions():
        rule = of_question(question)
        assert rule.severity in ("violation", "warning", "information")
        assert all((rule.message.zh, rule.message.en, rule.why.zh, rule.why.en, rule.fix.zh, rule.fix.en))


# (what is changed in the plan, old, new, rule, words of the message)
CHANGES = (
    ("a target of the prose", "学前三年教育毛入园率达到93%", "学前三年教育毛入园率达到95%", "prose-against-indicator", "达到95%"),
    ("a figure of the background", "406万人", "405万人", "background-against-indicator", "405万人"),
    ("an amount of no table", "每人每月1870元、每人每月1530元", "每人每月1870元、每人每月1540元", "amount-not-in-tables", "1540元"),
    ("the number of services", "提供94项基本公共服务", "提供95项基本公共服务", "stated-number", "95项"),
    ("the number of fields", "等七个领域", "等八个领域", "stated-number", "八个领域"),
    ("a target behind", "国民综合阅读率（%）\t81.6\t82", "国民综合阅读率（%）\t81.6\t80", "indicator-behind-baseline", "80"),
    ("a gap of tiers", "直接安置10人或间接帮扶20户的", "直接安置12人或间接帮扶24户的", "tiers-gap", "10到12"),
    ("a bound for both", "2万元（含）以上部分救助80%", "2万元以上部分救助80%", "boundary-in-both", "2万元"),
    ("a day for nobody", "2020年1月1日后申请", "2020年1月1日后申请", "boundary-day", "2019年11月30日"),
    ("an outcome", "预防接种\t适龄儿童", "预防接种\t适龄儿童", "outcome-in-coverage", "接种率"),
    ("a service and its indicator", "持证残疾人覆盖率85%以上", "持证残疾人覆盖率80%以上", "indicator-against-service", "80%"),
    ("a ratio left out", "市、区财政按照4∶6比例分担", "市、区财政按比例分担", "ratio-not-stated", "没有写比例"),
    ("a rule without name", "按照法律援助标准执行。\t市、区财政负担。\t目标", "按照有关规定执行。\t市、区财政负担。\t目标", "rule-not-named", "有关规定"),
)


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> list[Finding]:
    """All changes in one document (each touches another place)."""
    text = (PLAN / "source.txt").read_text("utf-8")
    for name, old, new, _, _ in CHANGES:
        assert text.count(old) == 1, name
        text = text.replace(old, new)
    path = tmp_path_factory.mktemp("changed") / "另一份规划.txt"
    path.write_text(text, "utf-8")
    return check(document(path), plain_engine("fast"))


@pytest.mark.parametrize(("name", "old", "new", "rule", "words"), CHANGES, ids=[c[0] for c in CHANGES])
def test_a_changed_plan_is_told(
    name: str, old: str, new: str, rule: str, words: str, changed: list[Finding]
) -> None:
    assert [f for f in changed if f.rule == rule and words in f.message.zh], name
