"""What prose speaks of, the roles it gives, what indicators measure, who is in charge by law: golden cases."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.golden import Case, cases
from tests.shared_words import agencies, groups, mandates, service_names
from tjkg.parse.links.measured import measured
from tjkg.parse.links.mentions import core, links
from tjkg.parse.people.mandates import inferred_roles
from tjkg.parse.people.roles import agency_roles
from tjkg.parse.text.names import Name, find, loose
from tjkg.records import Indicator, IndicatorValue, Mandate, Service, Source, Term

ALL = cases("mentions")
KINDS = {"service": "服务", "indicator": "指标", "agency": "机构", "group": "人群"}
NOWHERE = Source("").span(0, 0).passage()
SERVICES = tuple(Service(t.label, None, "", None, 0, NOWHERE, ()) for t in service_names())
INDICATOR_NAMES = (
    "学前三年毛入园率", "高中阶段毛入学率", "城镇调查失业率", "孕产妇死亡率", "婴儿死亡率", "农村困难群众危房改造",
    "每万人拥有公共文化设施面积", "人均拥有公共图书馆藏量", "新建住宅有线电视网络覆盖率", "人均体育场地面积",
    "经常参加体育锻炼人数占比",
)
VALUE = IndicatorValue("target", 2025, "", NOWHERE)
INDICATORS = tuple(Indicator(n, "", None, VALUE, VALUE, "", NOWHERE) for n in INDICATOR_NAMES)


def of(kind: str) -> list[Case]:
    return [c for c in ALL if c.title.startswith(f"{kind}：")]


def name_of(case: Case) -> str:
    return f"{case.line} {case.title}"


def spoken_of(text: str) -> str:
    """One line a thing: its kind, its name, and the words where they are others."""
    span = Source(text).span(0, len(text))
    lines = []
    for link in links(span, SERVICES, INDICATORS, groups(), agencies(), service_names()):
        quote = f" “{link.passage.quote}”" if link.passage.quote != link.target else ""
        lines.append(f"{KINDS[link.kind]} {link.target}{quote}")
    return "\n".join(lines) or "无"


def roles(text: str) -> str:
    """One line a role: the organisation, the role, the words that give it."""
    cells = [Source(part).span(0, len(part)) for part in text.split("\n")]
    found = agency_roles(cells, agencies())
    return "\n".join(f"{r.agency} {r.role} “{r.passage.quote if r.passage else ''}”" for r in found) or "无"


def in_charge(text: str) -> str:
    """The departments inferred for `service | section | domain`, with the title of the first law cited."""
    service, section, domain = (part.strip() or None for part in text.split("|"))
    found = inferred_roles(service or "", section, domain, mandates())
    return "\n".join(f"{r.agency} {(r.citation or '').split('》')[0]}》" for r in found) or "无"


@pytest.mark.parametrize("case", of("说到"), ids=name_of)
def test_golden_links(case: Case) -> None:
    assert spoken_of(case.given) == case.expected


@pytest.mark.parametrize("case", of("职责"), ids=name_of)
def test_golden_roles(case: Case) -> None:
    assert roles(case.given) == case.expected


@pytest.mark.parametrize("case", of("指标"), ids=name_of)
def test_golden_indicators(case: Case) -> None:
    names = [t.label for t in service_names()]
    assert ("\n".join(measured(case.given, names, service_names())) or "无") == case.expected


@pytest.mark.parametrize("case", of("主管"), ids=name_of)
def test_golden_mandates(case: Case) -> None:
    assert in_charge(case.given) == case.expected


def test_every_case_is_of_a_known_kind() -> None:
    assert {c.title.split("：")[0] for c in ALL} == {"说到", "职责", "指标", "主管"}


@pytest.mark.parametrize("case", of("说到"), ids=name_of)
def test_links_stand_in_the_source_under_their_quote(case: Case) -> None:
    source = Source("前文。\n" + case.given)
    span = source.span(4, len(source.text))
    for link in links(span, SERVICES, INDICATORS, groups(), agencies(), service_names()):
        place = link.passage
        assert source.text[place.start : place.end] == place.quote


def test_what_a_name_may_lose() -> None:
    assert core("老年人助餐服务") == "老年人助餐"
    assert core("建立居民健康档案") == "居民健康档案"
    assert core("就业援助") is None
    assert core("公租房保障") is None  # 公租房 alone is too short to be sure


def test_a_word_more_in_a_long_name_is_no_other_name() -> None:
    assert loose("学前三年毛入园率").search("学前三年教育毛入园率达到93%")
    assert loose("人均拥有公共图书馆藏量").search("人均公共图书馆藏量1.5册")
    assert loose("经常参加体育锻炼人数占比").search("经常参加体育锻炼的人数比例")
    assert not loose("失业保险").search("失业补充保险")
    assert not loose("学前三年毛入园率").search("学前三年毛入园人数")


TEXTS = st.text("老年人助餐服务残疾低保", max_size=30)


@given(TEXTS)
def test_names_found_do_not_overlap_and_are_what_they_say(text: str) -> None:
    names = [Name(label, label) for label in ("老年人", "老年人助餐", "残疾人", "低保", "人助餐服务")]
    found = find(text, names)
    assert all(text[f.start : f.end] == f.name.label for f in found)
    assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))


def test_a_nearer_place_decides_and_in_it_the_longest_word() -> None:
    wide, section, name = Mandate(("卫生",), ("甲",), "甲法"), Mandate(("疾病防治",), ("乙",)), Mandate(("防治",), ("丙",))
    places = ("地方病检查", "疾病防治", "卫生服务")
    assert [r.agency for r in inferred_roles(*places, (wide, section, name))] == ["乙"]
    assert [r.agency for r in inferred_roles("地方病检查", None, "卫生服务", (wide,))] == ["甲"]
    assert inferred_roles("卫生知识", None, None, (Mandate(("卫生知识",), ()), wide)) == ()


def test_a_scheme_without_other_names_still_finds_services_by_their_own() -> None:
    text = "推进冬季取暖救助全覆盖，做好取暖救助。"
    services = (Service("冬季取暖救助服务", None, "", None, 0, NOWHERE, ()),)
    found = links(Source(text).span(0, len(text)), services, (), (), ())
    assert [(link.target, link.passage.quote) for link in found] == [("冬季取暖救助服务", "冬季取暖救助")]
    also = (Term("冬季取暖救助服务", "冬季取暖救助服务", ("取暖救助",)),)
    later = links(Source("做好取暖救助。").span(0, 7), services, (), (), (), also)
    assert [link.target for link in later] == ["冬季取暖救助服务"]
