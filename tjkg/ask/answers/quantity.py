"""How many of something that is no money: months, copies, times, people; from limits, else the plan's words."""

from __future__ import annotations

import re
from typing import Any

from tjkg.ask.answer import Answer
from tjkg.ask.answers.text import asked_words, passages
from tjkg.ask.answers.wording import number, value_object
from tjkg.ask.question import Question
from tjkg.ask.retrieve import grams
from tjkg.ask.sentences import tell

__all__ = ["asked_unit", "has_unit", "quantities"]

Json = dict[str, Any]
# 多少册, 几个月, 几场: the unit that is asked for; the words that follow 多少 without being a unit.
_UNIT = re.compile(r"(?:多少|几)(个?[\u4e00-\u9fff]{1,2})")
_NO_UNIT = re.compile(r"^(?:大|用|以|人民|钱|元|块|百|千|万块|成|个点|折|比例|项|条|种|类|样|个服务|个领域|个指标|个类别|个项目|[？的是了吗呢，合比给能一就才算补])")


def asked_unit(q: Question) -> str | None:
    """The unit after 多少 or 几 when it is no money, share or kind of thing in the catalogue."""
    if re.search(r"多长时间|多久|多少时间|什么时间|几个小时|多少小时", q.reading.text):
        return "小时"
    for match in _UNIT.finditer(q.reading.text):
        unit = match[1]
        if _NO_UNIT.match(unit) or unit == "个" or not _is_unit(q, unit):
            continue
        if unit[:1] == "本":  # books are counted 册 in plans
            unit = "册"
        held = [m for m in q.reading.of("cue") if m.key in ("money", "ratio") and m.start <= match.start() < m.end]
        if not held:
            return unit
    return None


# Measure words that ask for a quantity, beside the units of the data.
_MEASURES = frozenset("人名户家月年天日次场部套册本时分公平张床所座台辆档级遍回期周门款位间处支队条站点")


def _is_unit(q: Question, said: str) -> bool:
    """Whether what follows 多少 is a unit: of the data, or a measure word."""
    return said.removeprefix("个")[:1] in _MEASURES or any(u and said.startswith(u) for u in q.snapshot.units_used)


def _matches(unit: str | None, asked: str) -> bool:
    """Whether a unit of the data is the one asked for: 个月 and 月, 册 and 册书."""
    if not unit:
        return False
    asked, unit = asked.removeprefix("个"), unit.removeprefix("个")
    return unit.startswith(asked[:1]) or asked.startswith(unit)


def _here(q: Question) -> list[tuple[str, Json]]:
    """Limits and benefits of the services meant that have the unit."""
    unit = asked_unit(q) or ""
    return [
        (s, n) for s in q.links.services[:2] for key in ("limits", "benefits", "coverage_targets") for n in q.service(s)[key]
        if _matches(n["unit"], unit) and n["value"] is not None
    ]


def has_unit(q: Question) -> bool:
    """Whether the services meant have a quantity of the unit that is asked for."""
    return asked_unit(q) is not None and bool(_here(q))


def quantities(q: Question) -> Answer:
    """The quantity asked for: of the service meant, else in the sentences of the plan that speak of it."""
    found = Answer(intent="quantity")
    nodes = _here(q)
    if len(nodes) > 1:
        said = grams(q.content)
        scores = [len(said & grams(f"{n.get('subject') or ''}{n.get('item') or ''}{n['quote']}")) for _, n in nodes]
        nodes = [p for p, s in zip(nodes, scores, strict=True) if s == max(scores)]
    for service, node in nodes:
        found.name(service)
        found.values.append(value_object(service, node))
        found.cite(node, service)
    if nodes:
        found.text = "\n".join(
            tell("amount", q.lang, service=s, amounts=f"{n.get('subject') or ''}{n.get('period') or ''}{number(n)}（“{n['quote']}”）") for s, n in nodes
        )
        found.sparql = q.sparql("standards-of-service", service=nodes[0][0])
        return found
    unit = asked_unit(q) or ""
    sentences = [s for s in passages(q, asked_words(q), most=3, enough=0.5) if re.search(rf"\d[\d.万余]*{re.escape(unit.removeprefix('个')[:1])}", s.text)]
    if sentences:
        for s in sentences:
            found.cite({"quote": s.text, "line": s.line, "start": s.start, "end": s.start + len(s.text)}, s.service)
            if s.service:
                found.name(s.service)
        found.text = "\n".join(tell("plan-says", q.lang, line=s.line, quote=s.text) for s in sentences)
        return found
    found.answered, found.silence = False, "plan_silent"
    if q.strong:
        found.name(q.links.services[0])
        found.text = tell("amount-silent", q.lang, service=q.links.services[0], what=f"多少{unit}")
    else:
        found.silence = "plan_silent" if passages(q, asked_words(q), enough=0.5) else "outside_plan"
        found.text = tell("outside-topic", q.lang)
    return found
