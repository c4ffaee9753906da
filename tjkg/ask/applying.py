"""Who applies for a service that is asked for: what is said of somebody, without what names the service."""

from __future__ import annotations

import re

from tjkg.ask.lexicon import Mention
from tjkg.ask.person import Person, describe
from tjkg.ask.question import Question

__all__ = ["as_applicant", "person_asking"]

# An insurance that one joins (能参加…吗), and the kind of insurance a fact or a service's name speaks of.
_JOINS = r"(?:参加|加入|参保|能上|可以上|能入|能交|能缴)"
_INSURANCE = r"(?:养老|医疗)保险"
# A clause that says what somebody wishes to have asks for it: 想申请…，行吗.
_WISHES = "想|申请|打算|要办|想办|要领"


def person_asking(q: Question, service: str) -> Person:
    """Who asks for a service: what is said before 能 counts, what is asked for does not; who asks for
    a status (能吃低保吗) does not have it."""
    asked = [_whole_name(q, m, service) for m in q.reading.of("service", "item") if m.key.split("\t")[0] == service]
    cues = q.reading.cues.get("can", [])
    spans, plain = [], []
    for m in asked or [c for c in cues if c.how == "gap"]:
        a, b = q.reading.clause(m.start)
        cue = max((c.start for c in cues if a <= c.start <= m.start), default=None)
        if cue is None and (re.search(_WISHES, q.reading.text[a : m.start]) or q.reading.part(a, b).asks or len(q.reading.clauses) == 1):
            plain.append((m.start, m.end))
        elif cue is None:
            continue
        else:  # 我妈83能领…; Can my mother, 83, get …
            spans.append((m.start if q.reading.text[cue].isascii() else cue, b))
    spans = spans or plain
    person = describe(q.reading, q.snapshot, spans)
    wanted = {
        value for m in q.reading.of("word") if any(a.start <= m.start and m.end <= a.end for a in asked)
        for value in q.snapshot.words[m.key].values if q.snapshot.words[m.key].fact == "income_status"
    }
    if wanted and "income_status" not in person.facts:
        person.facts["income_status"] = {"in": [v for v in q.snapshot.facts["income_status"]["values"] if v not in wanted]}
    if "income_per_head" in person.facts and "income_status" not in q.person.facts and "income_per_head" in q.eligibility.asks_for(service):
        person.facts["income_status"] = "无"  # who goes by income says no status
    _as_joined(q, service, person)
    return person


def _whole_name(q: Question, m: Mention, service: str) -> Mention:
    """A service's short name with the group before it that belongs to it: 重度残疾人的|护理补贴."""
    groups = {g["name"] for g in q.service(service)["groups"]}
    lead = next((g for g in q.reading.of("group") if g.key in groups and q.reading.text[g.end : m.start] in ("", "的")), None)
    return m if lead is None else Mention(lead.start, m.end, q.reading.text[lead.start : m.end], m.kind, m.key, m.how)


def as_applicant(q: Question, person: Person, service: str) -> Person:
    """The applicant of a service: what is said of somebody who died is the deceased's where it is one for the dead."""
    known = q.snapshot.facts
    after_death = {f for f in known if known[f]["group"] == known["bereaved"]["group"]}
    if person.about == "person" and after_death & person.facts.keys() and after_death & q.eligibility.asks_for(service):
        facts = {f: v for f, v in person.facts.items() if "deceased" in q.snapshot.facts[f]["about"] or f == "hukou"}
        facts.pop("bereaved", None)
        return Person("deceased", facts, person.words)
    return person


def _as_joined(q: Question, service: str, person: Person) -> None:
    """Who asks to join an insurance is taken as joined: what a service brings about is no condition of it."""
    if not re.search(_JOINS, q.reading.text):
        return
    for name, fact in q.snapshot.facts.items():
        insurance = re.search(_INSURANCE, fact["label"])
        if insurance and fact["type"] == "code" and insurance[0] in service:
            for value in fact["values"]:
                if value in service and name not in person.facts:
                    person.facts[name] = value
