"""What a question is about: its words without those that only ask, with the names of what spoken words mean."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from tjkg.ask.paying import payers_named
from tjkg.ask.reading import Reading
from tjkg.ask.retrieve import grams
from tjkg.ask.snapshot import Snapshot

__all__ = ["Asked", "asked", "content", "covered", "said"]

# Cues that only ask; their characters say nothing of the subject.
_ASKING = frozenset(
    "money howmuch payer who ratio split audience which-domain which-category which-section belongs list can count max "
    "min which-extreme both about definition procedure where phone department difference self parent child other family "
    "who-does plan yearly monthly floor cap together alone".split()
)
# Characters that only join words; a pair over one of them tells nothing.
_FUNCTION = frozenset("的了吗呢吧啊呀么嘛啥这那哪您你我他她它们是都也还又很太把被跟和与或及想请问着俺咱")
# Words of these facts say who asks, not what for.
_WHO = frozenset({"age", "hukou", "sex", "school_place", "work_place"})
_UNKNOWN = 2.2  # what a pair of characters that no service has counts, beside the rarity of known ones
_MEANT = 24.0  # what a spoken word may count at most by the name of what it means (8 pairs known to a third)
_LEAST = 5.0  # what the shared words must tell at least, in the measure of rarity


def said(reading: Reading, mask: list[bool] | None = None) -> str:
    """The words of the question that do not only ask."""
    if mask is None:
        mask = _mask(reading)
    return "".join(c if keep else " " for c, keep in zip(reading.text, mask, strict=True))


def _mask(reading: Reading) -> list[bool]:
    mask = [c not in _FUNCTION for c in reading.text]
    for m in reading.mentions:
        if m.kind == "cue" and m.key in _ASKING and m.how != "gap":
            mask[m.start : m.end] = [False] * m.length
    for m in reading.mentions:
        if m.kind in ("service", "group", "indicator", "item", "agency", "word", "section", "domain", "category", "plain") and m.how != "gap":
            mask[m.start : m.end] = [True] * m.length
    for n in reading.numbers:
        if reading.text[n.end : n.end + 1].isascii() and reading.text[n.end : n.end + 1].isalpha():
            continue
        if n.unit in (None, "人", "元", "月", "日", "年", "岁", "虚岁") and n.operator == "=":
            mask[n.start : n.end] = [False] * (n.end - n.start)
    return mask


@dataclass(frozen=True)
class Asked:
    """plain: pairs of characters as said; meant: (pairs of a spoken word, pairs of the name of what it means)."""

    plain: frozenset[str]
    meant: tuple[tuple[frozenset[str], frozenset[str]], ...] = ()

    @cached_property
    def every(self) -> set[str]:
        """All pairs."""
        return set(self.plain).union(*(a | b for a, b in self.meant))


def content(reading: Reading, snapshot: Snapshot) -> str:
    """What the question is about: without words that only ask, with the names of what spoken words mean."""
    kept, means = _content(reading, snapshot)
    return kept + " " + " ".join(dict.fromkeys(name for _, name in means))


def asked(reading: Reading, snapshot: Snapshot, besides: str = "") -> Asked:
    """The pairs of what the question is about; a spoken word and the name of what it means count as one."""
    kept, means = _content(reading, snapshot)
    names: dict[str, set[str]] = {}
    for text, name in means:
        names.setdefault(text or name, set()).update(grams(name))
    spoken = {text for text, _ in means}
    meant = tuple((frozenset(grams(text) if text in spoken else ()), frozenset(pairs)) for text, pairs in names.items())
    return Asked(frozenset((grams(kept) | grams(besides)).difference(*(own for own, _ in meant))), meant)


def _content(reading: Reading, snapshot: Snapshot) -> tuple[str, list[tuple[str, str]]]:
    """The words that do not only ask; (spoken word, name of what it means)."""
    mask = _mask(reading)
    words = [m for m in reading.of("word") if snapshot.words[m.key].fact not in _WHO]
    for m in reading.of("word"):
        if m not in words and m.how != "gap" and not any(o.start <= m.start and m.end <= o.end for o in reading.of("service", "group", "item")):
            mask[m.start : m.end] = [False] * m.length
    held = reading.of("service", "group", "item", "agency")
    paying = payers_named(reading)
    for m in reading.of("payer"):
        if m.key in paying and not any(h.start <= m.start and m.end <= h.end for h in held):
            mask[m.start : m.end] = [False] * m.length
    means = [(m.text, m.key) for m in reading.of("plain")]
    means += [(m.text, m.key) for m in reading.of("group", "agency", "indicator") if m.how != "name" or m.key != m.text]
    means += [("" if m.how == "gap" else m.text, m.key.split("/")[-1]) for m in words]
    return said(reading, mask), means


def covered(snapshot: Snapshot, words: Asked) -> dict[str, float]:
    """Service → the share of the asked words' weight that it holds, less where they tell little; a spoken
    word is held when it or the name of what it means is."""
    index = snapshot.service_index

    def weight(pairs: Iterable[str]) -> float:
        return 3 * sum(index.rarity(g) or _UNKNOWN for g in pairs)

    whole = weight(words.plain)
    held = dict(index.score(set(words.plain)))
    telling = dict(index.score(set(words.plain - snapshot.generic)))
    for own, name in words.meant:
        counts = max(weight(own), min(weight(name), _MEANT))
        whole += counts
        shares: dict[int, float] = {}
        for pairs in (own, name):
            if total := weight(pairs):
                for n, score in index.score(set(pairs)):
                    shares[n] = max(shares.get(n, 0.0), score / total)
        for n, share in shares.items():
            held[n] = held.get(n, 0.0) + share * counts
            if not own <= snapshot.generic:
                telling[n] = telling.get(n, 0.0) + share * counts
    return {
        snapshot.names[n]: s / whole * min(1.0, telling.get(n, 0.0) / 3 / _LEAST) for n, s in held.items()
    } if whole else {}
