"""The sentences of the plan that speak of what is asked."""

from __future__ import annotations

import re

from tjkg.ask.question import Question
from tjkg.ask.retrieve import grams
from tjkg.ask.snapshot import Paragraph

__all__ = ["asked_words", "cell_told", "numbered", "passages", "rarest"]

_UNKNOWN = 2.5  # what a pair that the plan does not have weighs against a sentence
_TOLD = 0.48  # what a sentence must hold of the question to tell which service is meant
_APART = 0.75  # and the best one of another service holds so little of what it holds
_HARDLY = 6.6  # rarity of one that one or two have
_TELLING = 5.5  # rarity of a pair of characters that only a few sentences have


def asked_words(q: Question) -> set[str]:
    """What a question of text asks for: the words of its content, without the plan's own name and what period it reports on."""
    text = re.sub(r"(?:这个|本)?(?:规划|计划|文件|方案)(?=[里中对定提怎如关把写说没有是上]|$)|这事儿?|这件事|写了没有|怎么|如何|关于|什么|哪些|嘛|啥|提出|内容|多少|请问|对于|有关|方面|天津市?|本市|(?<![\u4e00-\u9fff])对|说法|态度|怎么看|[这那]?块儿|提了没有|提没提", " ", q.content)
    text += " ".join(f" {n.value.normalize():f}{n.unit}" for n in q.reading.numbers if n.unit and n.unit != "年")
    for m in q.reading.cues.get("past-period", ()):
        text = text.replace(m.text, " ")
    found = grams(text)
    return {g for g in found if len(g) > 1} or found


def passages(q: Question, asked: set[str], most: int = 3, enough: float = 0.5) -> list[Paragraph]:
    """The sentences that hold most of what is asked, best first; none below a share of its weight."""
    index = q.snapshot.sentence_index
    known = {g for g in asked if index.knows(g)}
    total = sum(index.rarity(g) for g in known) + sum(_UNKNOWN for g in asked if g not in known)
    telling = {g for g in known if index.rarity(g) >= _TELLING}
    found, near = [], []
    for number, score in index.score(asked)[:20]:
        s = q.snapshot.sentences[number]
        whole = total - sum(index.rarity(g) or _UNKNOWN for g in _bridges(asked, grams(s.text)))
        share = score / whole if whole else 0.0
        if share >= enough or (share >= 0.7 * enough and telling and telling <= grams(s.text) and len(asked - known) < 2):
            found.append((score, s))
        elif share >= 0.7 * enough:
            near.append((score, s))
    if found:  # beside a sentence that says it, those that say nearly as much
        found += near
    found.sort(key=lambda pair: (-round(pair[0], 1), pair[1].start))
    best = found[0][0] if found else 0
    return [_whole(q, s) for score, s in found if score >= 0.7 * best][:most]


def rarest(q: Question, asked: set[str]) -> list[Paragraph]:
    """The sentences with a word of the question that hardly any other sentence has (托位)."""
    index = q.snapshot.sentence_index
    telling = {g for g in asked if index.rarity(g) >= _HARDLY}
    found = [q.snapshot.sentences[number] for number, _ in index.score(telling)[:2]] if telling else []
    return [_whole(q, s) for s in found]


def _bridges(asked: set[str], held: set[str]) -> set[str]:
    """Pairs that a text lacks only because it has words between two others that it holds: 雪运 of 冰雪…运动."""
    firsts, lasts = {g[0] for g in asked & held}, {g[-1] for g in asked & held}
    return {g for g in asked - held if len(g) == 2 and g[0] in lasts and g[1] in firsts}


def cell_told(q: Question) -> Paragraph | None:
    """The sentence of one service's cells that holds most of what is asked, when no other service's comes near."""
    asked = asked_words(q)
    index = q.snapshot.sentence_index
    total = sum(index.rarity(g) or _UNKNOWN for g in asked)
    best: list[tuple[float, Paragraph]] = []
    for number, score in index.score(asked)[:20]:
        s = q.snapshot.sentences[number]
        if s.service is not None and s.service not in {b.service for _, b in best}:
            best.append((score / total, s))
    if not best or best[0][0] < _TOLD or (len(best) > 1 and best[1][0] > _APART * best[0][0]):
        return None
    return best[0][1]


def numbered(q: Question, text: str) -> bool:
    """Whether a number stands right after the words asked for: 最低工资标准 alone gives none."""
    chunks = [c for c in re.findall(r"[\u4e00-\u9fff]{2,}", q.content) if c in text]
    if not chunks:
        return re.search(r"\d", text) is not None
    longest = max(chunks, key=len)
    return re.search(r"^[^。；]{0,14}\d", text[text.index(longest) + len(longest) :]) is not None


def _whole(q: Question, s: Paragraph) -> Paragraph:
    """The paragraph that a title heads, in place of the title alone."""
    if s.service is None and len(s.text) <= 40:
        for key in ("tasks", "projects", "measures"):
            for t in q.snapshot.catalogue[key]:
                if t["start"] == s.start and len(t["text"]) > len(s.text):
                    return Paragraph(t["text"], t["line"], t["start"], None, None)
    return s
