"""The services whose coverage has a wording, or a level that compares as asked."""

from __future__ import annotations

import re
from typing import Any

from tjkg.ask.answer import Answer
from tjkg.ask.answers.wording import value_object
from tjkg.ask.question import Question
from tjkg.ask.sentences import tell

__all__ = ["services_by_coverage"]

Json = dict[str, Any]
_WORDING = 10  # characters of a wording that is asked for as it is printed
_PHRASES = "应保尽保", "应补尽补", "应救尽救", "应改尽改", "全覆盖", "应享尽享"


def services_by_coverage(q: Question) -> Answer:
    """The services whose coverage has a wording, or a level that compares as asked."""
    found = Answer(intent="services_by_coverage")
    text = q.reading.text
    phrase = next((p for p in _PHRASES if p in text), None)
    below = any(w in text for w in ("没到100", "没定到100", "不到100", "不是100", "没达到100", "低于100", "未达到100", "没有达到100", "不足100", "少于100"))
    wanted = next((n for n in q.reading.numbers if n.unit == "%" and not (below and n.value == 100)), None)
    places = {name for _, name in q.places}
    groups = set(q.groups)
    rates = _rates_said(q, phrase)
    quoted = next((t for t in [*q.quotations, *_verbatim(q)] if any(_prints(s, t) for s in q.snapshot.services.values())), None)
    if quoted is not None:
        return _told(q, _printed(q, found, quoted, places), quoted)
    for name, s in q.snapshot.services.items():
        if places and not {s["domain"], s["category"], s["section"]} & places:
            continue
        if q.payers and not set(q.payers) <= {e["payer"] for e in s["funding"]} or not _has_rates(s, rates):
            continue
        if q.payers and q.reading.has("alone") and {e["payer"] for e in s["funding"]} != set(q.payers):
            continue
        for c in s["coverage_targets"]:
            if _covers(c, phrase, wanted, below, "人群覆盖" in text or below):
                if groups and not any(g in name or g in c["quote"] or g in {x["name"] for x in s["groups"]} for g in groups):
                    continue
                found.name(name)
                found.cite(c, name)
                if c["value"] is not None:
                    found.values.append(value_object(name, c))
    return _told(q, found, phrase or ("< 100%" if below else wanted.text if wanted else ""))


def _verbatim(q: Question) -> list[str]:
    """Wordings of coverage that the question has word for word, the longest first."""
    cells = {t.strip("。") for s in q.snapshot.services.values() for row in s["standards"] for t in re.split("[；\n]", row["coverage"])}
    return sorted((t for t in cells if len(t) >= _WORDING and t in q.reading.text), key=len, reverse=True)


def _prints(service: Json, text: str) -> bool:
    """Whether a service's coverage is printed with these words."""
    return any(text in row["coverage"] for row in service["standards"])


def _printed(q: Question, found: Answer, text: str, places: set[str]) -> Answer:
    """The services whose coverage is printed with the words quoted."""
    for name, s in q.snapshot.services.items():
        if _prints(s, text) and (not places or {s["domain"], s["category"], s["section"]} & places):
            found.name(name)
            for row in s["standards"]:
                found.cite(row["places"]["coverage"], name)
    return found


def _told(q: Question, found: Answer, level: str) -> Answer:
    what = tell("what-covered", q.lang, level=level)
    key = "services-found" if found.services else "services-none"
    found.text = tell(key, q.lang, what=what, count=len(found.services), services=q.listed(found.services))
    found.count, found.answered = len(found.services), bool(found.services)
    found.sparql = q.sparql("coverage-of-services")
    return found


def _rates_said(q: Question, phrase: str | None) -> list[str]:
    """The words that say which rate or whose coverage is meant: 接种率, 服药率, 符合条件家庭|应保尽保."""
    every = " ".join(c["quote"] or "" for s in q.snapshot.services.values() for c in s["coverage_targets"])
    said = [w for m in re.finditer(r"[\u4e00-\u9fff]{2,8}率", q.reading.text) for n in range(len(m[0]), 2, -1)
            if (w := m[0][-n:]) in every and not w.endswith("覆盖率")]
    if phrase and (match := re.search(rf"([\u4e00-\u9fff]{{3,8}}){phrase}", q.reading.text)):
        said += [w for n in range(len(match[1]), 2, -1) if (w := match[1][-n:] + phrase) in every][:1]
    return [w for w in said if not any(w != o and o.endswith(w) for o in said)]


def _has_rates(service: Json, rates: list[str]) -> bool:
    """Whether a service's coverage speaks of each of the rates."""
    text = " ".join(row["coverage"] for row in service["standards"])
    return all(r in text for r in rates)


def _covers(c: Json, phrase: str | None, wanted: Any, below: bool, people: bool) -> bool:
    printed = f"{c.get('text') or ''}{c.get('quote') or ''}"
    if phrase:
        return phrase in printed
    value = c["value"]
    if value is None or c["unit"] != "%" or (people and "覆盖率" not in printed):
        return False
    if below:
        return bool(value < 100)
    if wanted is None:
        return False
    w = float(wanted.value)
    compare = {"=": value == w, "~": value == w, ">=": w <= value < 100 if w < 100 else value >= w, "<=": value <= w, "<": value < w, ">": value > w, "range": True}
    return bool(compare[wanted.operator])
