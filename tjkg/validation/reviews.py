"""A reader's hand: additions and replacements whose quote is gone, or that replace nothing."""

from __future__ import annotations

from collections.abc import Iterator

from tjkg.query import internal
from tjkg.records import Source
from tjkg.store.answers import Store
from tjkg.validation import rules
from tjkg.validation.finding import Finding, Rule, Spot
from tjkg.validation.places import Places

__all__ = ["check"]


def _finding(rule: Rule, node: str, places: Places, quote: object) -> Finding:
    about = places.about(node)
    spot = about.spot or (Spot(str(quote)) if quote is not None else None)
    return Finding(
        rule.severity, rule.id, about.label, rule.message, rule.why, rule.fix, service=about.service,
        cell=places.cell(spot), spot=spot, focus=node, heading=rule.name,
    )


def check(store: Store, text: Source | None, places: Places) -> Iterator[Finding]:
    """Reviewed nodes whose quote is not in the plan, or that replace a node that is not there.

    store: with what was replaced still in it.
    """
    gone = rules.check("replacement-quote-gone", "violation")
    nothing = rules.check("replacement-without-target", "violation")
    for node, quote, old, known in store.select(internal("reviewed")).rows:
        if quote is not None and text is not None and str(quote) not in text.text:
            yield _finding(gone, str(node), places, quote)
        elif old is not None and not known:
            yield _finding(nothing, str(node), places, quote)
