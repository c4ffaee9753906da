"""The facts an applicant may state as plain rows: the keys of `tjkg facts --format json`."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from tjkg.applicant import ABOUTS
from tjkg.facts import Fact, Facts

__all__ = ["fact_rows"]


def _row(fact: Fact, facts: Facts) -> dict[str, Any]:
    ordinary: Any = fact.ordinary
    if fact.type == "boolean" and ordinary is not None:
        ordinary = ordinary == "true"
    abouts = [a for a in ABOUTS if fact.concerns(a)]
    return {
        "id": fact.id, "label": fact.label, "question": fact.question or fact.help, "type": fact.type,
        "values": list(fact.values), "unit": fact.unit, "multiple": fact.multiple, "ordinary": ordinary,
        "about": abouts[0], "abouts": abouts, "kind": fact.kind, "rule": fact.rule, "help": fact.help or None,
        "group": fact.group or None, "source": fact.source, "label_en": fact.label_en,
        "question_en": fact.question_en or None, "values_en": [facts.labels.get(v, (v, v))[1] for v in fact.values],
    }


def fact_rows(facts: Facts, about: str | None = None, kinds: Collection[str] = ()) -> list[dict[str, Any]]:
    """The facts in the order in which a form would ask for them; about, kinds: only such ones."""
    return [
        _row(f, facts) for f in facts.values()
        if (about is None or f.concerns(about)) and (not kinds or f.kind in kinds)
    ]
