"""What the plan cannot answer: other places and times, procedures, subjects it does not have."""

from __future__ import annotations

import re
from collections.abc import Callable

from tjkg.ask.answer import Answer
from tjkg.ask.lexicon import Mention
from tjkg.ask.passages import asked_words, passages
from tjkg.ask.question import Question
from tjkg.ask.sentences import tell
from tjkg.ask.wanted import channel_sentences

__all__ = ["elsewhere", "refusal"]

# A place that says where somebody comes from, lives or works is no question about that place.
_FROM_AFTER = r"^(?:的)?(?:农村|农业|城市|那边)?(?:户[口籍]|人|籍|来|过来|老家|残疾证|的残疾人证)"
_FROM_BEFORE = r"(?:户[口籍](?:都|也|还|仍|就|一直|现在|目前|早就|已经|本来)*(?:在|是|落在|落到)?|户[口籍][^，。？！]{0,6}|老家|家在|家住|住在|来自|从|籍贯|嫁到|毕业于|搬到|去了?)$"
_THERE = "那边|那儿|那里|[他她]们那|当地"
_FROM_DOING = r"^(?:上班|工作|打工|上学|读书|读|念|住|当兵|干活|生活)"


# A noun at the end of a question that has no word of asking: 法律援助中心电话.
_ENDS = {"procedure": ("流程", "手续", "材料"), "phone": ("电话", "网址", "官网", "公众号"), "where": ("地址", "位置")}


def _about_place(q: Question, m: Mention) -> bool:
    """Whether a place is what the question is about, not where somebody of the story is."""
    text = q.reading.text
    here = q.reading.part(*q.reading.clause(m.start))
    if not here.asks and re.search("(?:在|去|回|到|从)$", text[: m.start]) and len(q.reading.clauses) > 1 and m.end == q.reading.clause(m.start)[1]:
        return False
    if here.has("self", "other", "parent", "child") and text[: m.start].endswith("是"):
        return False  # 我是外地扫马路的
    if any(re.search(_THERE, text[a:b]) for a, b in q.reading.clauses if b > m.end and q.reading.part(a, b).asks):
        return True
    if not here.asks and len(q.reading.clauses) > 1 and here.has("self", "parent", "child", "other", "family"):
        return False
    held = [o for o in q.reading.mentions if o.kind in ("word", "service", "group", "agency") and o.holds(m)]
    at = next((o.start for o in q.reading.of("place") if o.end == m.start), m.start)  # 河北沧州 is one place
    after, before = text[m.end : m.end + 8], text[max(0, at - 8) : at]
    return not (held or re.match(_FROM_AFTER, after) or re.search(_FROM_BEFORE, before) or (before.endswith("在") and re.match(_FROM_DOING, after)))


def _years(q: Question) -> tuple[int, int]:
    indicators = q.snapshot.catalogue["indicators"]
    last = max((i["target"]["year"] for i in indicators if i["target"]["year"]), default=0)
    first = int(str(q.snapshot.plan["date"])[:4])
    return first, last


def _told(q: Question, key: str, **values: object) -> Answer:
    found = Answer(intent="refusal", answered=False, silence="outside_plan", text=tell(key, q.lang, **values))
    near = q.links.services[:2]
    if near and key != "outside-topic":
        found.alternatives = [{"service": n} for n in near]
        found.text += tell("nearest", q.lang, services=q.listed(near))
    return found


def _in_text(q: Question, enough: float) -> bool:
    asked = asked_words(q)
    return len(asked) > 2 and bool(passages(q, asked, enough=enough))


def _other_place(q: Question) -> Answer | None:
    places = [m for m in q.reading.of("place") if m.key in ("away", "abroad") and _about_place(q, m)]
    if not places or (q.reading.has("about", "definition") and _in_text(q, 0.5)):
        return None
    return _told(q, "outside-place", region="天津" if q.lang == "zh" else "Tianjin", place=places[0].text)


def _other_time(q: Question) -> Answer | None:
    first, last = _years(q)
    base = min((i["baseline"]["year"] for i in q.snapshot.catalogue["indicators"] if i["baseline"]["year"]), default=first)
    base = base - 1 if q.indicators or not q.own_links.named else first - 1
    used = q.person.words.get("eco_burial_date", [])
    for n in q.reading.numbers:
        if n.unit != "年" or not 1900 < n.value < 2200 or n.text in used or base <= n.value <= last:
            continue
        if n.value > last or not any(str(n.value) in s.text for s in passages(q, asked_words(q), enough=0.4)):
            return _told(q, "outside-year", first=first, last=last, year=n.value)
    said = (q.reading.cues.get("other-period") or []) + (q.reading.cues.get("past-period") or [])
    period = [m for m in said if q.reading.part(*q.reading.clause(m.start)).asks]
    if period and not (_in_text(q, 0.4) if q.reading.has("past-period") else q.reading.has("about") and _in_text(q, 0.6)):
        return _told(q, "outside-period", first=first, last=last, period=period[0].text)
    return None


def _procedure(q: Question) -> Answer | None:
    for cue, what in (("procedure", "what-procedure"), ("phone", "what-phone"), ("where", "what-where")):
        ends = q.reading.text.rstrip("？。").endswith(_ENDS[cue])
        if not (cue in q.reading.cues or ends) or q.reading.has("difference"):
            continue
        if ends and not q.reading.cues.get(cue):
            return _told(q, "outside-procedure", what=tell(what, q.lang))
        said = {m.text for m in q.reading.cues[cue]}
        if said <= {"怎么办", "咋办", "怎么弄", "咋弄"} and q.reading.has("about"):
            continue
        if said <= {"怎么办", "咋办"} and not q.own_links.named and (q.person.facts or q.groups):
            continue
        if _has_channel(q):
            return None
        return _told(q, "outside-procedure", what=tell(what, q.lang))
    return None


def _has_channel(q: Question) -> bool:
    """Whether the service's own cell says where or how it is had (渠道, APP, 网厅)."""
    return bool(channel_sentences(q))


def _headcount(q: Question) -> Answer | None:
    """How many people there are of a kind: plans set who gets what, not how many there are."""
    for m in q.reading.of("group", "word"):
        before, after = q.reading.text[: m.start], q.reading.text[m.end :]
        if re.search(r"(?:多少|几)[个名户位]?$", before) and re.match(r"(?:呢|了|啊)?(?:[，。？！]|$)", after) and not q.indicators:
            return _told(q, "outside-topic")
    return None


def _told_of_somebody(q: Question, m: Mention) -> bool:
    """Whether a clause that asks nothing tells what happened to somebody (我儿子去年中考没考好，…)."""
    part = q.reading.part(*q.reading.clause(m.start))
    return not part.asks and part.has("parent", "child", "other", "family")


def _off_topic(q: Question) -> Answer | None:
    asked = [m for m in q.reading.cues.get("off-topic", ()) if not _told_of_somebody(q, m)]
    if asked and not q.own_links.named and not q.indicators and not _in_text(q, 0.66):
        return _told(q, "outside-topic")
    return None


def elsewhere(q: Question) -> bool:
    """Whether a question is about another place or time."""
    return _other_place(q) is not None or _other_time(q) is not None


_RULES: tuple[Callable[[Question], Answer | None], ...] = (_other_place, _other_time, _off_topic, _headcount, _procedure)


def refusal(q: Question) -> Answer | None:
    """The first reason why the plan has no answer; None: it may have one."""
    for rule in _RULES:
        if (found := rule(q)) is not None:
            return found
    return None
