"""Rows of the rule queries (queries/quality, queries/consistency) → findings.

A rule query projects ?focus (the node), and as it needs ?service (name), ?subject (what it is about,
where the node's own label is not it), ?at and ?at2 (passages), ?quote and ?quote2 with ?line and
?line2 (part of them), ?path; every other column fills its message by name.
"""

from __future__ import annotations

from collections.abc import Iterator

from tjkg.query import Question
from tjkg.store.answers import Store, Value
from tjkg.validation import rules
from tjkg.validation.finding import Finding, Spot, Words
from tjkg.validation.places import Places

__all__ = ["ask"]

_OURS = ("focus", "service", "subject", "at", "at2", "quote", "quote2", "line", "line2", "path")


def _spot(at: Value, quote: Value, places: Places) -> Spot | None:
    """The passage, or the part of it that is quoted."""
    if at is None:
        return Spot(str(quote)) if quote is not None else None
    whole = places.passage(str(at))
    return _part(whole, str(quote)) if whole and quote is not None else whole


def _part(whole: Spot, quote: str) -> Spot:
    """The place of a quote inside a passage, by the passage's own place."""
    offset = whole.quote.find(quote)
    if offset <= 0 or whole.start is None:
        return Spot(quote, whole.line, whole.start, None if whole.start is None else whole.start + len(quote))
    line = None if whole.line is None else whole.line + whole.quote.count("\n", 0, offset)
    return Spot(quote, line, whole.start + offset, whole.start + offset + len(quote))


def ask(store: Store, question: Question, places: Places) -> Iterator[Finding]:
    """The findings of one rule query."""
    rule = rules.of_question(question)
    for row in store.select(question.text).dicts():
        if row["focus"] is None:
            continue  # the one row of an aggregate over nothing
        focus = str(row["focus"])
        subject, service = (str(row[k]) if row.get(k) is not None else None for k in ("subject", "service"))
        if "service" not in row and subject is None:
            service = places.about(focus).service
        label = _label(subject, service) or places.about(focus).label
        spot = _spot(row.get("at"), row.get("quote"), places) or places.spot(focus, None)
        values = {k: _shown(v) for k, v in row.items() if k not in _OURS}
        values |= {"service": service or "", "subject": subject or label.zh, "quote": spot.quote if spot else ""}
        yield Finding(
            rule.severity, rule.id, label, rule.message.filled(values), rule.why, rule.fix,
            service=service, cell=places.cell(spot), spot=spot, other=_spot(row.get("at2"), row.get("quote2"), places),
            focus=focus, path=str(row["path"]) if row.get("path") is not None else None, heading=rule.name,
        )


def _label(subject: str | None, service: str | None) -> Words | None:
    """What a row is about: the service, what of it, or the thing itself."""
    text = " · ".join(dict.fromkeys(t for t in (service, subject) if t))
    return Words(text, text) if text else None


def _shown(value: Value) -> str:
    if value is None:
        return ""
    return f"{value.normalize():f}" if hasattr(value, "normalize") else str(value)
