"""For whom: services of a group or a described person, and whether somebody may get a service."""

from __future__ import annotations

import re
from typing import Any

from tjkg.ask.answer import Answer
from tjkg.ask.answers.phrases import join
from tjkg.ask.applying import as_applicant, person_asking
from tjkg.ask.content import said as said_words
from tjkg.ask.eligibility import ServiceVerdict
from tjkg.ask.person import Person
from tjkg.ask.question import Question
from tjkg.ask.retrieve import grams
from tjkg.ask.sentences import listed, tell, titles

__all__ = ["may_get", "services_for"]

Json = dict[str, Any]
# That something is as a rule asks, right after it.
_MET = "[^，。？！]{0,8}(?:符合|没问题|达标|合规|核过|过关|没超|不超)"

def _labels(q: Question, facts: list[str]) -> list[str]:
    known = q.snapshot.facts
    return [known[f]["english" if q.lang == "en" else "label"] for f in facts if f in known]


def _named_for(q: Question, groups: list[list[str]]) -> list[str]:
    """Services whose audience names every one of the groups (each given with its alternatives), or kinds of them."""
    kinds = [set().union(*(q.snapshot.below(g) for g in alternatives)) for alternatives in groups]
    return [
        name for name, service in q.snapshot.services.items()
        if kinds and all({g["name"] for g in service["groups"]} & kind for kind in kinds)
    ]


def services_for(q: Question) -> Answer:
    """The services of a described person or a group: certain ones, then those that depend, everybody's last."""
    found = Answer(intent="services_for")
    person = q.person
    groups = [g for g in q.group_choices if not any(map(q.snapshot.services_for_all, g))]
    sure: list[str] = []
    maybe: list[str] = []
    everybody: list[str] = []
    out: set[str] = set()
    kinds = q.implied_groups | q.stated_groups
    wide = set().union(*(q.snapshot.above(g) for g in q.groups)) - {g for g in q.snapshot.broader if q.snapshot.services_for_all(g)}
    themed = {x.service for x in q.links.ranked if x.score >= 0.2}
    if person.facts:
        for name, verdict in q.eligibility.verdicts(person).items():
            if verdict.verdict == "ineligible":
                out.add(name)
            elif verdict.verdict == "eligible":
                (everybody if verdict.universal else sure).append(name)
            elif (
                (verdict.touched and (q.described or name in themed)) or _kin(q, verdict, name) or verdict.ordinary == "eligible" and not verdict.universal
                or _near(q, verdict, person) or _names(q, name, kinds | wide)
            ):
                maybe.append(name)
            for result in verdict.results:
                if name in (*sure, *maybe):
                    for reason in result["because"]:
                        if reason["met"] is True:
                            found.cite(reason, name)
    elif groups == [] and q.groups:
        everybody = [n for n, s in q.snapshot.services.items() if s["universal"]]
    for name in _named_for(q, groups):
        if name not in out and name not in (*sure, *maybe, *everybody):
            maybe.append(name)
    if q.own_links.named and (person.facts or groups):
        for service in q.own_links.services:
            if service not in out and service not in sure and service not in maybe:
                maybe.append(service)
    shared = set(_named_for(q, groups)) if len(groups) > 1 and _of_both(q) else set()
    if shared:
        sure, maybe, everybody = ([n for n in names if n in shared] for names in (sure, maybe, everybody))
    if _theme_only(q):
        sure, maybe, everybody = ([n for n in names if _in_theme(q, n)] or [] for names in (sure, maybe, everybody))
    sure, maybe, everybody = (_themed(q, names) for names in (sure, maybe, everybody))
    return _told(q, found, person, sure, maybe, everybody)


def _near(q: Question, verdict: ServiceVerdict, person: Person) -> bool:
    """Whether all that is still open belongs to the subject (work, school, disability …) of what was said."""
    facts = q.snapshot.facts
    subjects = {facts[f]["group"] for f in person.facts if f not in ("age", "hukou", "residence", "sex")}
    missing = verdict.gather("missing")
    left = [f for f in missing if f in facts and f not in ("age", "hukou", "residence")]
    return verdict.ordinary != "ineligible" and bool(left) and all(facts[f]["group"] in subjects and not facts[f]["multiple"] for f in left)


def _kin(q: Question, verdict: ServiceVerdict, service: str) -> bool:
    """Whether only the kind of identity is open, and the service is for groups of the same family
    (烈士遗属 and 定期抚恤补助对象 are both 优抚对象)."""
    facts = q.snapshot.facts
    left = [f for f in verdict.gather("missing") if f in facts and f not in ("age", "hukou", "residence")]
    if not left or not all(facts[f]["multiple"] and f in q.person.facts for f in left):
        return False
    family = {b for g in q.groups for b in q.snapshot.broader.get(g, ())}
    cells = " ".join(row["target"] for row in q.service(service)["standards"])
    family = {b for b in family if b in cells}  # a kind that the service itself is for
    return any(family & set(q.snapshot.broader.get(g["name"], ())) for g in q.service(service)["groups"])


def _names(q: Question, service: str, kinds: set[str]) -> bool:
    """Whether a service's audience names one of the groups, or the plan gives it to a kind of them."""
    return bool({g["name"] for g in q.service(service)["groups"]} & kinds)


def _of_both(q: Question) -> bool:
    """Whether what two groups have in common is asked for: 职工和灵活就业人员都能参加的, 既覆盖…又覆盖…的."""
    if re.search(r"(?:既|同时|又|也)(?:以|把|将|覆盖|面向|包括|包含|涵盖|针对|惠及|保障|服务|管|帮|照顾)", q.reading.text):
        return True
    if re.search(r"给[^，。？！]{1,8}也给", q.reading.text):
        return True
    if any(n.unit == "岁" for n in q.reading.numbers):
        return False  # somebody is described, of whom both are true
    spans = sorted({(m.start, m.end) for m in q.reading.of("group")})
    apart = any(re.fullmatch("”?[和跟与及、]“?", q.reading.text[b:c]) for _, b in spans for c, _ in spans)
    return apart and re.search("[都均](?:能|是|属|可以?|算|点名|有份|享|管|沾|在|写)|共有|共用|共享|同时(?:列|写|点|提)|两头|共同|一块儿?能", q.reading.text) is not None


def _theme_only(q: Question) -> bool:
    """Whether only the services of a field are asked for: 健康方面管她点嘛."""
    return bool(q.themes) and not q.own_links.named


def _in_theme(q: Question, service: str) -> bool:
    """Whether a service belongs to the field asked for, by its place or by its name."""
    s = q.service(service)
    return bool({s["domain"], s["category"], s["section"]} & q.themes) or any(w in service for w in q.theme_words)


def _themed(q: Question, names: list[str]) -> list[str]:
    """Those of the domain or section that is named first."""
    places = {name for _, name in q.places}
    return sorted(names, key=lambda n: not {q.service(n)["domain"], q.service(n)["category"], q.service(n)["section"]} & places)


def _told(q: Question, found: Answer, person: Person, sure: list[str], maybe: list[str], everybody: list[str]) -> Answer:
    lines = []
    if sure:
        lines.append(tell("gets", q.lang, services=q.listed(sure)))
    if maybe:
        lines.append(tell("may-get", q.lang, services=q.listed(maybe)))
    if everybody:
        lines.append(tell("all-get", q.lang, services=q.listed(everybody)))
    found.name(*sure, *maybe, *everybody)
    verdicts = q.eligibility.verdicts(person) if person.facts else {}
    missing: list[str] = []
    for name in maybe:
        if name in verdicts:
            missing += [f for f in verdicts[name].gather("missing") if f not in missing]
    found.missing = missing
    if missing:
        lines.append(tell("need", q.lang, facts=listed(_labels(q, missing)[:6], q.lang)))
    found.text = "\n".join(lines)
    found.answered = bool(found.services)
    found.table = (
        titles("columns-services", q.lang),
        [
            [q.called(n), applies, q.service(n)["category"]]
            for names, applies in zip((sure, maybe, everybody), titles("applies", q.lang), strict=True) for n in names
        ],
    )
    group = q.groups[0] if q.groups else None
    found.sparql = q.sparql("services-of-group", group=group) if group else q.sparql("all-services")
    if not found.services:
        found.silence = "not_said"
        found.text = tell("ask-who", q.lang)
    return found


# ---------------------------------------------------------------- may somebody get a service


def may_get(q: Question) -> Answer:
    """Whether the described person may get a service: yes, no or it depends, and on which words of the plan."""
    found = Answer(intent="may_get")
    services, verdict, person = _likeliest(q)
    found.name(services[0])
    if verdict is None:
        found.answered, found.silence = False, "not_said"
        found.text = tell("ask-who", q.lang)
        return found
    found.verdict = verdict.verdict
    results = [r for r in verdict.results if r["verdict"] == verdict.verdict] or verdict.results
    wanted = _rows_meant(person, verdict.results) or results
    if len(wanted) < len(verdict.results):
        order = {"eligible": 0, "depends": 1, "ineligible": 2}
        found.verdict = min((r["verdict"] for r in wanted), key=lambda v: order[v])
        results = [r for r in wanted if r["verdict"] == found.verdict]
    if found.verdict == "depends" and _rules_met(q, results):
        found.verdict = "eligible"
    _benefit_meant(q, services[0], found, results)
    if person.age_unsure and "age" not in found.missing:
        found.missing.append("age")
    why = _why(q, found, results)
    found.text = tell(found.verdict or "depends", q.lang, service=q.called(services[0]), why=why)
    for result in results:
        for reason in result["because"]:
            if reason["met"] is (found.verdict == "eligible") or (found.verdict == "depends" and reason["met"] is None):
                found.cite(reason, services[0])
    target = q.service(services[0])["standards"][0]
    found.cite(target["places"]["target"], services[0])
    found.sparql = q.sparql("standards-of-service", service=services[0])
    return found


def _likeliest(q: Question) -> tuple[list[str], ServiceVerdict | None, Person]:
    """The service asked for; of several that the words fit alike, the one the person is nearest to."""
    order = {"eligible": 0, "depends": 1, "ineligible": 2}
    said = said_words(q.reading)
    if q.links.named:
        candidates = q.asked_services[:1]
        at = {(x.mention.start, x.mention.end) for x in q.links.named if x.service in candidates and x.mention}
        candidates += [x.service for x in q.links.named if x.mention and (x.mention.start, x.mention.end) in at and x.service not in candidates]
        short = next((x.mention.text for x in q.links.named if x.service == candidates[0] and x.mention and x.how == "spoken"), "")
        if len(short) > 1:  # 学杂费 is in the names of several
            candidates += [n for n in q.snapshot.names if short in n and n not in candidates]
    else:
        candidates = [x.service for x in q.links.ranked if x.score >= 0.5 * q.links.ranked[0].score][: 1 if q.links.clear else 4]
    near = {*q.links.services, *(candidates if q.links.named else ())}
    tried: list[tuple[tuple[int, int, int], str, ServiceVerdict | None, Person]] = []
    for rank, service in enumerate(candidates):
        person = person_asking(q, service)
        verdict = q.eligibility.verdict(as_applicant(q, person, service), service)
        settled = verdict.settled if verdict else 0
        other_fits = bool(tried) and tried[0][0][0] == 2 and verdict is not None and verdict.verdict != "ineligible" and (
            grams(said) & grams(candidates[0]) <= grams(service)  # 学杂费 of a pupil of another school
        )
        if tried and service not in near and not other_fits and (q.links.ranked[0].score > 0.5 or settled < max(1, -tried[0][0][1] + 2)):
            continue  # words point elsewhere, and the person is not described for this one
        tried.append(((order[verdict.verdict] if verdict else 3, -settled, rank), service, verdict, person))
    _, service, verdict, person = min(tried, key=lambda t: t[0])
    return [service], verdict, person


def _rows_meant(person: Person, results: list[Json]) -> list[Json]:
    """Of a service with several rows, those whose applicant is the one described."""
    if person.about == "person" or len(results) < 2:
        return []
    return [r for r in results if r["verdict"] != "ineligible"]


def _rules_met(q: Question, results: list[Json]) -> bool:
    """Whether only rules are open, and the question says that they are met: 财产也符合规定."""
    open_ = [rule for r in results for rule in r["delegated"]]
    known = [f for r in results for f in (*r["missing"], *r["plan_silent"], *r["readings"])]
    return bool(open_) and not known and all(
        any(re.search(f"{re.escape(g)}{_MET}", q.reading.text) for g in grams(rule)) for rule in open_
    )


def _benefit_meant(q: Question, service: str, found: Answer, results: list[Json]) -> None:
    """Where the question names one of a service's benefits, its own verdict counts."""
    from tjkg.ask.answers.cases import named_benefits

    benefits = [b for r in results for b in r["benefits"]]
    meant = named_benefits(q, service, benefits)
    if person_asking(q, service).about == "person" and any(
        w.about for m in q.reading.of("word") for w in [q.snapshot.words[m.key]]
        if any(n.start <= m.start and m.end <= n.end for n in q.reading.of("service", "item"))
    ):
        return  # 老人食堂 is where the meal is had, not who gets the money
    if meant and len(meant) < len(benefits):
        order = {"eligible": 0, "depends": 1, "ineligible": 2}
        found.verdict = min((b["verdict"] for b in meant), key=lambda v: order[v])
        for b in meant:
            found.cite(b, service)
            found.missing += [m for m in b.get("missing", ()) if m not in found.missing]


def _why(q: Question, found: Answer, results: list[Json]) -> str:
    told: list[str] = []
    if found.verdict == "ineligible":
        places = [row["places"]["target"] for row in q.service(found.services[0])["standards"]]
        reasons = [r for result in results for r in result["because"] if r["met"] is False and r["quote"]]
        own = [r for r in reasons if any(p["start"] <= r["start"] < p["end"] for p in places if p["start"] is not None)]
        unmet = [r["quote"] for r in own or reasons]
        told += [tell("why-not-met", q.lang, quote=quote) for quote in list(dict.fromkeys(unmet))[:3]]
        if not told:
            target = q.service(found.services[0])["standards"][0]["target"]
            told.append(tell("only-audience", q.lang, text=target))
    elif found.verdict == "depends":
        for result in results:
            found.missing += [f for f in result["missing"] if f not in found.missing]
            rules, silent, readings = result["delegated"], result["plan_silent"], result["readings"]
            if rules and not found.left_to:
                found.left_to = "；".join(rules)
            told += [tell("why-rule", q.lang, rule=r) for r in rules]
            told += [tell("why-silent", q.lang, term=t.replace("“", "‘").replace("”", "’")) for t in silent]
            told += [tell("why-reading", q.lang, readings=r) for r in readings]
        if labels := _labels(q, found.missing):
            told.insert(0, tell("why-missing", q.lang, facts=listed(labels[:5], q.lang)))
    return join(q, told) or "—"
