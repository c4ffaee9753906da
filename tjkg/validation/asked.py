"""Rows of the rule queries (queries/quality, queries/consistency) → findings.

A rule query projects ?focus (the node), and as it needs ?service (name), ?subject (what it is about,
where the node's own label is not it), ?at and ?at2 (passages), ?quote and ?quote2 with ?line and
?line2 (part of them), ?path; every other column fills its message by name.
"""

from __future__ import annotations

from collections.abc import Iterator

from tjkg.query import Question, internal
from tjkg.store.answers import Store, Value
from tjkg.validation import rules
from tjkg.validation.finding import Finding, Spot, Words
from tjkg.validation.places import Places

__all__ = ["ask"]

_OURS = ("focus", "service", "subject", "at", "at2", "quote", "quote2", "line", "line2", "path")


class _Passages:
    """The passages of a store, read once and only when a row needs them."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._spots: dict[str, Spot] | None = None

    def spot(self, at: Value, quote: Value) -> Spot | None:
        """The passage, or the part of it that is quoted."""
        if at is None:
            return Spot(str(quote)) if quote is not None else None
        if self._spots is None:
            self._spots = {
                str(node): Spot(str(exact), _number(line), _number(start), _number(end))
                for node, exact, start, end, line in self._store.select(internal("passages")).rows
            }
        whole = self._spots.get(str(at))
        return _part(whole, str(quote)) if whole and quote is not None else whole


def _number(value: Value) -> int | None:
    return value if isinstance(value, int) else None


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
    passages = _Passages(store)
    for row in store.select(question.text).dicts():
        focus = str(row["focus"])
        about = places.about(focus)
        subject = str(row["subject"]) if row.get("subject") is not None else None
        service = str(row["service"]) if row.get("service") is not None else about.service
        spot = passages.spot(row.get("at"), row.get("quote")) or places.spot(focus, None)
        values = {k: _shown(v) for k, v in row.items() if k not in _OURS}
        values |= {"service": service or "", "subject": subject or about.label.zh}
        yield Finding(
            rule.severity, rule.id, Words(subject, subject) if subject else about.label, rule.message.filled(values),
            rule.why, rule.fix, service=service, cell=places.cell(spot), spot=spot,
            other=passages.spot(row.get("at2"), row.get("quote2")), focus=focus,
            path=str(row["path"]) if row.get("path") is not None else None,
        )


def _shown(value: Value) -> str:
    if value is None:
        return ""
    return f"{value.normalize():f}" if hasattr(value, "normalize") else str(value)
