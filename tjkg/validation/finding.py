"""A finding and a report of findings, as plain records: what every face is made from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from tjkg.messages import Lang

__all__ = ["SEVERITIES", "Finding", "Report", "Rule", "Spot", "Words", "worst"]

# from the heaviest to the lightest
SEVERITIES = ("violation", "warning", "information")


class Words(NamedTuple):
    """A sentence in Chinese and in English."""

    zh: str
    en: str

    def of(self, lang: Lang) -> str:
        """The sentence in a language; Chinese where English is empty."""
        return self.zh if lang == "zh" or not self.en else self.en

    def filled(self, values: Mapping[str, object]) -> Words:
        """The sentence with its {names} filled; a name without a value stays as it is."""
        kept = _Kept((k, "" if v is None else v) for k, v in values.items())
        return Words(self.zh.format_map(kept), self.en.format_map(kept))


class _Kept(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


@dataclass(frozen=True)
class Rule:
    """What a check demands: id (shape, query or check), heading, what is wrong, why, how to mend it."""

    id: str
    severity: str
    name: Words
    message: Words
    why: Words
    fix: Words


@dataclass(frozen=True)
class Spot:
    """A quote of the plan and where it stands (start, end in code points of its text, end exclusive)."""

    quote: str
    line: int | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True)
class Finding:
    """One thing a keeper should look at.

    rule: id of the rule. subject: what it is about, by label. service: its name, if it is about one.
    cell: target | standard | funding | coverage where the quote stands in one of them. spot, other:
    the quote, and the second one of a contradiction. focus, path, value: the node (IRI), property and
    value concerned; component: the SHACL component that was not met, of a shape. plan: id of the edition or name of the document.
    heading: what the rule is about, for a group of findings.
    """

    severity: str
    rule: str
    subject: Words
    message: Words
    why: Words
    fix: Words
    service: str | None = None
    cell: str | None = None
    spot: Spot | None = None
    other: Spot | None = None
    focus: str | None = None
    path: str | None = None
    value: str | None = None
    component: str | None = None
    plan: str | None = None
    heading: Words = Words("", "")

    @property
    def fingerprint(self) -> str:
        """Short hash of what is found, the same when lines shift: rule, service, subject, quote, message."""
        parts = (self.rule, self.service or "", self.subject.zh, self.spot.quote if self.spot else "", self.message.zh)
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]

    def sort_key(self) -> tuple[object, ...]:
        """Heaviest first, then by edition, place, rule and subject."""
        line = self.spot.line if self.spot and self.spot.line is not None else 10**9
        start = self.spot.start if self.spot and self.spot.start is not None else 10**9
        return (
            SEVERITIES.index(self.severity), self.plan or "", line, start, self.rule, self.subject.zh, self.focus or "",
            self.message.zh,
        )

    def record(self, lang: Lang) -> dict[str, Any]:
        """The finding as one JSON object, in one language."""
        spot, other = self.spot, self.other
        found: dict[str, Any] = {
            "severity": self.severity, "rule": self.rule, "subject": self.subject.of(lang), "service": self.service,
            "message": self.message.of(lang), "why": self.why.of(lang), "fix": self.fix.of(lang), "cell": self.cell,
            "quote": spot.quote if spot else None, "line": spot.line if spot else None,
            "start": spot.start if spot else None, "end": spot.end if spot else None,
            "other": None if other is None
            else {"quote": other.quote, "line": other.line, "start": other.start, "end": other.end},
            "focus": self.focus, "path": self.path, "value": self.value, "plan": self.plan,
            "fingerprint": self.fingerprint,
        }
        return found


@dataclass(frozen=True)
class Report:
    """The findings of one run, ordered, and what was set aside by the baseline.

    accepted: (finding, reason). rules: the rules of the findings by id. source: the file the lines are
    of, by plan. checked: plan → number of services looked at. fail_on: the least severity that fails.
    """

    findings: tuple[Finding, ...]
    accepted: tuple[tuple[Finding, str], ...] = ()
    rules: Mapping[str, Rule] = field(default_factory=dict)
    source: Mapping[str, str] = field(default_factory=dict)
    checked: Mapping[str, int] = field(default_factory=dict)
    fail_on: str = "violation"
    engine: str = ""

    @property
    def conforms(self) -> bool:
        """Whether nothing was found at or above `fail_on` (never: always)."""
        if self.fail_on not in SEVERITIES:
            return True
        heavy = SEVERITIES[: SEVERITIES.index(self.fail_on) + 1]
        return not any(f.severity in heavy for f in self.findings)

    def counts(self) -> dict[str, int]:
        """Findings by severity, the heaviest first."""
        return {s: sum(f.severity == s for f in self.findings) for s in SEVERITIES}


def worst(severities: Iterable[str]) -> str | None:
    """The heaviest of some severities; None when there is none."""
    return min(severities, key=SEVERITIES.index, default=None)
