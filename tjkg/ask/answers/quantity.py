"""How many of something that is no money: months, copies, times, people; from limits, else the plan's words."""

from __future__ import annotations

import re
from typing import Any

from tjkg.ask.answer import Answer
from tjkg.ask.answers.phrases import number
from tjkg.ask.answers.wording import value_object
from tjkg.ask.passages import asked_words, passages
from tjkg.ask.question import Question
from tjkg.ask.retrieve import grams
from tjkg.ask.sentences import tell
from tjkg.ask.snapshot import Paragraph
from tjkg.ask.wanted import asked_unit, quantities_here

__all__ = ["quantities"]

Json = dict[str, Any]


def _within(q: Question, s: Paragraph) -> list[Json]:
    """The quantities of a service that stand in a sentence of it."""
    entry = q.service(s.service or "")
    nodes = [n for key in ("limits", "benefits", "coverage_targets") for n in entry[key]]
    return [n for n in nodes if n["value"] is not None and s.start <= (n["start"] or -1) < s.start + len(s.text)]


def quantities(q: Question) -> Answer:
    """The quantity asked for: of the service meant, else in the sentences of the plan that speak of it."""
    found = Answer(intent="quantity")
    nodes = quantities_here(q)
    if len(nodes) > 1:
        said = grams(q.content)
        scores = [len(said & grams(f"{n.get('subject') or ''}{n.get('item') or ''}{n['quote']}")) for _, n in nodes]
        nodes = [p for p, s in zip(nodes, scores, strict=True) if s >= (0.6 if re.search("[和与跟、]", q.reading.text) else 1) * max(scores)]
    for service, node in nodes:
        found.name(service)
        found.values.append(value_object(service, node))
        found.cite(node, service)
    if nodes and q.reading.has("ratio", "reimburse"):  # 不低于几档、补百分之几
        nodes += [(s, b) for s in q.links.services[:1] for b in q.service(s)["benefits"] if b["unit"] == "%" and b["value"] is not None]
        for service, node in nodes[len(found.values) :]:
            found.values.append(value_object(service, node))
            found.cite(node, service)
    if nodes:
        found.text = "\n".join(
            tell("amount", q.lang, service=q.called(s), amounts=f"{n.get('subject') or ''}{n.get('period') or ''}{number(q, n)}（“{n['quote']}”）") for s, n in nodes
        )
        found.sparql = q.sparql("standards-of-service", service=nodes[0][0])
        return found
    unit = asked_unit(q) or ""
    sentences = [s for s in passages(q, asked_words(q), most=3, enough=0.45) if re.search(rf"\d[\d.万余]*{re.escape(unit.removeprefix('个')[:1])}", s.text)]
    if sentences:
        for s in sentences:
            found.cite({"quote": s.text, "line": s.line, "start": s.start, "end": s.start + len(s.text)}, s.service)
            if s.service:
                found.name(s.service)
                found.values += [value_object(s.service, n) for n in _within(q, s)]
        found.text = "\n".join(tell("plan-says", q.lang, line=s.line, quote=s.text) for s in sentences)
        return found
    found.answered, found.silence = False, "plan_silent"
    if q.strong:
        found.name(q.links.services[0])
        found.text = tell("amount-silent", q.lang, service=q.called(q.links.services[0]), what=f"多少{unit}")
    else:
        found.silence = "plan_silent" if passages(q, asked_words(q), enough=0.5) else "outside_plan"
        found.text = tell("outside-topic", q.lang)
    return found
