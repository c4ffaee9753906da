"""The catalogue by group: what is named for it, open to all of it or to a part of it, by reasoning over facts."""

from __future__ import annotations

import pytest

from tjkg.errors import InputError
from tjkg.screen import Screener
from tjkg.services import select
from tjkg.store.local import Local


@pytest.fixture(scope="module")
def screener(store: Local) -> Screener:
    return Screener(store)


# groups (several: those who are in all of them) | service | how it applies, - for not at all
CASES = """
残疾人 | 残疾人辅助器具服务 | named
残疾人 | 公共文化设施免费开放 | all
残疾人 | 老年人健康管理 | some
残疾人 | 残疾人职业培训和就业服务 | named
高龄老年人 | 老年人健康管理 | all
高龄老年人 | 残疾人和老年人无障碍环境建设 | all
高龄老年人 | 老年人福利补贴 | named
高龄老年人 | 老年人助餐服务 | some
高龄老年人 | 儿童健康管理 | -
高龄老年人 | 义务教育阶段免除学杂费 | -
儿童 | 儿童福利机构集中供养成年孤儿社会安置保障 | -
儿童 | 儿童健康管理 | named
小学生 | 义务教育免费提供教科书 | all
小学生 | 观赏电影 | all
用人单位 | 失业保险 | -
用人单位 | 劳动用工保障 | named
用人单位 | 公共文化设施免费开放 | -
用人单位 | “12333”人力资源和社会保障电话服务 | all
逝者 | 收听广播 | -
农村居民 | 送戏曲下乡 | named
老年人 残疾人 | 残疾儿童康复救助 | -
老年人 残疾人 | 残疾人和老年人无障碍环境建设 | named
农村居民 低保对象 | 医疗救助 | named
低保对象 高龄老年人 | 老年人健康管理 | all
空巢老年人 | 老年人健康管理 | some
空巢老年人 | 全民健身服务 | all
"""


@pytest.mark.parametrize("case", CASES.strip().splitlines())
def test_how_a_service_applies(store: Local, screener: Screener, case: str) -> None:
    groups, service, wanted = (part.strip() for part in case.split("|"))
    found = {e.name: e.applies for e in select(store, groups.split(), some=True, screener=screener)}
    assert found.get(service, "-") == wanted


def test_some_only_adds_and_universal_ones_come_last(store: Local, screener: Screener) -> None:
    for group in ("残疾人", "农村居民", "用人单位", "空巢老年人"):
        few = select(store, [group], screener=screener)
        many = select(store, [group], some=True, screener=screener)
        assert "some" not in {e.applies for e in few}
        assert {e.name for e in few} == {e.name for e in many if e.applies != "some"}
        for found in (few, many):
            last = [e.universal and e.applies == "all" for e in found]
            assert last == sorted(last) and any(last)


def test_what_is_open_to_all_of_a_group_is_what_screening_says(store: Local, screener: Screener) -> None:
    for group in ("高龄老年人", "小学生", "残疾人", "低保对象"):
        about, statements = screener.named_group(group)
        results = screener.screen(screener.applicant(statements, about), group=True)["results"]
        said = {r["service"] for r in results if r["verdict"] == "all"}
        nobody = {r["service"] for r in results} - {r["service"] for r in results if r["verdict"] != "none"}
        listed = {e.name: e for e in select(store, [group], some=True, screener=screener)}
        assert said <= {n for n, e in listed.items() if e.applies in ("named", "all")}
        assert not nobody & listed.keys()
        assert {n for n, e in listed.items() if e.applies == "all" and not e.universal} <= said


def test_groups_that_exclude_each_other_are_an_error(store: Local, screener: Screener) -> None:
    with pytest.raises(InputError, match="矛盾"):
        select(store, ["儿童", "老年人"], screener=screener)
