"""Validation results → findings: one finding a shape and node, told by labels, cells and quotes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from tjkg.namespaces import SHAPE
from tjkg.resources import ontology_dir
from tjkg.validation.engine import Result, run
from tjkg.validation.finding import Finding, Rule, Words
from tjkg.validation.places import Places

__all__ = ["DATA_SHAPES", "ONTOLOGY_SHAPES", "Engine", "findings", "plain_engine"]

DATA_SHAPES = "shapes.ttl"
ONTOLOGY_SHAPES = "ontology-shapes.ttl"

Engine = Callable[[bytes], list[Result]]
"""N-Triples of a dataset → results of the data's shapes."""


def plain_engine(name: str) -> Engine:
    """The engine of a name over the data's shapes, all of the data every time."""
    return lambda ntriples: run(name, [ntriples], ontology_dir() / DATA_SHAPES)


@dataclass
class _Merged:
    result: Result
    values: list[str]


def _merged(results: Iterable[Result]) -> Iterator[_Merged]:
    """One entry a shape and node: several components or values of one rule are one thing to mend."""
    found: dict[tuple[str, str], _Merged] = {}
    for result in sorted(results, key=lambda r: (r.shape, r.focus, r.component, r.value or "")):
        entry = found.setdefault((result.shape, result.focus), _Merged(result, []))
        if result.value is not None and result.value != result.focus and result.value not in entry.values:
            entry.values.append(result.value)
    yield from found.values()


def _unknown(shape: str) -> Rule:
    words = Words(shape, shape)
    return Rule(shape.removeprefix(SHAPE), "violation", words, words, Words("", ""), Words("", ""))


def findings(results: Iterable[Result], rules: Mapping[str, Rule], places: Places) -> Iterator[Finding]:
    """The findings of validation results.

    rules: by shape IRI. Messages may name {$this} and {?value}; they become labels.
    """
    for entry in _merged(results):
        result = entry.result
        rule = rules.get(result.shape) or _unknown(result.shape)
        about = places.about(result.focus)
        spot = places.spot(result.focus, result.path)
        values = [_called(value, places) for value in entry.values]
        shown = "、".join(v.zh for v in values)
        names = {"$this": about.label.zh, "?this": about.label.zh, "$value": shown, "?value": shown}
        message = _named(rule.message, names)
        if values:
            message = Words(f"{message.zh}：{shown}", f"{message.en}: {', '.join(v.en for v in values)}")
        yield Finding(
            result.severity, rule.id, about.label, message, rule.why, rule.fix, service=about.service,
            cell=places.cell(spot), spot=spot, focus=result.focus, path=result.path,
            value="、".join(entry.values) or None, component=result.component, heading=rule.name,
        )


def _named(message: Words, names: Mapping[str, str]) -> Words:
    zh, en = message
    for name, text in names.items():
        zh, en = zh.replace("{" + name + "}", text), en.replace("{" + name + "}", text)
    return Words(zh, en)


def _called(value: str, places: Places) -> Words:
    """A value as people read it: a node by its label, text cut where it is long."""
    if value.startswith(("http://", "https://")):
        return places.about(value).label
    short = value if len(value) <= 40 else value[:39] + "…"
    return Words(f"“{short}”", f"“{short}”")
