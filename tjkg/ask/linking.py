"""Which service a question speaks of: by a name, by an item it pays, by its group, by its words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cached_property

from tjkg.ask.content import Asked, asked, content, covered, said
from tjkg.ask.lexicon import Mention
from tjkg.ask.reading import Reading
from tjkg.ask.retrieve import grams
from tjkg.ask.snapshot import Snapshot

__all__ = ["COMPARED", "Link", "Links", "link"]

_BESIDES = r"除(?:了|开|去|掉)?$"
_PLAIN = r"[（）“”()、，\s]"
# A retrieved service counts when its words cover this share of what the question's words weigh.
ENOUGH = 0.31
_STATUS = 0.4  # below this score of the words a status that is named (低保) is the service meant
_PEOPLE = r"的?(?:人员?|对象|户|家庭|老人|孩子|学生|群众)(?!救助|供养|补贴|补助)"  # 特困供养的人 is somebody, no service
_KIN = ("self", "parent", "child", "other", "family")
_NOT = ("不是", "没有", "不吃", "没", "非")
_ALONE = ((0.48, 0.62), (0.4, 0.35))  # a service is meant alone when it holds so much, and the next so little of that
_HELD = 0.6  # a short name that its own words hold so well is meant
COMPARED = r"谁多谁少|谁高谁低|(?:哪个|谁|哪头|哪边)(?:给的|拿的|领的)?更?(?:多|高|少|低)|比[^，。？]{2,12}(?:多|高|少|低(?!收入|保))"
"""Two amounts held against each other: 谁多谁少."""
_FAR = 0.3  # by so much they must do so where the name is short
_CLEARLY = 0.05  # by so much the words must speak of another service than the one named
_TELLING = 8.0  # rarity of the words of the asking clauses from which they may be judged alone
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
    """named: services called by a name in order of the question; ranked: by words and groups,
    best first; every: all names, those of statuses (低保) too; besides: named only to be left out (除了低保，还有谁)."""

    named: list[Link] = field(default_factory=list)
    ranked: list[Link] = field(default_factory=list)
    every: list[Link] = field(default_factory=list)
    besides: list[Link] = field(default_factory=list)

    @cached_property
    def best(self) -> list[Link]:
        """The services meant: the named ones, else the best ranked with those as good."""
        if self.named and not self._outdone:
            return self.named
        top = self.ranked[:1]
        return [r for r in self.ranked if top and r.score >= NEAR * top[0].score][:3] if top and top[0].score >= ENOUGH else []

    @property
    def clear(self) -> bool:
        """Whether one service is meant beyond doubt: named, or the words speak of it and of no other."""
        if self.named or not self.ranked:
            return bool(self.named)
        rival = self.ranked[1].score if len(self.ranked) > 1 else 0.0
        top = self.ranked[0].score
        return any(top >= alone and rival <= behind * top for alone, behind in _ALONE)

    @property
    def _outdone(self) -> bool:
        """Whether the words speak of another service than the short name of a benefit does (保险补贴)."""
        services = [x.service for x in self.named]
        if not self.ranked or self.ranked[0].score < 0.5 or self.ranked[0].service in services:
            return False
        own = max((x.score for x in self.ranked if x.service in services), default=0.0)
        if own >= _HELD:
            return False
        short = all(link.how not in ("name", "sound") and link.mention and link.mention.length <= 4 for link in self.named)
        return short and (all(link.how == "item" for link in self.named) or self.ranked[0].score >= own + _FAR)

    @property
    def services(self) -> list[str]:
        """Names of the best, once each."""
        return list(dict.fromkeys(link.service for link in self.best))


def _named(reading: Reading, snapshot: Snapshot) -> list[Link]:
    """Services called by a name; a short name that is part of other services' names stands for those too."""
    found: dict[tuple[str, str | None, int], Link] = {}
    for m in reading.of("service", "item"):
        service, _, item = m.key.partition("\t")
        sure = {"name": 1.0, "spoken": 0.95, "sound": 0.85, "typo": 0.8}.get(m.how, 0.9)
        key = (service, item or None, m.start)
        if key not in found or found[key].score < sure:
            found[key] = Link(service, sure, "item" if item else m.how, m, item or None)
    links = list(found.values())
    exact = {m.text for m in reading.of("service") if m.how == "name"}
    for link in list(links):
        said = re.sub(_PLAIN, "", link.mention.text) if link.mention else ""
        if link.how != "spoken" or said in exact or len(said) < 4:
            continue
        for other in snapshot.names:
            if other != link.service and said in re.sub(_PLAIN, "", other) and other not in {service for service, _, _ in found}:
                links.append(Link(other, 0.9, "spoken", link.mention))
    return sorted(links, key=lambda x: x.mention.start if x.mention else 0)


def _without_people(links: list[Link], reading: Reading, snapshot: Snapshot) -> list[Link]:
    """A name that is also what a person is (低保, 五保) means the service only when no other is named and it
    stands in a clause that asks; 低保户 and 不是低保 never do."""
    people = [m for m in reading.of("group", "word") if m.kind == "group" or snapshot.words[m.key].about in (None, "person")]

    def is_person(link: Link) -> bool:
        m = link.mention
        return m is not None and any(
            p.start < m.end and m.start < p.end and p.end >= m.end and not (p.start > m.start and m.length >= p.length + 3)
            for p in people if p.how != "sound"
        )

    def in_focus(link: Link) -> bool:
        m = link.mention
        if m is None or any(p.start < m.end <= p.end and p.length > 2 and (p.end > m.end or p.holds(m)) for p in people if p.kind == "group"):
            return False
        if reading.text[: m.start].endswith(_NOT):
            return False
        if re.match(_PEOPLE, reading.text[m.end :]):
            return False
        a, b = reading.clause(m.start)
        spoken_of = a == reading.clauses[0][0] == m.start and not any(c.start < b and a <= c.start for k in _KIN for c in reading.cues.get(k, ()))  # 职工医保住院，…
        return len(reading.clauses) == 1 or reading.part(a, b).asks or spoken_of

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
        if m and link.how == "item" and any(r.service == m.text for r in rivals):
            continue  # the full name of one service, and what another one gives
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


def link(reading: Reading, snapshot: Snapshot, besides: str = "") -> Links:
    """The services a question may mean.

    besides: words of an earlier part that this one leaves out (高中助学金多少钱，中专的呢).
    """
    every = _named(reading, snapshot)
    left_out = [x for x in every if x.mention and re.search(_BESIDES, reading.text[: x.mention.start])]
    every = [x for x in every if x not in left_out]
    named = _one_meant(_without_people(every, reading, snapshot), reading, snapshot)
    told = reading if len(reading.clauses) < 2 else _without_who(reading, snapshot)
    every_word = asked(told, snapshot, besides)
    core = asked(_asking(reading), snapshot, besides) if len(reading.clauses) > 1 else every_word
    ranked = _ranked(reading, snapshot, every_word, core)
    if not named and (not ranked or ranked[0].score < _STATUS):  # 一个人吃低保，每月打多少: the status is what is spoken of
        stated = [x for x in every if x.mention and not reading.text[: x.mention.start].endswith(_NOT)]
        ranked = [replace(x, score=_STATUS + 0.1, how="words") for x in stated[:1]] + [x for x in ranked if not stated or x.service != stated[0].service]
    if not named and (not ranked or ranked[0].score < ENOUGH):
        rare = _by_rare_group(_asking(reading), snapshot)
        ranked = [*(rare if len(rare) == 1 else ()), *ranked]
    if re.search(COMPARED, reading.text):  # 失独和低保，谁多
        rare = _by_rare_group(reading, snapshot)
        named += [x for x in rare if named and x.service not in {n.service for n in named}]
        every += [x for x in rare if x.service not in {n.service for n in every}]
    named, ranked = _helped_with(named, ranked, reading, snapshot)
    return Links(named, ranked, every, left_out)


def _by_rare_group(reading: Reading, snapshot: Snapshot) -> list[Link]:
    """The services for groups that no other service names: 百岁那钱, 失独每月的钱."""
    said = [g for m in reading.of("word") for g in (*snapshot.words[m.key].groups, *snapshot.words[m.key].exact_groups)]
    said += [m.key for m in reading.of("group")]
    found: list[str] = []
    for group in dict.fromkeys(said):
        of = [name for name, s in snapshot.services.items() if group in {g["name"] for g in s["groups"]}]
        found += [name for name in of if len(of) == 1 and name not in found]
    return [Link(name, _STATUS + 0.1, "group") for name in found]


def _helped_with(named: list[Link], ranked: list[Link], reading: Reading, snapshot: Snapshot) -> tuple[list[Link], list[Link]]:
    """Named and ranked services; where the words speak of one that helps its own groups with another (残疾人交
    城乡居民养老保险，补几成), the helping one comes first."""
    first = named[0].service if len(named) == 1 else ranked[0].service if ranked and not named else None
    if first is None:
        return named, ranked
    own = next((x.score for x in ranked if x.service == first), 0.0)
    least = own + _CLEARLY if named else NEAR * own - _CLEARLY
    told = {m.key for m in reading.of("group") if not snapshot.services_for_all(m.key)}

    def related(name: str) -> set[str]:
        return set().union(*(snapshot.above(g["name"]) | snapshot.below(g["name"]) for g in snapshot.services[name]["groups"]))

    for link_ in ranked[:2]:
        if link_ is not ranked[0] and ranked[0].service != first:
            break
        rows = snapshot.services[link_.service]["standards"]
        helps = link_.service != first and link_.score >= max(least, _STATUS) and any(first in row["target"] + row["standard"] for row in rows)
        if helps and (named or told & related(link_.service) - related(first)):
            return [], [link_, *(x for x in ranked if x is not link_)]
    return named, ranked


def _without_who(reading: Reading, snapshot: Snapshot) -> Reading:
    """Without the groups of clauses that do not ask (农村低保户，…: who it is about), where those that ask say enough."""
    core = grams(said(_asking(reading)))
    if sum(map(snapshot.service_index.rarity, core)) < _TELLING:
        return reading
    gone = [m for m in reading.of("group") if not reading.part(*reading.clause(m.start)).asks]
    text = list(reading.text)
    for m in gone:
        text[m.start : m.end] = " " * m.length
    spans = [(m.start, m.end) for m in gone]
    kept = [m for m in reading.mentions if not any(a <= m.start and m.end <= b for a, b in spans)]
    return Reading("".join(text), kept, reading.numbers, reading.tokens)


def _asking(reading: Reading) -> Reading:
    """The clauses that ask: the others only say who it is about."""
    spans = [(a, b) for a, b in reading.clauses if reading.part(a, b).asks] or reading.clauses
    text = "".join(c if any(a <= i < b for a, b in spans) else " " for i, c in enumerate(reading.text))
    inside = [m for m in reading.mentions if any(a <= m.start and m.end <= b for a, b in spans)]
    return Reading(text, inside, [n for n in reading.numbers if any(a <= n.start < b for a, b in spans)], [])


def _ranked(reading: Reading, snapshot: Snapshot, asked: Asked, core: Asked) -> list[Link]:
    """Services by how much of the asking words they hold; all words add to the score, a sum of money that
    is one of theirs, or a group that they name, speaks for them."""
    scores = covered(snapshot, asked)
    if sum(map(snapshot.service_index.rarity, core.every)) >= _TELLING:
        for name, score in covered(snapshot, core).items():
            scores[name] = max(score, scores.get(name, 0.0))
    rest = covered(snapshot, Asked(frozenset(asked.every - core.every))) if core.every else {}
    sums = {float(n.value) for n in reading.numbers if n.value >= 100 and n.unit in (None, "元")}
    kinds: set[str] = set()
    named: set[str] = set()
    for m in reading.of("group"):
        named |= snapshot.below(m.key)
    kinds |= named
    for m in reading.of("word"):
        kinds |= set(snapshot.words[m.key].groups)
    told = {w for words in snapshot.contrasts for w in words if w in reading.text}
    found = []
    for name, service in snapshot.services.items():
        score = min(1.0, scores.get(name, 0.0)) + 0.05 * rest.get(name, 0.0)
        if told and score > 0.15 and any(told & {(b["item"] or "")[: len(w)] for b in service["benefits"]} for w in told):
            score += 0.2  # 特困户看门诊: the service that has a benefit for 门诊
        if sums and any(b["value"] in sums and b["currency"] for b in service["benefits"]):
            score += 0.4
        if kinds and score > 0.15 and {g["name"] for g in service["groups"]} & kinds:
            score += 0.12
            if {g["name"] for g in service["groups"]} & named:
                score += 0.04
        if score > 0:
            found.append(Link(name, score, "words"))
    return sorted(found, key=lambda x: -x.score)[:8]
