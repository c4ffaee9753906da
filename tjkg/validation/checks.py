"""All checks of a dataset, in two lists: those that look at one service at a time, those that look at the whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tjkg.records import Source
from tjkg.resources import ontology_dir
from tjkg.store.memory import Memory
from tjkg.validation import asked, passages, rules, shacl
from tjkg.validation.background import background
from tjkg.validation.finding import Finding, Rule
from tjkg.validation.places import Places
from tjkg.validation.references import references

__all__ = ["WHOLE", "of_services", "of_whole"]

WHOLE = "whole"
"""Tag of a rule query that compares services, or looks at indicators and prose."""

_told: dict[float, dict[str, Rule]] = {}


def _rules() -> dict[str, Rule]:
    """The shapes' sentences, read once for each state of the file."""
    path = ontology_dir() / shacl.DATA_SHAPES
    stamp = path.stat().st_mtime
    if stamp not in _told:
        _told.clear()
        _told[stamp] = rules.of_shapes(path)
    return _told[stamp]


def of_services(
    store: Memory, text: Source | None, engine: shacl.Engine, places: Places, known: Callable[[bytes], bool] | None = None
) -> Iterator[Finding]:
    """Shapes, references, passages, values and the rule queries on single services.

    store: settled. known: whether a node outside the store is described (None: the store is all there is).
    """
    ntriples = store.ntriples()
    results = engine(ntriples)
    if results:
        yield from shacl.findings(results, _rules(), places)
    yield from references(ntriples, places, known)
    yield from passages.passages(store, text, places)
    yield from passages.values(store, places)
    yield from passages.rows(store, places)
    for question in rules.questions():
        if WHOLE not in question.tags:
            yield from asked.ask(store, question, places)


def of_whole(store: Memory, text: Source | None, places: Places) -> Iterator[Finding]:
    """The rule queries over the whole plan, and its prose against its tables."""
    if text is not None:
        yield from background(store, text, places)
    for question in rules.questions():
        if WHOLE in question.tags:
            yield from asked.ask(store, question, places)
