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
_ORDER = {"eligible": 0, "all": 0, "depends": 1, "some": 1, "unknown": 1, "ineligible": 2, "none": 2}


@dataclass
class ServiceVerdict:
    """A service: the best verdict of its standards, the results behind it, benefits with their verdicts.

    touched: how many stated facts speak for it (conditions of the plan that are met by what was said).
    """

    service: str
    verdict: str
    results: list[Json] = field(default_factory=list)
    touched: int = 0
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
        found: dict[str, ServiceVerdict] = {}
        screened = self.screener.screen(who)
        for result in screened["results"]:
            entry = found.setdefault(result["service"], ServiceVerdict(result["service"], result["verdict"]))
            if _ORDER[result["verdict"]] < _ORDER[entry.verdict]:
                entry.verdict = result["verdict"]
            entry.results.append(result)
            entry.universal = entry.universal or bool(result.get("universal"))
            entry.touched = max(entry.touched, _touched(result, facts))
        return found

    @property
    def labels(self) -> dict[str, str]:
        """Fact → its label."""
        return {f.id: f.label for f in self.screener.criteria.facts.values()}


def _touched(result: Json, facts: dict[str, Any]) -> int:
    """How many conditions met by what was said, told by the reasons."""
    return sum(1 for reason in result["because"] if reason["met"] is True)
