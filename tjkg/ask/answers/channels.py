"""Where a service is had, as far as its own cell says so."""

from __future__ import annotations

from tjkg.ask.answer import Answer
from tjkg.ask.question import Question
from tjkg.ask.sentences import tell
from tjkg.ask.wanted import channel_sentences

__all__ = ["channels"]


def channels(q: Question) -> Answer:
    """The channels of a service in the plan's words."""
    found = Answer(intent="channel")
    service = q.links.services[0]
    found.name(service)
    for s in channel_sentences(q):
        found.cite({"quote": s.text, "line": s.line, "start": s.start, "end": s.start + len(s.text)}, service)
    found.text = "\n".join(tell("plan-says", q.lang, line=e["line"], quote=e["quote"]) for e in found.evidence)
    found.sparql = q.sparql("standards-of-service", service=service)
    return found
