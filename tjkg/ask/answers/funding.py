"""Who pays: payers of a service, their shares, and the services of a payer."""

from __future__ import annotations

import re
from itertools import product
from typing import Any

from tjkg.ask.answer import Answer
from tjkg.ask.answers.phrases import join, payment
from tjkg.ask.answers.wording import share_of
from tjkg.ask.question import Question
from tjkg.ask.retrieve import grams
from tjkg.ask.sentences import tell

__all__ = ["payers", "services_of_payer", "services_of_share", "shares"]

Json = dict[str, Any]


# A figure is asked for, not only who bears the cost.
_RATE = r"百分之(?:几|多少)|几成|几个点|费率|多大比例|多少比例|什么比例|比例(?:为|是)?多少|占比"


def _entries(q: Question, service: str) -> list[Json]:
    """The payments of a service, of the part or case the question names where it names one."""
    entries: list[Json] = q.service(service)["funding"]
    rows = q.service(service)["standards"]
    texts: list[set[str]] = []
    for e in entries:
        row = " ".join(r["target"] + r["standard"] for r in rows if r["number"] in e["standard"]) if len(rows) > 1 else ""
        texts.append(grams(" ".join(x for x in (e["pays_for"], e["condition"], e["of"], row) if x)))
    if not texts or q.reading.has("each"):
        return entries
    names = " ".join(m.text for m in q.reading.of("service") if m.key == service and m.how == "name")
    common = texts[0].intersection(*texts[1:])
    said = grams(q.content) - grams(names) - common
    index = q.snapshot.sentence_index
    scores = [sum(index.rarity(g) for g in t & said) for t in texts]
    best = max(scores)
    if best < 3.0:
        return entries
    kept = [e for e, s in zip(entries, scores, strict=True) if s >= 0.8 * best]
    if set(q.its_payers) - {e["payer"] for e in kept}:  # a payer that is named belongs to the answer
        return entries
    return kept


def _tell(q: Question, service: str, entries: list[Json], found: Answer) -> str:
    for e in entries:
        found.cite(e, service)
        if e["payer"] not in found.payers:
            found.payers.append(e["payer"])
        if e["percent"] is not None and share_of(e) not in found.shares:
            found.shares.append(share_of(e))
    text = tell("pays", q.lang, service=q.called(service), payers=join(q, [payment(q, e) for e in entries]))
    rows = [r for r in q.service(service)["standards"] if "funding" not in r["inherited"]]
    quotes = list(dict.fromkeys(r["funding"].replace("\n", "") for r in rows if r["funding"]))
    if quotes and len(quotes) <= 2:
        text += tell("pays-quote", q.lang, quote="；".join(quotes))
    return text


def payers(q: Question) -> Answer:
    """Who pays for the services asked about."""
    found = Answer(intent="who_pays")
    lines = []
    for service in q.links.services[:2]:
        found.name(service)
        lines.append(_tell(q, service, _entries(q, service), found))
    found.text = "\n".join(lines)
    found.answered = bool(found.payers)
    if not found.payers:
        found.silence = "plan_silent"
    found.sparql = q.sparql("payers-of-service", service=found.services[0])
    return found


def shares(q: Question) -> Answer:
    """Which share each payer bears; that the plan does not say where it does not."""
    found = Answer(intent="share")
    lines = []
    for service in q.links.services[:2]:
        found.name(service)
        entries = _entries(q, service)
        text = _tell(q, service, entries, found)
        if not any(e["percent"] is not None for e in entries):
            found.silence = "plan_silent"
            found.answered = found.answered and not re.search(_RATE, q.reading.text)
            text += tell("ratio-silent", q.lang)
        lines.append(text)
    found.text = "\n".join(lines)
    found.values = [
        {"value": s["percent"], "unit": "%", "service": found.services[0], "payer": s["payer"], "condition": s["condition"]}
        for s in found.shares
    ]
    found.sparql = q.sparql("payers-of-service", service=found.services[0])
    return found


# ---------------------------------------------------------------- services of a payer


def services_of_payer(q: Question) -> Answer:
    """The services a payer bears alone, with others, or takes part in; within a domain or section if named."""
    found = Answer(intent="services_by_payer")
    if (quoted := _printed(q, found)) is not None:
        return quoted
    never = q.payer_roles.never
    wanted = [p for p in q.payers if p not in never]
    choices = [[p for p in c if p not in never] for c in q.payer_choices or [[p] for p in q.payers]]
    choices = [c for c in choices if c]
    alone = q.reading.has("alone")
    besides = {link.service for link in q.own_links.besides}
    for name, service in q.snapshot.services.items():
        if name in besides or not _in_place(q, service):
            continue
        if not any(_pays(q, service, list(w), alone) for w in product(*choices)):
            continue
        found.name(name)
        for e in service["funding"]:
            if e["payer"] in wanted:
                found.cite(e, name)
        if not found.evidence or found.evidence[-1]["service"] != name:
            found.cite(service["standards"][0]["places"]["funding"], name)
    what = tell("what-borne-alone" if alone else "what-paid", q.lang, payers=q.listed(wanted, "payer")) if wanted else tell("what-services", q.lang)
    if never:
        what += tell("what-without", q.lang, payers=q.listed(sorted(never), "payer"))
    return _found(q, found, what, q.sparql("services-of-payer", payer=(wanted or q.payers)[0]), list(wanted))


def _printed(q: Question, found: Answer) -> Answer | None:
    """The services whose responsibility is printed in the very words quoted: 只写“市财政负担”的; None when none is quoted."""
    def cells(service: Json) -> list[str]:
        return [row["funding"].strip().rstrip("。") for row in service["standards"]]

    for text in q.quotations:
        names = [n for n, s in q.snapshot.services.items() if text in cells(s) and _in_place(q, s)]
        if names:
            found.name(*names)
            for name in names:
                found.cite(q.service(name)["standards"][0]["places"]["funding"], name)
            return _found(q, found, tell("what-printed", q.lang, text=text), q.sparql("all-services"), list(q.payers))
    return None


def _found(q: Question, found: Answer, what: str, sparql: str, payers: list[str]) -> Answer:
    """A list of services told: how many and which, or that there are none."""
    key = "services-found" if found.services else "services-none"
    found.text = tell(key, q.lang, what=what, count=len(found.services), services=q.listed(found.services))
    found.answered, found.count = bool(found.services), len(found.services)
    found.payers, found.sparql = payers, sparql
    return found


def services_of_share(q: Question) -> Answer:
    """The services whose cost is split as is said: in a ratio, one payer more than another, by a transfer, or
    in any ratio that is stated."""
    found = Answer(intent="services_by_share")
    for name, service in q.snapshot.services.items():
        if not _in_place(q, service) or not _splits(q, service["funding"]):
            continue
        found.name(name)
        for e in service["funding"]:
            if e["percent"] is not None:
                found.cite(e, name)
                if share_of(e) not in found.shares:
                    found.shares.append(share_of(e))
    ratio = q.ratio
    said = "∶".join(map(str, ratio.parts)) if ratio.parts else q.reading.text.rstrip("？。")
    return _found(q, found, tell("what-shared", q.lang, ratio=said), q.sparql("stated-shares"), q.payers)


def _splits(q: Question, entries: list[Json]) -> bool:
    """Whether a cost is split in the proportion that is asked for."""
    ratio = q.ratio
    named = {p for p in q.payers if "+" not in p}
    if ratio.transfer is not None:
        return any(e["to"] and e["percent"] == ratio.transfer for e in entries)
    if ratio.more:
        cases: dict[Any, dict[str, float]] = {}
        for e in entries:
            if e["percent"] is not None:
                cases.setdefault((e["pays_for"], e["condition"]), {})[e["payer"]] = e["percent"]
        return any(c[ratio.more] > c[ratio.less] for c in cases.values() if ratio.less and c.keys() >= {ratio.more, ratio.less})
    if ratio.each:
        return all(any(e["payer"] == p and e["percent"] == n for e in entries) for p, n in ratio.each)
    if not named <= {e["payer"] for e in entries}:
        return False
    shared = [e for e in entries if e["percent"] is not None and e["role"] != "转移支付补助"]
    percents = [e["percent"] for e in shared]
    if ratio.parts:
        a, b = ratio.parts
        wanted = [100 * a / (a + b), 100 * b / (a + b)]
        return any(percents[i : i + 2] == wanted for i in range(len(percents) - 1))
    return any(p < 100 for p in percents)


def _pays(q: Question, service: Json, wanted: list[str], alone: bool) -> bool:
    """Whether a service is paid as is said: by whom, by whom not, alone or together."""
    entries = service["funding"]
    payers = {e["payer"] for e in entries}
    never = q.payer_roles.never
    if never & payers or any("政府" in p for p in never) and any("财政" in p for p in payers):
        return False
    known = {e["payer"] for s in q.snapshot.services.values() for e in s["funding"]}
    verbatim = [p for p in wanted if p not in known]  # 各级财政, which the plan explains as others
    if any(p not in row["funding"] for p in verbatim for row in service["standards"][:1]):
        return False
    wanted = [p for p in wanted if p in known]
    if not set(wanted) <= payers:
        return False
    if not wanted:
        return bool(verbatim or q.payer_roles.never)
    if alone and not any("财政" in p for p in q.payer_roles.add):
        return payers == set(wanted)
    adding = {e["payer"] for e in entries if e["role"] == "适当补助"}
    if public := {p for p in q.payer_roles.add if "财政" in p}:
        return public & set(wanted) <= adding
    if q.reading.has("subsidy-role"):
        return bool(adding & set(wanted))
    if not q.reading.has("together"):
        return True
    if any("财政" in p for p in wanted):
        return payers == set(wanted)
    parts: dict[str | None, set[str]] = {}
    for e in entries:
        parts.setdefault(e["pays_for"], set()).add(e["payer"])
    return any(set(wanted) == p for p in parts.values())


def _in_place(q: Question, service: Json) -> bool:
    """Whether a service is in the domain, category or section the question names, if it names one."""
    return not q.themes or bool({service["domain"], service["category"], service["section"]} & q.themes)
