"""For keepers of the plan: what to look at in its text, and what changed between two editions."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from tjkg.errors import InputError
from tjkg.messages import CHECKS
from tjkg.store.answers import Edition
from tjkg.validation.finding import Finding, Spot
from tjkg.web.pages.answer import context
from tjkg.web.pages.asked import Asked
from tjkg.web.pages.shelf import Shelf
from tjkg.web.pages.view import shown
from tjkg.web.replies import Reply

__all__ = ["changes", "findings"]

Json = dict[str, Any]


def _spot(shelf: Shelf, spot: Spot | None) -> Json | None:
    """A quote with the words around it."""
    if spot is None or spot.start is None or spot.end is None:
        return None if spot is None else {"quote": spot.quote, "line": spot.line, "start": None, "end": None, "context": None}
    return {"quote": spot.quote, "line": spot.line, "start": spot.start, "end": spot.end,
            "context": context(shelf, spot.start, spot.end)}


def _name(shelf: Shelf, rule: str, asked: Asked) -> str:
    """What a kind of finding is called: the question that finds it, else its sentence with what varies left out."""
    if rule in shelf.rules:
        return shelf.rules[rule].of(asked.lang)
    if rule in CHECKS:
        return re.sub(r"{\w+}", "…", CHECKS[rule][1 if asked.lang == "en" else 0])
    return next(f.message.of(asked.lang) for f in shelf.findings if f.rule == rule)


def findings(shelf: Shelf, asked: Asked) -> Reply:
    """Findings by rule, the heaviest first; `rule` and `service` narrow them."""
    wanted = {k: asked.query[k] for k in ("rule", "service", "domain") if asked.query.get(k)}

    def fits(finding: Finding) -> bool:
        domain = shelf.services[finding.service]["domain"] if finding.service in shelf.services else None
        has = {"rule": finding.rule, "service": finding.service, "domain": domain}
        return all(has[k] == v for k, v in wanted.items())

    kept = [f for f in shelf.findings if fits(f)]
    by_rule: dict[str, list[Json]] = {}
    for finding in kept:
        by_rule.setdefault(finding.rule, []).append({
            **finding.record(asked.lang), "spot": _spot(shelf, finding.spot), "other": _spot(shelf, finding.other),
        })
    return shown(
        "findings", asked, shelf, by_rule=by_rule, count=len(kept), wanted=wanted, rules=Counter(f.rule for f in shelf.findings),
        names={r: _name(shelf, r, asked) for r in by_rule}, severities=Counter(f.severity for f in kept),
    )


def changes(shelf: Shelf, asked: Asked) -> Reply:
    """What changed between two editions in policy words. Raises InputError for an edition that is not there."""
    from tjkg.diff import diff

    editions: list[Edition] = shelf.store.editions()
    known = [e.id for e in editions]
    old, new = (asked.query.get(k) for k in ("old", "new"))
    if not (old and new) and len(known) > 1:
        old, new = known[-2:]
    if not old or not new:
        return shown("changes", asked, shelf, editions=known, old=None, new=None, changes=None, counts={})
    for name in (old, new):
        if name not in known:
            raise InputError(f"没有版本 {name}", cure=f"现有：{'、'.join(known)}")
    found = [c.plain() for c in diff(old, new).changes]
    return shown(
        "changes", asked, shelf, editions=known, old=old, new=new, changes=found, services=shelf.services, counts=Counter(c["severity"] for c in found)
    )
