"""What the plan says in its own words: passages on a subject, definitions, departments, differences."""

from __future__ import annotations

import re
from typing import Any

from tjkg.ask.answer import Answer
from tjkg.ask.answers.cases import cases
from tjkg.ask.answers.phrases import amount, join
from tjkg.ask.answers.wording import value_object
from tjkg.ask.content import said
from tjkg.ask.passages import asked_words, passages, rarest
from tjkg.ask.question import Question
from tjkg.ask.retrieve import grams
from tjkg.ask.sentences import tell, titles
from tjkg.ask.snapshot import Paragraph

__all__ = ["about", "definition", "department", "difference", "in_cells", "overview"]

Json = dict[str, Any]
_QUOTED = r"“([^”]+)”|《([^》]+)》"


def _cite(found: Answer, s: Paragraph) -> None:
    quote = s.text
    found.cite({"quote": quote, "line": s.line, "start": s.start, "end": s.start + len(quote)}, s.service)
    if s.service:
        found.name(s.service)


def about(q: Question) -> Answer:
    """The sentences of the plan on a subject."""
    found = Answer(intent="about")
    quoted = [a or b for a, b in re.findall(_QUOTED, q.reading.text)]
    sentences = passages(q, asked_words(q), enough=0.4)
    if quoted and not any(t in s.text for t in quoted for s in sentences):
        sentences = [*passages(q, grams(" ".join(quoted)), most=1, enough=0.4), *sentences[:2]]
    if not sentences and q.links.named:
        return overview(q)
    if not sentences:
        sentences = rarest(q, asked_words(q))
    if not sentences:
        found.answered, found.silence = False, "outside_plan"
        found.text = tell("outside-topic", q.lang)
        return found
    for s in sentences:
        _cite(found, s)
    found.text = "\n".join(tell("plan-says", q.lang, line=s.line, quote=s.text) for s in sentences)
    _left_to_rule(q, found)
    word = max((w for w in re.findall(r"[\u4e00-\u9fff]{2,}", q.content)), key=len, default="")
    found.sparql = q.sparql("plan-says", word=word) if word else ""
    return found


def _left_to_rule(q: Question, found: Answer) -> None:
    """That a named service's content is left to a rule, where every benefit of it is."""
    benefits = [b for s in q.links.services[:1] if q.links.named for b in q.service(s)["benefits"]]
    rules = [b["rule"] for b in benefits]
    if rules and all(rules) and any(e["quote"] and b["quote"] in e["quote"] for e in found.evidence for b in benefits):
        found.silence, found.left_to = "left_to_rule", "；".join(dict.fromkeys(rules))


def in_cells(q: Question) -> Answer | None:
    """The sentence of the named service's own cells that speaks of what else is asked; None when none does."""
    service = q.links.services[0]
    asked = grams(said(q.reading)) - grams(service) - grams(" ".join(m.text for m in q.reading.of("service") if m.key == service))
    index = q.snapshot.sentence_index
    scored = [
        (sum(index.rarity(g) for g in grams(s.text) & asked), s) for s in q.snapshot.sentences if s.service == service
    ]
    best = max((score for score, _ in scored), default=0.0)
    if best < 3.5:
        return None
    found = Answer(intent="about")
    for score, s in scored:
        if score == best:
            _cite(found, s)
    found.text = "\n".join(tell("plan-says", q.lang, line=e["line"], quote=e["quote"]) for e in found.evidence)
    found.sparql = q.sparql("standards-of-service", service=service)
    return found


def overview(q: Question) -> Answer:
    """A service that is named and nothing asked of it: all that the plan says, the amounts of the case first."""
    found = difference(q)
    found.intent = "overview"
    service = found.services[0]
    kept = cases(q, service, [b for b in q.service(service)["benefits"] if b["value"] is not None])
    found.values = [value_object(service, b) for b in kept]
    return found


# ---------------------------------------------------------------- definitions

# Ways of defining: 〔term〕，即…; 〔term〕是…; 〔term〕（…）; 注：标〔term〕为…; …的〔term〕 after 被评定为.
_DEFINING = (
    r"^.{0,10}{t}.{0,6}?，即", r"{t}.{0,4}?(?:是由|是指|指的是|，指)", r"^.{0,6}{t}是",
    r"{t}.{0,3}?（[^）]{4,}）", r"^注：.{0,6}{t}.{0,3}为",
    r"(?:评定为|认定为|界定为).{0,14}{t}", r"{t}.{0,6}?(?:：|包括)", r"“{t}[^”]{0,30}”",
)
_SIGNS = {"星号": "*", "加号": "+", "百分号": "%"}


def _term(q: Question) -> str:
    """The term that is asked for: in quotes, else what is left between the words that ask."""
    if m := re.search(_QUOTED, q.reading.text):
        return m[1] or m[2]
    text = q.reading.text
    for name, sign in _SIGNS.items():
        if name in text or sign in text:
            return sign
    asking = [c.text for c in q.reading.of("cue") if c.key in ("definition", "plan", "list", "what", "which-category", "audience")]
    for words in sorted(asking, key=len, reverse=True):
        text = text.replace(words, " ")
    text = re.sub(
        r"规划所称|所称|所说的?|所指的?|规划中|规划里|计划里|里面|里的|到底|究竟|时期|这个词|这个|一词|请问|的$|[，。？！；]|是哪|哪几年|几级|哪种人|哪些人|什么人|怎么|具体|吗$|呢$|^的|^里|^在|是谁|什么",
        " ", text)
    text = re.sub(r"的(?= |$)", " ", text)
    parts = [p for p in text.split() if p]
    return max(parts, key=len, default="")


def definition(q: Question) -> Answer:
    """How the plan defines a term of its own: a sentence that says 即, 是, 指 or explains it in brackets."""
    found = Answer(intent="definition")
    term = _term(q)
    found.sparql = q.sparql("plan-says", word=term) if term else ""
    best = _defining_sentence(q, term) if term else None
    if best is None and term:
        best = _audience_of(q, term)
    if best is None:
        known = next((s for s in q.snapshot.sentences if term and term in s.text), None)
        if known is None and q.groups:
            known = next(iter(passages(q, grams(term), most=1, enough=0.6)), None)
        found.answered = False
        found.silence = "plan_silent" if known else "outside_plan"
        found.text = tell("no-definition", q.lang, term=term) if known else tell("outside-topic", q.lang)
        if known:
            _cite(found, known)
        return found
    _cite(found, best)
    found.text = tell("definition", q.lang, term=term, quote=best.text)
    return found


def _defining_sentence(q: Question, term: str) -> Paragraph | None:
    escaped = re.escape(term)
    for form in _DEFINING:
        pattern = re.compile(form.replace("{t}", escaped))
        quoted = "“" in form
        for s in q.snapshot.sentences:
            text = s.text if quoted else re.sub("[“”]", "", s.text)
            if term in text and pattern.search(text):
                return s
    return None


def _audience_of(q: Question, term: str) -> Paragraph | None:
    """The audience of the service that bears the term in its name: 特困人员 in 特困人员救助供养."""
    for name, s in q.snapshot.services.items():
        if (len(term) > 2 and term in name and sum(term in n for n in q.snapshot.names) == 1) or (len(q.links.named) and q.links.named[0].service == name):
            place = s["standards"][0]["places"]["target"]
            if place["quote"]:
                return Paragraph(place["quote"], place["line"], place["start"], name, "target")
    return None


# ---------------------------------------------------------------- departments

_ORGANISED = r"部门|局|委|中心|机构|联|图书馆|政府|医院|学校|单位|公司|台|站|馆|厅|基地|银行"


def department(q: Question) -> Answer:
    """The organisation the plan gives a role to; what the plan does not say is told as such."""
    found = Answer(intent="department")
    named = q.strong and q.links.best
    if named:
        for service in q.links.services[:1]:
            stated = [a for a in q.service(service)["agencies"] if a["basis"] == "stated"]
            picked = _role_meant(q, stated)
            if picked:
                found.name(service)
                for a in picked:
                    found.cite(a, service)
                told = "、".join(dict.fromkeys(f"{a['name']}（{a['role']}，原文“{a['quote']}”）" for a in picked))
                found.text = tell("agencies", q.lang, service=q.called(service), agencies=told)
                found.sparql = q.sparql("agencies-of-service", service=service)
                return found
    asked = asked_words(q) - grams("哪个部门哪家单位由谁哪个机构谁负责哪个局主管部门归谁管")
    sentences = [s for s in passages(q, asked, most=4, enough=0.42) if re.search(_ORGANISED, s.text)][:2]
    generic = _only_asks_who_is_in_charge(q)
    if sentences and not (named and generic):
        for s in sentences:
            _cite(found, s)
        found.text = "\n".join(tell("plan-says", q.lang, line=s.line, quote=s.text) for s in sentences)
        return found
    found.silence = "plan_silent"
    found.answered = False
    if not named and not passages(q, asked, enough=0.45):
        found.silence = "outside_plan"
    if named:
        service = q.links.services[0]
        found.name(service)
        found.text = tell("agency-silent", q.lang, service=q.called(service))
        inferred = [a for a in q.service(service)["agencies"] if a["basis"] == "inferred"]
        if inferred:
            found.text += tell("agency-inferred", q.lang, citation=inferred[0]["citation"], agency="、".join(a["name"] for a in inferred))
        found.sparql = q.sparql("agencies-of-service", service=service)
    else:
        found.text = tell("outside-topic", q.lang)
    return found


def _only_asks_who_is_in_charge(q: Question) -> bool:
    """Whether nothing is asked but who is in charge: 低保是哪个部门管."""
    rest = q.reading.text
    for m in sorted(q.reading.of("service", "cue", "group"), key=lambda m: -m.length):
        rest = rest.replace(m.text, "")
    return len(re.sub(r"[，。？！是由归的管呢啊吗]", "", rest)) <= 1


def _role_meant(q: Question, agencies: list[Json]) -> list[Json]:
    """The agencies whose role, name or sentence shares the question's words."""
    said = grams(q.reading.text)
    scored = []
    for a in agencies:
        role = 4.0 if a["role"] and a["role"] in q.reading.text else 0.0
        index = q.snapshot.sentence_index
        own = grams(q.links.services[0])
        words = sum(index.rarity(g) for g in grams(f"{a['quote'] or ''} {a['name']}") & said - own)
        scored.append((role + words, a))
    best = max((s for s, _ in scored), default=0.0)
    return [a for s, a in scored if s >= max(3.0, 0.5 * best)] if best >= 3.0 else []


# ---------------------------------------------------------------- differences


def difference(q: Question) -> Answer:
    """Two services side by side, or two benefits of one."""
    found = Answer(intent="difference")
    lines = []
    services = list(dict.fromkeys(x.service for x in q.links.every)) if len(q.links.every) > 1 else q.links.services
    services = [s for s in services if s in q.links.services or _focus(q, s)][:3]
    if len(services) == 1 and q.reading.has("difference"):
        services += _other_meant(q, services[0])
    for service in services:
        found.name(service)
        s = q.service(service)
        row = s["standards"][0]
        for cell in ("target", "standard"):
            found.cite(row["places"][cell], service)
        money = [b for b in s["benefits"] if b["value"] is not None and b["role"] != "threshold"]
        for b in money:
            found.values.append(value_object(service, b))
            found.cite(b, service)
        lines.append(tell(
            "differ-row", q.lang, service=q.called(service), target="；".join(dict.fromkeys(r["target"] for r in s["standards"])),
            standard=join(q, [amount(q, b, service) for b in money]) or row["standard"], funding=row["funding"].replace("\n", ""), coverage=row["coverage"],
        ))
    found.text = "\n".join(lines)
    found.table = (["", *map(q.called, found.services)], [
        [title, *[q.service(n)["standards"][0][cell] for n in found.services]]
        for title, cell in zip(titles("rows-service", q.lang), ("target", "standard", "funding", "coverage"), strict=True)
    ])
    found.sparql = q.sparql("standards-of-service", service=found.services[0])
    return found


def _other_meant(q: Question, service: str) -> list[str]:
    """The service that a question of differences compares a named one with, by its other words or its group."""
    if _two_benefits(q, service):
        return []
    words = grams(q.content)
    best = [r.service for r in q.links.ranked if r.service != service and grams(r.service) & words - grams(service) and r.score >= 0.15]
    kinds = set().union(*(q.snapshot.below(g) | q.snapshot.above(g) for g in q.groups)) if q.groups else set()
    own = grams(q.service(service)["standards"][0]["target"])
    alike = [
        (len(own & grams(s["standards"][0]["target"])) / (len(own) or 1), name) for name, s in q.snapshot.services.items()
        if name != service and {g["name"] for g in s["groups"]} & kinds
    ]
    score, name = max(alike, default=(0.0, ""))
    return [name] if score >= 0.5 else best[:1]


def _focus(q: Question, service: str) -> bool:
    """Whether a status that is compared (低保) is named as a service beside another one."""
    return any(x.service == service and x.mention and x.mention.length >= 2 for x in q.links.every)


def _two_benefits(q: Question, service: str) -> bool:
    """Whether the two things compared are benefits of one service (生活补贴, 护理补贴)."""
    return len({m.text for m in q.reading.of("service", "item") if m.key.split("\t")[0] == service}) > 1
