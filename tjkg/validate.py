"""What is missing, wrong or inconsistent in data or in a document, and where: `validate` → `Report`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tjkg.resources import ontology_dir
from tjkg.validation import memo
from tjkg.validation.finding import Finding, Report, Rule, Spot, Words
from tjkg.validation.memo import Judged

if TYPE_CHECKING:
    from tjkg.diff.promises import Broken
    from tjkg.validation.baseline import Baseline
    from tjkg.validation.dataset import Dataset
    from tjkg.validation.shacl import Engine

__all__ = ["check", "validate"]


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
    judged = _given(paths, engine) if paths else _shipped(plan, engine)
    found = [f for one in judged for f in one.findings]
    consented: tuple[tuple[Finding, str], ...] = ()
    if against is not None:
        broken, consented = _promises(paths, plan, against)
        found += broken
    kept, accepted = _once(found), tuple[tuple[Finding, str], ...]()
    if baseline is not None:
        kept, accepted = baseline.applied(kept, on)
    editions = [one for one in judged if one.name]
    return Report(
        tuple(sorted(kept, key=Finding.sort_key)), (*accepted, *consented), _rules_of(kept),
        {one.name: one.source for one in editions}, {one.name: one.services for one in editions}, fail_on, engine,
    )


def check(dataset: Dataset, engine: Engine) -> list[Finding]:
    """The findings of one dataset, in no order; its store is settled (what readers replaced goes)."""
    from tjkg.validation import reviews
    from tjkg.validation.checks import of_services, of_whole
    from tjkg.validation.places import Places
    from tjkg.validation.standing import standing

    places = Places(dataset.store)
    found = [*reviews.check(dataset.store, dataset.text, places)]
    dataset.store.settle()
    found += of_services(dataset.store, dataset.text, engine, places)
    found += of_whole(dataset.store, dataset.text, places)
    return standing(dataset, found)


# ---------------------------------------------------------------- what is looked at


def _judged(dataset: Dataset, engine: str) -> Judged:
    from tjkg.query import internal
    from tjkg.validation.shacl import plain_engine

    found = check(dataset, plain_engine(engine))
    services = len({row[0] for row in dataset.store.select(internal("service-names")).rows})
    return Judged(dataset.name, dataset.source, services, tuple(found))


def _given(paths: Sequence[Path], engine: str) -> list[Judged]:
    from tjkg.validation.dataset import given

    return [_judged(dataset, engine) for dataset in given(paths)]


def _shipped(plan: str | None, engine: str) -> list[Judged]:
    """The editions under data/ and the ontology; what is already known of the same content is recalled."""
    from tjkg.validation.folders import editions

    found = []
    for folder in editions(plan):
        key = f"{engine}-{memo.key(folder)}"
        one = memo.recall(key)
        if one is None:
            from tjkg.validation.dataset import shipped

            one = _judged(shipped(folder.name)[0], engine)
            memo.remember(key, one)
        found.append(one)
    key = f"{engine}-{memo.key(ontology_dir())}"
    one = memo.recall(key)
    if one is None:
        one = Judged("", "", 0, tuple(_ontology(engine)))
        memo.remember(key, one)
    return [*found, one]


def _ontology(engine: str) -> list[Finding]:
    """Hygiene of the ontology by its own shapes, if they are there."""
    from tjkg.store.memory import open_memory
    from tjkg.validation import rules, shacl
    from tjkg.validation.dataset import vocabulary_files
    from tjkg.validation.engine import run
    from tjkg.validation.places import Places

    path = ontology_dir() / shacl.ONTOLOGY_SHAPES
    if not path.exists():
        return []
    store = open_memory([(p, "https://w3id.org/tjkg/graph/ontology") for p in vocabulary_files()])
    results = run(engine, [store.ntriples()], path)
    return list(shacl.findings(results, rules.of_shapes(path), Places(store))) if results else []


# ---------------------------------------------------------------- against an older edition


def _promises(
    paths: Sequence[Path], plan: str | None, against: str
) -> tuple[list[Finding], tuple[tuple[Finding, str], ...]]:
    """What the data promises less than an older edition did, and what of it somebody has accepted."""
    from tjkg.diff.promises import broken
    from tjkg.diff.side import document, of_store, side
    from tjkg.validation.dataset import given, shipped

    old = side(against)
    loose = {path.name: path for path in paths if path.is_file()}
    found: list[Finding] = []
    consented: list[tuple[Finding, str]] = []
    for dataset in given(paths) if paths else shipped(plan)[-1:]:
        dataset.store.settle()
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
    from tjkg.validation import rules

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
        other=spots[1] if spots[0] else None, plan=name, heading=rule.name,
    )


# ---------------------------------------------------------------- the report


def _once(found: Iterable[Finding]) -> list[Finding]:
    """What several editions share is told once."""
    kept: dict[tuple[object, ...], Finding] = {}
    for finding in found:
        kept.setdefault((finding.rule, finding.focus, finding.message, finding.spot, finding.plan), finding)
    return list(kept.values())


def _rules_of(found: Iterable[Finding]) -> dict[str, Rule]:
    """The rules behind the findings, as far as a face needs them: id, heading, why, how to mend it."""
    told: dict[str, Rule] = {}
    for f in found:
        told.setdefault(f.rule, Rule(f.rule, f.severity, f.heading if f.heading.zh else f.message, f.message, f.why, f.fix))
    return told
