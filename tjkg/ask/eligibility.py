"""The described person put through the criteria: verdicts per service, with reasons and what is missing."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tjkg.ask.person import Person
from tjkg.errors import TjkgError
from tjkg.store.answers import Store

if TYPE_CHECKING:  # most questions describe nobody: screening is imported when one does
    from tjkg.applicant import Applicant
    from tjkg.screen import Screener

__all__ = ["Eligibility", "ServiceVerdict"]

Json = dict[str, Any]
# Facts that everybody has; that one of them is met does not make a service one for this person.
_COMMON = ("hukou", "residence", "school_place", "work_place", "age", "sex")
_KEPT = 200  # verdicts on described people that are kept
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
        self._parts: dict[str, Screener] = {}
        self._turns_on: dict[str, set[str]] = {}
        self._known: dict[tuple[str, str, str], dict[str, ServiceVerdict]] = {}

    @cached_property
    def screener(self) -> Screener:
        """The criteria, loaded once."""
        from tjkg.screen import Screener

        return Screener(self._store)

    def _part(self, service: str) -> Screener:
        """A screener of one service only."""
        if not service:
            return self.screener
        if service not in self._parts:
            whole = self.screener.criteria
            from tjkg.screen import Screener

            kept = tuple(r for r in whole.standards if r.service == service)
            self._parts[service] = Screener(self._store, replace(whole, standards=kept))
            self._parts[service].__dict__["benefits"] = self.screener.benefits
        return self._parts[service]

    def _applicant(self, about: str, stated: dict[str, Any]) -> tuple[Applicant, dict[str, Any]]:
        """The applicant of some facts; facts that cannot be with the others are left out, the latest first."""
        from tjkg.applicant import read_facts

        facts = dict(stated)
        while True:
            try:
                return self.screener.applicant(read_facts(facts), about), facts
            except TjkgError:
                if not facts:
                    return self.screener.applicant([], "person"), {}
                facts.popitem()

    def asks_for(self, service: str) -> set[str]:
        """The facts that the verdict on a service may turn on."""
        if service not in self._turns_on:
            nothing = self._screened(self.screener.applicant([], "person"), service)
            self._turns_on[service] = set(nothing[service].gather("missing")) if service in nothing else set()
        return self._turns_on[service]

    def verdict(self, person: Person, service: str) -> ServiceVerdict | None:
        """The verdict on one service for the described person; None when it has no criteria."""
        return self.verdicts(person, service).get(service)

    def verdicts(self, person: Person, service: str = "") -> dict[str, ServiceVerdict]:
        """Service → verdict for the described person, nothing taken for granted; one service, if given."""
        who, facts = self._applicant(person.about, person.facts)
        key = (person.about, repr(sorted(facts.items(), key=str)), service)
        if key not in self._known:
            self._known[key] = self._judged(person.about, who, facts, service)
            while len(self._known) > _KEPT:
                self._known.pop(next(iter(self._known)))
        return self._known[key]

    def _judged(self, about: str, who: Applicant, facts: dict[str, Any], service: str) -> dict[str, ServiceVerdict]:
        from tjkg.applicant import read_facts

        found = self._screened(who, service)
        common = {f: v for f, v in facts.items() if f in _COMMON or self._is_ordinary(f, v)}
        before = self._screened(self.screener.applicant(read_facts(common), about), service) if common != facts else found
        nothing = self._screened(self.screener.applicant([], about), service)
        usual = self._screened(self.screener.applicant(read_facts(facts), about, ordinary=True), service)
        for name, entry in found.items():
            entry.ordinary = usual[name].verdict
            now = set(entry.gather("missing"))
            entry.settled = len(set(nothing[name].gather("missing")) - now)
            entry.touched = entry.verdict != before[name].verdict or bool(set(before[name].gather("missing")) - now)
        return found

    def _is_ordinary(self, fact: str, value: Any) -> bool:
        """Whether a value is what is true of most people, so that it makes nobody special."""
        known = self.screener.criteria.facts
        usual = known[fact].ordinary if fact in known else None
        return usual is not None and str(value).lower() == str(usual).lower()

    def _screened(self, who: Applicant, service: str) -> dict[str, ServiceVerdict]:
        found: dict[str, ServiceVerdict] = {}
        for result in self._part(service).screen(who)["results"]:
            entry = found.setdefault(result["service"], ServiceVerdict(result["service"], result["verdict"]))
            if _ORDER[result["verdict"]] < _ORDER[entry.verdict]:
                entry.verdict = result["verdict"]
            entry.results.append(result)
            entry.universal = entry.universal or bool(result.get("universal"))
        return found
