"""A question with everything read from it: what the intents score and the answers draw on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tjkg.ask.eligibility import Eligibility
from tjkg.ask.lexicon import Mention
from tjkg.ask.linking import ENOUGH, Links, content, link
from tjkg.ask.person import Person, describe
from tjkg.ask.reading import Reading
from tjkg.ask.retrieve import grams
from tjkg.ask.snapshot import Snapshot
from tjkg.messages import Lang
from tjkg.query import load
from tjkg.sparql import bind

__all__ = ["Question"]

Json = dict[str, Any]
# A chunk of the question names an indicator when most of both is common to them.
_INDICATOR = 0.55


@dataclass
class Question:
    """reading: of the whole question or of a part; context: the links of the part before, for 谁掏钱？ alone."""

    reading: Reading
    snapshot: Snapshot
    eligibility: Eligibility
    lang: Lang = "zh"
    before: Question | None = None

    @cached_property
    def own_links(self) -> Links:
        """The services of this part's own words."""
        return link(self.reading, self.snapshot)

    @cached_property
    def links(self) -> Links:
        """The services meant; a part that names none speaks of what the part before did."""
        if self.before is not None and not self.own_links.named:
            weak = not self.own_links.ranked or self.own_links.ranked[0].score < 0.6
            if weak and self.before.links.best:
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
        asked = [m for m in self.reading.of("service", "item") if m.key.split("\t")[0] in services]
        return describe(self.reading, self.snapshot, asked)

    @cached_property
    def groups(self) -> list[str]:
        """Groups named, longest names first where they overlap."""
        found: list[Mention] = []
        for m in sorted(self.reading.of("group"), key=lambda m: (-m.length, m.start)):
            if not any(o.start < m.end and m.start < o.end for o in found if o.key != m.key):
                found.append(m)
        return list(dict.fromkeys(m.key for m in sorted(found, key=lambda m: m.start)))

    def named(self, *kinds: str) -> list[str]:
        """Keys of the mentions of some kinds, once each."""
        return list(dict.fromkeys(m.key for m in self.reading.of(*kinds)))

    @cached_property
    def payers(self) -> list[str]:
        """Payers named by words long enough not to be something else."""
        held = self.reading.of("service", "group", "agency", "item")
        found = [
            m for m in self.reading.of("payer")
            if m.length >= 2 and not any(h.holds(m) for h in held)
        ]
        found = [m for m in found if not any(o.holds(m) for o in found)]
        return list(dict.fromkeys(m.key for m in found))

    @cached_property
    def indicators(self) -> list[str]:
        """Indicators named, or most of whose name is said."""
        exact = self.named("indicator")
        if exact:
            return exact
        scored = []
        chunks = [c for c in self.content.replace("，", " ").replace("？", " ").split() if len(c) > 2]
        for indicator in self.snapshot.catalogue["indicators"]:
            name = grams(indicator["name"])
            for chunk in chunks:
                said = grams(chunk)
                index = self.snapshot.sentence_index
                both = sum(index.rarity(g) for g in name & said)
                if both and said:
                    mine = sum(index.rarity(g) for g in name) or 1.0
                    theirs = sum(index.rarity(g) or 5.0 for g in said)
                    scored.append((2 * both / (mine + theirs), indicator["name"], both / theirs))
        scored.sort(reverse=True)
        best = [name for score, name, share in scored if score >= _INDICATOR or (share >= 0.95 and score >= 0.4)]
        return best[:1]

    @cached_property
    def strong(self) -> bool:
        """Whether a service is meant."""
        return bool(self.links.named) or bool(self.links.ranked and self.links.ranked[0].score >= ENOUGH)

    def service(self, name: str) -> Json:
        """A service's entry in the catalogue."""
        return self.snapshot.services[name]

    def sparql(self, name: str, **values: str) -> str:
        """The library's query that yields an answer, bound."""
        return bind(load(name), values, name)
