"""Numbers, benefits and payments in the language of the answer."""

from __future__ import annotations

from typing import Any

from tjkg.ask.answers import wording
from tjkg.ask.question import Question

__all__ = ["amount", "join", "number", "payment"]

Json = dict[str, Any]


def number(q: Question, node: Json) -> str:
    """A quantity with its comparator and unit."""
    if q.lang == "en":
        from tjkg.ask.answers import english

        return english.number(node)
    return wording.number(node)


def amount(q: Question, benefit: Json, service: str) -> str:
    """A benefit: of which case, a head and period, how much."""
    if q.lang == "en":
        from tjkg.ask.answers import english

        return english.amount(benefit)
    return wording.amount(benefit, service)


def payment(q: Question, funding: Json) -> str:
    """Who pays what part of what."""
    if q.lang == "en":
        from tjkg.ask.answers import english

        return english.payment(funding, lambda name: q.called(name, "payer"))
    return wording.payment(funding)


def join(q: Question, phrases: list[str]) -> str:
    """Phrases in a row, once each."""
    return ("; " if q.lang == "en" else "；").join(dict.fromkeys(phrases))
