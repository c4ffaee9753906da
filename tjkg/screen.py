"""Who gets what: a person, a half-known person or a group against all criteria, with reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import Any

from tjkg.applicant import Applicant, Statement, applicant, conditions
from tjkg.boxes import Box, absorb, inside, meets, primes
from tjkg.catalogue import benefits_by_standard
from tjkg.criteria import Criteria, Criterion, Ruled, load
from tjkg.errors import NotFoundError
from tjkg.facts import ABOUT, Fact
from tjkg.messages import Lang, say
from tjkg.phrases import because, values_text
from tjkg.query import internal
from tjkg.store.answers import Store

__all__ = ["Screener", "group_verdict", "stated", "verdict"]

Json = dict[str, Any]
_GROUP = {"eligible": "all", "ineligible": "none"}


def verdict(criterion: Criterion, who: Applicant) -> str:
    """eligible: every possibility meets it; ineligible: none does; else depends."""
    if all(any(inside(box, sure) for sure in criterion.sure) for box in who.boxes):
        return "eligible"
    if not any(meets(box, may) for box in who.boxes for may in criterion.may):
        return "ineligible"
    return "depends"


@dataclass(frozen=True)
class Stated:
    """A criterion seen by the stated facts alone: where it is sure whatever is open, and where it may be."""

    sure: list[Box]
    may: list[Box]


def stated(criterion: Criterion, criteria: Criteria, still_open: Box) -> Stated:
    """The criterion seen by the stated facts alone.

    still_open: the open facts (left to a rule, not defined, read two ways) and the values they may have.
    """
    def without(box: Box) -> Box:
        return {v: m for v, m in box.items() if v not in still_open}

    sure = [without(b) for b in criterion.sure if not any(still_open[v] & ~m for v, m in b.items() if v in still_open)]
    both = (*criterion.sure, *criterion.may)  # a sure box reaches into the impossible: nobody is out there
    may = [without(b) for b in both if all(still_open[v] & m for v, m in b.items() if v in still_open)]
    return Stated(sure, primes(may, criteria.space.full))


def group_verdict(criterion: Criterion, who: Applicant, seen: Stated) -> str:
    """all, none; some: members differ by a fact of the plan; unknown: only open facts are undecided."""
    found = verdict(criterion, who)
    if found in _GROUP:
        return _GROUP[found]
    some_sure = any(meets(box, sure) for box in who.boxes for sure in seen.sure)
    none_out = all(any(inside(box, may) for may in seen.may) for box in who.boxes)
    return "unknown" if none_out and not some_sure else "some"


class Screener:
    """The criteria of an edition, loaded once; `screen` answers for an applicant.

    store: where the edition is; criteria may be given when they are there already.
    """

    def __init__(self, store: Store, criteria: Criteria | None = None) -> None:
        self.store = store
        self.criteria = load(store) if criteria is None else criteria

    @cached_property
    def benefits(self) -> Mapping[str, list[Json]]:
        """Standard IRI → its benefit objects, as in the export."""
        return benefits_by_standard(self.store.select(internal("benefits")))

    def applicant(
        self, statements: Iterable[Statement], about: str = "person", ordinary: bool = False
    ) -> Applicant:
        """The applicant of some statements (see `tjkg.applicant`)."""
        c = self.criteria
        return applicant(c.facts, c.space, c.rules, statements, about, ordinary)

    def named_group(self, name: str) -> tuple[str, list[Statement]]:
        """(about, statements) that define a group of data/shared (残疾人, 高龄老年人).

        Raises:
            NotFoundError: no such group, or one that no facts define.
        """
        known: dict[str, list[str]] = {}
        for label, other, condition in self.store.select(internal("group-facts")).rows:
            for word in {str(label), str(other or label)}:
                known.setdefault(word, [])
                if str(condition) not in known[word]:
                    known[word].append(str(condition))
        if name not in known:
            near = [n for n in known if name in n][:5] or get_close_matches(name, list(known), n=3, cutoff=0.3)
            raise NotFoundError(f"没有由事实定义的群体“{name}”", cure=f"最接近的：{'、'.join(near)}；也可用 -f 写明事实")
        about = [c.removeprefix("about=") for c in known[name] if c.startswith("about=")]
        return (about or ["person"])[0], conditions(c for c in known[name] if not c.startswith("about="))

    def screen(self, who: Applicant, *, group: bool = False, lang: Lang = "zh") -> Json:
        """The verdict on every standard, with reasons, and the question to ask next.

        group: the applicant is a group: all, none, some, unknown in place of eligible, ineligible, depends.

        Returns:
            {"results": [{"service", "standard", "verdict", "because", "missing", "delegated", "plan_silent",
            "readings", "splits_on", "benefits", "change", "excludes", "builds_on"}], "next_question"}
        """
        known = self.criteria.rules.narrow(who.hull)
        results, open_to = [], list[tuple[Ruled, list[Fact]]]()
        for ruled in self.criteria.standards:
            found = verdict(ruled.criterion, who)
            facts = self._undecided(ruled.criterion, known) if found == "depends" else []
            if found == "depends":
                open_to.append((ruled, facts))
            results.append(self._result(ruled, found, facts, who, known, group, lang))
        return {"results": results, "next_question": self._next(open_to, known, lang)}

    def group(self, criterion: Criterion, who: Applicant) -> str:
        """all, none, some or unknown of a group."""
        still_open = {v: who.hull[v] for v in self._open_variables}
        key = (id(criterion), tuple(still_open.values()))
        seen = self._seen.get(key)
        if seen is None:
            if len(self._seen) > 5000:  # as many ways to state open facts are not kept
                self._seen.clear()
            seen = self._seen[key] = stated(criterion, self.criteria, still_open)
        return group_verdict(criterion, who, seen)

    @cached_property
    def _open_variables(self) -> list[str]:
        return [v for f in self.criteria.facts.values() if f.open for v in f.variables]

    @cached_property
    def _seen(self) -> dict[tuple[int, tuple[int, ...]], Stated]:
        return {}

    # ------------------------------------------------------------ one standard

    def _result(
        self, ruled: Ruled, found: str, facts: Sequence[Fact], who: Applicant, known: Box, group: bool, lang: Lang
    ) -> Json:
        c = self.criteria
        told = found
        if group:
            told = _GROUP.get(found) or self.group(ruled.criterion, who)
        return {
            "service": ruled.service,
            "standard": ruled.number,
            "verdict": told,
            "because": because(ruled.criterion.tree, known, c.facts, c.space, lang, {f.id for f in facts}),
            **_open(facts, lang),
            "splits_on": self._split(ruled.criterion, facts, who, lang) if told == "some" else None,
            "benefits": self._benefits(ruled, found, who, known, group, lang),
            "change": self._change(ruled.criterion, known, lang) if found == "ineligible" else None,
            "excludes": self._names(ruled.excludes),
            "builds_on": self._names(ruled.builds_on),
            "universal": ruled.universal,
            "state": ruled.criterion.state,
        }

    def _names(self, standards: Iterable[str]) -> list[str]:
        by_iri = self._by_iri
        return list(dict.fromkeys(by_iri[s].service for s in standards if s in by_iri))

    @cached_property
    def _by_iri(self) -> dict[str, Ruled]:
        return {r.iri: r for r in self.criteria.standards}

    def _benefits(
        self, ruled: Ruled, found: str, who: Applicant, known: Box, group: bool, lang: Lang
    ) -> list[Json]:
        """The benefits of a standard, each with its own verdict."""
        told = []
        for benefit in self.benefits.get(ruled.iri, ()):
            own = ruled.benefits.get(benefit["id"])
            mine = found if own is None or found == "ineligible" else verdict(own, who)
            entry = {**benefit, "verdict": mine}
            if own is not None and mine == "depends":
                entry.update(_open(self._undecided(own, known), lang))
            if group:
                criterion = ruled.criterion if own is None else own
                entry["verdict"] = _GROUP.get(mine) or self.group(criterion, who)
            told.append(entry)
        return told

    # ------------------------------------------------------------ what is missing

    def _undecided(self, criterion: Criterion, known: Box) -> list[Fact]:
        """The facts on which the answer still turns, in their order."""
        left = absorb(
            {v: m & known[v] for v, m in box.items() if known[v] & ~m} for box in criterion.sure if meets(known, box)
        )
        facts = {self.criteria.facts.of(v).id: self.criteria.facts.of(v) for box in left for v in box}
        return sorted(facts.values(), key=lambda f: f.order)

    def _ways_out(self, criterion: Criterion, variable: str, known: Box) -> list[int]:
        """The ways a variable may still turn out, as far as the criterion tells them apart."""
        classes = self._classes.get((id(criterion), variable))
        if classes is None:
            sides = {box[variable] for box in (*criterion.sure, *criterion.may) if variable in box}
            classes = [self.criteria.space.full[variable]]
            for side in sides:
                classes = [part for c in classes for part in (c & side, c & ~side) if part]
            classes.sort(key=lambda c: c & -c)  # by their first value
            self._classes[id(criterion), variable] = classes
        return [known[variable] & c for c in classes if known[variable] & c]

    @cached_property
    def _classes(self) -> dict[tuple[int, str], list[int]]:
        return {}

    def _with(self, who: Applicant, variable: str, mask: int) -> Applicant:
        boxes = tuple({**box, variable: box[variable] & mask} for box in who.boxes if box[variable] & mask)
        return Applicant(who.about, boxes, {**who.hull, variable: who.hull[variable] & mask}, who.stated)

    def _split(self, criterion: Criterion, facts: Sequence[Fact], who: Applicant, lang: Lang) -> Json | None:
        """The fact that divides a group best, and how each part fares (it may take a second fact to decide)."""
        best: tuple[tuple[int, int, int], str, list[tuple[int, str]]] | None = None
        for variable, order in ((v, f.order) for f in facts if not f.open for v in f.variables):
            ways = self._ways_out(criterion, variable, who.hull)
            parts = [(mask, self.group(criterion, self._with(who, variable, mask))) for mask in ways]
            verdicts = {v for _, v in parts}
            score = (len(verdicts) > 1, 2 * ("all" in verdicts) + ("none" in verdicts), -order)
            if best is None or score > best[0]:
                best = (score, variable, parts)
        if best is None:
            return None
        _, variable, parts = best
        how = [
            say("split-part", lang, values=self._ways(variable, mask, lang), verdict=say(f"group-{found}", lang))
            for mask, found in parts
        ]
        fact = self.criteria.facts.of(variable)
        return {"fact": fact.id, "label": fact.label if lang == "zh" else fact.label_en, "how": say("split-mark", lang).join(how)}

    def _ways(self, variable: str, mask: int, lang: Lang) -> str:
        names = self.criteria.space.describe(variable, mask)
        text = values_text(names, self.criteria.facts, lang)
        member = variable.partition(".")[2]
        return f"{values_text([member], self.criteria.facts, lang)}={text}" if member else text

    def _next(self, undecided: Sequence[tuple[Ruled, list[Fact]]], known: Box, lang: Lang) -> Json | None:
        """The fact whose answer would settle most, standards that pay money counted twice."""
        weight: dict[str, float] = {}
        for ruled, facts in undecided:
            worth, criterion = 2 if ruled.iri in self._paying else 1, ruled.criterion
            alive = [box for box in criterion.may if meets(known, box)]
            gaps = [{v: m for v, m in box.items() if known[v] & ~m} for box in criterion.sure if meets(known, box)]
            for fact in (f for f in facts if not f.open):
                settled = max(_share(v, self._ways_out(criterion, v, known), alive, gaps) for v in fact.variables)
                weight[fact.id] = weight.get(fact.id, 0.0) + worth * settled
        if not weight:
            return None
        facts_by_id = self.criteria.facts
        best = max(weight, key=lambda name: (weight[name], -facts_by_id[name].order))
        fact = facts_by_id[best]
        return {"fact": best, "question": fact.question if lang == "zh" else fact.question_en}

    @cached_property
    def _paying(self) -> set[str]:
        return {iri for iri, benefits in self.benefits.items() if any(b["currency"] for b in benefits)}

    def _change(self, criterion: Criterion, known: Box, lang: Lang) -> list[Json] | None:
        """The fewest facts that would have to be otherwise, and how; None when it is not for such applicants."""
        gaps = [{v: m for v, m in box.items() if not known[v] & m} for box in criterion.may]
        gaps = [gap for gap in gaps if gap and ABOUT not in gap and not self._foreign(gap, known)]
        if not gaps:
            return None
        nearest = min(gaps, key=lambda gap: (len(gap), sorted(self.criteria.facts.of(v).order for v in gap)))
        return [
            {
                "fact": self.criteria.facts.of(variable).id,
                "label": self.criteria.facts.of(variable).label if lang == "zh" else self.criteria.facts.of(variable).label_en,
                "is": self._ways(variable, known[variable], lang), "should_be": self._ways(variable, mask, lang),
            }
            for variable, mask in sorted(nearest.items(), key=lambda item: self.criteria.facts.of(item[0]).order)
        ]

    def _foreign(self, gap: Box, known: Box) -> bool:
        """Whether a gap is on a fact that does not concern the applicant."""
        return any(known[v] == self.criteria.space.na(v) for v in gap)


def _share(variable: str, ways: Sequence[int], alive: Sequence[Box], gaps: Sequence[Box]) -> float:
    """The share of the ways a variable may turn out that settle a criterion: none of its boxes is left, or one is met.

    alive: the boxes that may still be met; gaps: of those inside which it is sure, what is not met yet.
    """
    settled = sum(
        not any(way & box.get(variable, way) for box in alive)
        or any(gap.keys() <= {variable} and not way & ~gap.get(variable, way) for gap in gaps)
        for way in ways
    )
    return settled / len(ways)


def _open(facts: Iterable[Fact], lang: Lang) -> Json:
    """Facts that are missing, by why: not said, left to a rule, not defined, read two ways."""
    told: Json = {"missing": [], "delegated": [], "plan_silent": [], "readings": []}
    for fact in facts:
        label = fact.label if lang == "zh" else fact.label_en or fact.label
        if fact.kind == "delegated":
            told["delegated"].append(fact.rule or label)
        elif fact.kind == "plan_silent":
            told["plan_silent"].append(label)
        elif fact.kind == "reading":
            told["readings"].append(f"{label}：{fact.question if lang == 'zh' else fact.question_en}")
        else:
            told["missing"].append(fact.id)
    return told
