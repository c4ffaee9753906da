"""The intents: ONE table. A row says what such a question looks like, what it needs, which cues speak for
it and which against, and what answers it; the best row wins if it is sure enough."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module

from tjkg.ask.answer import Answer
from tjkg.ask.passages import cell_told
from tjkg.ask.question import Question
from tjkg.ask.wanted import asked_unit, channel_sentences, has_unit

__all__ = ["INTENTS", "LINE", "Intent", "ranked"]

LINE = 3.0
"""A question is answered when its best intent scores at least this; below, it is asked back."""


@dataclass(frozen=True)
class Intent:
    """One kind of question.

    example: such a question; needs: slots without which it cannot be answered (a|b: one of them); cues and
    slots: what speaks for it (or against it) and how much; query: the library's query that yields the
    answer; answer: what makes it (file and function of tjkg/ask/answers, imported when it is called).
    """

    name: str
    example: str
    needs: tuple[str, ...]
    cues: Mapping[str, float]
    answer: str
    query: str = ""
    slots: Mapping[str, float] = field(default_factory=dict)

    def make(self, q: Question) -> Answer:
        """The answer to a question that is of this kind."""
        module, function = self.answer.split(".")
        made: Answer = getattr(import_module(f"tjkg.ask.answers.{module}"), function)(q)
        return made

    def score(self, q: Question) -> float:
        """How well the question fits; minus infinity when a slot it needs is empty."""
        if not all(any(SLOTS[s](q) for s in need.split("|")) for need in self.needs):
            return float("-inf")
        said = sum(weight for cue, weight in self.cues.items() if cue in q.reading.cues)
        return said + sum(weight for slot, weight in self.slots.items() if SLOTS[slot](q))


# Words for what is paid into an insurance.
_PAID_IN = "[缴交掏扣出担]|费率|比例|百分|几个点|contribut|pay"
# 两口子各拿多少 asks what is received, unless payers are named.
_RECEIVED = ("各拿", "各领")
# One service is asked for by what is written of it.
_ONE = r"哪一?个是|是哪一?个|哪一?(?:个|项)(?:服务|项目|政策|补贴|补助|救助)|哪一?项(?:[^目服]|$)"
_AGE_ASKED = r"(?:多大|什么|嘛|啥|几)(?:岁数|年纪|年龄|岁)|多少岁|多大的?(?:孩子|老人|人)"
_COVER_WORDS = ("应保尽保", "应补尽补", "应救尽救", "应改尽改", "应享尽享", "全覆盖")

SLOTS: dict[str, Callable[[Question], bool]] = {
    "service": lambda q: q.strong,
    "named": lambda q: bool(q.own_links.named),
    "two": lambda q: len(q.links.services) > 1,
    "group": lambda q: bool(q.groups),
    "person": lambda q: bool(q.person.facts),
    "described": lambda q: q.person.told > 1,
    "payer": lambda q: bool(q.payers),
    "indicator": lambda q: bool(q.indicators),
    "place": lambda q: bool(q.places),
    "exact-place": lambda q: any(m.how == "name" for m in q.reading.of("domain", "category", "section")),
    "domain": lambda q: any(kind == "domain" for kind, _ in q.places),
    "level": lambda q: any(w in q.reading.text for w in _COVER_WORDS) or any(n.unit == "%" for n in q.reading.numbers),
    "cover-words": lambda q: any(w in q.reading.text for w in _COVER_WORDS),
    "bound": lambda q: any(n.operator in (">", ">=", "<", "<=") and n.unit in ("元", None) and n.value >= 50 for n in q.reading.numbers),
    "benefit": lambda q: any(
        b["value"] is not None or b["min"] is not None for s in q.links.services[:2] for b in q.service(s)["benefits"]
    ),
    "percent": lambda q: any(
        b["unit"] == "%" for s in q.links.services[:2] for k in ("benefits", "limits", "contributions") for b in q.service(s)[k]
    ),
    "unasked": lambda q: not q.reading.has("list", "both", "can", "what") and not SLOTS["nominal"](q),
    "nominal": lambda q: not q.reading.asks and (
        (bool(q.groups) and q.reading.has("service-noun") and not q.reading.has("monthly", "yearly") and (q.unknown <= 1 or q.lists)) or (q.person.told > 2 and not q.own_links.named)
    ),
    "share-word": lambda q: q.reading.has("ratio") or any(
        q.payers or not m.text.startswith(_RECEIVED) for m in q.reading.cues.get("split", ())
    ),
    "spent-on-group": lambda q: bool(q.groups) and not q.reading.has("alone", "together", "pay", "payer", "subsidy-role", "split"),
    "age-of-service": lambda q: q.reading.has("age") and bool(q.own_links.named),
    "only-howmuch": lambda q: bool(q.own_links.named) and q.reading.has("howmuch") and asked_unit(q) is None and not q.reading.has("age"),
    "either-place": lambda q: "还是" in q.reading.text and len({n for _, n in q.places}) > 1,
    "contributions": lambda q: not SLOTS["exact-indicator"](q) and re.search(_PAID_IN, q.reading.text) is not None and any(q.service(s)["contributions"] for s in q.links.services[:1]),
    "payer-asked": lambda q: q.payer_asked,
    "ratio-said": lambda q: q.ratio.said,
    "lists": lambda q: q.lists,
    "described-only": lambda q: q.person.told > 1 and not q.own_links.named and q.lists,
    "nominal-amount": lambda q: (
        not q.reading.asks and q.reading.has("monthly", "yearly", "once") and not q.reading.has("max", "min") and not SLOTS["bound"](q)
    ),
    "exact-indicator": lambda q: bool(q.reading.of("indicator")),
    "task-word": lambda q: q.reading.has("tasks", "projects", "measures"),
    "prose-target": lambda q: bool(q.prose_targets),
    "indicator-unit": lambda q: q.indicator_unit,
    "quoted": lambda q: q.quoted and (q.reading.has("definition") or not q.reading.has("money", "howmuch", "list")),
    "gap-of-one": lambda q: len(q.links.services) == 1 and q.reading.has("howmuch") and re.search("差多少|相差|差额", q.reading.text) is not None,
    "one-asked": lambda q: re.search(_ONE, q.reading.text) is not None,
    "cell-says": lambda q: cell_told(q) is not None,
    "lists-level": lambda q: q.lists and SLOTS["level"](q),
    "profile": lambda q: q.person.told > 3 and q.reading.has("list"),
    "levels-of-payers": lambda q: re.search("哪几级|几级财政", q.reading.text) is not None,
    "whom": lambda q: re.search(r"(?:什么|嘛|啥|哪)(?:样的?)?(?:人家?|家庭|孩子|老人|学生|户)|哪[些种类几]+(?:人|家庭|孩子|老人|学生)", q.reading.text) is not None,
    "age-asked": lambda q: re.search(_AGE_ASKED, q.reading.text) is not None,
    "wording": lambda q: re.search("表述|阐述|论述|部署|说法", q.reading.text) is not None and q.reading.has("plan"),
    "sum-of-named": lambda q: bool(q.own_links.named or q.own_links.clear) and q.reading.has("standard", "money") and q.reading.has("monthly", "yearly", "each", "howmuch"),
    "quotes-title": lambda q: any(t in m["title"] and len(t) >= 0.7 * len(m["title"]) for t in q.quotations for k in ("tasks", "projects", "measures") for m in q.snapshot.catalogue[k]),
    "quoted-words": lambda q: q.reading.has("about") and "“" in q.reading.text,
    "services-asked": lambda q: not q.own_links.named and re.search(r"哪[些几一二两三四]?(?:个|项)?(?:服务|项目)|(?:服务|项目)(?:都?有|是|都?包括)哪[些几]", q.reading.text) is not None,
    "gets-each": lambda q: not q.payers and any("拿" in m.text for m in q.reading.cues.get("split", ())),
    "its-payer": lambda q: bool(q.its_payers),
    "its-payer-share": lambda q: bool(q.its_payers) and SLOTS["share-word"](q),
    "foreign-unit": lambda q: asked_unit(q) is not None,
    "several": lambda q: asked_unit(q) is not None and not q.reading.has("howmuch"),
    "unit-here": lambda q: has_unit(q),
    "yes-no": lambda q: re.search(r"(?:吗|不|(?<!什)(?<!怎)么|没有|没|吧|([^是])不\1)$", q.reading.text.rstrip("？。")) is not None,
    "channel": lambda q: bool(channel_sentences(q)),
}

INTENTS: tuple[Intent, ...] = (
    Intent("difference", "低保和低收入救助有什么区别？", ("service",), {"difference": 8}, "text.difference", "standards-of-service", {"gap-of-one": -8}),
    Intent("definition", "“各级财政负担”是什么意思？", (), {"which-extreme": -12, "which-category": -8, "definition": 6, "money": -4, "payer": -2, "ratio": -3, "tasks": -4, "projects": -4},
           "text.definition", "plan-says", {"indicator": -2, "quoted": 5, "services-asked": -6}),
    Intent("channel", "社保卡上哪儿能办？", ("service", "channel"), {"where": 7, "procedure": 5, "phone": 5}, "channels.channels", "standards-of-service"),
    Intent("services_by_coverage", "哪些服务应保尽保？", ("level|coverage-word",), {"list": 4, "coverage": 4, "count": 2, "howmuch": -3},
           "levels.services_by_coverage", "coverage-of-services", {"named": -6, "level": 2, "cover-words": 2, "lists": 2}),
    Intent("services_by_payer", "由中央财政单独负担的服务有哪些？", ("payer-asked",),
           {"count": 3, "alone": 3, "together": 2, "pay": 2, "payer": 1, "list": 1, "subsidy-role": 3, "service-noun": 1, "who": -1, "split": -3, "money": -6, "howmuch": -5, "ratio": -4, "reimburse": -6},
           "funding.services_of_payer", "services-of-payer", {"named": -6, "lists": 6, "spent-on-group": -4, "levels-of-payers": -12}),
    Intent("services_by_share", "按6∶4分担的是哪几项服务？", ("ratio-said",), {"count": 3, "split": 2, "ratio": 1, "pay": 1},
           "funding.services_of_share", "stated-shares", {"ratio-said": 2, "named": -6, "lists": 7}),
    Intent("count", "弱有所扶有几项服务？", (), {"count": 6, "money": -4, "measures": -5, "audience": -4, "service-noun": 0.5},
           "counting.counts", "all-services", {"prose-target": -4, "named": -4, "person": -1, "indicator": -3, "foreign-unit": -6}),
    Intent("extreme", "哪项服务每人每月给的钱最多？", (), {"which-extreme": 7, "max": 2, "min": 2, "monthly": 1, "once": 1, "list": 1.5},
           "counting.extremes", "highest-monthly", {"named": -3, "bound": 4.5}),
    Intent("indicator", "2025年人均预期寿命的目标是多少？", ("indicator|indicator-word",),
           {"indicator": 6, "bindingness": 5, "target": 2, "baseline": 2, "howmuch": 2, "which-domain": 3, "list": 1, "count": 1, "what": 1},
           "indicators.indicators", "all-indicators", {"indicator": 4, "exact-indicator": 2, "named": -3, "indicator-unit": 4}),
    Intent("prose_target", "普惠性学前教育资源覆盖率要达到多少？", ("prose-target",), {"howmuch": 3, "target": 2, "coverage": 2, "ratio": 1, "list": -2},
           "indicators.targets", "targets-in-prose", {"prose-target": 4, "indicator": -5, "named": -1}),
    Intent("tasks", "基本住房保障的重点任务有哪些？", ("task-word|quotes-title",), {"tasks": 4, "projects": 4, "measures": 5, "list": 3, "what": 3, "count": 1.5, "howmuch": -3},
           "indicators.tasks", "tasks-of-domain", {"quotes-title": 11, "named": -1, "domain": 2}),
    Intent("department", "残疾人托养服务由哪个机构审核？", (), {"department": 6.5, "who-does": 3.5, "payer": -1, "audience": -4}, "text.department", "agencies-of-service"),
    Intent("about", "规划里关于海葬怎么说的？", (), {"about": 5, "which-domain": -6, "which-category": -6, "which-section": -6, "which-extreme": -6, "coverage": -2, "audience": -2, "money": -2, "list": -0.5, "tasks": -3, "ratio": -2},
           "text.about", "plan-says", {"quoted-words": 4}),
    Intent("place", "临时救助属于哪个领域？", ("service",),
           {"which-domain": 6, "which-category": 6, "which-section": 6, "belongs": 2}, "catalogue.place", "all-services", {"indicator": -4, "either-place": 6}),
    Intent("services_in", "住有所居包括哪些服务？", ("place",), {"list": 4, "what": 3, "section-noun": 2, "service-noun": 1, "coverage": -4, "tasks": -4, "projects": -4, "indicator": -7, "payer": -4, "together": -4, "alone": -4},
           "catalogue.services_in", "services-of-category", {"named": -4, "group": -3, "person": -2, "exact-place": 3, "payer": -2}),
    Intent("target_group", "老年人福利补贴的服务对象是谁？", ("service",), {"audience": 6.5, "age": 2, "who": 1, "what": 0.5, "can": -2},
           "catalogue.audience", "standards-of-service", {"age-asked": 2, "described": -1, "profile": -6, "named": 1, "age-of-service": 3}),
    Intent("which_service", "哪项服务要求灾后10小时内得到初步救助？", ("one-asked", "cell-says"), {"which-extreme": -6, "which-domain": -6, "which-category": -6, "indicator": -6, "tasks": -6, "projects": -6, "count": -3},
           "catalogue.which", "plan-says", {"one-asked": 7, "named": -6, "described": -3}),
    Intent("share", "助餐补贴市里出几成、区里出几成？", ("service", "share-word"), {"split": 5, "ratio": 3, "payer": 1, "pay": 1, "howmuch": 0.5},
           "funding.shares", "payers-of-service", {"services-asked": -6, "its-payer": 3, "foreign-unit": -4, "gets-each": -6}),
    Intent("rate", "职工医保住院能报销多少？", ("service",), {"reimburse": 5, "ratio": 5, "about": -4, "money": -2.5, "split": -4},
           "money.rates", "amounts-of-service", {"percent": 2, "its-payer-share": -4, "contributions": 6}),
    Intent("quantity", "农家书屋至少有多少册书？", ("foreign-unit",), {"howmuch": 2, "floor": 1, "cap": 1, "count": 2, "money": -5, "list": -2},
           "quantity.quantities", "amounts-of-service", {"named": 1, "unit-here": 3, "service": 1, "several": 2, "foreign-unit": 1.5, "indicator-unit": -4}),
    Intent("who_pays", "低保这钱谁掏？", ("service",), {"payer": 7, "pay": 1.5, "who": 1, "what": 0.5, "money": -3}, "funding.payers", "payers-of-service", {"payer": 0.5, "services-asked": -4}),
    Intent("coverage", "老年人助餐服务的覆盖水平是多少？", ("service",), {"coverage": 7, "target": 1, "howmuch": 1, "what": 0.5, "list": -1},
           "catalogue.coverage", "coverage-of-services", {"indicator": -3, "lists-level": -4}),
    Intent("may_get", "我妈83，天津户口，能领饭补吗？", ("service",), {"can": 5, "money": -4, "payer": -4, "list": -2.5, "audience": -1, "difference": -6, "about": -2},
           "people.may_get", "standards-of-service", {"person": 1.5, "yes-no": 2.5, "whom": -4}),
    Intent("amount", "低保一个月多少钱？", ("service",),
           {"money": 5, "howmuch": 2.5, "standard": 3, "what": 0.5, "cap": 2, "floor": 1, "grant": 0.5, "count": -1, "monthly": 0.5, "yearly": 0.5, "payer": -2, "coverage": -3, "reimburse": -2, "ratio": -3, "definition": -3},
           "money.amounts", "amounts-of-service", {"age-asked": -6, "benefit": 1, "only-howmuch": 0.5, "foreign-unit": -3, "nominal-amount": 3, "gets-each": 4}),
    Intent("services_for", "我奶奶82岁，吃低保，能领哪些补贴？", ("group|person",),
           {"list": 4.5, "what": 3, "service-noun": 1, "both": 2, "can": 0.5, "money": -3, "payer": -4, "coverage": -3, "audience": -1, "which-extreme": -3, "tasks": -3, "projects": -3, "indicator": -6, "target": -4},
           "people.services_for", "services-of-group", {"sum-of-named": -5, "wording": -5, "person": 1, "described": 1, "named": -1.5, "unasked": -2.5, "nominal": 2}),
)
SLOTS["coverage-word"] = lambda q: q.reading.has("coverage") and any(n.unit == "%" for n in q.reading.numbers)
SLOTS["indicator-word"] = lambda q: q.reading.has("indicator", "bindingness")


def ranked(q: Question) -> list[tuple[float, Intent]]:
    """The intents that the question may have, best first."""
    scored = [(intent.score(q), intent) for intent in INTENTS]
    return sorted((p for p in scored if p[0] > 0), key=lambda pair: -pair[0])
