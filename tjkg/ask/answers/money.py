"""How much: amounts and rates of a service, or of the case that the question describes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from tjkg.ask.answer import Answer
from tjkg.ask.answers.phrases import amount, join, number
from tjkg.ask.answers.wording import plain, value_object
from tjkg.ask.linking import said
from tjkg.ask.question import Question
from tjkg.ask.retrieve import grams
from tjkg.ask.sentences import tell, titles
from tjkg.ask.snapshot import Paragraph

__all__ = ["amounts", "cases", "for_person", "mentioned", "named_benefits", "rates", "verbatim"]

Json = dict[str, Any]
_MONEY_ROLES = "grant", "cap", "floor", "average", "increment", "threshold", "rate"
_PRICE = r"\d[\d.万亿]*元"
# Money that somebody pays in, not gets: 一年交多少.
_PAYING_IN = r"(?:个人|自己)?缴费(?:标准|档次|金额|数额)|(?<!已)(?:[交缴]|缴纳|交纳)(?:费)?(?:多少|几|个多少)"
# What another rule is called; a mechanism of raising (自然增长机制) gives no amount.
_RULE = r"规定|标准|政策|办法|制度|意见|条例|通知|目录|规范|法"
# The sum for one head is asked for, not the total: 按每人多少.
_A_HEAD = r"按?每(?:安置|帮扶|招)?[一1]?[个名]?(?:人|户)(?:给|补|奖|是|各)?(?:多少|几)"
# A group that no more services than these name tells a service by itself.
# A service that the words say so clearly is the one meant, whoever is described.
_CLEAR = 0.6
_FEW = 4
# A per such as 每安置1人或每间接帮扶2户: verb, how many, unit.
_PER = r"每(?:多)?(?:直接|间接)?([\u4e00-\u9fff]*?)(\d+)(人|户)"


def _fields(b: Json) -> tuple[str, str]:
    """(name, circumstances) of a benefit: the words that tell it from others of its service."""
    name = (b.get("item"), b.get("subject"), b.get("payer"), b.get("recipient"))
    rest = (b.get("condition"), b.get("of"), b.get("base"))
    return " ".join(w for w in name if w), " ".join(w for w in rest if w)


def _said(q: Question, service: str) -> set[str]:
    """The question's words without those that only name the service."""
    names = [m.text for m in q.reading.of("service") if m.key == service and m.how != "name"]
    asking = [m.text for cue in ("reimburse", "ratio", "money", "standard") for m in q.reading.cues.get(cue, ())]
    return grams(q.content) - grams(service) - grams(" ".join(names + asking))


def _telling(q: Question, service: str, nodes: list[Json]) -> list[Json]:
    """The nodes that share most of the question's words that not all nodes share; all when none tells.

    The name of a benefit counts twice, what it depends on once.
    """
    if q.reading.has("each"):
        return nodes
    asked = _said(q, service)
    rows = q.service(service)["standards"]
    audience = grams(rows[0]["target"]) if len(rows) == 1 else set()
    pairs = [
        (grams(name), grams(f"{rest} {_target_of(q, service, n)}") - audience) for n in nodes for name, rest in (_fields(n),)
    ]
    common = set.intersection(*(a | b for a, b in pairs)) if pairs else set()
    index = q.snapshot.sentence_index
    scores = [sum(index.rarity(g) * (2 if g in a else 1) for g in ((a | b) & asked) - common) for a, b in pairs]
    best = max(scores, default=0.0)
    return [n for n, s in zip(nodes, scores, strict=True) if s >= 0.6 * best] if best > 0 else nodes


def cases(q: Question, service: str, nodes: list[Json]) -> list[Json]:
    """The benefits of the case that is described: by the facts stated, then by the words said."""
    both_ways = any(m.how == "gap" for m in q.reading.cues.get("each", ()))  # 重度的和非重度的
    if not both_ways:
        nodes = _possible(q, service, nodes)
    return _by_bracket(q, _telling(q, service, _named_items(q, service, nodes)))


def _named_items(q: Question, service: str, nodes: list[Json]) -> list[Json]:
    """Of benefits with names of their own, those whose name is part of the name the question uses (重残护理补贴)."""
    said = [m.text for m in q.reading.of("service", "item") if m.key.split("\t")[0] == service]
    if q.reading.has("each") or len({n.get("item") for n in nodes}) < 2 or any(m == service for m in said):
        return nodes
    items = [n.get("item") or "" for n in nodes]
    tails = [i for i in items if len(i) > 3 and any(len(m) > 3 and (i.endswith(m[-4:]) or m in i) for m in said)]
    return [n for n in nodes if n.get("item") in tails] or nodes


def _possible(q: Question, service: str, nodes: list[Json]) -> list[Json]:
    """The benefits that what is said of the person does not rule out; all when it rules out all."""
    person = q.person_besides([service])
    verdicts = q.eligibility.verdict(person, service) if person.facts else None
    if verdicts is None:
        return nodes
    told = verdicts.benefits
    return [n for n in nodes if told.get(n.get("id", ""), "depends") != "ineligible"] or nodes


def _target_of(q: Question, service: str, node: Json) -> str:
    """The audience of the row a benefit stands in, where a service has several rows."""
    rows = q.service(service)["standards"]
    numbers = node.get("standard")
    wanted = numbers if isinstance(numbers, list) else [numbers]
    return " ".join(r["target"] for r in rows if r["number"] in wanted) if len(rows) > 1 else ""


def _by_bracket(q: Question, nodes: list[Json]) -> list[Json]:
    """Of tiers by a sum of money, the one that a sum in the question falls into (below or above which it lies)."""
    sums = [n for n in q.reading.numbers if n.value >= 100 and n.unit in (None, "元")]
    tiers = [n for n in nodes if n.get("bracket") and n["role"] == "rate"]
    if not sums or len(tiers) < 2:
        return nodes
    said = sums[0]
    step = {"<": -1, "<=": -1, ">": 1, ">=": 1}.get(said.operator, 0)
    hit = [n for n in tiers if _within(float(said.value) + step, n["bracket"])]
    return hit or nodes


def _within(value: float, bracket: Json) -> bool:
    low, high = bracket["from"], bracket["to"]
    above = low is None or value > low or (value == low and bracket["from_included"])
    below = high is None or value < high or (value == high and bracket["to_included"])
    return above and below


def _computed(q: Question, service: str, nodes: Iterable[Json]) -> list[Json]:
    """What tiers per head come to for the heads that were said: 7 × 15000; 200000 + 2 × 20000."""
    facts = q.person_besides([service]).facts
    heads = {"人": facts.get("base_placed"), "户": facts.get("base_families")}
    found: list[Json] = []
    nodes = list(nodes)
    for n in nodes:
        for _, step, unit in re.findall(_PER, n.get("per") or ""):
            count = heads.get(unit)
            if not isinstance(count, int) or n.get("value") is None:
                continue
            if n["role"] == "grant":
                units = count // int(step)
                found.append(_total(n, units * n["value"], f"{units} × {plain(n['value'])}"))
            elif n["role"] == "increment":
                base = next((b for b in nodes if b["role"] == "grant" and b.get("bracket") and b["bracket"]["to"] is None and not re.search(_PER, b.get("per") or "")), None)
                start = _start(base, unit) if base else None
                if base and start is not None and count > start:
                    units = (count - start) // int(step)
                    found.append(_total(n, base["value"] + units * n["value"], f"{plain(base['value'])} + {units} × {plain(n['value'])}"))
    return found


def _start(base: Json, unit: str) -> int | None:
    """From how many heads a tier starts: 直接安置10人或间接帮扶20户的."""
    match = re.search(rf"(\d+){unit}", base.get("condition") or "")
    return int(match[1]) if match else None


def _total(n: Json, value: float, how: str) -> Json:
    total = int(value) if value == int(value) else value
    return {**n, "value": total, "operator": "=", "per": None, "text": f"{total}{n['unit']}", "derived": how}


def named_benefits(q: Question, service: str, benefits: list[Json]) -> list[Json]:
    """The benefits of a service that the name used in the question tells from its others (生活补贴, 护理补贴)."""
    named = grams("".join(m.text for m in q.reading.of("service", "item") if m.key.split("\t")[0] == service))
    texts = [grams(" ".join(b.get(k) or "" for k in ("item", "condition", "recipient"))) for b in benefits]
    if len(benefits) < 2 or named >= grams(service):
        return []
    common = set.intersection(*texts)
    index = q.snapshot.sentence_index
    scores = [sum(index.rarity(g) for g in (t & named) - common) for t in texts]
    best = max(scores, default=0.0)
    return [b for b, s in zip(benefits, scores, strict=True) if s >= 0.8 * best] if best > 0 else []


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
    if re.search(_PAYING_IN, q.reading.text):
        return _paid_in(q, found)
    lines = []
    services = for_person(q, _with_period(q, q.links.services)[:3])
    if q.compared:
        services = list(dict.fromkeys([*services, *(x.service for x in q.links.every)]))[:3]
    for service in services:
        found.name(service)
        lines.append(_amounts_of(q, service, found))
    found.text = "\n".join(lines)
    found.answered = bool(found.values)
    if found.values:
        found.silence = found.left_to = None
    found.sparql = q.sparql("amounts-of-service", service=found.services[0]) if found.services else ""
    return found


def _paid_in(q: Question, found: Answer) -> Answer:
    """What somebody pays into a scheme: its contribution rates; else that the plan does not say."""
    if any(q.service(s)["contributions"] for s in q.links.services[:1]):
        return rates(q)
    service = q.links.services[0]
    found.name(service)
    found.answered = False
    found.text = _silent(q, service, found, tell("what-amount", q.lang))
    found.sparql = q.sparql("payers-of-service", service=service)
    return found


def _with_period(q: Question, services: list[str]) -> list[str]:
    """Of services that only their words point to, those that pay by the month, year or once, as is asked."""
    if q.links.named:
        return services
    wanted = next((p for cue, p in (("monthly", "每月"), ("yearly", "每年"), ("once", "一次性")) if q.reading.has(cue)), None)
    if wanted is None:
        return services
    def periods(name: str) -> set[str]:
        return {b["period"] for b in q.service(name)["benefits"] if b["period"] and b["value"] is not None}

    if not services or wanted in periods(services[0]):
        return services
    if not periods(services[0]) and any(b["currency"] and b["value"] is not None for b in q.service(services[0])["benefits"]):
        return services
    kinds = set().union(*(q.snapshot.below(g) for g in q.groups)) if q.groups else set()
    near = [
        r.service for r in q.links.ranked
        if r.score >= 0.6 * q.links.ranked[0].score or (r.score >= 0.2 and {g["name"] for g in q.service(r.service)["groups"]} & kinds)
    ]
    kept = [n for n in near if wanted in periods(n)]
    return kept[:1] or services


def for_person(q: Question, services: list[str]) -> list[str]:
    """Of services that nobody named, those that pay and that the person described gets as most people like them do."""
    if q.links.named or not q.person.facts or q.compared or (services and q.links.ranked[0].score >= _CLEAR):
        return services
    kinds = q.stated_groups | q.implied_groups | set().union(*(q.snapshot.below(g) for g in q.groups))
    pool = list(dict.fromkeys([
        *services, *(x.service for x in q.links.ranked[:5]),
        *(n for n, s in q.snapshot.services.items() if {g["name"] for g in s["groups"]} & kinds),
    ]))
    wanted = next((p for cue, p in (("monthly", "每月"), ("yearly", "每年"), ("once", "一次性")) if q.reading.has(cue)), None)
    named = [g["name"] for s in q.snapshot.services.values() for g in s["groups"]]
    rare = {g for g in q.groups if named.count(g) <= _FEW}
    kept = []
    for name in pool:
        pays = [b for b in q.service(name)["benefits"] if b["currency"] and b["value"] is not None and b["role"] != "threshold"]
        if not pays or (wanted and not any(b["period"] == wanted for b in pays)):
            continue
        verdict = q.eligibility.verdict(q.person, name)
        exact = bool({g["name"] for g in q.service(name)["groups"]} & rare)
        if verdict and verdict.verdict != "ineligible" and (exact or "eligible" in (verdict.verdict, verdict.ordinary)):
            kept.append((-verdict.settled, pool.index(name), name))
    best = [name for _, _, name in sorted(kept)]
    if not best or (services and services[0] in best[:1]):
        return services[:1] if best else services
    return best[:2]


def _amounts_of(q: Question, service: str, found: Answer) -> str:
    benefits = q.service(service)["benefits"]
    money = [b for b in benefits if b["role"] in _MONEY_ROLES and (b["currency"] or b["of"] or b["times"])]
    if missing := _foreign(q, service):
        return _silent(q, service, found, tell("what-this", q.lang, text=missing))
    if not any(b["value"] is not None or b["min"] is not None for b in money if b["currency"]):
        rates_only = [b for b in money if b["role"] == "rate" and b["value"] is not None]
        if rates_only and q.reading.has("reimburse", "ratio"):
            return _tell_values(q, service, cases(q, service, rates_only), found)
        return _open(q, service, found)
    kept = cases(q, service, money)
    wanted = [b for b in kept if b["role"] != "threshold"] or kept
    if q.reading.has("cap") and any(b["role"] == "cap" for b in wanted):
        wanted = [b for b in wanted if b["role"] == "cap"]
    elif q.reading.has("cap") and (caps := [b for b in _possible(q, service, money) if b["role"] == "cap"]):
        wanted = [*wanted, *_telling(q, service, caps)]
    totals = [] if re.search(_A_HEAD, q.reading.text) else _computed(q, service, _possible(q, service, money))
    if totals:
        wanted = totals
    elif len(wanted) > 1 and any(b["currency"] for b in wanted) and not q.reading.has("reimburse", "ratio"):
        tied = [b for b in wanted if b["role"] != "increment"]
        wanted = tied or wanted
    return _tell_values(q, service, wanted, found)


def _tell_values(q: Question, service: str, nodes: list[Json], found: Answer) -> str:
    for node in nodes:
        found.values.append(value_object(service, node))
        found.cite(node, service)
    found.table = (titles("columns-amounts", q.lang), (found.table[1] if found.table else []) + [
        [q.called(service), n["condition"] or n["item"], number(q, n), n["line"]] for n in nodes
    ])
    return tell("amount", q.lang, service=q.called(service), amounts=join(q, [amount(q, n, service) for n in nodes]))


def _foreign(q: Question, service: str) -> str | None:
    """A word of the question that tells benefits of other services apart and that this service does not
    have: 门诊 asked of a service whose cells only speak of 住院."""
    own = " ".join([service] + [row[c] for row in q.service(service)["standards"] for c in ("target", "standard", "funding", "coverage")])
    held = q.reading.of("service", "group", "item", "word", "place")
    for words in q.snapshot.contrasts:
        if not any(w in own for w in words):
            continue
        for word in words:
            at = q.reading.text.find(word)
            if at >= 0 and word not in own and not any(m.start <= at and at + len(word) <= m.end for m in held):
                return word
    return None


def verbatim(q: Question) -> list[Paragraph]:
    """Sentences with the thing asked about word for word, where no service's name is as long as it."""
    named = [link.mention for link in q.links.named if link.mention]
    if not named and (q.groups or q.person.facts):
        return []
    for match in sorted(re.finditer(r"[\u4e00-\u9fff]{4,}", said(q.reading)), key=lambda m: -len(m[0])):
        chunk = match[0].strip("是的有了个给到在")
        inside = [m for m in named if match.start() <= m.start and m.end <= match.end()]
        if len(chunk) < 4 or (named and not (inside and all(m.length < len(chunk) for m in inside))):
            continue
        own = {link.service for link in q.links.named}
        held = [s for s in q.snapshot.sentences if chunk in s.text]
        if held and not any(s.service in own for s in held) and not any(chunk in n for n in q.snapshot.names):
            priced = [s for s in held if re.search(_PRICE, s.text)]
            return (priced or ([] if named else held))[:2]
    return []


def mentioned(q: Question, sentences: list[Paragraph]) -> Answer:
    """What the plan says of a thing that is no service: with a sum if the sentence has one, else that it has none."""
    found = Answer(intent="amount")
    for s in sentences:
        found.cite({"quote": s.text, "line": s.line, "start": s.start, "end": s.start + len(s.text)}, s.service)
    priced = [s for s in sentences if re.search(_PRICE, s.text)]
    if priced and all(s.service is None for s in priced):
        found.text = "\n".join(tell("plan-says", q.lang, line=s.line, quote=s.text) for s in priced)
        return found
    found.answered, found.silence = False, "plan_silent"
    found.text = tell("mentioned-only", q.lang, line=sentences[0].line, quote=sentences[0].text)
    return found


def _silent(q: Question, service: str, found: Answer, what: str) -> str:
    found.silence = found.silence or "plan_silent"
    said = next((r for r in q.service(service)["standards"] if r["standard"]), None)
    text = tell("amount-silent", q.lang, service=q.called(service), what=what)
    if said:
        place = said["places"]["standard"]
        found.cite({**place}, service)
        quote = place["quote"] or said["standard"]
        text += tell("amount-said", q.lang, quote=quote if len(quote) <= 120 else quote[:117] + "……")
    return text


def _open(q: Question, service: str, found: Answer) -> str:
    """No sum in the plan: left to a rule, or not written at all."""
    left = [b for b in q.service(service)["benefits"] if (b["rule"] and re.search(_RULE, b["rule"])) or (b["times"] and b["value"] is not None and not b["currency"])]
    if left:
        left = _telling(q, service, left)
        found.silence = "left_to_rule"
        rules = list(dict.fromkeys(b["rule"] or b["times"] for b in left))
        found.left_to = found.left_to or "；".join(rules)
        for b in left:
            found.cite(b, service)
        text = tell("amount-rule", q.lang, service=q.called(service), rule="；".join(rules))
        return text + tell("amount-said", q.lang, quote="；".join(dict.fromkeys(b["quote"] for b in left)))
    return _silent(q, service, found, tell("what-amount", q.lang))


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
            nodes = [c for c in entry["coverage_targets"] if c["unit"] == "%" and said_of & grams(c["quote"])]
        nodes += [
            {**c, "value": c["rate"], "operator": "=", "text": f"{plain(c['rate'])}{c['unit']}", "role": "contribution",
             "item": c["payer"], "condition": None, "recipient": None, "per": None, "period": None, "bracket": None,
             "derived": None, "of": c["base"], "times": None}
            for c in entry["contributions"]
        ]
        found.name(service)
        missing = _foreign(q, service)
        if missing or not nodes:
            what = tell("what-this", q.lang, text=missing) if missing else tell("what-rate", q.lang)
            lines.append(_open(q, service, found) if not missing and not nodes else _silent(q, service, found, what))
            continue
        kept = cases(q, service, nodes)
        for node in kept:
            found.values.append(value_object(service, node))
            found.cite(node, service)
        lines.append(tell("amount", q.lang, service=q.called(service), amounts=join(q, [_rate(q, n, service) for n in kept])))
    found.text = "\n".join(lines)
    found.answered = bool(found.values)
    if found.values:
        found.silence = found.left_to = None
    found.sparql = q.sparql("amounts-of-service", service=found.services[0]) if found.services else ""
    return found


def _rate(q: Question, n: Json, service: str) -> str:
    if n.get("role") == "contribution":
        return tell("contributes", q.lang, payer=q.called(n["item"], "payer"), base=n["of"], rate=n["text"])
    if "benefitRole" in n or n.get("item"):
        return amount(q, n, service)
    return f"{n.get('subject') or ''}{number(q, n)}"
