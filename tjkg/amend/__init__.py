"""A plan and a notice that changes single standards → the text of the new edition, and what was done.

The notice's orders are carried out on the cells of the plan's canonical text; nothing else of it changes.
An order that does not fit the plan (other words in the cell, two rows it could mean, two orders that
contradict each other) is not carried out but told.
"""

from __future__ import annotations

from dataclasses import dataclass

from tjkg.amend.apply import Change, carry_out
from tjkg.amend.notice import read_notice
from tjkg.parse.plan import structure
from tjkg.records import Finding, Source

__all__ = ["Amended", "Change", "amend"]


@dataclass(frozen=True)
class Amended:
    """The new edition: its canonical text, in force from when, issued when (ISO dates), what changed, what was not done.

    Every finding is one of the notice's: its passage is a piece of the notice, not of the plan.
    """

    source: Source
    valid_from: str | None
    issued: str | None
    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]


def amend(base: Source, notice: Source) -> Amended:
    """The edition that a notice makes of a plan.

    Raises:
        InputError: the base has no table of standards.
    """
    plan = structure(base)
    indicators = [i.name for i in plan.indicators]
    orders = read_notice(notice, plan.title, [s.name for s in plan.services], indicators)
    text, changes, findings = carry_out(plan, orders.instructions)
    if not changes and not findings and not orders.findings:
        first = notice.span(0, min(len(notice.text), 40)).passage()
        findings = (Finding("violation", "amend-nothing", {}, first),)
    return Amended(Source(text, base.name), orders.valid_from, orders.issued, changes, (*orders.findings, *findings))
