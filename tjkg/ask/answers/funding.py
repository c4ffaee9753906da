"""Who pays: payers of a service, their shares, and the services of a payer."""

from __future__ import annotations

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
    wanted = q.payers
    choices = q.payer_choices or [[p] for p in wanted]
    alone = q.reading.has("alone")
    for name, service in q.snapshot.services.items():
        entries = service["funding"]
        all_payers = {p for e in entries for p in (e["payer"],)}
        if not any(_pays(q, entries, all_payers, list(w), alone) for w in product(*choices)) or not _in_place(q, service):
            continue
        found.name(name)
        for e in entries:
            if e["payer"] in wanted:
                found.cite(e, name)
    what = tell("what-borne-alone" if alone else "what-paid", q.lang, payers=q.listed(wanted, "payer"))
    if found.services:
        found.text = tell("services-found", q.lang, what=what, count=len(found.services), services=q.listed(found.services))
    else:
        found.text, found.answered = tell("services-none", q.lang, what=what), False
    found.count = len(found.services)
    found.payers = list(wanted)
    found.sparql = q.sparql("services-of-payer", payer=wanted[0])
    return found


def services_of_share(q: Question) -> Answer:
    """The services whose cost is split in the ratio that is said, in that order of payers."""
    found = Answer(intent="services_by_share")
    a, b = q.ratio_said or (1, 1)
    wanted = [100 * a / (a + b), 100 * b / (a + b)]
    for name, service in q.snapshot.services.items():
        shared = [e for e in service["funding"] if e["percent"] is not None and e["role"] != "转移支付补助"]
        percents = [e["percent"] for e in shared]
        if any(percents[i : i + 2] == wanted for i in range(len(percents) - 1)):
            found.name(name)
            for e in shared:
                found.cite(e, name)
                if share_of(e) not in found.shares:
                    found.shares.append(share_of(e))
    what = tell("what-shared", q.lang, ratio=f"{a}∶{b}")
    key = "services-found" if found.services else "services-none"
    found.text = tell(key, q.lang, what=what, count=len(found.services), services=q.listed(found.services))
    found.answered, found.count = bool(found.services), len(found.services)
    found.sparql = q.sparql("stated-shares")
    return found


def _pays(q: Question, entries: list[Json], payers: set[str], wanted: list[str], alone: bool) -> bool:
    if not set(wanted) <= payers:
        return False
    if alone:
        return payers == set(wanted)
    if q.reading.has("subsidy-role"):
        subsidising = {e["payer"] for e in entries if e["role"] == "适当补助"}
        return bool(subsidising & set(wanted))
    if q.reading.has("together") or len(wanted) > 1:
        return payers == set(wanted) or not q.reading.has("together")
    return True


def _in_place(q: Question, service: Json) -> bool:
    """Whether a service is in the domain, category or section the question names, if it names one."""
    places = {name for _, name in q.places}
    return not places or bool({service["domain"], service["category"], service["section"]} & places)
