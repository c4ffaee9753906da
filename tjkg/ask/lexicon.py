"""All names and spoken words of the graph, found in a question exactly, by a gap (能…吗), or by their sound."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

__all__ = ["GAP", "SHORT_GAP", "Lexicon", "Mention"]

GAP, SHORT_GAP = "…", "‥"
_GAPS = re.compile(f"[{GAP}{SHORT_GAP}]")
# Characters that nobody mistypes for others of the same sound within a name.
_FUNCTION = frozenset("由的了是在有没不也都就正还能会给吗嘛吧呢我你他她这那个")
_NEGATIVE = frozenset("没无不未非")
_COMMA_GAP = "[^。？！；]{0,12}?"  # between the halves of a word that states a fact
_SHORT = "[^，。？！；]{0,3}?"
_CLAUSE_GAP = "[^，。？！；]{0,60}?"  # between the halves of a word that asks
_NUMERALS = frozenset("0123456789一二三四五六七八九十百千万两")


@dataclass(frozen=True, slots=True)
class Mention:
    """Characters of the question that name something.

    kind: service, group, word, cue, place, unit, payer, agency, category, domain, section, indicator, item,
    plain (an everyday word for one of the plan's);
    key: which one; how: name, spoken, gap, sound or typo.
    """

    start: int
    end: int
    text: str
    kind: str
    key: str
    how: str

    @property
    def length(self) -> int:
        """Characters."""
        return self.end - self.start

    def holds(self, other: Mention) -> bool:
        """Whether it spans another mention and more."""
        return self.start <= other.start and other.end <= self.end and self.length > other.length


@cache
def _gapped(label: str, kind: str) -> re.Pattern[str]:
    """The pattern of a label with gaps."""
    wide = _CLAUSE_GAP if kind == "cue" else _COMMA_GAP
    escaped = re.escape(label).replace(re.escape(GAP), wide).replace(re.escape(SHORT_GAP), _SHORT)
    return re.compile(escaped)


class Lexicon:
    """Labels → what they name.

    labels: label → [(kind, key, how)]; gaps: [(label with …, kind, key)]; sounds: letters of a label →
    [label]; syllables: character → letters.
    """

    def __init__(
        self, labels: Mapping[str, list[tuple[str, str, str]]], gaps: Iterable[tuple[str, str, str]],
        sounds: Mapping[str, list[str]], syllables: Mapping[str, str],
    ) -> None:
        self.labels, self._sounds, self._syllables = labels, sounds, syllables
        self._longest = max(map(len, labels), default=0)
        self._starts = {label[:2] for label in labels if len(label) > 1} | {label for label in labels if len(label) == 1}
        self._gaps = [(tuple(_GAPS.split(label)), label, kind, key) for label, kind, key in gaps]

    def exact(self, text: str) -> list[Mention]:
        """Every label in the text, overlapping ones too."""
        found: list[Mention] = []
        lower = text.lower()
        for at in range(len(text)):
            if lower[at : at + 2] not in self._starts and lower[at] not in self._starts:
                continue
            for end in range(at + 1, min(len(text), at + self._longest) + 1):
                entries = self.labels.get(lower[at:end])
                if entries and self._whole(lower, at, end):
                    found += [Mention(at, end, text[at:end], kind, key, how) for kind, key, how in entries]
        return found + self._with_gaps(text)

    @staticmethod
    def _whole(text: str, start: int, end: int) -> bool:
        """Latin words are only found whole."""
        def letter(at: int) -> bool:
            return 0 <= at < len(text) and text[at].isascii() and text[at].isalnum()

        return not (letter(start) and letter(start - 1)) and not (letter(end - 1) and letter(end)) or text[start].isdigit()

    def _with_gaps(self, text: str) -> list[Mention]:
        found = []
        lower = text.lower()
        for parts, label, kind, key in self._gaps:
            if all(part in lower for part in parts):
                for m in _gapped(label, kind).finditer(lower):
                    if self._whole(lower, m.start(), m.end()):
                        found.append(Mention(m.start(), m.end(), text[m.start() : m.end()], kind, key, "gap"))
        return found

    def letters(self, text: str) -> str | None:
        """How the text sounds (near sounds alike), or None when a character has no sound."""
        try:
            return " ".join(self._syllables[c] for c in text)
        except KeyError:
            return None

    def by_sound(self, text: str, known: list[Mention], kinds: frozenset[str]) -> list[Mention]:
        """Labels that sound like words which no label explains: 低宝, 助学今.

        known: what was found exactly; kinds: of which kinds.
        """
        found: list[Mention] = []
        for at in range(len(text)):
            for end in range(min(len(text), at + 12), at + 1, -1):
                said = text[at:end]
                letters = self.letters(said)
                labels = self._sounds.get(letters, ()) if letters else ()
                for label in labels:
                    slips = [at + i for i, (a, b) in enumerate(zip(label, said, strict=True)) if a != b]
                    if not slips or any(c in _NUMERALS for c in said) or not _worth(label, said):
                        continue
                    if any(at <= m.start and m.end <= end and m.length == end - at - 1 > 1 and m.kind == "service" for m in known):
                        continue  # 低保|强 is no slip for a longer name
                    if any(_explains(m, at, end) or _right(m, slips) or _cuts(m, at, end) for m in known):
                        continue
                    found += [Mention(at, end, said, kind, key, "sound") for kind, key, _ in self.labels[label]
                              if kind in kinds and (kind != "word" or len(label) > 2)]
        return found


def _worth(label: str, said: str) -> bool:
    """Whether same sounds are likely a slip of the pen: some characters are right, most of long ones are."""
    pairs = list(zip(label, said, strict=True))
    slips = sum(a != b for a, b in pairs)
    if any(a != b and b in _FUNCTION for a, b in pairs) and not (slips == 1 and len(label) > 3):
        return False
    if label[0] in _NEGATIVE:
        return False  # 没残疾|正上大学 is no slip for 没残疾证
    same = sum(a == b and a not in _FUNCTION for a, b in pairs)
    return same >= (1 if len(label) <= 3 else len(label) // 2)


def _right(mention: Mention, slips: list[int]) -> bool:
    """Whether the characters that would be slips belong to a name found exactly."""
    return mention.kind != "cue" and mention.length > 1 and any(mention.start <= i < mention.end for i in slips)


def _cuts(mention: Mention, start: int, end: int) -> bool:
    """Whether a slip would begin or end within a word found exactly: 房补 in 买房|补贴."""
    return mention.length > 1 and mention.how != "gap" and (mention.start < start < mention.end or mention.start < end < mention.end)


def _explains(mention: Mention, start: int, end: int) -> bool:
    """Whether a name found exactly stands where the slip would be."""
    return mention.length > 1 and mention.start < end and start < mention.end and mention.kind != "cue" and mention.length >= (end - start)
