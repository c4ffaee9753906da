"""How much: amounts and rates of a service, or of the case that the question describes."""

from __future__ import annotations

import re
from typing import Any

from tjkg.ask.answer import Answer
from tjkg.ask.answers.cases import cases, computed, possible, telling
from tjkg.ask.answers.phrases import amount, join, number
from tjkg.ask.answers.silence import foreign, mentioned, open_sum, silent, verbatim
from tjkg.ask.answers.wording import plain, value_object
from tjkg.ask.applying import as_applicant
from tjkg.ask.question import Question
from tjkg.ask.retrieve import grams
from tjkg.ask.sentences import tell, titles

__all__ = ["amounts", "for_person", "rates"]

Json = dict[str, Any]
_MONEY_ROLES = "grant", "cap", "floor", "average", "increment", "threshold", "rate"
# Money that somebody pays in, not gets: 一年交多少.
# Both ends of a range are asked for.
_RANGE = r"最少[^，。？！]{0,4}最多|最多[^，。？！]{0,4}最少|最低[^，。？！]{0,4}最高|最高[^，。？！]{0,4}最低|区间|范围|幅度|从多少到多少|多少到多少|上下限|起止"
# A difference of two sums is asked for.
_GAP = r"差(?:了|的)?(?:多少|几)|相差|差额|[高低多少](?:出|了)?(?:多少|几百|几十|几块)"
# What somebody is charged is asked for, not what is given.
_CHARGED = r"卖(?:多少|几)|(?:收费|票价|价格|价钱|售价|门票|饭钱|伙食费|工本费|床位费|押金)(?:标准)?[^，。？！]{0,4}(?:多少|几)|(?:收|交|花|掏)(?:我|我们|人家|个人|自己)?(?:多少|几)钱?"
_PAYING_IN = r"(?:个人|自己)?缴费(?:标准|档次|金额|数额)|(?<!已)(?:[交缴]|缴纳|交纳)(?:费)?(?:多少|几|个多少)"
# The sum for one head is asked for, not the total: 按每人多少.
_A_HEAD = r"按?每(?:安置|帮扶|招)?[一1]?[个名]?(?:人|户)(?:给|补|奖|是|各)?(?:多少|几)"
# A service that the words say so clearly is the one meant, whoever is described.
_ALL_BUT, _APART = 0.95, 0.05  # so much of the words, and so much more than of the next, all but names a service
_ALIKE = 0.8  # of two services held against each other, the words speak of each so much
_LIKELY = 0.45  # one that they say fairly clearly is, if the person described may have it at all
_CLEAR = 0.6
# A group that no more services than these name tells a service by itself.
_FEW = 4


# ---------------------------------------------------------------- intents


def amounts(q: Question) -> Answer:
    """The sums a service gives, of the case described; else that the plan leaves them open, and to whom."""
    found = Answer(intent="amount")
    if sentences := verbatim(q):
        if (service := sentences[0].service) is None or any(s.service != service for s in sentences):
            return mentioned(q, sentences)
        found.name(service)
        found.text = _amounts_of(q, service, found)
        found.answered = bool(found.values)
        found.sparql = q.sparql("amounts-of-service", service=service)
        return found
    if re.search(_CHARGED, q.reading.text) and q.strong and not re.search(_PAYING_IN, q.reading.text):
        return _charged(q, found)
    if re.search(_PAYING_IN, q.reading.text):
        return _paid_in(q, found)
    lines = []
    services = for_person(q, _with_period(q, q.links.services)[:3])
    if q.compared:
        like = [] if q.links.named else [x for x in q.links.ranked if x.score >= _ALIKE * q.links.ranked[0].score][:2]
        services = list(dict.fromkeys([*services, *(x.service for x in [*like, *q.links.every])]))[:3]
    for service in services:
        found.name(service)
        lines += _not_theirs(q, service, found)
        lines.append(_amounts_of(q, service, found))
    return _told(q, found, lines)


def _told(q: Question, found: Answer, lines: list[str]) -> Answer:
    """The answer with its lines; where it has a value, nothing is silent."""
    found.text = "\n".join(lines)
    found.answered = bool(found.values)
    if found.values:
        found.silence = found.left_to = None
    found.sparql = q.sparql("amounts-of-service", service=found.services[0]) if found.services else ""
    return found


def _not_theirs(q: Question, service: str, found: Answer) -> list[str]:
    """That somebody of the age said does not get the service they name (80岁的高龄津贴)."""
    person = q.person_besides([service])
    if not q.links.named or "age" not in person.words or not any(n.unit == "岁" for n in q.reading.numbers):
        return []
    verdict = q.eligibility.verdict(person, service)
    if verdict is None or verdict.verdict != "ineligible":
        return []
    unmet = [r for result in verdict.results for r in result["because"] if r["met"] is False and r["quote"]]
    if not unmet:
        return []
    found.verdict = "ineligible"
    for reason in unmet[:1]:
        found.cite(reason, service)
    return [tell("ineligible", q.lang, service=q.called(service), why=tell("why-not-met", q.lang, quote=unmet[0]["quote"]))]


def _charged(q: Question, found: Answer) -> Answer:
    """That the plan sets what is given, and does not state what is charged."""
    service = q.links.services[0]
    found.name(service)
    found.answered = False
    found.text = silent(q, service, found, tell("what-charge", q.lang))
    found.sparql = q.sparql("standards-of-service", service=service)
    return found


def _paid_in(q: Question, found: Answer) -> Answer:
    """What somebody pays into a scheme: its contribution rates; else that the plan does not say."""
    if any(q.service(s)["contributions"] for s in q.links.services[:1]):
        return rates(q)
    service = q.links.services[0]
    found.name(service)
    found.answered = False
    found.text = silent(q, service, found, tell("what-amount", q.lang))
    found.sparql = q.sparql("payers-of-service", service=service)
    return found


def _with_period(q: Question, services: list[str]) -> list[str]:
    """Of services that only their words point to, those that pay by the month, year or once, as is asked."""
    if q.links.named or q.links.clear:
        return services
    if services and _meant(q, _LIKELY) and not any(b["currency"] for b in q.service(services[0])["benefits"]):
        return services
    wanted = next((p for cue, p in (("monthly", "每月"), ("yearly", "每年"), ("once", "一次性")) if q.reading.has(cue)), None)
    if wanted is None:
        return services
    def periods(name: str) -> set[str]:
        return {b["period"] for b in q.service(name)["benefits"] if b["period"] and (b["value"] is not None or b["min"] is not None)}

    if not services or wanted in periods(services[0]):
        return services
    if not periods(services[0]) and any(b["currency"] and b["value"] is not None for b in q.service(services[0])["benefits"]):
        return services
    kinds = set().union(*(q.snapshot.below(g) for g in q.groups)) if q.groups else set()
    def theirs(name: str) -> bool:
        return bool({g["name"] for g in q.service(name)["groups"]} & kinds)

    near = [r.service for r in q.links.ranked if r.score >= 0.6 * q.links.ranked[0].score or (r.score >= 0.2 and theirs(r.service))]
    named = [g["name"] for s in q.snapshot.services.values() for g in s["groups"]]
    few = any(0 < named.count(g) <= _FEW for g in q.groups)
    # who is named counts more than how much the words are alike
    pools = [[n for n in near if theirs(n)], [n for n in q.snapshot.names if few and theirs(n)], near]
    kept = next((found for pool in pools if (found := [n for n in pool if wanted in periods(n)])), [])
    return kept[:1] or services


def for_person(q: Question, services: list[str]) -> list[str]:
    """Of services that nobody named, those that pay and that the person described gets as most people like them do."""
    if q.links.named or not q.person.facts or q.compared or (services and _meant(q, _CLEAR) and q.person.about in ("person", "household")):
        return services
    if q.person.about not in ("person", "household"):  # what is told of an employer or a shop is one service's own
        mine = [n for n in q.snapshot.names if (v := q.eligibility.verdict(q.person, n)) and v.settled and v.verdict != "ineligible"]
        if len(mine) == 1:
            return mine
    if services and _meant(q, _LIKELY):
        verdict = q.eligibility.verdict(as_applicant(q, q.person, services[0]), services[0])
        if verdict is None or verdict.verdict != "ineligible":
            return services[:1]
    kinds = q.stated_groups | q.implied_groups | set().union(*(q.snapshot.below(g) for g in q.groups))
    pool = list(dict.fromkeys([
        *services, *(x.service for x in q.links.ranked[:5]),
        *(n for n, s in q.snapshot.services.items() if {g["name"] for g in s["groups"]} & kinds),
    ]))
    wanted = next((p for cue, p in (("monthly", "每月"), ("yearly", "每年"), ("once", "一次性")) if q.reading.has(cue)), None)
    named = [g["name"] for s in q.snapshot.services.values() for g in s["groups"]]
    rare = {g: named.count(g) for g in {*q.groups, *q.age_groups} if 0 < named.count(g) <= _FEW}
    several = q.reading.has("each") or re.search(_GAP, q.reading.text) is not None
    kept = []
    for name in pool:
        pays = [b for b in q.service(name)["benefits"] if b["currency"] and b["value"] is not None and b["role"] != "threshold"]
        if not pays or (wanted and not any(b["period"] == wanted for b in pays)):
            continue
        verdict = q.eligibility.verdict(as_applicant(q, q.person, name), name)
        exact = min((rare[g["name"]] for g in q.service(name)["groups"] if g["name"] in rare), default=0)
        if verdict and verdict.verdict != "ineligible" and (exact or "eligible" in (verdict.verdict, verdict.ordinary)):
            kept.append((exact or len(named), several and len(pays) < 2, -verdict.settled, pool.index(name), name))
    best = [name for *_, name in sorted(kept)]
    if not best or (services and services[0] in best[:1]):
        return services[:1] if best else services
    return best[:2]


def _meant(q: Question, enough: float) -> bool:
    """Whether the words speak of the best service so much, and of no other alike (or all but name it)."""
    top, next_ = ([x.score for x in q.links.ranked[:2]] + [0.0])[:2]
    return (top >= _ALL_BUT and top - next_ > _APART) or (top >= enough and not _tied(q))


def _tied(q: Question) -> bool:
    """Whether the words point to several services alike."""
    return len(q.links.best) > 1


def _amounts_of(q: Question, service: str, found: Answer) -> str:
    benefits = q.service(service)["benefits"]
    money = [b for b in benefits if b["role"] in _MONEY_ROLES and (b["currency"] or b["of"] or b["times"])]
    if missing := foreign(q, service):
        return silent(q, service, found, tell("what-this", q.lang, text=missing))
    if not any(b["value"] is not None or b["min"] is not None for b in money if b["currency"]):
        rates_only = [b for b in money if b["role"] == "rate" and b["value"] is not None]
        if rates_only and q.reading.has("reimburse", "ratio"):
            return _tell_values(q, service, cases(q, service, rates_only), found)
        return open_sum(q, service, found)
    wanted = cases(q, service, [b for b in money if b["role"] != "threshold"] or money)
    wanted = [end for b in wanted for end in _ends_asked(q, b)]
    if q.reading.has("cap") and any(b["role"] == "cap" for b in wanted):
        wanted = [b for b in wanted if b["role"] == "cap"]
    elif q.reading.has("cap") and (caps := [b for b in possible(q, service, money) if b["role"] == "cap"]):
        wanted = [*wanted, *telling(q, service, caps)]
    totals = [] if re.search(_A_HEAD, q.reading.text) else computed(q, service, possible(q, service, money))
    if totals:
        wanted = totals
    elif len(wanted) > 1 and any(b["currency"] for b in wanted) and not q.reading.has("reimburse", "ratio"):
        tied = [b for b in wanted if b["role"] != "increment"]
        wanted = tied or wanted
    return _tell_values(q, service, wanted, found)


def _ends_asked(q: Question, b: Json) -> list[Json]:
    """The end of a range that is asked for (最多 of 430至6870元), both where the range is; else the benefit as it is."""
    ends = ["min", "max"] if re.search(_RANGE, q.reading.text) else ["max"] if q.reading.has("cap", "max") else ["min"] if q.reading.has("floor", "min") else []
    if not ends or b["value"] is not None or b["min"] is None or b["max"] is None:
        return [b]
    return [{**b, "value": b[end], "operator": "<=" if end == "max" else ">=", "derived": b["text"]} for end in ends]


def _gap(q: Question, nodes: list[Json]) -> list[Json]:
    """The difference of two sums, where it is asked for: 差多少, 高多少."""
    sums = [n for n in nodes if n["value"] is not None and n["role"] != "cap"]
    if not re.search(_GAP, q.reading.text) or len(sums) != 2 or sums[0]["unit"] != sums[1]["unit"]:
        return []
    high, low = sorted((n["value"] for n in sums), reverse=True)
    gap = {**sums[0], "id": None, "operator": "=", "value": high - low, "text": f"{plain(high - low)}{sums[0]['unit']}", "item": tell("gap", q.lang),
           "recipient": None, "condition": None, "bracket": None, "derived": f"{plain(high)} − {plain(low)}"}
    return [gap]


def _tell_values(q: Question, service: str, nodes: list[Json], found: Answer) -> str:
    nodes = [*nodes, *_gap(q, nodes)]
    for node in nodes:
        found.values.append(value_object(service, node))
        found.cite(node, service)
    found.table = (titles("columns-amounts", q.lang), (found.table[1] if found.table else []) + [
        [q.called(service), n["condition"] or n["item"], number(q, n), n["line"]] for n in nodes
    ])
    return tell("amount", q.lang, service=q.called(service), amounts=join(q, [amount(q, n, service) for n in nodes]))


def rates(q: Question) -> Answer:
    """The percentages of a service: of costs, of wages, of a level of service."""
    found = Answer(intent="rate")
    lines = []
    for service in q.links.services[:2]:
        entry = q.service(service)
        nodes = [b for b in entry["benefits"] if b["unit"] == "%" and b["value"] is not None]
        nodes += [x for x in entry["limits"] if x["unit"] == "%" and x["value"] is not None]
        if not nodes and not entry["contributions"]:
            said_of = grams(q.content) - grams(service)
            levels = [c for c in entry["coverage_targets"] if c["unit"] == "%" and c["value"] is not None]
            nodes = levels if q.reading.has("target", "coverage") else [c for c in levels if said_of & grams(c["quote"])]
        nodes += [
            {**c, "value": c["rate"], "operator": "=", "text": f"{plain(c['rate'])}{c['unit']}", "role": "contribution",
             "item": c["payer"], "condition": None, "recipient": None, "per": None, "period": None, "bracket": None,
             "derived": None, "of": c["base"], "times": None}
            for c in entry["contributions"]
        ]
        found.name(service)
        missing = foreign(q, service)
        if missing or not nodes:
            what = tell("what-this", q.lang, text=missing) if missing else tell("what-rate", q.lang)
            lines.append(open_sum(q, service, found) if not missing and not nodes else silent(q, service, found, what))
            continue
        kept = cases(q, service, nodes)
        for node in kept:
            found.values.append(value_object(service, node))
            found.cite(node, service)
        lines.append(tell("amount", q.lang, service=q.called(service), amounts=join(q, [_rate(q, n, service) for n in kept])))
    return _told(q, found, lines)


def _rate(q: Question, n: Json, service: str) -> str:
    if n.get("role") == "contribution":
        return tell("contributes", q.lang, payer=q.called(n["item"], "payer"), base=n["of"], rate=n["text"])
    if "benefitRole" in n or n.get("item"):
        return amount(q, n, service)
    return f"{n.get('subject') or ''}{number(q, n)}"
