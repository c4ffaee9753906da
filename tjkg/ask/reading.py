"""A question read: its words and what each was taken as, its numbers, and the cues that say what is asked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from tjkg.ask.forms import asked_by_form, misled
from tjkg.ask.lexicon import Mention
from tjkg.ask.normalise import clauses
from tjkg.ask.numbers import Number, numbers
from tjkg.ask.segment import Segmenter
from tjkg.ask.snapshot import Snapshot

__all__ = ["Reading", "read"]

# Mentions of these kinds may be mistyped; cues are too short to guess.
_SOUND_KINDS = frozenset({"service", "group", "indicator", "item", "word"})
# Cues that still count inside a longer cue of another kind (the 服务 of 哪些服务); 上哪 in 沾上哪些 does not.
_NESTED = frozenset("howmuch service-noun grant standard ratio vague-benefit pay section-noun self plan monthly yearly max min".split())
# Cues that make a clause a question.
_ASKS = (
    "money", "howmuch", "payer", "ratio", "split", "audience", "which-domain", "which-category", "which-section", "list",
    "can", "count", "which-extreme", "definition", "procedure", "where", "phone", "difference", "department", "about",
    "reimburse", "standard", "bindingness", "what",
)
# 几块足球场 asks for no money: what follows is the thing counted.
_COUNTED = r"^[\u4e00-\u9fff](?<![钱元块吧呢啊来多一])"
# 工程 is part of a name (安居工程) after other characters than these (哪些工程, 保障工程).
_PART_OF_NAME = r"[\u4e00-\u9fff](?<![障点设些项个大么条类的有])$"
# Cues that speak against an answer, beside those that ask.
_DOUBTFUL = ("off-topic", "other-period", "past-period", "alone", "together", "floor", "cap", "which-extreme")
# Which of two mentions of the same characters is told first.
_RANK = {"service": 0, "item": 1, "indicator": 2, "group": 3, "word": 4, "category": 5, "domain": 5, "section": 5,
         "payer": 6, "agency": 7, "plain": 7, "place": 8, "cue": 9}
# Names of these kinds hold digits that are no numbers.
_NAMES = "service", "group", "indicator", "category", "domain", "section", "agency", "item", "word"


@dataclass
class Reading:
    """text: the normalised question; mentions: all names and words found; numbers: with units."""

    text: str
    mentions: list[Mention]
    numbers: list[Number]
    tokens: list[tuple[int, int, str]] = field(default_factory=list)

    def of(self, *kinds: str) -> list[Mention]:
        """The mentions of some kinds, in order."""
        return [m for m in self.mentions if m.kind in kinds]

    @cached_property
    def cues(self) -> dict[str, list[Mention]]:
        """Kind of cue → where it stands."""
        found: dict[str, list[Mention]] = {}
        for mention in self.mentions:
            if mention.kind == "cue":
                found.setdefault(mention.key, []).append(mention)
        return found

    def has(self, *cues: str) -> bool:
        """Whether any of the cues is there."""
        return any(c in self.cues for c in cues)

    @cached_property
    def clauses(self) -> list[tuple[int, int]]:
        """(start, end) of the pieces between marks."""
        return clauses(self.text)

    @property
    def asks(self) -> bool:
        """Whether anything in it asks."""
        return self.has(*_ASKS)

    def clause(self, position: int) -> tuple[int, int]:
        """The piece a position stands in."""
        return next(((a, b) for a, b in self.clauses if a <= position < b), (0, len(self.text)))

    def part(self, start: int, end: int) -> Reading:
        """The reading of a stretch of the question only (positions stay)."""
        return Reading(
            self.text, [m for m in self.mentions if start <= m.start and m.end <= end],
            [n for n in self.numbers if start <= n.start and n.end <= end],
            [t for t in self.tokens if start <= t[0] and t[1] <= end],
        )

    def without(self, spans: list[tuple[int, int]]) -> Reading:
        """The reading without the words and groups that touch some stretches of the question."""
        kept = [
            m for m in self.mentions
            if m.kind not in ("word", "group") or not any(a < m.end and m.start < b for a, b in spans)
        ]
        return Reading(self.text, kept, self.numbers, self.tokens)

    def told(self) -> list[dict[str, object]]:
        """Which words were taken as what, for the answer's `reading`."""
        found: dict[tuple[int, int], Mention] = {}
        for m in sorted(self.mentions, key=lambda m: (m.kind == "cue", -m.length, _RANK.get(m.kind, 9))):
            if not any(a < m.end and m.start < b and (a, b) != (m.start, m.end) for a, b in found):
                found.setdefault((m.start, m.end), m)
        return [
            {"text": m.text, "kind": m.kind, "as": m.key.split("\t")[-1].rsplit("/", 1)[-1], "how": m.how}
            for _, m in sorted(found.items())
        ]


def _longest_names(found: list[Mention], text: str) -> list[Mention]:
    """Without names inside longer names of the same kind: 法律援助 in 残疾人法律援助.

    Words stay (本市中职学校 says where and which school); cues stay; whatever stands in an agency's name goes.
    """
    kept = []
    found = [m for m in found if not misled(m, text)]
    for mention in found:
        rivals = {"service": ("service", "item"), "item": ("service", "item"), "word": (), "cue": ()}
        if mention.kind == "cue" and mention.key == "can" and any(o.kind == "service" and o.how == "name" and o.holds(mention) for o in found):
            continue  # 农村符合条件的…奖励扶助
        if mention.kind == "cue" and any(
            o.kind == "cue" and o.how != "gap" and o.key not in (mention.key, "money") and o.holds(mention)
            and (o.key == "none" or mention.key not in _NESTED) for o in found
        ):
            continue
        if mention.kind == "cue" and mention.key == "audience" and any(o.kind in ("service", "group") and o.holds(mention) for o in found):
            continue
        of = (*rivals.get(mention.kind, (mention.kind,)), *(("agency",) if mention.kind in ("word", "group") else ()))
        if not any(o.kind in of and o.holds(mention) and o.how != "gap" for o in found):
            kept.append(mention)
    return kept


def _along_words(found: list[Mention], tokens: list[tuple[int, int, str]]) -> list[Mention]:
    """Without what straddles two words of the segmentation: 居家 in 邻居｜家."""
    starts, ends = {t[0] for t in tokens}, {t[1] for t in tokens}
    inside = {(m.start, m.end): any(a <= m.start and m.end <= b for a, b, _ in tokens) for m in found}
    return [
        m for m in found
        if inside[m.start, m.end] or m.how in ("gap", "sound") or (m.start in starts and m.end in ends)
        or m.length > 2
    ]


def _without_story(found: list[Mention], text: str) -> list[Mention]:
    """Without what seems to ask in the sentences that only tell (…几个朋友想创业。补多少？): those end with no question mark."""
    if "？" not in text:
        return found
    told = [(m.start(), m.end()) for m in re.finditer("[^。！？]+[。！]", text)]
    return [
        m for m in found
        if m.kind != "cue" or m.key not in (*_ASKS, *_DOUBTFUL) or not any(a <= m.start < b for a, b in told)
    ]


def read(text: str, snapshot: Snapshot, segmenter: Segmenter) -> Reading:
    """A normalised question read.

    text: as `normalise` gives it; segmenter: cuts it into words.
    """
    tokens = segmenter.cut(text)
    found = _along_words(list(dict.fromkeys(snapshot.lexicon.exact(text))), tokens)
    found += snapshot.lexicon.by_sound(text, found, _SOUND_KINDS)
    found = [m for m in found if not (m.key == "can" and m.how == "gap" and m.text[-1] in "不么" and text[m.end : m.end + 1] not in "，。？！；")]
    found += asked_by_form(text, found)
    found = _longest_names(found, text)
    found = [m for m in found if not (m.text in ("几块", "几百", "几千") and re.match(_COUNTED, text[m.end :]))]
    found = [m for m in found if not (m.key == "projects" and m.text == "工程" and re.search(_PART_OF_NAME, text[: m.start]))]
    found = _without_story(found, text)
    found.sort(key=lambda m: (m.start, -m.length, _RANK.get(m.kind, 9)))
    masked = [(m.start, m.end) for m in found if m.kind in _NAMES and m.length > 2 and m.how != "gap"]
    return Reading(text, found, numbers(text, snapshot.units, masked), tokens)
