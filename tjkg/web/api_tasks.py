"""The JSON API in a worker: what the commands do, with the same keys."""

from __future__ import annotations

import json
from typing import Any

from tjkg.applicant import Statement, conditions, profile
from tjkg.catalogue import export, show
from tjkg.fact_rows import fact_rows
from tjkg.query import library, load
from tjkg.services import select
from tjkg.sparql import bind
from tjkg.web.cite_task import cite
from tjkg.web.edition import EditionData
from tjkg.web.replies import MEDIA, Reply

__all__ = ["API_TASKS", "as_json"]

Args = dict[str, Any]
_LARGEST = 64 * 1024 * 1024


def as_json(found: Any) -> Reply:
    """Data as the command line prints it."""
    return Reply(json.dumps(found, ensure_ascii=False).encode(), "application/json")


def _ask(edition: EditionData, args: Args) -> Reply:
    question = str(args["question"])
    return as_json(edition.asker.ask(question, args.get("lang", "zh")).json(question))


def _screen(edition: EditionData, args: Args) -> Reply:
    about, statements, ordinary = "person", list[Statement](), False
    if "profile" in args:
        about, statements, ordinary = profile(args["profile"])
    statements += conditions(args.get("f", ()))
    about = args.get("about") or about
    if "others" in args:
        ordinary = args["others"] == "ordinary"
    named = args.get("group_name")
    if named:
        of_group, told = edition.screener.named_group(named)
        statements, about = [*told, *statements], args.get("about") or of_group
    who = edition.screener.applicant(statements, about, ordinary)
    return as_json(edition.screener.screen(who, group=bool(args.get("group") or named), lang=args.get("lang", "zh")))


def _facts(edition: EditionData, args: Args) -> Reply:
    return as_json(fact_rows(edition.screener.criteria.facts, args.get("about"), args.get("kind", ())))


def _services(edition: EditionData, args: Args) -> Reply:
    found = select(
        edition.store, args.get("group", ()), args.get("category"), args.get("domain"), args.get("payer", ()),
        some=bool(args.get("some")), screener=edition.screener if args.get("group") else None,
    )
    return as_json([entry.row() for entry in found])


def _show(edition: EditionData, args: Args) -> Reply:
    return as_json(show(edition.store, str(args["service"])))


def _export(edition: EditionData, args: Args) -> Reply:
    return as_json(export(edition.store))


def _questions(edition: EditionData, args: Args) -> Reply:
    return as_json([
        {
            "id": q.id, "topic": q.topic, "summary": q.summary, "summary_en": q.summary_en, "tags": list(q.tags),
            "parameters": q.parameters, "example": q.example, "form": q.form, "sparql": q.text,
            "filled": q.bound(q.example),
        }
        for q in library().values()
    ])


def _question(edition: EditionData, args: Args) -> Reply:
    text = bind(load(str(args["name"])), args["values"], str(args["name"]))
    data, fmt, _ = edition.store.bounded(text, "json", "jsonld", _LARGEST)
    return Reply(data, MEDIA[fmt])


def _diff(edition: EditionData, args: Args) -> Reply:
    from tjkg.diff.compare import compare
    from tjkg.diff.side import of_store

    old, new = (of_store(edition.other(str(args[key])).store, str(args[key])) for key in ("old", "new"))
    return as_json(compare(old, new, old if new.facts is None else new if old.facts is None else None).plain())


def _cite(edition: EditionData, args: Args) -> Reply:
    return as_json(cite(edition, args))


def _terms(edition: EditionData, args: Args) -> Reply:
    return as_json(edition.terms)


API_TASKS = {
    "ask": _ask, "screen": _screen, "facts": _facts, "services": _services, "show": _show, "export": _export,
    "questions": _questions, "question": _question, "terms": _terms, "diff": _diff,
    "cite": _cite,
}
