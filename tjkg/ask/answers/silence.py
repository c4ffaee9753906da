"""What is said where the plan gives no sum: left to a rule, not written, or written in words only."""

from __future__ import annotations

import re
from typing import Any

from tjkg.ask.answer import Answer
from tjkg.ask.answers.cases import telling
from tjkg.ask.answers.wording import target, value_object
from tjkg.ask.content import said
from tjkg.ask.question import Question
from tjkg.ask.retrieve import grams
from tjkg.ask.sentences import tell
from tjkg.ask.snapshot import Paragraph

__all__ = ["foreign", "mentioned", "open_sum", "silent", "verbatim"]

Json = dict[str, Any]
_CLEAR = 0.6  # a service that the words speak of so clearly is the thing asked about
_LEVEL = 8.0  # so rare must the words be that a level of coverage has in common with the question
_PRICE = r"\d[\d.万亿]*元"
# What another rule is called; a mechanism of raising (自然增长机制) gives no amount.
_RULE = r"规定|标准|政策|办法|制度|意见|条例|通知|目录|规范|法"


def foreign(q: Question, service: str) -> str | None:
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
    if not named and (q.groups or q.person.facts or (q.links.ranked and q.links.ranked[0].score >= _CLEAR)):
        return []
    for match in sorted(re.finditer(r"[\u4e00-\u9fff]{4,}", said(q.reading)), key=lambda m: -len(m[0])):
        chunk = match[0].strip("是的有了个给到在")
        inside = [m for m in named if match.start() <= m.start and m.end <= match.end()]
        if len(chunk) < 4 or (named and not (len(inside) == len(named) and all(m.length < len(chunk) for m in inside))):
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


def silent(q: Question, service: str, found: Answer, what: str) -> str:
    """That the plan does not state something of a service, with the words it has instead."""
    found.silence = found.silence or "plan_silent"
    said = next((r for r in q.service(service)["standards"] if r["standard"]), None)
    text = tell("amount-silent", q.lang, service=q.called(service), what=what)
    if said:
        place = said["places"]["standard"]
        found.cite({**place}, service)
        quote = place["quote"] or said["standard"]
        text += tell("amount-said", q.lang, quote=quote if len(quote) <= 120 else quote[:117] + "……")
    return text


def open_sum(q: Question, service: str, found: Answer) -> str:
    """No sum in the plan: a level of coverage in its stead, left to a rule, or not written at all."""
    said_of = grams(said(q.reading)) - q.snapshot.generic
    index = q.snapshot.sentence_index
    levels = [c for c in q.service(service)["coverage_targets"] if c["value"] is not None and not q.reading.has("money", "standard", "reimburse", "ratio")
              and sum(index.rarity(g) for g in grams(c["quote"] or "") & said_of) >= _LEVEL]
    if levels:
        for c in levels:
            found.cite(c, service)
            found.values.append(value_object(service, c))
        return tell("coverage", q.lang, service=q.called(service), text="；".join(dict.fromkeys(target(c) for c in levels)))
    left = [b for b in q.service(service)["benefits"] if (b["rule"] and re.search(_RULE, b["rule"])) or (b["times"] and b["value"] is not None and not b["currency"])]
    if left:
        left = telling(q, service, left)
        found.silence = "left_to_rule"
        rules = list(dict.fromkeys(b["rule"] or b["times"] for b in left))
        found.left_to = found.left_to or "；".join(rules)
        for b in left:
            found.cite(b, service)
        text = tell("amount-rule", q.lang, service=q.called(service), rule="；".join(rules))
        return text + tell("amount-said", q.lang, quote="；".join(dict.fromkeys(b["quote"] for b in left)))
    return silent(q, service, found, tell("what-amount", q.lang))
