"""Which of a service's benefits a question means: by the person described, the words said, the sum named."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from tjkg.ask.answers.wording import plain
from tjkg.ask.content import said
from tjkg.ask.question import Question
from tjkg.ask.retrieve import grams

__all__ = ["cases", "computed", "named_benefits", "possible", "telling"]

Json = dict[str, Any]
_EACH = 0.5  # of several benefits that are asked for together, each holds so much of what the best one holds
# So rare must the words of an exception be that the rule is not told with it.
_SURELY = 12.0
# A per such as 每安置1人或每间接帮扶2户: verb, how many, unit.
_PER = r"(?:每|或)(?:多)?(?:直接|间接)?([\u4e00-\u9fff]*?)(\d+)(人|户)"


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


def telling(q: Question, service: str, nodes: list[Json]) -> list[Json]:
    """The nodes that share most of the question's words that not all nodes share; all when none tells.

    The name of a benefit counts twice, what it depends on once.
    """
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
    if q.reading.has("each"):
        kept = [n for n, s in zip(nodes, scores, strict=True) if s >= _EACH * best > 0]
        return kept if len(kept) > 1 else nodes
    kept = [n for n, s in zip(nodes, scores, strict=True) if s >= 0.6 * best] if best > 0 else nodes
    return nodes if _only_exceptions(kept, nodes) and not _excepted(q, kept, service) else kept


def _excepted(q: Question, kept: list[Json], service: str) -> bool:
    """Whether the question's own words, not what they mean, speak of the condition of an exception."""
    index = q.snapshot.sentence_index
    own = grams(said(q.reading)) - grams(service) - q.snapshot.generic
    return any(sum(index.rarity(g) for g in grams(n.get("condition") or "") & own) >= _SURELY for n in kept)


def _only_exceptions(kept: list[Json], nodes: list[Json]) -> bool:
    """Whether what is kept are cases of something that has a sum for everybody else: the rule belongs to its exception."""
    rules = [n for n in nodes if n not in kept and not n.get("condition") and n.get("value") is not None and not n.get("bracket")]
    return bool(kept) and all(n.get("condition") for n in kept) and any(r.get("item") == n.get("item") for r in rules for n in kept)


def cases(q: Question, service: str, nodes: list[Json]) -> list[Json]:
    """The benefits of the case that is described: by the facts stated, then by the words said."""
    if not q.reading.has("each"):  # 重度的和非重度的, 伤残和死亡的各多少
        nodes = possible(q, service, nodes)
    return _by_bracket(q, telling(q, service, _named_items(q, service, nodes)))


def _named_items(q: Question, service: str, nodes: list[Json]) -> list[Json]:
    """Of benefits with names of their own, those whose name is part of the name the question uses (重残护理补贴)."""
    names = [m.text for m in q.reading.of("service", "item") if m.key.split("\t")[0] == service]
    if q.reading.has("each") or len({n.get("item") for n in nodes}) < 2 or any(m == service for m in names):
        return nodes
    items = [n.get("item") or "" for n in nodes]
    tails = [i for i in items if len(i) > 3 and any(len(m) > 3 and (i.endswith(m[-4:]) or m in i) for m in names)]
    return [n for n in nodes if n.get("item") in tails] or nodes


def possible(q: Question, service: str, nodes: list[Json]) -> list[Json]:
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


def computed(q: Question, service: str, nodes: Iterable[Json]) -> list[Json]:
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
    text = q.reading.text
    named = grams(" ".join(text[m.start : m.end + 2] for m in q.reading.of("service", "item") if m.key.split("\t")[0] == service))
    own = grams(service)  # a condition that says the service's name again tells nothing
    texts = [grams(b.get("item") or "") | grams(b.get("condition") or "") - own for b in benefits]
    if len(benefits) < 2 or named >= grams(service):
        return []
    common = set.intersection(*texts)
    index = q.snapshot.sentence_index
    scores = [sum(index.rarity(g) for g in (t & named) - common) for t in texts]
    best = max(scores, default=0.0)
    return [b for b, s in zip(benefits, scores, strict=True) if s >= 0.8 * best] if best > 0 else []
