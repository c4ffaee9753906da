"""Faults put into the shipped plan by script, and what each must be reported as: in Turtle and in the document."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

ID = "https://w3id.org/tjkg/id/"
TJKG = "https://w3id.org/tjkg/ontology#"
PLAN = ID + "tianjin-2021"
MEAL = ID + "tianjin/service/老年人助餐服务"
XSD = "http://www.w3.org/2001/XMLSchema#"
PREF = "http://www.w3.org/2004/02/skos/core#prefLabel"

Line = tuple[str, str, str]


def iri(text: str) -> str:
    """A name as a term: absolute, a tjkg term (tjkg:…), an id (id:…) or below the plan (/…)."""
    for prefix, base in (("tjkg:", TJKG), ("id:", ID), ("/", PLAN + "/")):
        if text.startswith(prefix):
            return f"<{base}{text.removeprefix(prefix)}>"
    return f"<{text}>"


def decimal(value: str) -> str:
    return f'"{value}"^^<{XSD}decimal>'


def integer(value: int) -> str:
    return f'"{value}"^^<{XSD}integer>'


class Triples:
    """The triples of an edition as N-Triples terms, to be spoilt."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self.lines = set(lines)

    def values(self, subject: str, predicate: str) -> list[str]:
        s, p = iri(subject), iri(predicate)
        return sorted(o for a, b, o in self.lines if a == s and b == p)

    def cut(self, subject: str, predicate: str) -> None:
        """Takes away all values of a property (which must have some)."""
        found = self.values(subject, predicate)
        assert found, (subject, predicate)
        self.lines -= {(iri(subject), iri(predicate), o) for o in found}

    def put(self, subject: str, predicate: str, term: str) -> None:
        self.lines.add((iri(subject), iri(predicate), term))

    def swap(self, subject: str, predicate: str, term: str) -> None:
        self.cut(subject, predicate)
        self.put(subject, predicate, term)

    def drop(self, node: str) -> None:
        """Takes away a node with all that points to it."""
        self.lines = {t for t in self.lines if iri(node) not in (t[0], t[2])}

    def place(self, subject: str) -> str:
        """The passage a node is stated in."""
        return self.values(subject, "tjkg:statedIn")[0][1:-1]

    def ntriples(self) -> bytes:
        return "".join(f"{s} {p} {o} .\n" for s, p, o in sorted(self.lines)).encode()


@dataclass(frozen=True)
class Fault:
    """A fault: how to put it in, the rules that must tell it (and no other), the service they must name."""

    name: str
    spoil: Callable[[Triples], None]
    rules: tuple[str, ...]
    service: str | None = None


def _swap(subject: str, predicate: str, term: str) -> Callable[[Triples], None]:
    return lambda t: t.swap(subject, predicate, term)


def _cut(subject: str, predicate: str) -> Callable[[Triples], None]:
    return lambda t: t.cut(subject, predicate)


def _put(subject: str, predicate: str, term: str) -> Callable[[Triples], None]:
    return lambda t: t.put(subject, predicate, term)


def _at(subject: str, predicate: str, term: str) -> Callable[[Triples], None]:
    """Changes the passage of a node."""
    return lambda t: t.swap(t.place(subject), predicate, term)


def _shift(subject: str) -> Callable[[Triples], None]:
    def spoil(t: Triples) -> None:
        place = t.place(subject)
        (start,) = t.values(place, OA + "start")
        t.swap(place, OA + "start", integer(int(start.split('"')[1]) + 1))

    return spoil


def _without_target(t: Triples) -> None:
    t.drop("/observation/国民综合阅读率_target")


def _orphan(t: Triples) -> None:
    t.cut("id:tianjin/service/失业保险", "tjkg:hasStandard")
    t.drop("/standard/失业保险_1")


OA = "http://www.w3.org/ns/oa#"
BENEFIT = "/benefit/老年人助餐服务_1_1"
SHARE = "/funding/老年人助餐服务_1_1"
ROW = "/standard/老年人助餐服务_1"
PENSION = "/standard/老年人福利补贴_1"
MEAL_NAME = "老年人助餐服务"

FAULTS: tuple[Fault, ...] = (
    # completeness
    Fault("no funding text", _cut(ROW, "tjkg:fundingText"), ("standard-funding-text",), MEAL_NAME),
    Fault("no coverage cell", _cut(ROW, "tjkg:coverageCell"), ("standard-coverage-cell",), MEAL_NAME),
    Fault("no benefit", _cut(PENSION, "tjkg:hasBenefit"), ("standard-benefit",), "老年人福利补贴"),
    Fault("no payer", _cut(PENSION, "tjkg:hasFunding"), ("standard-funding",), "老年人福利补贴"),
    Fault("no coverage target", _cut(PENSION, "tjkg:hasCoverageTarget"), ("standard-coverage-target",), "老年人福利补贴"),
    Fault("no category", _cut("id:tianjin/service/法律援助", "tjkg:category"), ("category-missing",), "法律援助"),
    Fault("no standard", _orphan, ("service-standard",), "失业保险"),
    Fault("no target value", _without_target, ("indicator-target",)),
    # datatypes and vocabularies
    Fault("value is text", _swap(BENEFIT, "tjkg:value", '"3"'), ("value-form",), MEAL_NAME),
    Fault("unknown role", _swap(BENEFIT, "tjkg:benefitRole", '"gift"'), ("benefit-role",), MEAL_NAME),
    Fault("unknown operator", _swap(BENEFIT, "tjkg:operator", '"≈"'), ("operator-form",), MEAL_NAME),
    Fault("unknown currency", _swap(BENEFIT, "tjkg:currency", '"USD"'), ("benefit-currency",), MEAL_NAME),
    Fault("unknown relation", _swap("/audience/老年人助餐服务_1_1", "tjkg:relation", '"maybe"'),
          ("audience-relation",), MEAL_NAME),
    Fault("unknown property of an indicator", _swap("/indicator/国民综合阅读率", "tjkg:bindingness", '"随意"'),
          ("indicator-bindingness",)),
    Fault("a year that is none", _swap("/observation/人均预期寿命_target", "tjkg:year", integer(25)), ("observation-year",)),
    Fault("misspelt property", _put(BENEFIT, "tjkg:recipent", '"老年人"'), ("term-unknown",), MEAL_NAME),
    # references
    Fault("unknown payer", _swap(SHARE, "tjkg:payer", iri("id:payer/没有")), ("funding-payer",), MEAL_NAME),
    Fault("unknown theme", _put(MEAL, "http://data.europa.eu/m8g/thematicArea", iri("/category/没有")),
          ("reference-dangling",), MEAL_NAME),
    Fault("row of no service", _cut(PENSION, "tjkg:ofService"), ("standard-service",), "老年人福利补贴"),
    # sums and ranges
    Fault("shares below 100", _swap(SHARE, "tjkg:percent", decimal("30")), ("shares-sum",), MEAL_NAME),
    Fault("share above 100", _swap(SHARE, "tjkg:percent", decimal("140")), ("funding-percent",), MEAL_NAME),
    Fault("range upside down", _swap("/benefit/残疾儿童及青少年教育_1_1", "tjkg:minValue", decimal("6870.5")),
          ("range-order", "value-not-in-quote"), "残疾儿童及青少年教育"),
    Fault("count of a category", _swap("/category/老有所养", "tjkg:statedCount", integer(9)), ("category-count-differs",)),
    Fault("value not as printed", _swap(BENEFIT, "tjkg:value", decimal("4")), ("value-not-in-quote",), MEAL_NAME),
    # passages
    Fault("drifted quote", _at(BENEFIT, OA + "exact", '"老年人在自愿申请的前提下给予每餐3元（每天午饭1次，每周5天）的助餐补贴"'),
          ("passage-drifted",), MEAL_NAME),
    Fault("shifted quote", _shift("/coverage/老年人健康管理_1_1"), ("passage-drifted",), "老年人健康管理"),
    Fault("wrong line", _at(BENEFIT, "tjkg:line", integer(252)), ("passage-line-wrong",), MEAL_NAME),
    Fault("another text", _swap("/text", "tjkg:sha256", '"' + "0" * 64 + '"'), ("text-differs",)),
    Fault("quote from another row", lambda t: t.swap(SHARE, "tjkg:statedIn", iri(t.place("/funding/老年人福利补贴_1_1"))),
          ("passage-outside-row",), MEAL_NAME),
    Fault("cell text edited", _swap(ROW, "tjkg:coverageText", '"目标人群覆盖率99%"'), ("cell-differs",), MEAL_NAME),
    Fault("printed elsewhere", _swap("/coverage/公租房保障_1_1", "tjkg:printed", '"全部保障"'),
          ("printed-outside-passage",), "公租房保障"),
    # names and numbers of rows
    Fault("two rows of one number", _swap("/standard/临时救助_2", "tjkg:number", integer(1)), ("row-number-twice",), "临时救助"),
    Fault("two services of one name", _swap(MEAL, PREF, '"老年人福利补贴"@zh'), ("name-twice",), None),
    # agencies and criteria
    Fault("no basis", _cut("/agency-role/老年人助餐服务_1", "tjkg:basis"), ("role-basis",), MEAL_NAME),
    Fault("not decidable", _cut(ROW, "tjkg:hasCriterion"), ("standard-criterion",), MEAL_NAME),
    Fault("not reviewed", _swap("/criterion/老年人助餐服务_1", "tjkg:criterionState", '"suggested"'),
          ("criterion-not-reviewed",), MEAL_NAME),
)


@dataclass(frozen=True)
class Slip:
    """A fault in the document's own text: old → new once, and the rules that must tell it."""

    name: str
    old: str
    new: str
    rules: tuple[str, ...]
    service: str | None = None


SLIPS: tuple[Slip, ...] = (
    Slip("letter in an amount", "现行标准为：每人每月1010元", "现行标准为：每人每月101O元", ("mistyped-number",), "最低生活保障"),
    Slip("empty cell", "每人每月500元。\t各区财政负担，市财政给予40%转移支付补助。\t目标人群覆盖率100%",
         "每人每月500元。\t各区财政负担，市财政给予40%转移支付补助。\t", ("cell-empty",), "老年人福利补贴"),
    Slip("cell too few", "法律援助\t经济困难公民和符合法定条件的当事人\t", "法律援助\t", ("row-width",), "法律援助"),
    Slip("stray service", "公租房保障\t城镇", "公租房货币保障\t城镇", ("name-differs",), "公租房货币保障"),
    Slip("count", "节地生态安葬奖补、老年人福利补贴（共计8项）", "节地生态安葬奖补、老年人福利补贴（共计9项）", ("count-differs",)),
    Slip("odd ratio", "市、区财政按照4∶6比例分担", "市、区财政按照4∶7比例分担", ("ratio-parts",), MEAL_NAME),
    Slip("shares", "市、区财政按照4∶6比例分担", "市财政负担40%，区财政负担50%", ("shares-sum",), MEAL_NAME),
    Slip("coverage above 100", "目标人群覆盖率90%以上\n社区易感染", "目标人群覆盖率900%以上\n社区易感染", ("percent-range",),
         "艾滋病病毒感染者和病人随访管理"),
    Slip("unknown people", "少数民族文化服务\t少数民族居民\t", "少数民族文化服务\t火星来客\t", ("standard-audience",), "少数民族文化服务"),
    Slip("unknown payer", "综合接通率达到80%以上。\t市财政负担。", "综合接通率达到80%以上。\t另行研究。", ("standard-funding",),
         "“12333”人力资源和社会保障电话服务"),
)
