"""Screening: facts of a person or a group in a form, verdicts with reasons, the next best question; nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tjkg.applicant import ABOUTS, Statement, conditions
from tjkg.errors import InputError
from tjkg.fact_rows import fact_rows
from tjkg.web.pages.asked import Asked
from tjkg.web.pages.shelf import Shelf
from tjkg.web.pages.view import shown
from tjkg.web.replies import Reply
from tjkg.web.words import say

__all__ = ["screen"]

Json = dict[str, Any]
_FIELD = "f."  # a fact's field in the form
_NO_MORE = "x."  # of a set: what is not ticked does not hold
_PERSON = ("eligible", "depends", "ineligible")
_GROUP = ("all", "some", "unknown", "none")
_NEAREST = 12  # open verdicts shown before the others are folded away: those that lack least


def _stated(asked: Asked, facts: list[Json]) -> dict[str, list[str]]:
    """What the form says of each fact: the last answer, or all ticks of a set."""
    found: dict[str, list[str]] = {}
    known = {f["id"]: f for f in facts}
    for key, value in asked.form:
        name = key.removeprefix(_FIELD)
        if key.startswith(_FIELD) and name in known and value.strip():
            if known[name]["multiple"]:
                found.setdefault(name, []).append(value.strip())
            else:
                found[name] = [value.strip()]
    return found


def _closed(asked: Asked, facts: list[Json]) -> set[str]:
    """The sets of which nothing else holds than what is ticked."""
    return {f["id"] for f in facts if f["multiple"] and asked.value(_NO_MORE + f["id"])}


def _statements(stated: dict[str, list[str]], closed: set[str], facts: list[Json]) -> Iterator[Statement]:
    """The statements of the form; numbers may be ranges (80.., 60..79)."""
    known = {f["id"]: f for f in facts}
    for name in closed:
        if rest := tuple(v for v in known[name]["values"] if v not in stated.get(name, ())):
            yield Statement(name, not_values=rest)
    for name, values in stated.items():
        fact = known[name]
        if fact["multiple"]:
            yield Statement(name, values=tuple(values), every=True)
        elif fact["type"] in ("code", "boolean"):
            yield Statement(name, values=(values[0],))
        else:
            yield from conditions([f"{name}={_number(values[0])}"])


def _number(text: str) -> str:
    """A number or range as people type it: ８０, 80岁, 80+, 60-79, ≥80."""
    text = text.translate(str.maketrans("０１２３４５６７８９．～—－", "0123456789.---")).strip().rstrip("岁元%％天")
    if text.startswith(("≥", ">=")):
        return text.lstrip(">=≥").strip() + ".."
    if text.startswith(("≤", "<=")):
        return ".." + text.lstrip("<=≤").strip()
    if text.endswith("+"):
        return text[:-1].strip() + ".."
    low, dash, high = text.partition("-")
    if dash and low and high and text.count("-") == 1:
        return f"{low.strip()}..{high.strip()}"
    return text


def _groups_of(facts: list[Json]) -> dict[str, list[Json]]:
    """Heading → its facts, in the order of the form."""
    found: dict[str, list[Json]] = {}
    for fact in facts:
        found.setdefault(fact["group"] or "", []).append(fact)
    return found


def _results(
    shelf: Shelf, asked: Asked, stated: dict[str, list[str]], closed: set[str], facts: list[Json], about: str, group: bool
) -> Json:
    """Verdicts by kind, the next question, or the sentence why the facts cannot be."""
    screener = shelf.edition.screener
    try:
        who = screener.applicant(_statements(stated, closed, facts), about, asked.value("others") == "ordinary")
    except InputError as error:
        return {"error": error.sentence(), "by": {}, "next": None, "count": 0}
    found = screener.screen(who, group=group, lang=asked.lang)
    by: dict[str, list[Json]] = {key: [] for key in (_GROUP if group else _PERSON)}
    for result in found["results"]:
        by[result["verdict"]].append(result)
    for results in by.values():
        results.sort(key=lambda r: (r["universal"], len(r["missing"])))
    ask = found["next_question"]
    fact = next((f for f in facts if ask and f["id"] == ask["fact"]), None)
    return {"error": None, "by": by, "next": fact, "count": len({*stated, *closed})}


def screen(shelf: Shelf, asked: Asked) -> Reply:
    """The form; once something is stated, the verdicts too. As a part: the verdicts alone."""
    about = asked.value("about")
    about = about if about in ABOUTS else "person"
    group = asked.value("who") == "group"
    facts = [f for f in fact_rows(shelf.edition.screener.criteria.facts, about, ("stated",)) if f["id"] != "about"]
    stated = _stated(asked, facts)
    closed = _closed(asked, facts)
    told = _results(shelf, asked, stated, closed, facts, about, group)
    return shown(
        "screen_results" if asked.part else "screen", asked, shelf, about=about, abouts=[(a, say(f"about-{a}", asked.lang)) for a in ABOUTS],
        group=group, ordinary=asked.value("others") == "ordinary", sections=_groups_of(facts), stated=stated, closed=closed, told=told,
        labels={f["id"]: f["label"] if asked.lang == "zh" else f["label_en"] or f["label"] for f in facts},
        several={s: len(v["standards"]) > 1 for s, v in shelf.services.items()},
        values={f["id"]: list(zip(f["values"], f["values"] if asked.lang == "zh" else f["values_en"], strict=True)) for f in facts},
        nearest=_NEAREST if stated or closed else 0,
    )
