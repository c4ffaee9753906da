"""Where services stand in the plan, whom they are for, how many they are to reach."""

from __future__ import annotations

from typing import Any

from tjkg.ask.answer import Answer
from tjkg.ask.answers.wording import target, value_object
from tjkg.ask.passages import cell_told
from tjkg.ask.question import Question
from tjkg.ask.sentences import tell

__all__ = ["audience", "coverage", "place", "services_in", "which"]

Json = dict[str, Any]


def _in(q: Question, kind: str, name: str) -> list[str]:
    return [n for n, s in q.snapshot.services.items() if s[kind] == name]


def place(q: Question) -> Answer:
    """The category, domain and section of a service."""
    found = Answer(intent="place")
    lines = []
    for service in q.links.services[:2]:
        s = q.service(service)
        found.name(service)
        found.cite(s["place"] if "place" in s else s["standards"][0]["places"]["target"], service)
        lines.append(tell("place", q.lang, service=q.called(service), category=s["category"] or "—", domain=s["domain"], section=s["section"] or "—"))
    found.text = "\n".join(lines)
    found.sparql = q.sparql("all-services")
    return found


def services_in(q: Question) -> Answer:
    """The services of a category, domain or section."""
    found = Answer(intent="services_in")
    places = q.places
    kind, name = places[0]
    services = _in(q, kind, name)
    if q.reading.has("audience") and q.groups:  # 服务对象写明为…的
        named = set(q.groups)
        services = [s for s in services if named & {g["name"] for g in q.service(s)["groups"]}]
    found.name(*services)
    found.count = len(services)
    found.text = tell("services-in", q.lang, name=name, count=len(services), services=q.listed(services))
    found.answered = bool(services)
    found.sparql = q.sparql("services-of-category", category=name) if kind == "category" else q.sparql("all-services")
    return found


def audience(q: Question) -> Answer:
    """Whom a service is for, in the words of the plan."""
    found = Answer(intent="target_group")
    lines = []
    for service in q.links.services[:2]:
        found.name(service)
        rows = q.service(service)["standards"]
        for row in rows:
            found.cite(row["places"]["target"], service)
        text = "；".join(dict.fromkeys(r["target"].replace("\n", "") for r in rows))
        if q.reading.has("definition") and _circular(q, text):
            found.answered, found.silence = False, "plan_silent"
            lines.append(tell("no-definition", q.lang, term=q.groups[0]) + tell("audience", q.lang, service=q.called(service), text=text))
            continue
        lines.append(tell("audience", q.lang, service=q.called(service), text=text))
    found.text = "\n".join(lines)
    found.sparql = q.sparql("standards-of-service", service=found.services[0])
    return found


def _circular(q: Question, text: str) -> bool:
    """Whether an audience only repeats the group that is to be defined: 符合条件的就业困难人员."""
    return any(g in text and len(text.replace(g, "")) <= 6 for g in q.groups)


def which(q: Question) -> Answer:
    """The service whose text says what is asked: 哪项服务由服务银行出钱."""
    found = Answer(intent="which_service")
    told = cell_told(q)
    if told is None or told.service is None:
        found.answered, found.silence, found.text = False, "plan_silent", tell("outside-topic", q.lang)
        return found
    found.name(told.service)
    found.cite({"quote": told.text, "line": told.line, "start": told.start, "end": told.start + len(told.text)}, told.service)
    found.text = q.called(told.service) + tell("colon", q.lang) + tell("plan-says", q.lang, line=told.line, quote=told.text)
    found.sparql = q.sparql("standards-of-service", service=told.service)
    return found


# ---------------------------------------------------------------- coverage


def coverage(q: Question) -> Answer:
    """The coverage targets of a service."""
    found = Answer(intent="coverage")
    lines = []
    for service in q.links.services[:2]:
        found.name(service)
        s = q.service(service)
        for c in s["coverage_targets"]:
            found.cite(c, service)
            if c["value"] is not None:
                found.values.append(value_object(service, c))
        texts = list(dict.fromkeys(r["coverage"].strip() for r in s["standards"] if r["coverage"].strip()))
        lines.append(tell("coverage", q.lang, service=q.called(service), text="；".join(texts) or "；".join(map(target, s["coverage_targets"]))))
    found.text = "\n".join(lines)
    found.sparql = q.sparql("coverage-of-services")
    return found
