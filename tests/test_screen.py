"""Screening: persons on both sides of every kind of limit, groups, silence, and laws over drawn applicants."""

from __future__ import annotations

import random
from typing import Any

import pytest

from tests import people
from tjkg.applicant import Applicant, conditions
from tjkg.boxes import Box
from tjkg.errors import NotFoundError
from tjkg.screen import Screener, verdict
from tjkg.store.local import Local

KEYS = {"service", "standard", "verdict", "because", "missing", "delegated", "plan_silent", "readings", "splits_on", "benefits"}


@pytest.fixture(scope="module")
def screener(store: Local) -> Screener:
    return Screener(store)


def _ask(screener: Screener, text: str, about: str = "person", **how: Any) -> dict[str, Any]:
    return screener.screen(screener.applicant(conditions(text.split()), about), **how)


def _of(found: dict[str, Any], service: str, standard: int = 1) -> dict[str, Any]:
    result: dict[str, Any] = next(r for r in found["results"] if (r["service"], r["standard"]) == (service, standard))
    return result


# service (row), whom, facts, verdict
CASES = """
老年人福利补贴 | person | age=100 hukou=天津 | eligible
老年人福利补贴 | person | age=99 hukou=天津 | ineligible
老年人福利补贴 | person | age=100 hukou=外地 | ineligible
老年人福利补贴 | person | age=100 | depends
老年人健康管理 | person | age=65 | eligible
老年人健康管理 | person | age=64 | ineligible
儿童健康管理 | person | age=6 | eligible
儿童健康管理 | person | age=7 | ineligible
老年人助餐服务 | person | age=80 hukou=天津 lives_in_care_home=否 | eligible
老年人助餐服务 | person | age=79 hukou=天津 lives_in_care_home=否 income_status=无 | ineligible
老年人助餐服务 | person | age=80 hukou=天津 lives_in_care_home=是 | depends
老年人助餐服务 | person | age=60 hukou=天津 lives_in_care_home=否 income_status=低收入 care_level=重度 | eligible
老年人助餐服务 | person | age=60 hukou=天津 lives_in_care_home=是 income_status=低收入 care_level=重度 | ineligible
老年人助餐服务 | person | age=60 hukou=天津 lives_in_care_home=否 income_status=低收入 care_level=中度 | ineligible
老年人助餐服务 | base | base_kind=老人家食堂 | eligible
农村留守儿童关爱保护 | person | age=15 hukou=天津 residence=农村 parents_away=双方外出 | eligible
农村留守儿童关爱保护 | person | age=16 hukou=天津 residence=农村 parents_away=双方外出 | ineligible
农村留守儿童关爱保护 | person | age=15 hukou=天津 residence=农村 parents_away=一方外出 | ineligible
农村留守儿童关爱保护 | person | age=15 hukou=天津 residence=镇 parents_away=双方外出 | depends
城乡居民基本养老保险 | person | age=16 schooling=不在校 employment=未就业 pension_insurance=无 hukou=天津 | eligible
城乡居民基本养老保险 | person | age=16 schooling=普通高中 employment=未就业 pension_insurance=无 hukou=天津 | ineligible
城乡居民基本养老保险 | person | age=40 schooling=不在校 employment=在职 hukou=天津 | ineligible
城乡居民基本养老保险 | person | age=40 schooling=不在校 employment=灵活就业 pension_insurance=无 hukou=天津 | depends
残疾人托养服务 | person | age=60 hukou=天津 disability_certificate=天津 dpf_reviewed=是 employment=未就业 schooling=不在校 mental_stable=是 disability_grade=一级 disability_kind=智力|精神|视力|听力|言语|肢体 | eligible
残疾人托养服务 | person | age=61 hukou=天津 disability_certificate=天津 dpf_reviewed=是 employment=未就业 schooling=不在校 disability_kind=智力 | ineligible
残疾人托养服务 | person | age=40 hukou=天津 disability_certificate=天津 dpf_reviewed=是 employment=未就业 schooling=不在校 disability_kind=肢体 disability_grade=三级 | ineligible
残疾人职业培训和就业服务 2 | employer | disabled_worker_ratio=1.5 | ineligible
残疾人职业培训和就业服务 2 | employer | disabled_worker_ratio=1.6 | eligible
残疾人职业培训和就业服务 7 | employer | new_disabled_hires=是 | eligible
残疾人职业培训和就业服务 4 | shop | disability_kind=肢体 | eligible
残疾人职业培训和就业服务 6 | base | base_kind=农村助残帮扶基地 | eligible
最低生活保障 | person | income_status=低保 residence=农村 | eligible
最低生活保障 | person | income_per_head=1009 residence=农村 income_status=无 | depends
最低生活保障 | person | income_per_head=1010 residence=农村 income_status=无 | ineligible
城乡低收入家庭救助 | household | income_per_head=1010 income_status=无 | ineligible
城乡低收入家庭救助 | household | income_per_head=1514.9 income_status=无 | depends
城乡低收入家庭救助 | household | income_per_head=1515 income_status=无 | ineligible
城乡低收入家庭救助 | household | income_status=低收入 | eligible
医疗救助 | person | income_status=低保边缘 | eligible
医疗救助 | person | income_status=低收入 | depends
特殊儿童群体基本生活保障 | person | age=17 identity=孤儿 | eligible
特殊儿童群体基本生活保障 | person | age=18 identity=孤儿 | ineligible
无丧葬补助居民丧葬补贴 | deceased | hukou=天津 funeral_benefit=否 | eligible
无丧葬补助居民丧葬补贴 | person | bereaved=是 deceased_hukou=天津 funeral_benefit=是 | ineligible
节地生态安葬奖补 | deceased | hukou=天津 eco_burial=是 eco_burial_date=2020-01-02 | eligible
节地生态安葬奖补 | deceased | hukou=天津 eco_burial=是 eco_burial_date=2020-01-01 | depends
节地生态安葬奖补 | deceased | hukou=天津 eco_burial=是 eco_burial_date=2019-12-31 | ineligible
普通高中免学杂费 | person | age=17 schooling=普通高中 school_place=天津 formal_enrolment=是 income_status=低保 residence=农村 | eligible
普通高中免学杂费 | person | age=17 schooling=普通高中 school_place=天津 formal_enrolment=是 income_status=低保 residence=城市 disability_kind=无 registered_poor=否 | depends
中等职业教育免除学费 | person | age=16 schooling=中职 school_place=天津 full_time=是 formal_enrolment=是 school_year=3 residence=镇 major=其他 | eligible
中等职业教育免除学费 | person | age=16 schooling=中职 school_place=天津 full_time=是 formal_enrolment=是 school_year=3 residence=农村 major=其他艺术表演 | ineligible
公共文化设施免费开放 | person | hukou=外地 residence=城市 | eligible
公共文化设施免费开放 | person | hukou=外地 residence=外地 | ineligible
公共文化设施免费开放 | employer | work_place=天津 | ineligible
劳动用工保障 | employer | work_place=天津 | eligible
“12333”人力资源和社会保障电话服务 | employer | work_place=外地 | eligible
失业保险 | person | age=5 | ineligible
义务教育阶段免除学杂费 | person | age=82 | ineligible
"""


@pytest.mark.parametrize("case", [c for c in CASES.strip().splitlines() if c])
def test_both_sides_of_a_limit(screener: Screener, case: str) -> None:
    service, about, facts, wanted = (part.strip() for part in case.split("|", 2)[:2] + case.split("|", 2)[2].rsplit("|", 1))
    name, _, row = service.partition(" ")
    found = _of(_ask(screener, facts, about), name, int(row or 1))
    assert found["verdict"] == wanted, found["because"]


# ---------------------------------------------------------------- what a result says


def test_a_result_keeps_the_contract(screener: Screener, store: Local) -> None:
    found = _ask(screener, "age=82 hukou=天津 residence=农村 income_status=低保")
    assert set(found) == {"results", "next_question"}
    assert len(found["results"]) == 101
    for result in found["results"]:
        assert KEYS <= set(result)
        assert result["verdict"] in ("eligible", "ineligible", "depends")
        for phrase in result["because"]:
            assert set(phrase) == {"text", "quote", "line", "start", "end", "met"}
            assert phrase["met"] in (True, False, None)
        for benefit in result["benefits"]:
            assert benefit["verdict"] in ("eligible", "ineligible", "depends")
        if result["verdict"] != "depends":
            assert not (result["missing"] or result["delegated"] or result["plan_silent"] or result["readings"])
        else:
            assert result["missing"] or result["delegated"] or result["plan_silent"] or result["readings"]
    question = found["next_question"]
    assert question["question"] == screener.criteria.facts[question["fact"]].question


def test_the_reason_is_the_phrase_that_failed(screener: Screener) -> None:
    found = _of(_ask(screener, "age=79 hukou=外地"), "老年人福利补贴")
    assert {(b["quote"], b["met"]) for b in found["because"]} == {("本市户籍", False), ("年满100周岁", False)}
    assert [c["fact"] for c in found["change"]] == ["age", "hukou"]
    near = _of(_ask(screener, "age=99 hukou=天津"), "老年人福利补贴")
    assert [(c["fact"], c["should_be"]) for c in near["change"]] == [("age", "100..")]


def test_the_amount_is_the_persons_own(screener: Screener) -> None:
    facts = "age=70 hukou=天津 income_status=低保 disability_kind=肢体 disability_grade=一级 care_level=中度"
    found = _ask(screener, facts)
    for service, amounts in (
        ("困难老年人居家养老服务（护理）补贴", [400]), ("困难残疾人生活补贴和重度残疾人护理补贴", [300, 200]),
    ):
        had = [b["value"] for b in _of(found, service)["benefits"] if b["verdict"] == "eligible" and b["currency"]]
        assert had == amounts, service
    pension = _of(_ask(screener, "age=64 hukou=天津 employment=未就业 pension_insurance=城乡居民 schooling=不在校"), "城乡居民基本养老保险")
    assert [b["value"] for b in pension["benefits"] if b["verdict"] == "eligible" and b["value"]] == [312]


def test_three_silences_are_three(screener: Screener) -> None:
    found = _ask(screener, "age=30 residence=城市 hukou=天津 income_per_head=900 income_status=无")
    assert _of(found, "最低生活保障")["delegated"] == ["本市关于救助家庭财产的相关规定"]
    assert _of(found, "临时救助")["plan_silent"] == ["临时救助类型"]
    care = _of(_ask(screener, "age=85 hukou=天津"), "老年人助餐服务")
    assert care["missing"] == ["lives_in_care_home"]
    assert len(care["readings"]) == 1


def test_services_that_exclude_or_build_on_each_other(screener: Screener) -> None:
    found = _ask(screener, "age=16")
    assert _of(found, "中等职业教育市政府助学金")["excludes"] == ["中等职业教育免除学费", "中等职业教育国家助学金"]
    assert "最低生活保障" in _of(found, "医疗救助")["builds_on"]


# ---------------------------------------------------------------- groups


def test_a_group_is_split_by_the_condition_it_does_not_fix(screener: Screener) -> None:
    found = _ask(screener, "age=80.. residence=农村 income_status=低保", group=True)
    verdicts = {(r["service"], r["standard"]): r["verdict"] for r in found["results"]}
    assert verdicts["老年人健康管理", 1] == verdicts["最低生活保障", 1] == verdicts["送戏曲下乡", 1] == "all"
    assert verdicts["城乡低收入家庭救助", 1] == verdicts["儿童健康管理", 1] == "none"
    assert verdicts["老年人福利补贴", 1] == "some"
    assert verdicts["临时救助", 1] == "unknown"
    assert _of(found, "老年人助餐服务")["splits_on"]["fact"] in ("hukou", "lives_in_care_home")
    assert _of(found, "老年人健康管理")["splits_on"] is None
    assert all(r["splits_on"]["how"] for r in found["results"] if r["verdict"] == "some")
    hundred = _ask(screener, "age=80.. hukou=天津", group=True)
    split = _of(hundred, "老年人福利补贴")["splits_on"]
    assert split["fact"] == "age" and "100.." in split["how"] and "80..99" in split["how"]


def test_a_named_group(screener: Screener) -> None:
    about, statements = screener.named_group("村民")
    assert about == "person"
    found = screener.screen(screener.applicant(statements, about), group=True)
    assert _of(found, "送戏曲下乡")["verdict"] == "all"
    assert screener.named_group("雇佣残疾人的个体工商户")[0] == "shop"
    about, statements = screener.named_group("残疾儿童")
    children = screener.screen(screener.applicant(statements, about), group=True)
    assert _of(children, "残疾儿童康复救助")["verdict"] == "unknown"
    assert _of(children, "残疾儿童康复救助")["delegated"] == ["本市残疾儿童康复救助制度"]
    assert _of(children, "残疾人文化体育服务")["verdict"] == "all"
    with pytest.raises(NotFoundError) as error:
        screener.named_group("残疾老年人们")
    assert "-f" in error.value.sentence()


def test_every_named_group_can_be(store: Local, screener: Screener) -> None:
    rows = store.select((people.ROOT / "queries" / "internal" / "group-facts.rq").read_text("utf-8")).rows
    for name in {str(row[0]) for row in rows}:
        about, statements = screener.named_group(name)
        assert screener.applicant(statements, about).boxes


def test_english(screener: Screener) -> None:
    found = _ask(screener, "age=30", lang="en")
    assert any("Age" in b["text"] for r in found["results"] for b in r["because"])


# ---------------------------------------------------------------- laws over drawn applicants


def _half(point: Box, screener: Screener, rng: random.Random) -> Box:
    """A box around a point: some facts known, some half known, some not."""
    space = screener.criteria.space
    box = {}
    for variable, bit in point.items():
        full = space.full[variable] & ~space.na(variable) if bit != space.na(variable) else bit
        box[variable] = rng.choice([bit, full, full, bit | (full & rng.getrandbits(12))])
    return box


def test_one_more_fact_only_turns_depends_into_a_verdict(screener: Screener) -> None:
    rng = random.Random(7)
    changed = 0
    for point in people.points(screener.criteria, {}, rng, 60):
        box = _half(point, screener, rng)
        known = {**box, **{v: point[v] for v in rng.sample(sorted(box), 25)}}
        for ruled in screener.criteria.standards:
            before = verdict(ruled.criterion, people.person(box))
            after = verdict(ruled.criterion, people.person(known))
            full = verdict(ruled.criterion, people.person(point))
            assert before in ("depends", after)
            assert after in ("depends", full)
            assert full != "depends"
            changed += before != after
    assert changed > 100


def test_a_group_verdict_holds_for_every_drawn_member(screener: Screener) -> None:
    rng = random.Random(11)
    criteria = screener.criteria
    seen: dict[str, int] = {}
    for point in people.points(criteria, {}, rng, 25):
        box = _half(point, screener, rng)
        group = people.person(box)
        members = [people.person(p) for p in people.points(criteria, box, rng, 6)]
        for ruled in criteria.standards:
            told = screener.group(ruled.criterion, group)
            seen[told] = seen.get(told, 0) + 1
            for member in members:
                mine = verdict(ruled.criterion, member)
                if told in ("all", "none"):
                    assert mine == {"all": "eligible", "none": "ineligible"}[told]
                if told == "unknown":
                    assert verdict(ruled.criterion, _reopened(member, box, screener)) == "depends"
    assert set(seen) == {"all", "none", "some", "unknown"}


def _reopened(member: Applicant, box: Box, screener: Screener) -> Applicant:
    """The member with what is open left as open as in the group."""
    facts = screener.criteria.facts
    return people.person({v: box[v] if facts.of(v).open else m for v, m in member.hull.items()})


def test_the_answer_turns_on_nothing_but_what_is_called_missing(screener: Screener) -> None:
    rng = random.Random(3)
    kinds = {"missing", "delegated", "plan_silent", "readings"}
    for point in people.points(screener.criteria, {}, rng, 8):
        box = _half(point, screener, rng)
        for result in screener.screen(people.person(box))["results"]:
            assert (result["verdict"] == "depends") == any(result[k] for k in kinds)
