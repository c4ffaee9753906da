"""A question with everything read from it: what the intents score and the answers draw on."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from tjkg.ask.content import content
from tjkg.ask.eligibility import Eligibility
from tjkg.ask.fields import places, themes
from tjkg.ask.lexicon import Mention
from tjkg.ask.linking import COMPARED, ENOUGH, Link, Links, link
from tjkg.ask.paying import Ratio, Roles, payers_named, ratio_words, roles
from tjkg.ask.person import Person, describe
from tjkg.ask.reading import Reading
from tjkg.ask.sentences import listed
from tjkg.ask.snapshot import Snapshot
from tjkg.ask.targets import indicator_said, prose_targets
from tjkg.messages import Lang
from tjkg.query import load
from tjkg.sparql import bind

__all__ = ["Question"]

Json = dict[str, Any]
# Questions for which ones that have no 哪些: …的有谁, …的是？, 列一列.
_LISTS = r"(?:有|是|还有|都有)谁(?!出|掏|付|缴|交|来|负|承)|的(?:[\u4e00-\u9fff]{0,6})?(?:是|有|叫|都有|有多少|叫什么|叫嘛|叫啥)？?$|的(?:服务|项目|险种|保险|补贴|待遇)？?$|列一?[列下]|列出|罗列|(?:都|还)?有(?:哪|啥|嘛|什么)|哪"
# Characters that only join others.
_JOINING = frozenset("的了和与跟及里中对在有是能可以")
# Words for children in these facts speak of the parents.
_PARENTS = frozenset(("maternity", "children", "only_child_event", "contraception_need"))


@dataclass
class Question:
    """reading: of the whole question or of a part; before: the part before, for 谁掏钱？ alone;
    elliptic: asks the same of something else (中专的呢？); of: whom it is about, where several are told of."""

    reading: Reading
    snapshot: Snapshot
    eligibility: Eligibility
    lang: Lang = "zh"
    before: Question | None = None
    elliptic: bool = False
    of: str = ""

    @cached_property
    def own_links(self) -> Links:
        """The services of this part's own words."""
        besides = ""
        if self.elliptic and self.before is not None:
            gone = [m.text for m in self.before.reading.of("group", "word", "place", "category", "section")]
            besides = self.before.content
            for word in sorted(gone, key=len, reverse=True):
                besides = besides.replace(word, " ")
            besides = _drop(besides, self.before.named("group"), self.before.reading)
        found = link(self.reading, self.snapshot, besides)
        if self.person.facts and not found.named and not self.reading.has("can"):
            found.ranked = self._possible(found.ranked)
        if self.implied_groups and not found.named:
            found.ranked = sorted((self._of_age(x) for x in found.ranked), key=lambda x: -x.score)
        return found

    def _possible(self, ranked: list[Link]) -> list[Link]:
        """Services that words point to, without those that the person described is certainly not for."""
        near = [x for x in ranked if x.score >= max(ENOUGH, 0.75 * ranked[0].score)][:3] if ranked else []
        if len(near) < 2:
            return ranked
        out = {x.service for x in near if (v := self.eligibility.verdict(self.person, x.service)) and v.verdict == "ineligible"}
        return [x for x in ranked if x.service not in out] if len(out) < len(near) else ranked

    @property
    def compared(self) -> bool:
        """Whether two amounts are held against each other."""
        return re.search(COMPARED, self.reading.text) is not None

    def _of_age(self, link_: Link) -> Link:
        """A link, surer when the service's audience names a group of the person's age."""
        named = {g["name"] for g in self.service(link_.service)["groups"]} & self.implied_groups
        return replace(link_, score=link_.score + 0.1) if named and link_.score > 0.15 else link_

    @cached_property
    def links(self) -> Links:
        """The services meant; a part that names none speaks of what the part before did."""
        if self.before is not None and not self.own_links.named and not self.elliptic:
            own = self.own_links.ranked[:1]
            weak = not own or own[0].score < ENOUGH or not self.reading.of("group")
            if (weak or not self.own_links.clear) and self.before.links.best:
                return self.before.links
        return self.own_links

    @cached_property
    def content(self) -> str:
        """What the question is about (words that only ask left out, names of spoken words added)."""
        return content(self.reading, self.snapshot)

    @cached_property
    def person(self) -> Person:
        """Who is described, all words counted."""
        return describe(self.reading, self.snapshot)

    def person_besides(self, services: list[str]) -> Person:
        """Who is described, without the words that name the services asked for."""
        asked = [(m.start, m.end) for m in self.reading.of("service", "item") if m.key.split("\t")[0] in services]
        return describe(self.reading, self.snapshot, asked)

    @cached_property
    def asked_services(self) -> list[str]:
        """The services in the order in which a yes-or-no question asks for them: those in its own clause first."""
        links = self.links.best
        cues = self.reading.cues.get("can", [])
        if not cues or len(links) < 2:
            return self.links.services
        a, b = self.reading.clause(max(c.start for c in cues))
        inside = [x.service for x in links if x.mention and a <= x.mention.start < b]
        return list(dict.fromkeys(inside[::-1] + self.links.services))

    @cached_property
    def _group_mentions(self) -> list[Mention]:
        """Mentions of groups, the longest where they overlap, none inside the name of a domain or section."""
        places = [m for m in self.reading.of("domain", "category", "section") if m.how == "name"]
        found: list[Mention] = []
        for m in sorted(self.reading.of("group"), key=lambda m: (-m.length, m.start)):
            rivals = [o for o in found if o.start < m.end and m.start < o.end and (o.start, o.end) != (m.start, m.end)]
            about_parents = any(
                w.holds(m) and self.snapshot.words[w.key].fact in _PARENTS and m.key not in self.snapshot.words[w.key].groups
                for w in self.reading.of("word")
            )
            if not rivals and not about_parents and not any(p.holds(m) for p in places):
                found.append(m)
        return sorted(found, key=lambda m: m.start)

    @cached_property
    def groups(self) -> list[str]:
        """Groups named."""
        return list(dict.fromkeys(m.key for m in self._group_mentions))

    @cached_property
    def group_choices(self) -> list[list[str]]:
        """The groups each word may mean, word by word."""
        spans: dict[tuple[int, int], list[str]] = {}
        for m in self._group_mentions:
            spans.setdefault((m.start, m.end), []).append(m.key)
        return [list(x) for x in dict.fromkeys(tuple(dict.fromkeys(keys)) for keys in spans.values())]

    @cached_property
    def implied_groups(self) -> set[str]:
        """Groups by age that the person is in, with their kinds: 老年人 of somebody who is 83."""
        return set().union(*(self.snapshot.below(g) for g in self.age_groups))

    @cached_property
    def age_groups(self) -> set[str]:
        """Groups by age that the person is in."""
        age = self.person.facts.get("age")
        if age is None:
            return set()
        low, high = (age, age) if isinstance(age, int) else (age.get("min"), age.get("max"))
        return {
            group for group, (least, most) in self.snapshot.groups_of_age.items()
            if (least is None or (low is not None and low >= least)) and (most is None or (high is not None and high <= most))
        }

    @cached_property
    def stated_groups(self) -> set[str]:
        """Groups that a word states somebody to be in, with their kinds (慢性病 → 慢性病患者)."""
        found: set[str] = set()
        for m in self.reading.of("word"):
            for group in self.snapshot.words[m.key].groups:
                found |= self.snapshot.below(group)
        return found

    @property
    def described(self) -> bool:
        """Whether more is said of somebody than the name of one group."""
        apart: list[tuple[int, int]] = []
        for m in sorted(self.reading.of("word", "group"), key=lambda m: (m.start, -m.end)):
            if not apart or m.start >= apart[-1][1]:
                apart.append((m.start, m.end))
        return len(apart) + ("age" in self.person.words and not self.groups) > 1

    def named(self, *kinds: str) -> list[str]:
        """Keys of the mentions of some kinds, once each."""
        return list(dict.fromkeys(m.key for m in self.reading.of(*kinds)))

    @cached_property
    def payers(self) -> list[str]:
        """Payers named where something is paid, by words long enough not to be something else."""
        return payers_named(self.reading)

    @cached_property
    def _payer_mentions(self) -> list[Mention]:
        """Where the payers are named, the longest where they overlap."""
        found = [m for m in self.reading.of("payer") if m.key in self.payers and m.length > 1]
        return [m for m in found if not any(o.holds(m) for o in found)]

    @cached_property
    def payer_roles(self) -> Roles:
        """What the question says each payer does: bears, never pays, adds something."""
        return roles(self.reading.text, self._payer_mentions)

    @cached_property
    def ratio(self) -> Ratio:
        """The proportion of payers that is asked for."""
        percents = [float(n.value) for n in self.reading.numbers if n.unit == "%"]
        return ratio_words(self.reading.text, self._payer_mentions, percents)

    @cached_property
    def payer_choices(self) -> list[list[str]]:
        """The payers each word may mean (个人: the individual, the employee), word by word."""
        spans: dict[tuple[int, int], list[str]] = {}
        for m in self.reading.of("payer"):
            if m.key in self.payers:
                spans.setdefault((m.start, m.end), []).append(m.key)
        joint = [m for m in self.reading.of("payer") if any(c in m.text for c in "、和与跟及") or m.text in ("市区", "市区两级", "市区财政")]
        if joint:
            return [[p] for p in self.payers]
        return [list(x) for x in dict.fromkeys(tuple(dict.fromkeys(keys)) for keys in spans.values())]

    @property
    def payer_asked(self) -> bool:
        """Whether a payer is named in a clause that asks."""
        asking = [m for m in self.reading.of("payer") if m.key in self.payers and self.reading.part(*self.reading.clause(m.start)).asks]
        return bool(asking) or (bool(self.payers) and self.lists)

    @property
    def lists(self) -> bool:
        """Whether several things, or which of them, are asked for."""
        return self.reading.has("list") or re.search(_LISTS, self.reading.text) is not None

    @cached_property
    def its_payers(self) -> list[str]:
        """The payers named that pay for the service meant."""
        paying = {e["payer"] for s in self.links.services[:2] for e in self.service(s)["funding"]}
        return [p for p in self.payers if p in paying]

    @cached_property
    def places(self) -> list[tuple[str, str]]:
        """(domain, category or section; its name) that are named."""
        return places(self.reading, self.snapshot)

    @cached_property
    def themes(self) -> set[str]:
        """Names of domains, categories and sections that are named, or that a word before 这块, 方面, 类 is part of."""
        if self.places:
            return {name for _, name in self.places}
        return self._themes[0]

    @property
    def theme_words(self) -> set[str]:
        """The words before 这块, 方面, 类 that are part of such names."""
        return self._themes[1]

    @cached_property
    def _themes(self) -> tuple[set[str], set[str]]:
        return themes(self.reading, self.snapshot)

    @cached_property
    def indicators(self) -> list[str]:
        """Indicators named, or most of whose name is said; a part asks of those of the part before."""
        exact = self.named("indicator")
        if exact:
            return exact
        best = indicator_said(self.reading, self.snapshot)
        if not best and self.before is not None and not self.own_links.named:
            return self.before.indicators
        return best

    @cached_property
    def prose_targets(self) -> list[tuple[float, Json]]:
        """Targets in the prose whose subject is said, best first: 普惠性学前教育资源覆盖率."""
        return prose_targets(self.reading, self.snapshot)

    @property
    def indicator_unit(self) -> bool:
        """Whether the unit of the indicator named is what is asked for (多少万人次)."""
        units = [i["unit"] for i in self.snapshot.catalogue["indicators"] if i["name"] in self.indicators and i["unit"]]
        return any(f"{how}{u}" in self.reading.text for u in units if len(u) > 1 for how in ("多少", "几"))

    @property
    def unknown(self) -> int:
        """How many Chinese characters belong to no word that is known."""
        held = [(m.start, m.end) for m in self.reading.mentions if m.how != "gap"]
        text = self.reading.text
        return sum(1 for i, c in enumerate(text) if "\u4e00" <= c <= "\u9fff" and c not in _JOINING and not any(a <= i < b for a, b in held))

    @property
    def quoted(self) -> bool:
        """Whether a term stands in quotation marks."""
        return "“" in self.reading.text or "《" in self.reading.text or "星号" in self.reading.text or "*" in self.reading.text

    @cached_property
    def quotations(self) -> list[str]:
        """What stands in quotation marks, without a full stop."""
        return [t.rstrip("。") for t in re.findall(r"“([^”]+)”", self.reading.text)]

    @cached_property
    def strong(self) -> bool:
        """Whether a service is meant."""
        return bool(self.links.named) or bool(self.links.ranked and self.links.ranked[0].score >= ENOUGH)

    def called(self, name: str, kind: str = "service") -> str:
        """A name in the language of the answer; a name without an English one stays."""
        return self.snapshot.english.get((kind, name), name) if self.lang == "en" else name

    def listed(self, names: list[str], kind: str = "service") -> str:
        """Names in a row."""
        return listed([self.called(n, kind) for n in names], self.lang)

    def service(self, name: str) -> Json:
        """A service's entry in the catalogue."""
        return self.snapshot.services[name]

    def sparql(self, name: str, **values: str) -> str:
        """The library's query that yields an answer, bound."""
        return bind(load(name), values, name)


def _drop(text: str, names: list[str], reading: Reading) -> str:
    """A text without what groups and words of an earlier part were taken to mean."""
    for name in (*names, *(m.key.rsplit("/", 1)[-1] for m in reading.of("word"))):
        text = text.replace(name, " ")
    return text
