"""What is missing, wrong or inconsistent in data or in a document, and where: `validate` → `Report`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tjkg import records
from tjkg.iris import ID
from tjkg.messages import Lang, say
from tjkg.namespaces import TJKG
from tjkg.query import internal
from tjkg.resources import ontology_dir
from tjkg.validation import reviews, rules, shacl
from tjkg.validation.baseline import Baseline
from tjkg.validation.checks import of_services, of_whole
from tjkg.validation.dataset import Dataset, given, shipped, vocabulary_files
from tjkg.validation.engine import run
from tjkg.validation.finding import Finding, Report, Rule, Spot, Words
from tjkg.validation.places import CELLS, Places

if TYPE_CHECKING:
    from tjkg.diff.promises import Broken

__all__ = ["check", "standing", "validate"]

_LANGS: tuple[Lang, Lang] = ("zh", "en")
_SPOILS_CELL = frozenset({"mistyped-number"})
_OF_QUOTES = frozenset({"printed-outside-passage", "cell-differs", "passage-outside-row"})
_COUNTS = frozenset({"category-count-differs"})  # follows from any row that could not be read
_SHARED = tuple(f"{ID}{kind}/" for kind in ("group", "payer", "agency", "place"))


def validate(
    paths: Sequence[Path] = (), *, plan: str | None = None, engine: str = "fast", fail_on: str = "violation",
    baseline: Baseline | None = None, on: date, against: str | None = None,
) -> Report:
    """Everything a keeper should look at.

    paths: Turtle, folders of Turtle, or documents (txt, docx, xlsx, html); none: the shipped editions
    and the ontology. plan: only this shipped edition. engine: fast | pyshacl. fail_on: violation |
    warning | information | never. baseline: accepted findings; on: the day its terms are judged by.
    against: an older edition (id, Turtle or document): what was promised there must not be lost.

    Raises:
        InputError: a path or edition cannot be used. DataError: broken Turtle.
    """
    datasets = given(paths) if paths else shipped(plan)
    found: list[Finding] = []
    for dataset in datasets:
        found += check(dataset, shacl.plain_engine(engine))
    if not paths:
        found += _ontology(engine)
    consented: tuple[tuple[Finding, str], ...] = ()
    if against is not None:
        broken, consented = _promises(datasets, paths, against)
        found += broken
    kept, accepted = _once(found), tuple[tuple[Finding, str], ...]()
    if baseline is not None:
        kept, accepted = baseline.applied(kept, on)
    accepted = (*accepted, *consented)
    return Report(
        tuple(sorted(kept, key=Finding.sort_key)), accepted, _rules_of(kept),
        {d.name: d.source for d in datasets}, {d.name: _services(d) for d in datasets}, fail_on, engine,
    )


def _promises(
    datasets: Sequence[Dataset], paths: Sequence[Path], against: str
) -> tuple[list[Finding], tuple[tuple[Finding, str], ...]]:
    """What the data promises less than an older edition did, and what of it somebody has accepted."""
    from tjkg.diff.promises import broken
    from tjkg.diff.side import document, of_store, side

    old = side(against)
    loose = {path.name: path for path in paths if path.is_file()}
    found: list[Finding] = []
    consented: list[tuple[Finding, str]] = []
    for dataset in datasets if paths else datasets[-1:]:
        new = document(loose[dataset.name]) if dataset.loose else of_store(dataset.store, dataset.name)
        for promise in broken(old, new):
            finding = _promise(promise, against, dataset.name)
            if promise.accepted is None:
                found.append(finding)
            else:
                told = promise.accepted
                consented.append((finding, f"{told.reason}（{told.by}，{told.on}）"))
    return found, tuple(consented)


def _promise(promise: Broken, against: str, name: str) -> Finding:
    """A broken promise as a finding: the new words, beside the old ones."""
    from tjkg.diff.words import sentence

    rule, change = rules.check(promise.rule, "violation"), promise.change
    what = (sentence(change, "zh"), sentence(change, "en")) if change else ("", "")
    message = Words(
        rule.message.zh.format(what=what[0], against=against, old=promise.old),
        rule.message.en.format(what=what[1], against=against, old=promise.old),
    )
    spots = [None if q is None else Spot(q.text, q.line, q.start, q.end) for q in (
        (change.quote_new, change.quote_old) if change else (None, None))]
    return Finding(
        rule.severity, rule.id, Words(promise.service, promise.service), message, rule.why, rule.fix,
        service=promise.service, cell=change.cell if change else None, spot=spots[0] or spots[1],
        other=spots[1] if spots[0] else None, plan=name,
    )


def check(dataset: Dataset, engine: shacl.Engine) -> list[Finding]:
    """The findings of one dataset, in no order."""
    places = Places(dataset.store)
    found = [*reviews.check(dataset.store, dataset.text, places)]
    dataset.store.settle()
    found += of_services(dataset.store, dataset.text, engine, places)
    found += of_whole(dataset.store, dataset.text, places)
    return standing(dataset, found)


def standing(dataset: Dataset, found: Iterable[Finding]) -> list[Finding]:
    """Of what was found, with the findings on the document's form, what stands: one finding a fault."""
    form = [_form(f) for f in dataset.form]
    kept = [f for f in _without_echoes(_unread(list(found))) if _asked_for(f, dataset) and not _told_by_form(f, form)]
    return [replace(f, plan=None if (f.focus or "").startswith(_SHARED) else dataset.name) for f in (*form, *kept)]


# ---------------------------------------------------------------- which findings stand


def _asked_for(finding: Finding, dataset: Dataset) -> bool:
    """Only what was given is judged; of a loose document only what a document can say."""
    if dataset.judged is not None and finding.focus is not None and finding.focus not in dataset.judged:
        return False
    if dataset.loose:
        of_document = (finding.focus or "").startswith(ID + "document-") and finding.focus != dataset.plan
        return of_document and finding.path != TJKG.hasCriterion
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


def _once(found: Iterable[Finding]) -> list[Finding]:
    """What several editions share is told once."""
    kept: dict[tuple[object, ...], Finding] = {}
    for finding in found:
        key = (finding.rule, finding.focus, finding.message, finding.spot, finding.plan)
        kept.setdefault(key, finding)
    return list(kept.values())


# ---------------------------------------------------------------- the parts of a report


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
        spot=spot,
    )


def _ontology(engine: str) -> Iterator[Finding]:
    """Hygiene of the ontology by its own shapes, if they are there."""
    path = ontology_dir() / shacl.ONTOLOGY_SHAPES
    if not path.exists():
        return
    from tjkg.store.memory import open_memory

    files = vocabulary_files()
    store = open_memory([(p, "https://w3id.org/tjkg/graph/ontology") for p in files])
    results = run(engine, [store.ntriples()], path)
    if results:
        yield from shacl.findings(results, rules.of_shapes(path), Places(store))


def _services(dataset: Dataset) -> int:
    return len(dataset.store.select(internal("service-names")).rows)


def _rules_of(found: Iterable[Finding]) -> dict[str, Rule]:
    """The rules behind the findings, as far as a face needs them: id, heading, why, how to mend it."""
    told: dict[str, Rule] = {}
    for f in found:
        told.setdefault(f.rule, Rule(f.rule, f.severity, f.message, f.message, f.why, f.fix))
    return told
