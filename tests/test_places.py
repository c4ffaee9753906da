"""Another city's plan, in other forms of such documents, read without a change of code."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF, ORG, RDF

from tests.forms.web import page
from tests.forms.word import save_docx
from tjkg.errors import InputError
from tjkg.graph import plan_graph
from tjkg.iris import ID, Edition
from tjkg.namespaces import PREFIXES, TJKG
from tjkg.parse.form.catalogue import key
from tjkg.parse.form.headings import bare, heading, levels
from tjkg.parse.people.lead import lead_roles
from tjkg.parse.plan import parse
from tjkg.read import read, read_bytes
from tjkg.records import Agency, Mandate, Plan, Source, Term, Vocabulary
from tjkg.validate import validate

LINHAI = Path(__file__).parent / "fixtures" / "places" / "linhai.txt"
WORDS = Vocabulary(
    payers=tuple(Term(p, p, (p, s)) for p, s in (("中央财政", "中央"), ("省财政", "省"), ("市财政", "市"))),
    agencies=(Agency("市教育局", "市教育局", ("市教育局",)),),
    regions=(Term("120000", "天津市", ("天津市",)), Term("CN", "中国", ("中国", "国家"))),
)
CV = PREFIXES["cv"]
HEADER = "服务项目\t服务对象\t保障标准\t支出责任\t覆盖水平"
ROW = "居民\t免费。\t市财政负担。\t100%"


def plan_of(text: str) -> Plan:
    return parse(Source(text), WORDS)


@pytest.fixture(scope="module")
def linhai() -> Plan:
    return parse(read(LINHAI), WORDS)


# ---------------------------------------------------------------- the invented city


def test_its_outline_categories_and_domains(linhai: Plan) -> None:
    assert linhai.title == "临海市基本公共服务标准实施方案（2023—2025年）"
    assert linhai.date == "2023-03-01"
    chapters = [(p.number, p.title) for p in linhai.parts if p.kind == "chapter"]
    assert chapters[1:3] == [("二", "幼有善育"), ("三", "老有康养")]
    assert [(c.name, len(c.services), c.count) for c in linhai.categories] == [
        ("幼有善育", 4, 4), ("老有康养", 4, 4), ("弱有众扶", 4, 4),
    ]
    assert [(d.name, [name for name, _ in d.sections]) for d in linhai.domains] == [
        ("幼有善育", []), ("老有康养", []), ("弱有众扶", ["基本生活保障", "就业与文化"]),
    ]


def test_every_service_has_its_cells_whatever_the_order_of_the_columns(linhai: Plan) -> None:
    assert [s.name for s in linhai.services] == [name for c in linhai.categories for name, _ in c.services]
    allowance = next(s for s in linhai.services if s.name == "高龄津贴")
    (row,) = allowance.standards
    assert row.target.text == "本市户籍60周岁以上老年人"
    assert row.guarantee.text.startswith("60—79周岁每人每月50元、80—89周岁100元")
    assert (row.funding.text, row.coverage.text) == ("市财政负担。", "目标人群覆盖率100%")
    assert row.lead is not None and row.lead.text == "市民政局"


def test_a_merged_row_takes_what_stands_above(linhai: Plan) -> None:
    insured = next(s for s in linhai.services if "保险" in s.name)
    second = insured.standards[1]
    assert second.inherited == ("funding", "coverage")
    assert second.target.text == "60—64周岁低保老年人"
    assert second.lead is not None and second.lead.text == "市民政局\n市卫生健康局"


def test_leading_units_are_stated_roles(linhai: Plan) -> None:
    books = next(s for s in linhai.services if s.name == "义务教育免费提供教科书")
    roles = [(a.agency, a.role, a.basis, a.name) for a in books.agencies]
    assert roles == [("市教育局", "牵头", "stated", None), ("市财政局", "配合", "stated", "市财政局")]


def test_indicators_with_a_column_of_units(linhai: Plan) -> None:
    found = [(i.name, i.domain, i.unit, i.baseline.year, i.target.year, str(i.target.value)) for i in linhai.indicators]
    assert found[1] == ("养老机构护理型床位占比", "老有康养", "%", 2022, 2025, "60")
    assert [i.property for i in linhai.indicators] == ["约束性", "预期性", "预期性", "约束性"]


def test_tasks_and_closing_measures(linhai: Plan) -> None:
    assert [(m.kind, m.title) for m in linhai.measures] == [
        ("task", "扩大普惠资源"), ("task", "促进教育公平"), ("task", "健全养老服务网络"),
        ("task", "完善分层分类救助"), ("measure", "加强组织领导"), ("measure", "强化财力保障"),
    ]


def test_nothing_is_amiss_and_every_passage_is_verbatim(linhai: Plan) -> None:
    assert linhai.findings == ()
    text = linhai.source.text
    for service in linhai.services:
        for place in (service.passage, *(b.passage for s in service.standards for b in s.benefits)):
            assert text[place.start : place.end] == place.quote


def test_it_reads_the_same_from_word_and_from_a_page(linhai: Plan, tmp_path: Path) -> None:
    text = linhai.source.text
    for source in (read(save_docx(text, tmp_path / "plan.docx")), read_bytes(page(text).encode("gb18030"), "p.html")):
        assert source.text == text


# ---------------------------------------------------------------- other forms


def test_a_document_of_tables_only_takes_its_domains_from_their_titles() -> None:
    plan = plan_of(
        f"东海市基本公共教育服务标准\n{HEADER}\n甲\t{ROW}\n\n表2 东海市就业创业服务标准（2023年版）\n{HEADER}\n乙\t{ROW}"
    )
    assert [(d.name, d.chapter) for d in plan.domains] == [("基本公共教育", (0, 0, 1)), ("就业创业", (0, 0, 2))]
    assert [s.domain for s in plan.services] == ["基本公共教育", "就业创业"]


def test_one_table_with_two_kinds_of_sub_headings() -> None:
    plan = plan_of(
        f"东海市基本公共服务标准\n{HEADER}\n一、幼有所育\n（一）优孕\n甲\t{ROW}\n（二）托育\n乙\t{ROW}\n"
        f"二、学有所教\n（一）学前\n丙\t{ROW}"
    )
    assert [(d.name, [n for n, _ in d.sections]) for d in plan.domains] == [
        ("幼有所育", ["优孕", "托育"]), ("学有所教", ["学前"]),
    ]
    assert [(s.name, s.domain, s.section) for s in plan.services] == [
        ("甲", "幼有所育", "优孕"), ("乙", "幼有所育", "托育"), ("丙", "学有所教", "学前"),
    ]


def test_one_table_with_columns_for_field_and_category() -> None:
    header = "领域\t类别\t序号\t服务项目\t服务对象\t服务内容\t服务标准\t支出责任\t牵头负责单位"
    rows = (
        "幼有所育\t优孕优生\t1\t甲\t孕妇\t检查\t免费1次\t市财政负担。\t市卫健委\n"
        "\t\t2\t乙\t孕妇\t药物\t免费\t市财政负担。\t市卫健委\n"
        "学有所教\t学前教育\t3\t丙\t儿童\t资助\t每人100元\t市财政负担。\t市教育局"
    )
    plan = plan_of(f"东海市基本公共服务标准\n{header}\n{rows}")
    assert [(s.name, s.domain, s.category) for s in plan.services] == [
        ("甲", "幼有所育", "优孕优生"), ("乙", "幼有所育", "优孕优生"), ("丙", "学有所教", "学前教育"),
    ]
    assert [(c.name, c.goal, [n for n, _ in c.services]) for c in plan.categories] == [
        ("优孕优生", None, ["甲", "乙"]), ("学前教育", None, ["丙"]),
    ]
    row = plan.services[0].standards[0]
    assert row.content is not None and (row.content.text, row.guarantee.text) == ("检查", "免费1次")
    written = set(plan_graph(plan, Edition("x", "x")).objects(None, URIRef(TJKG.contentText)))
    assert written == {Literal("检查"), Literal("药物"), Literal("资助")}
    assert [(f.severity, f.rule, f.values) for f in plan.findings] == [
        ("information", "column-missing", {"aspect": "coverage"})
    ]


def test_the_name_may_stand_under_服务内容() -> None:
    plan = plan_of("标准\n序号\t服务内容\t服务对象\t服务标准\t支出责任\n1\t甲\t居民\t免费\t市财政负担。")
    assert plan.services[0].name == "甲"
    assert plan.services[0].standards[0].guarantee.text == "免费"


def test_two_tables_in_one_chapter_are_told_apart_by_their_sections() -> None:
    plan = plan_of(
        f"第一章 总则\n总则。\n第二章 服务标准\n第一节 公共教育\n{HEADER}\n甲\t{ROW}\n\n"
        f"第二节 公共卫生\n{HEADER}\n乙\t{ROW}"
    )
    assert [(d.name, d.chapter) for d in plan.domains] == [("公共教育", (2, 1)), ("公共卫生", (2, 2))]


def test_a_list_with_a_service_a_row() -> None:
    listed = "序号\t服务类别\t项目名称\n1\t教育\t1.甲\n2\t\t2.乙\n3\t卫生\t丙"
    plan = plan_of(f"标准\n项目清单\n{listed}\n\n教育标准\n{HEADER}\n甲\t{ROW}\n乙\t{ROW}\n丙\t{ROW}")
    assert [(c.name, [n for n, _ in c.services]) for c in plan.categories] == [("教育", ["甲", "乙"]), ("卫生", ["丙"])]
    assert [s.category for s in plan.services] == ["教育", "教育", "卫生"]


# ---------------------------------------------------------------- what is amiss is told


def test_a_service_goes_on_over_a_page_break() -> None:
    plan = plan_of(f"教育标准\n{HEADER}\n甲\t{ROW}\n\n续表\n{HEADER}\n\t学生\t补贴。\t市财政负担。\t90%\n乙\t{ROW}")
    assert [(s.name, len(s.standards)) for s in plan.services] == [("甲", 2), ("乙", 1)]
    assert plan.findings == ()


@pytest.mark.parametrize(
    ("rows", "rule", "quote"),
    [
        (f"甲\t居民\t免费。\t市财政负担。\n乙\t{ROW}", "row-width", "甲"),
        (f"甲\t{ROW}\n甲\t{ROW}", "duplicate-row", "甲"),
        (f"甲\t{ROW}\n乙\t{ROW}\n甲\t{ROW}", "service-twice", "甲"),
        ("甲\t居民\t\t市财政负担。\t100%", "cell-empty", "甲"),
    ],
)
def test_a_row_that_is_amiss(rows: str, rule: str, quote: str) -> None:
    plan = plan_of(f"教育标准\n{HEADER}\n丁\t{ROW}\n{rows}")
    (finding,) = plan.findings
    assert (finding.rule, finding.passage and finding.passage.quote) == (rule, quote)


def test_rows_outside_any_table_are_told() -> None:
    plan = plan_of(f"教育标准\n{HEADER}\n甲\t{ROW}\n注：下同。\n乙\t{ROW}，并随经济社会发展水平同步提高到市级的平均水平")
    assert [f.rule for f in plan.findings] == ["row-outside-table"]


def test_a_document_without_standards_is_refused() -> None:
    with pytest.raises(InputError, match="没有找到基本标准表"):
        plan_of("某市的通知\n正文。")


# ---------------------------------------------------------------- small parts


@pytest.mark.parametrize(
    ("text", "style", "title"),
    [
        ("第一章  总则", "chapter", "总则"), ("第十二节", "section", ""), ("第一部分 概况", "part", "概况"),
        ("一、总体要求", "han", "总体要求"), ("（三）主要目标", "bracket", "主要目标"),
        ("（三）坚持统筹。各级政府要加强领导。", None, ""), ("第一章 总则…………3", None, ""),
        ("第一章 总则 12", None, ""), ("一是加强领导", None, ""), ("（此件公开发布）", None, ""),
    ],
)
def test_headings(text: str, style: str | None, title: str) -> None:
    found = heading(text)
    assert (found.style if found else None, found.title if found else "") == (style, title)


def test_the_two_outer_styles_are_chapters_and_sections() -> None:
    assert levels(["第一章 甲", "一、乙", "二、丙", "（一）丁", "（二）戊"]) == ("chapter", "han")
    assert levels(["一、乙", "二、丙", "（一）丁", "（二）戊", "第一章 总则……1"]) == ("han", "bracket")


@pytest.mark.parametrize(
    ("text", "rest"),
    [("1.甲", "甲"), ("（一）甲", "甲"), ("12、甲", "甲"), ("5.1.2、甲", "甲"), ("0.5万元", "0.5万元"),
     ("一老一小服务", "一老一小服务"), ("表演艺术", "表演艺术"), ("表2 甲", "甲"), ("“12333”电话服务", "“12333”电话服务"),
     ("12333电话", "12333电话"), ("（一）", "（一）")],
)
def test_a_number_before_a_name_is_no_part_of_it(text: str, rest: str) -> None:
    assert bare(text) == key(text) == rest


@pytest.mark.parametrize(
    ("cell", "roles"),
    [
        ("市教育局、市财政局", {"市教育局": "牵头", "市财政局": "牵头"}),
        ("市教育局牵头，市财政局、市人社局配合", {"市教育局": "牵头", "市财政局": "配合", "市人社局": "配合"}),
        ("牵头单位：市民政局；配合单位：市财政局等部门", {"市民政局": "牵头", "市财政局": "配合"}),
        ("由市残联负责，会同市教育局落实", {"市残联": "牵头", "市教育局": "配合"}),
        ("市医保局\n市卫健委", {"市医保局": "牵头", "市卫健委": "牵头"}),
        ("各有关单位按职责分工", {"各有关单位": "牵头"}),
        ("", {}),
    ],
)
def test_the_cell_of_the_leading_unit(cell: str, roles: dict[str, str]) -> None:
    source = Source(cell)
    found = lead_roles(source.span(0, len(cell)), WORDS.agencies)
    assert {r.agency: r.role for r in found} == roles
    assert all(r.passage is not None and r.passage.quote == r.agency for r in found)


def test_without_such_a_column_there_is_no_leading_unit() -> None:
    assert lead_roles(None, WORDS.agencies) == ()


# ---------------------------------------------------------------- organisations belong to a place

OF_PLACES = replace(
    WORDS,
    agencies=(
        Agency("市教委", "市教委", ("市教委", "市教育局"), "city", region="120000"),
        Agency("国务院", "国务院", ("国务院",), "national", region="CN"),
        Agency("养老机构", "养老机构", ("养老机构",)),
        Agency("滨海医院", "滨海医院", ("滨海医院",), "district", region="120116"),
    ),
    mandates=(Mandate(("教育",), ("市教委",), "教育法"),),
)


@pytest.mark.parametrize(
    ("region", "ids"),
    [
        ("120000", {"市教委", "国务院", "养老机构", "滨海医院"}), ("120116", {"市教委", "国务院", "养老机构", "滨海医院"}),
        ("120110", {"市教委", "国务院", "养老机构"}), ("130000", {"国务院", "养老机构"}), (None, {"国务院", "养老机构"}),
    ],
)
def test_organisations_of_another_place_are_not_meant(region: str | None, ids: set[str]) -> None:
    words = OF_PLACES.of_region(region)
    assert {a.id for a in words.agencies} == ids
    assert [m.agencies for m in words.mandates] == ([("市教委",)] if "市教委" in ids else [])


@pytest.mark.parametrize(
    ("title", "roles"),
    [
        ("天津市基本公共教育标准", [("市教委", "inferred", None)]),
        ("国家基本公共教育标准", []),
        ("东海市基本公共教育标准", []),
    ],
)
def test_a_bureau_is_inferred_only_in_its_own_place(title: str, roles: list[tuple[str, str, str | None]]) -> None:
    plan = parse(Source(f"{title}\n{HEADER}\n学前教育\t{ROW}"), OF_PLACES)
    assert [(a.agency, a.basis, a.name) for a in plan.services[0].agencies] == roles


def test_the_bureau_of_another_city_is_not_the_one_of_the_list() -> None:
    header = HEADER + "\t牵头负责单位"
    table = f"{header}\n甲\t{ROW}\t市教育局"
    there = parse(Source(f"天津市教育标准\n{table}"), OF_PLACES)
    here = parse(Source(f"东海市教育标准\n{table}"), OF_PLACES)
    assert [(a.agency, a.name) for a in there.services[0].agencies] == [("市教委", None)]
    assert [(a.agency, a.name) for a in here.services[0].agencies] == [("市教育局", "市教育局")]
    graph = plan_graph(here, Edition("donghai-2023", "donghai"))
    bureau = URIRef(ID + "donghai/agency/市教育局")
    assert (URIRef(ID + "donghai/service/甲"), URIRef(CV + "hasCompetentAuthority"), bureau) in graph
    assert set(graph.objects(bureau, RDF.type)) == {URIRef(TJKG.Agency), ORG.Organization, FOAF.Agent}
    assert (bureau, DCTERMS.identifier, Literal("donghai/agency/市教育局")) in graph


def test_a_plan_without_a_list_needs_no_categories(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(f"东海市教育标准\n{HEADER}\n学生资助\t学生\t每人每年100元。\t市财政负担。\t100%", "utf-8")
    found = validate([path], on=date(2026, 11, 24)).findings
    assert [(f.severity, f.rule) for f in found if f.severity == "violation"] == []


def test_another_city_s_plan_breaks_no_rule() -> None:
    report = validate([LINHAI], on=date(2026, 11, 24))
    assert [f.rule for f in report.findings if f.severity == "violation"] == []
