"""When a service that nobody named is too weak a guess to answer by: then the question goes back."""

from __future__ import annotations

import re

from tjkg.ask.answers.silence import foreign
from tjkg.ask.applying import person_asking
from tjkg.ask.content import said
from tjkg.ask.question import Question
from tjkg.ask.retrieve import grams

__all__ = ["beside", "subject", "unsure"]

# Share of the asking words that a service must hold before a sum or a rate of it is told.
_SUM = 0.42
_SURE = 0.66  # a guess that holds so much is as good as a name
_CLOSE = 10  # characters of a word whose parts stand apart
_FAIR = 0.56  # from here on one word in common is enough, below it takes more than half
_SUMS = frozenset(("amount", "rate"))
# Where somebody is only described, words that are not the service's are no sign of another subject.
_ASKED_FOR = frozenset(("amount", "rate", "may_get", "who_pays", "share", "coverage", "target_group"))
_BESIDE = frozenset(("may_get",))
# Cues that say what is measured, not only that it is asked for.
_TOLD = frozenset(("coverage", "reimburse"))
_KNOWN = "service", "item", "group", "word", "place", "payer", "agency", "domain", "category", "section"
# Verbs of getting at the edges of what is left.
_VERBS = r"^[能可以算申领给拿享受办吃沾收让有按得报补发还叫每个份免打进各]+|[能可以算申领给拿享受办吃沾收让有按得报补发还叫每个份免打进各]+$"
_SPLIT = r"[^\u4e00-\u9fff]+|免费|不要钱|一次|政府|国家|规划|具体|现在|大概|到底|究竟|两头|两样|分别|各自|一个|这个|那个|多大|多久|到手|阶段|里头|卡里|手里|时候"


def unsure(q: Question, intent: str) -> bool:
    """Whether a guessed service holds too little of what is asked, or nothing of what it is asked about."""
    if intent not in _ASKED_FOR or q.links.named or q.before is not None or not q.links.ranked:
        return False
    top = q.links.ranked[0]
    if intent in _SUMS and top.score < _SUM:
        return True
    if top.score >= _SURE or q.links.clear or top.service in {x.service for x in q.links.every}:
        return False
    if q.person.about not in ("person", "household") and (v := q.eligibility.verdict(q.person, top.service)) and v.settled:
        return False  # what is told of an employer or a shop is the service's own
    words = subject(q)
    text = _text(q, top.service)
    asked = set().union(*map(grams, words)) if words else set()
    held = sum(g in text for g in asked)
    return bool(asked) and (held == 0 if top.score >= _FAIR else held <= len(asked) / 2)


def beside(q: Question, intent: str) -> str | None:
    """A word in which a question about a named service asks for something that nothing is written of (公租房能买下来吗)."""
    if intent not in _BESIDE or q.before is not None or len(q.links.services) != 1:
        return None
    service = q.links.services[0]
    if (word := foreign(q, service)) is not None:
        return word
    if not q.links.named:
        return None
    if intent == "may_get" and person_asking(q, service).facts:
        return None
    text = _text(q, service)
    for word in subject(q):
        if not any(g in text for g in grams(word)):
            return word
    return None


def subject(q: Question) -> list[str]:
    """The words of the clauses that ask which name nobody and nothing known."""
    reading = q.reading
    spans = [(a, b) for a, b in reading.clauses if reading.part(a, b).asks] or reading.clauses
    kept = list(said(reading))
    for m in reading.of(*_KNOWN):
        if m.how != "gap" or m.length <= _CLOSE:
            kept[m.start : m.end] = " " * m.length
    for m in reading.of("cue"):
        if m.how != "gap" and m.length > 1 and m.key not in _TOLD:
            kept[m.start : m.end] = " " * m.length
    text = "".join(c if any(a <= i < b for a, b in spans) else " " for i, c in enumerate(kept))
    return [w for w in (re.sub(_VERBS, "", w) for w in re.split(_SPLIT, text)) if len(w) > 1]


def _text(q: Question, service: str) -> str:
    """All that is written of a service, and what people call it."""
    entry = q.service(service)
    cells = [row[c] for row in entry["standards"] for c in ("target", "standard", "funding", "coverage")]
    names = [label for label, of in q.snapshot.lexicon.labels.items() if any(kind == "service" and key == service for kind, key, _ in of)]
    return " ".join([service, *cells, *names])
