"""Indicators, key tasks, guarantee projects and measures of implementation."""

from __future__ import annotations

from typing import Any

from tjkg.ask.answer import Answer
from tjkg.ask.question import Question
from tjkg.ask.retrieve import grams
from tjkg.ask.sentences import tell, titles

__all__ = ["indicators", "targets", "tasks"]

Json = dict[str, Any]


def _text(value: Json, unit: str | None) -> str:
    text = str(value["text"])
    return text + (unit or "" if text[-1:].isdigit() else "")


def indicators(q: Question) -> Answer:
    """An indicator's baseline, target, property and domain; or the indicators of a property or domain."""
    found = Answer(intent="indicator")
    known = {i["name"]: i for i in q.snapshot.catalogue["indicators"]}
    names = q.indicators
    if not names:
        return _listed(q, found, list(known.values()))
    lines = []
    for name in names[:3]:
        i = known[name]
        years = {n.value for n in q.reading.numbers if n.unit == "年"}
        wanted = [k for k in ("baseline", "target") if i[k]["year"] in years] or ["baseline", "target"]
        if q.reading.has("baseline") and q.reading.has("target"):
            wanted = ["baseline", "target"]
        if wanted == ["baseline", "target"] and q.reading.has("target") and not q.reading.has("baseline") and "从" not in q.reading.text:
            wanted = ["target"]
        for key in wanted:
            if i[key]["value"] is not None:
                found.values.append({
                    "value": i[key]["value"], "operator": i[key]["operator"], "unit": i["unit"], "year": i[key]["year"],
                    "service": None, "indicator": name, "text": i[key]["text"], **_place(i[key]),
                })
            found.cite(i[key], None)
        found.cite(i, None)
        lines.append(tell(
            "indicator", q.lang, name=name, domain=i["domain"], property=i["property"], baseline_year=i["baseline"]["year"],
            baseline=_text(i["baseline"], i["unit"]), target_year=i["target"]["year"], target=_text(i["target"], i["unit"]),
        ))
        notes = [x for x in (i["note"], i["baseline"]["note"], i["target"]["note"]) if x]
        if notes:
            lines.append(tell("indicator-note", q.lang, note="；".join(dict.fromkeys(notes))))
    found.text = "\n".join(lines)
    found.sparql = q.sparql("all-indicators")
    return found


def _place(node: Json) -> Json:
    return {k: node[k] for k in ("quote", "line", "start", "end")}


def _listed(q: Question, found: Answer, every: list[Json]) -> Answer:
    text = q.reading.text
    prop = next((p for p in ("约束性", "预期性") if p in text), None)
    domains = [name for kind, name in q.places if kind == "domain"]
    kept = [i for i in every if prop in (None, i["property"]) and (not domains or i["domain"] in domains)]
    for i in kept:
        found.cite(i, None)
    found.count = len(kept)
    found.text = tell(
        "indicators", q.lang, what="、".join(domains) + (prop or "") + "指标", count=len(kept),
        names="、".join(i["name"] for i in kept),
    )
    years = [kept[0][end]["year"] for end in ("baseline", "target")] if kept else ["", ""]
    found.table = (titles("columns-indicators", q.lang, baseline=years[0], target=years[1]), [
        [i["name"], i["domain"], i["baseline"]["text"], i["target"]["text"], i["property"]] for i in kept
    ])
    found.sparql = q.sparql("all-indicators")
    return found


def targets(q: Question) -> Answer:
    """A target that the prose of a task or project sets."""
    found = Answer(intent="prose_target")
    best = q.prose_targets[0][0]
    for score, t in q.prose_targets:
        if score >= 0.95 * best and len(found.values) < 3:
            found.values.append({**t, "service": None})
            found.cite(t, None)
    found.text = "\n".join(tell("plan-says", q.lang, line=e["line"], quote=e["quote"]) for e in found.evidence)
    found.sparql = q.sparql("targets-in-prose")
    return found


_NAMED = 10.0  # so rare must the words be that a title has in common with the question to be the one meant
_TOLD = 16.0  # that its text has, where no title does
_APART = 0.6  # and so little the next title's
_KINDS = {"tasks": "重点任务", "projects": "保障工程", "measures": "实施保障"}


def tasks(q: Question) -> Answer:
    """The tasks, projects or measures of a domain or of a field that their titles name."""
    found = Answer(intent="tasks")
    r = q.reading
    if r.has("measures") and not any(kind == "domain" for kind, _ in q.places):
        kinds = ["measures"]
    else:
        kinds = [k for k in ("tasks", "projects") if r.has(k)] or ["tasks", "projects"]
    domains = [name for kind, name in q.places if kind == "domain"]
    lines = []
    for kind in kinds:
        every = q.snapshot.catalogue[kind]
        kept = [t for t in every if not domains or t["domain"] in domains]
        if not domains and kind != "measures":
            kept = _titled(q, every)
        if not kept:
            continue
        if (one := _one_meant(q, kept, domains)) is not None:
            found.cite({"quote": one["text"], "line": one["line"], "start": one["start"], "end": one["start"] + len(one["text"])}, None)
            lines.append(tell("plan-says", q.lang, line=one["line"], quote=one["text"]))
            continue
        for t in kept:
            found.cite({"quote": t["title"], "line": t["line"], "start": t["start"], "end": t["start"] + len(t["title"])}, None)
        lines.append(tell("tasks", q.lang, domain="、".join(domains) or "规划", kind=_KINDS[kind], count=len(kept),
                          titles="、".join(t["title"] for t in kept)))
        found.count = (found.count or 0) + len(kept)
    found.text = "\n".join(lines)
    found.answered = bool(lines)
    if not lines:
        found.silence = "plan_silent"
        found.text = tell("services-none", q.lang, what=f"“{r.text.rstrip('？')}”")
    found.sparql = q.sparql("tasks-of-domain", domain=domains[0]) if domains else ""
    return found


def _one_meant(q: Question, kept: list[Json], domains: list[str]) -> Json | None:
    """The one of several whose title the question names beside its field (教育先行先试): its text is asked for."""
    if q.reading.has("count"):
        return None
    if len(kept) == 1:
        return kept[0]
    said = grams(q.content) - grams(" ".join(domains)) - grams("重点任务保障工程重点工程主要任务哪些工程什么工程")
    index = q.snapshot.sentence_index
    for key, enough in (("title", _NAMED), ("text", _TOLD)):
        scored = sorted(((sum(index.rarity(g) for g in grams(t[key]) & said), i) for i, t in enumerate(kept)), reverse=True)
        if scored and scored[0][0] >= enough and (len(scored) == 1 or scored[1][0] <= _APART * scored[0][0]):
            return kept[scored[0][1]]
    return None


def _titled(q: Question, every: list[Json]) -> list[Json]:
    """Tasks whose titles (or, if none, whose texts) share the words of the question."""
    said = grams(q.content) - grams("重点任务保障工程重点工程主要任务哪些工程什么工程")
    index = q.snapshot.sentence_index

    def weight(text: str) -> float:
        return sum(index.rarity(g) for g in grams(text) & said)

    kept = [t for t in every if weight(t["title"]) >= 3.0]
    return kept or [t for t in every if weight(t["text"]) >= 12.0]
