"""Which phrase of the plan is read as what, in words, and which page tells its meaning."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from tjkg.boxes import atoms
from tjkg.messages import Lang
from tjkg.phrases import words
from tjkg.query import internal
from tjkg.web.pages.asked import address
from tjkg.web.pages.lit import Phrase, place_id
from tjkg.web.pages.shelf import Shelf
from tjkg.web.words import say

__all__ = ["Meanings", "meaning_id", "meanings"]

Json = dict[str, Any]
# kinds of benefits whose passage is no number
_NOT_A_NUMBER = {"in_kind": "gift", "left_to_rule": "rule", "not_stated": "rule"}
_LONGEST_PASSAGE = 4000  # characters: whole tables are no phrases


def meaning_id(start: int | None, end: int | None) -> str:
    """The id, on a service's page, of what a phrase of the plan means."""
    return f"m{start}-{end}"


class Meanings:
    """All phrases of an edition, by place. `within` gives those of a stretch."""

    def __init__(self, shelf: Shelf, lang: Lang, carry: str | None) -> None:
        self._shelf, self._lang, self._carry = shelf, lang, carry
        found: dict[tuple[int, int], Phrase] = {}
        for phrase in (*self._services(), *self._conditions(), *self._rest(), *self._passages()):
            if phrase.end - phrase.start <= _LONGEST_PASSAGE:
                found.setdefault((phrase.start, phrase.end), phrase)
        self.phrases = sorted(found.values())
        self._starts = [p.start for p in self.phrases]
        self._longest = max((p.end - p.start for p in self.phrases), default=0)

    def within(self, start: int, end: int) -> list[Phrase]:
        """The phrases that lie in a stretch of the text, or reach into it."""
        low, high = bisect_left(self._starts, start - self._longest), bisect_right(self._starts, end)
        return [p for p in self.phrases[low:high] if p.end > start and p.start < end]

    def is_place(self, start: int, end: int) -> bool:
        """Whether the readable plan has an anchor for exactly this place."""
        at = bisect_left(self._starts, start)
        while at < len(self.phrases) and self.phrases[at].start == start:
            if self.phrases[at].end == end:
                return True
            at += 1
        return False

    def place(self, start: int | None, end: int | None) -> str | None:
        """The link to a place of the readable plan."""
        if start is None or end is None:
            return None
        at = None if self.is_place(start, end) else f"{start}-{end}"
        return address(self._carry, "/plan", place_id(start, end), at=at)

    # ------------------------------------------------------------ sources, the first one of a place wins

    def _phrase(self, node: Json, kind: str, title: str, service: str) -> Iterator[Phrase]:
        if node.get("start") is not None:
            href = address(self._carry, f"/service/{service}", meaning_id(node["start"], node["end"]))
            yield Phrase(node["start"], node["end"], kind, href, title)

    def _services(self) -> Iterator[Phrase]:
        for name, service in self._shelf.services.items():
            for b in service["benefits"]:
                kind = _NOT_A_NUMBER.get(b["role"], "amount")
                yield from self._phrase(b, kind, self._title(f"role-{b['role']}", name), name)
            for f in service["funding"]:
                yield from self._phrase(f, "pay", self._title("payer", self._shelf.named(f["payer"], self._lang)), name)
            for c in service["contributions"]:
                yield from self._phrase(c, "pay", self._title("payer", self._shelf.named(c["payer"], self._lang)), name)
            for c in service["coverage_targets"]:
                yield from self._phrase(c, "reach", self._title(f"coverage-{c['kind']}", name), name)
            for q in self._shelf.beside_audience(service):
                yield from self._phrase(q, "amount", self._title("limit", name), name)

    def _title(self, key: str, what: str) -> str:
        return say("title-of", self._lang, kind=say(key, self._lang), what=what)

    def _conditions(self) -> Iterator[Phrase]:
        criteria = self._shelf.edition.screener.criteria
        for ruled in criteria.standards:
            for tree in (ruled.criterion.tree, *(c.tree for c in ruled.benefits.values())):
                for atom in atoms(tree):
                    yield from self._phrase(
                        atom, "who", self._title("condition", words(atom, criteria.facts, self._lang)), ruled.service
                    )

    def _rest(self) -> Iterator[Phrase]:
        for name, service in self._shelf.services.items():
            for group in service["groups"]:
                if group["start"] is not None:
                    href = address(self._carry, f"/group/{group['name']}")
                    title = self._title("group", self._shelf.named(group["name"], self._lang))
                    yield Phrase(group["start"], group["end"], "who", href, title)
        for indicator in self._shelf.catalogue["indicators"]:
            href = address(self._carry, "/figures/indicators", f"i-{indicator['name']}")
            for node in (indicator["baseline"], indicator["target"]):
                if node["start"] is not None:
                    yield Phrase(node["start"], node["end"], "amount", href, self._title("indicator", indicator["name"]))
        for key in ("tasks", "projects", "measures"):
            for measure in self._shelf.catalogue[key]:
                for target in measure["targets"]:
                    if target["start"] is not None:
                        title = self._title("target-of", measure["title"])
                        yield Phrase(target["start"], target["end"], "amount", None, title)
        kinds = {"service": "name", "group": "who", "agency": "agency", "indicator": "name"}
        for kind, name, start, end in self._shelf.mentions:
            href = {
                "service": address(self._carry, f"/service/{name}"), "group": address(self._carry, f"/group/{name}"),
                "agency": address(self._carry, "/services", agency=name),
                "indicator": address(self._carry, "/figures/indicators", f"i-{name}"),
            }[kind]
            yield Phrase(start, end, kinds[kind], href, self._title(kind, self._shelf.named(name, self._lang)))

    def _passages(self) -> Iterator[Phrase]:
        for _, _, start, end, _ in self._shelf.store.select(internal("passages")).rows:
            yield Phrase(int(str(start)), int(str(end)), "")


@lru_cache(maxsize=8)
def meanings(shelf: Shelf, lang: Lang, carry: str | None = None) -> Meanings:
    """The phrases of an edition, titled in a language; carry: as of `address`."""
    return Meanings(shelf, lang, carry)
