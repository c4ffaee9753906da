"""Where a service is had, as far as its own cell says so."""

from __future__ import annotations

from tjkg.ask.answer import Answer
from tjkg.ask.question import Question
from tjkg.ask.sentences import tell
from tjkg.ask.snapshot import Paragraph

__all__ = ["channel_sentences", "channels"]


def channel_sentences(q: Question) -> list[Paragraph]:
    """The sentences of the service's standard that name a channel (渠道, APP, 网厅, 网点)."""
    if not q.links.named or not q.reading.has("where", "procedure", "phone"):
        return []
    services = q.links.services[:1]
    words = q.snapshot.channel_words
    return [
        s for s in q.snapshot.sentences
        if s.service in services and s.cell == "standard" and sum(w in s.text.lower() for w in words) >= 2
    ]


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
