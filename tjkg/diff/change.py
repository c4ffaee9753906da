"""One change in policy words, as plain data; what it means for people decides how severe it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

__all__ = ["ASPECTS", "DIRECTIONS", "KINDS", "SEVERITIES", "Change", "Changes", "Quote", "quote_of"]

KINDS = ("removed", "added", "renamed", "split", "merged", "moved", "changed", "wording")
ASPECTS = ("name", "place", "amount", "tier", "period", "unit", "audience", "payer", "share", "contribution",
           "coverage", "indicator", "task", "agency", "text")
DIRECTIONS = ("raised", "lowered", "widened", "narrowed", "shifted", "changed")
SEVERITIES = ("violation", "warning", "information")

# (kind, direction) turned round, for a comparison read backwards
_BACK = {
    "added": "removed", "removed": "added", "split": "merged", "merged": "split", "raised": "lowered",
    "lowered": "raised", "widened": "narrowed", "narrowed": "widened",
}
# (aspect, kind or direction) that takes a promise back
_WORSE = {
    ("name", "removed"), ("tier", "removed"), ("amount", "lowered"), ("period", "lowered"), ("unit", "lowered"),
    ("audience", "narrowed"), ("audience", "shifted"), ("coverage", "lowered"), ("coverage", "removed"),
}
_MILD = {
    ("name", "added"), ("tier", "added"), ("amount", "raised"), ("period", "raised"), ("unit", "raised"),
    ("audience", "widened"), ("coverage", "raised"), ("coverage", "added"), ("indicator", "added"), ("task", "added"),
    ("text", "widened"),
}


@dataclass(frozen=True)
class Quote:
    """Exact words of a plan and where they stand in its text (None where the side is not a text)."""

    text: str
    line: int | None = None
    start: int | None = None
    end: int | None = None


def quote_of(place: Mapping[str, Any] | None) -> Quote | None:
    """The quote of an entry of the catalogue, if it has one."""
    if place is None or place.get("quote") is None:
        return None
    return Quote(str(place["quote"]), place.get("line"), place.get("start"), place.get("end"))


@dataclass(frozen=True)
class Change:
    """What one edit of a plan means.

    kind, aspect, direction: KINDS, ASPECTS, DIRECTIONS. service: None for what belongs to no single
    service (indicators, tasks, prose); services: all that are touched (parts of a split, say). subject:
    what exactly changed. standards: numbers of the rows. basis: stated, or suggested where the new text
    was read by rules and no person has reviewed it. old, new: in words. difference, percent: of
    numbers. groups_*: people who gain or lose it. witness_*: facts of one such person. bears_*: payers.
    doubtful: more is not plainly better (a cap that goes, a threshold, a time limit, an outcome).
    """

    kind: str
    aspect: str
    service: str | None = None
    subject: str = ""
    direction: str | None = None
    basis: str = "stated"
    old: str | None = None
    new: str | None = None
    quote_old: Quote | None = None
    quote_new: Quote | None = None
    standards: tuple[int, ...] = ()
    services: tuple[str, ...] = ()
    groups_gained: tuple[str, ...] = ()
    groups_lost: tuple[str, ...] = ()
    witness_gained: Mapping[str, str] | None = None
    witness_lost: Mapping[str, str] | None = None
    difference: float | int | None = None
    percent: float | None = None
    unit: str | None = None
    bears_more: tuple[str, ...] = ()
    bears_less: tuple[str, ...] = ()
    cell: str | None = None
    order: tuple[int, ...] = ()
    doubtful: bool = False

    @property
    def severity(self) -> str:
        """violation: a promise is taken back; information: more is promised, or only words changed; else warning."""
        if self.kind in ("wording", "renamed", "moved", "split", "merged"):
            return "information"
        if self.doubtful:
            return "warning"
        keys = {(self.aspect, self.kind), (self.aspect, self.direction)}
        if keys & _WORSE:
            return "violation"
        return "information" if keys & _MILD else "warning"

    def plain(self) -> dict[str, Any]:
        """The change as JSON has it: the keys of the contract first."""
        return {
            "kind": self.kind, "service": self.service, "subject": self.subject, "aspect": self.aspect,
            "direction": self.direction, "basis": self.basis, "old": self.old, "new": self.new,
            "groups_gained": list(self.groups_gained), "groups_lost": list(self.groups_lost),
            "quote_old": self.quote_old.text if self.quote_old else None,
            "quote_new": self.quote_new.text if self.quote_new else None,
            "place_old": _place(self.quote_old), "place_new": _place(self.quote_new),
            "severity": self.severity, "standards": list(self.standards), "services": list(self.services),
            "cell": self.cell, "difference": self.difference, "percent": self.percent, "unit": self.unit,
            "bears_more": list(self.bears_more), "bears_less": list(self.bears_less),
            "witness_gained": dict(self.witness_gained) if self.witness_gained else None,
            "witness_lost": dict(self.witness_lost) if self.witness_lost else None,
        }

    def turned(self) -> Change:
        """The same change read backwards, from new to old (its percentage is of the other side)."""
        return replace(
            self, kind=_BACK.get(self.kind, self.kind), direction=_BACK.get(self.direction or "", self.direction),
            old=self.new, new=self.old, quote_old=self.quote_new, quote_new=self.quote_old,
            groups_gained=self.groups_lost, groups_lost=self.groups_gained,
            witness_gained=self.witness_lost, witness_lost=self.witness_gained,
            difference=None if self.difference is None else -self.difference, percent=None,
            bears_more=self.bears_less, bears_less=self.bears_more,
        )


def _place(quote: Quote | None) -> dict[str, int | None] | None:
    return None if quote is None else {"line": quote.line, "start": quote.start, "end": quote.end}


@dataclass(frozen=True)
class Changes:
    """All changes between two sides, substance first and wording last, and what the sides are called."""

    old: str
    new: str
    changes: tuple[Change, ...]
    notes: tuple[str, ...] = ()

    @classmethod
    def of(cls, old: str, new: str, found: Iterable[Change], notes: Iterable[str] = ()) -> Changes:
        """The changes in the order of a report: wording last, else as the plan has them; notes on the documents."""
        listed = sorted(found, key=lambda c: (c.kind == "wording", c.order, KINDS.index(c.kind)))
        return cls(old, new, tuple(listed), tuple(notes))

    @property
    def substance(self) -> tuple[Change, ...]:
        """The changes that are more than wording."""
        return tuple(c for c in self.changes if c.kind != "wording")

    def worst(self) -> str | None:
        """The gravest severity there is, or None without any change."""
        found = {c.severity for c in self.changes}
        return next((s for s in SEVERITIES if s in found), None)

    def plain(self) -> dict[str, Any]:
        """The JSON document of `tjkg diff`."""
        counts = {s: sum(c.severity == s for c in self.changes) for s in SEVERITIES}
        return {"old": self.old, "new": self.new, "counts": counts, "notes": list(self.notes), "changes": [c.plain() for c in self.changes]}
