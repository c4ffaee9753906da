"""Which findings stand: only what was given is judged, and one fault is told once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tjkg import records
from tjkg.iris import ID
from tjkg.messages import Lang, say
from tjkg.namespaces import PREFIXES, TJKG
from tjkg.validation import rules
from tjkg.validation.dataset import Dataset
from tjkg.validation.finding import Finding, Spot, Words
from tjkg.validation.places import CELLS

__all__ = ["standing"]

_LANGS: tuple[Lang, Lang] = ("zh", "en")
# what a loose document cannot say: readers write conditions, a keeper authorities, roles and English names
_KEPT_ELSEWHERE = frozenset({
    TJKG.hasCriterion, PREFIXES["cv"] + "hasCompetentAuthority", PREFIXES["cv"] + "role", PREFIXES["skos"] + "prefLabel",
})
_OF_PROSE = frozenset({TJKG.chapter})  # what tables alone cannot say
_SPOILS_CELL = frozenset({"mistyped-number"})
_OF_QUOTES = frozenset({"printed-outside-passage", "cell-differs", "passage-outside-row"})
_COUNTS = frozenset({"category-count-differs"})  # follows from any row that could not be read
_SHARED = tuple(f"{ID}{kind}/" for kind in ("group", "payer", "agency", "place"))


def standing(dataset: Dataset, found: Iterable[Finding]) -> list[Finding]:
    """Of what was found, with the findings on the document's form, what stands: one finding a fault."""
    form = [_form(f) for f in dataset.form]
    kept = [f for f in _without_echoes(_unread(list(found))) if _asked_for(f, dataset) and not _told_by_form(f, form)]
    return [replace(f, plan=None if _of_shared(f) else dataset.name) for f in (*form, *kept)]


def _of_shared(finding: Finding) -> bool:
    """Whether it is about data that all editions use, and about no words of this one."""
    return finding.spot is None and (finding.focus or "").startswith(_SHARED)


def _asked_for(finding: Finding, dataset: Dataset) -> bool:
    """Only what was given is judged; of a loose document only what a document can say."""
    if dataset.judged is not None and finding.focus is not None and finding.focus not in dataset.judged:
        return False
    if dataset.loose:
        of_document = (finding.focus or "").startswith(ID + "document-") and finding.focus != dataset.plan
        return of_document and finding.path not in (_KEPT_ELSEWHERE if dataset.prose else _KEPT_ELSEWHERE | _OF_PROSE)
    return True


def _told_by_form(finding: Finding, form: Sequence[Finding]) -> bool:
    """A broken row is told once, by what is broken: not again by what is missing for it."""
    broken = [f for f in form if f.severity == "violation"]
    if finding.severity == "information" or not broken:
        return False
    return finding.rule in _COUNTS or any(
        (told.service and told.service == finding.service) or _line(told) == _line(finding) is not None
        for told in broken
    )


def _line(finding: Finding) -> int | None:
    return finding.spot.line if finding.spot else None


def _unread(found: Sequence[Finding]) -> list[Finding]:
    """Where a number cannot be read, what else is missing in its cell follows from it."""
    spoilt = {(f.service, f.cell) for f in found if f.rule in _SPOILS_CELL}
    return [
        f for f in found
        if f.rule in _SPOILS_CELL or f.severity == "information" or f.cell is None or (f.service, f.cell) not in spoilt
    ]


def _without_echoes(found: Iterable[Finding]) -> list[Finding]:
    """One fault, one finding: what meets a violated shape's node and property, or a drifted quote, follows from it."""
    listed = list(found)
    shapes = {(f.focus, f.path) for f in listed if f.component and f.severity == "violation"}
    drifted = {(f.spot.start, f.spot.end) for f in listed if f.rule == "passage-drifted" and f.spot}
    return [
        f for f in listed
        if (f.component or not f.path or (f.focus, f.path) not in shapes)
        and not (f.rule in _OF_QUOTES and f.spot and (f.spot.start, f.spot.end) in drifted)
    ]


def _form(found: records.Finding) -> Finding:
    """A finding of the parser on a document's form."""
    rule = rules.form(found.rule, found.severity)
    place = found.passage
    spot = Spot(place.quote, place.line, place.start, place.end) if place else None
    subject = found.service or (place.quote.strip()[:30] if place else "")
    cell = CELLS.get(found.values.get("aspect", ""))
    named = [found.values | ({"aspect": say(cell, lang)} if cell else {}) for lang in _LANGS]
    message, fix = (
        Words(words.filled(named[0]).zh, words.filled(named[1]).en) for words in (rule.message, rule.fix)
    )
    return Finding(
        rule.severity, rule.id, Words(subject, subject), message, rule.why, fix, service=found.service, cell=cell,
        spot=spot, heading=rule.name,
    )
