"""The described person put through the criteria: verdicts per service, with reasons and what is missing."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from tjkg.applicant import Applicant, read_facts
from tjkg.ask.person import Person
from tjkg.errors import TjkgError
from tjkg.screen import Screener
from tjkg.store.answers import Store

__all__ = ["Eligibility", "ServiceVerdict"]

Json = dict[str, Any]
# Facts that everybody has; that one of them is met does not make a service one for this person.
_COMMON = ("hukou", "residence", "school_place", "work_place", "age", "sex")
_ORDER = {"eligible": 0, "all": 0, "depends": 1, "some": 1, "unknown": 1, "ineligible": 2, "none": 2}


@dataclass
class ServiceVerdict:
    """A service: the best verdict of its standards, the results behind it, benefits with their verdicts.

    touched: whether something special that was said (a status, not age or residence) settles something of it;
    ordinary: the verdict if all that was not said is as with most people; settled: how many facts that
    decide it were said.
    """

    service: str
    verdict: str
    results: list[Json] = field(default_factory=list)
    touched: bool = False
    ordinary: str = ""
    settled: int = 0
    universal: bool = False

    def gather(self, key: str) -> list[Any]:
        """The distinct entries of a list over the results that are not out."""
        found: list[Any] = []
        for result in self.results:
            if _ORDER[result["verdict"]] < 2 or self.verdict == result["verdict"]:
                found += [x for x in result[key] if x not in found]
        return found

    @property
    def benefits(self) -> dict[str, str]:
        """Benefit IRI → verdict."""
        return {b["id"]: b["verdict"] for r in self.results for b in r["benefits"]}


class Eligibility:
    """Screening for questions; facts that cannot be together are left out, the latest first."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._baselines: dict[tuple[str, tuple[tuple[str, str], ...]], dict[str, ServiceVerdict]] = {}

    @cached_property
    def screener(self) -> Screener:
        """The criteria, loaded once."""
        return Screener(self._store)

    def _applicant(self, person: Person) -> tuple[Applicant, dict[str, Any]]:
        facts = dict(person.facts)
        while True:
            try:
                return self.screener.applicant(read_facts(facts), person.about), facts
            except TjkgError:
                if not facts:
                    return self.screener.applicant([], "person"), {}
                facts.popitem()

    def verdicts(self, person: Person) -> dict[str, ServiceVerdict]:
        """Service → verdict for the described person, nothing taken for granted."""
        who, facts = self._applicant(person)
        found = self._screened(who)
        common = {f: v for f, v in facts.items() if f in _COMMON or self._is_ordinary(f, v)}
        before = self._baseline(person.about, tuple(sorted((f, str(v)) for f, v in common.items())), common)
        nothing = self._baseline(person.about, (), {})
        usual = self._screened(self.screener.applicant(read_facts(facts), person.about, ordinary=True))
        for name, entry in found.items():
            entry.ordinary = usual[name].verdict
            entry.settled = len(set(nothing[name].gather("missing")) - set(entry.gather("missing")))
            entry.touched = entry.verdict != before[name].verdict or bool(
                set(before[name].gather("missing")) - set(entry.gather("missing"))
            )
        return found

    def _is_ordinary(self, fact: str, value: Any) -> bool:
        """Whether a value is what is true of most people, so that it makes nobody special."""
        usual = self.screener.criteria.facts[fact].ordinary if fact in self.screener.criteria.facts else None
        return usual is not None and str(value).lower() == str(usual).lower()

    def _screened(self, who: Applicant) -> dict[str, ServiceVerdict]:
        found: dict[str, ServiceVerdict] = {}
        for result in self.screener.screen(who)["results"]:
            entry = found.setdefault(result["service"], ServiceVerdict(result["service"], result["verdict"]))
            if _ORDER[result["verdict"]] < _ORDER[entry.verdict]:
                entry.verdict = result["verdict"]
            entry.results.append(result)
            entry.universal = entry.universal or bool(result.get("universal"))
        return found

    def _baseline(self, about: str, key: tuple[tuple[str, str], ...], facts: dict[str, Any]) -> dict[str, ServiceVerdict]:
        """The verdicts on somebody of whom only common things are known."""
        if (about, key) not in self._baselines:
            self._baselines[about, key] = self._screened(self.screener.applicant(read_facts(facts), about))
        return self._baselines[about, key]

    @property
    def labels(self) -> dict[str, str]:
        """Fact → its label."""
        return {f.id: f.label for f in self.screener.criteria.facts.values()}
