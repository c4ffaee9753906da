"""What people write about an applicant: every form is read, every fault told with its cure."""

from __future__ import annotations

from typing import Any

import pytest

from tjkg.applicant import Applicant, applicant, conditions, profile
from tjkg.criteria import Criteria, load
from tjkg.errors import InputError, NotFoundError
from tjkg.store.local import Local


@pytest.fixture(scope="module")
def criteria(store: Local) -> Criteria:
    return load(store)


def _who(criteria: Criteria, texts: list[str], about: str = "person", ordinary: bool = False) -> Applicant:
    return applicant(criteria.facts, criteria.space, criteria.rules, conditions(texts), about, ordinary)


def _shown(criteria: Criteria, who: Applicant, variable: str) -> list[str]:
    return criteria.space.describe(variable, who.hull[variable])


@pytest.mark.parametrize(
    ("text", "variable", "shown"),
    [
        ("hukou=天津", "hukou", ["天津"]),
        ("户籍=本市", "hukou", ["天津"]),
        ("hukou=Tianjin", "hukou", ["天津"]),
        ("disability_grade=1", "disability_grade", ["一级"]),
        ("disability_grade=一级|二级", "disability_grade", ["一级", "二级"]),
        ("residence!=农村", "residence", ["外地", "镇", "城市"]),
        ("work_wish=是", "work_wish", ["true"]),
        ("work_wish=no", "work_wish", ["false"]),
        ("identity=孤儿", "identity.孤儿", ["true"]),
        ("identity!=孤儿", "identity.孤儿", ["false"]),
        ("identity=无", "identity.烈士子女", ["false"]),
        ("severely_disabled=是", "disability_grade", ["一级", "二级"]),
        ("elderly=否", "disability_grade", ["无", "一级", "二级", "三级", "四级"]),
    ],
)
def test_conditions_are_read(criteria: Criteria, text: str, variable: str, shown: list[str]) -> None:
    assert sorted(_shown(criteria, _who(criteria, [text]), variable)) == sorted(shown)


@pytest.mark.parametrize(
    ("value", "ages"),
    [(82, (82,)), ({"min": 60, "max": 64}, (60, 64)), ({"min": 80}, (80, 120)), ({"max": 6}, (0, 6)), ({"in": [3, 90]}, (3, 90))],
)
def test_numbers_of_a_profile(criteria: Criteria, value: Any, ages: tuple[int, ...]) -> None:
    about, statements, ordinary = profile({"facts": {"age": value}})
    who = applicant(criteria.facts, criteria.space, criteria.rules, statements, about, ordinary)
    for age in ages:
        one = _who(criteria, [f"age={age}"])
        assert one.hull["age"] & who.hull["age"] == one.hull["age"]


def test_a_profile_says_sets_and_alternatives(criteria: Criteria) -> None:
    data = {
        "about": "person",
        "facts": {"identity": {"has": ["孤儿"], "not": ["烈士子女"]}, "care_level": {"in": ["重度", "中度"]}, "hukou": None},
        "others": "unknown",
    }
    about, statements, ordinary = profile(data)
    who = applicant(criteria.facts, criteria.space, criteria.rules, statements, about, ordinary)
    assert _shown(criteria, who, "identity.孤儿") == ["true"]
    assert _shown(criteria, who, "identity.烈士子女") == ["false"]
    assert sorted(_shown(criteria, who, "care_level")) == ["中度", "重度"]
    assert len(_shown(criteria, who, "hukou")) == 4


def test_a_definition_is_a_union_of_boxes(criteria: Criteria) -> None:
    who = _who(criteria, ["disabled=是"])
    assert len(who.boxes) == 3
    assert _shown(criteria, _who(criteria, ["disabled=否"]), "disability_kind") == ["无"]


def test_ordinary_values_fill_what_is_not_said(criteria: Criteria) -> None:
    who = _who(criteria, ["age=82", "hukou=外地"], ordinary=True)
    assert _shown(criteria, who, "hukou") == ["外地"]
    assert _shown(criteria, who, "disability_kind") == ["无"]
    assert _shown(criteria, who, "employment") == ["退休"]
    assert _shown(criteria, who, "schooling") == ["不在校"]
    assert _shown(criteria, who, "identity.孤儿") == ["false"]
    veteran = _who(criteria, ["identity=退役军人"], ordinary=True)
    assert _shown(criteria, veteran, "identity.孤儿") == ["false"]
    assert _shown(criteria, veteran, "identity.退役军人") == ["true"]
    child = _who(criteria, ["age=9"], ordinary=True)
    assert _shown(criteria, child, "employment") != ["在职"]


def test_a_deceased_has_a_household_registration_too(criteria: Criteria) -> None:
    who = _who(criteria, ["hukou=天津"], about="deceased")
    assert _shown(criteria, who, "deceased_hukou") == ["天津"]
    assert _shown(criteria, who, "hukou") == ["不适用"]


@pytest.mark.parametrize(
    ("texts", "about", "told"),
    [
        (["agee=3"], "person", "没有事实 agee"),
        (["agee=3"], "person", "age"),
        (["residence=农庄"], "person", "农村"),
        (["age=abc"], "person", "整数"),
        (["age=1.5"], "person", "整数"),
        (["age=-3"], "person", "负数"),
        (["eco_burial_date=昨天"], "person", "日期"),
        (["age=20..", "age=10"], "person", "互相矛盾"),
        (["age=60..50"], "person", "空的"),
        (["age=5", "employment=退休"], "person", "未满16周岁"),
        (["disability_kind=无", "disability_grade=一级"], "person", "没有残疾"),
        (["sex=男", "maternity=怀孕"], "person", "男性"),
        (["identity=孤儿", "identity!=孤儿"], "person", "互相矛盾"),
        (["age=30"], "employer", "不适用于用人单位"),
        (["base_kind=就业见习基地"], "person", "不适用于个人"),
        (["work_wish=也许"], "person", "是"),
        (["hukou=1..3"], "person", "不能写范围"),
        (["age!=3"], "person", "不能写“不是”"),
        (["age"], "person", "读不懂"),
        (["age=.."], "person", "读不懂"),
        (["about=家庭"], "person", "--about"),
        ([], "martian", "person"),
    ],
)
def test_faults_are_told_with_their_cure(criteria: Criteria, texts: list[str], about: str, told: str) -> None:
    with pytest.raises((InputError, NotFoundError)) as error:
        _who(criteria, texts, about)
    assert told in error.value.sentence()
    assert error.value.cure


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ([], "不是申请者档案"),
        ({"facts": []}, "不是申请者档案"),
        ({"fact": {}}, "fact"),
        ({"others": "maybe"}, "maybe"),
        ({"facts": {"age": {"from": 3}}}, "写法不对"),
        ({"facts": {"age": {"in": 3}}}, "列表"),
        ({"facts": {"age": [[1]]}}, "取值"),
    ],
)
def test_a_wrong_profile_is_told(data: Any, told: str) -> None:
    with pytest.raises(InputError) as error:
        profile(data)
    assert told in error.value.sentence()
