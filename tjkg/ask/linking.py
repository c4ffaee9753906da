"""Which service a question speaks of: by a name, by an item it pays, by its group, by its words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from tjkg.ask.lexicon import Mention
from tjkg.ask.reading import Reading
from tjkg.ask.retrieve import grams
from tjkg.ask.snapshot import Snapshot

__all__ = ["Link", "Links", "content", "link", "said"]

# Cues that only ask; their characters say nothing of the subject.
_ASKING = frozenset(
    "money howmuch payer who ratio split audience which-domain which-category which-section belongs list can count max "
    "min which-extreme both about definition procedure where phone department difference self parent child other family "
    "plan yearly monthly floor cap together alone vague-benefit".split()
)
_PLAIN = re.compile(r"[（）“”()、，\s]")
# A retrieved service counts when its words cover this share of what the question's words weigh.
ENOUGH = 0.34
NEAR = 0.88
"""A second service is as good as the first when it reaches this share of its score."""


@dataclass(frozen=True)
class Link:
    """A service, how sure (0 to 1), by what: name, sound, item, group, words; item: which benefit was named."""

    service: str
    score: float
    how: str
    mention: Mention | None = None
    item: str | None = None


@dataclass
class Links:
    """named: services called by a name in order of the question; ranked: by words and groups, best first."""

    named: list[Link] = field(default_factory=list)
    ranked: list[Link] = field(default_factory=list)

    @cached_property
    def best(self) -> list[Link]:
        """The services meant: the named ones, else the best ranked with those as good."""
        if self.named:
            return self.named
        top = self.ranked[:1]
        return [r for r in self.ranked if top and r.score >= NEAR * top[0].score][:3] if top and top[0].score >= ENOUGH else []

    @property
    def services(self) -> list[str]:
        """Names of the best, once each."""
        return list(dict.fromkeys(link.service for link in self.best))


def said(reading: Reading, mask: list[bool] | None = None) -> str:
    """The words of the question that do not only ask."""
    if mask is None:
        mask = _mask(reading)
    return "".join(c if keep else " " for c, keep in zip(reading.text, mask, strict=True))


def _mask(reading: Reading) -> list[bool]:
    mask = [True] * len(reading.text)
    for m in reading.mentions:
        if m.kind == "cue" and m.key in _ASKING and m.how != "gap":
            mask[m.start : m.end] = [False] * m.length
    for m in reading.mentions:
        if m.kind in ("service", "group", "indicator", "item", "agency"):
            mask[m.start : m.end] = [True] * m.length
    for n in reading.numbers:
        if n.unit in (None, "人", "元", "月", "日", "年") and n.operator == "=":
            mask[n.start : n.end] = [False] * (n.end - n.start)
    return mask


def content(reading: Reading, snapshot: Snapshot) -> str:
    """What the question is about: without words that only ask, with the names of what spoken words mean."""
    kept = said(reading)
    means = [m.key for m in reading.of("group", "agency", "indicator") if m.how != "name" or m.key != m.text]
    means += [m.key.split("/")[-1] for m in reading.of("word")]
    return kept + " " + " ".join(dict.fromkeys(means))


def _named(reading: Reading, snapshot: Snapshot) -> list[Link]:
    """Services called by a name; a short name that is part of other services' names stands for those too."""
    found: dict[tuple[str, str | None], Link] = {}
    for m in reading.of("service", "item"):
        service, _, item = m.key.partition("\t")
        sure = {"name": 1.0, "spoken": 0.95, "sound": 0.85, "typo": 0.8}.get(m.how, 0.9)
        key = (service, item or None)
        if key not in found or found[key].score < sure:
            found[key] = Link(service, sure, "item" if item else m.how, m, item or None)
    links = list(found.values())
    exact = {m.text for m in reading.of("service") if m.how == "name"}
    for link in list(links):
        said = _PLAIN.sub("", link.mention.text) if link.mention else ""
        if link.how != "spoken" or said in exact or len(said) < 4:
            continue
        for other in snapshot.names:
            if other != link.service and said in _PLAIN.sub("", other) and (other, None) not in found:
                links.append(Link(other, 0.9, "spoken", link.mention))
    return sorted(links, key=lambda l: l.mention.start if l.mention else 0)


def _without_people(links: list[Link], reading: Reading) -> list[Link]:
    """A name that is also what a person is (低保, 五保) means the service only when no other is named and it
    stands in a clause that asks; 低保户 and 不是低保 never do."""
    people = reading.of("group", "word")

    def is_person(link: Link) -> bool:
        m = link.mention
        return m is not None and any(p.start <= m.start and m.end <= p.end for p in people if p.how != "sound")

    def in_focus(link: Link) -> bool:
        m = link.mention
        if m is None or any(p.holds(m) for p in people if p.kind == "group"):
            return False
        if reading.text[: m.start].endswith(("不是", "没有", "不吃", "没", "非")):
            return False
        a, b = reading.clause(m.start)
        return len(reading.clauses) == 1 or reading.part(a, b).asks

    clear = [link for link in links if not is_person(link)]
    return clear or [link for link in links if in_focus(link)]


def _one_meant(links: list[Link], reading: Reading, snapshot: Snapshot) -> list[Link]:
    """Of services that one name may mean, those that the rest of the question speaks of; of two names, the
    second goes when it is a thing the first one's own text speaks of (就业见习|生活费补贴)."""
    if len(links) < 2:
        return links
    kept: list[Link] = []
    for link in links:
        m = link.mention
        rivals = [o for o in links if o.mention and m and o.mention.start == m.start and o.mention.end == m.end]
        if len({r.service for r in rivals}) > 1 and m:
            rest = Reading(reading.text, [x for x in reading.mentions if not (m.start <= x.start and x.end <= m.end)], [], [])
            said = grams(content(rest, snapshot)) - grams(m.text)
            scores = dict(snapshot.service_index.score(said))
            of = {r.service: scores.get(snapshot.names.index(r.service), 0.0) for r in rivals}
            best = max(of.values())
            if best > 2.0 and of[link.service] < 0.6 * best:
                continue
        kept.append(link)
    return [link for link in kept if not _owned(link, kept, snapshot)]


def _owned(link: Link, links: list[Link], snapshot: Snapshot) -> bool:
    """Whether another named service's text holds the words of this name, and stands before it."""
    m = link.mention
    for other in links:
        o = other.mention
        if other.service == link.service or o is None or m is None or o.end > m.start or o.how == "spoken" and link.how == "name":
            continue
        if m.start - o.end <= 1 and any(m.text in row["standard"] for row in snapshot.services[other.service]["standards"]):
            return True
    return False


def link(reading: Reading, snapshot: Snapshot) -> Links:
    """The services a question may mean."""
    named = _one_meant(_without_people(_named(reading, snapshot), reading), reading, snapshot)
    asked = grams(content(reading, snapshot))
    index = snapshot.service_index
    weights = sum(index.rarity(g) for g in asked) * 3.0
    unknown = sum(1 for g in asked if not index.knows(g))
    ranked = [
        Link(snapshot.names[number], score / (weights + unknown * 1.0), "words")
        for number, score in index.score(asked)[:8]
    ] if weights else []
    return Links(named, ranked)
