"""A result as a footnote: the query, the version of the data, and hashes by which anybody can check it."""

from __future__ import annotations

import hashlib
from typing import Any

from tjkg import __version__
from tjkg.web.edition import EditionData
from tjkg.web.query_task import query
from tjkg.web.sentences import SENTENCES

__all__ = ["cite", "result_hash"]

_ROWS, _SIZE = 1_000_000, 64 * 1024 * 1024


def result_hash(table: bytes, *, head: bool) -> tuple[int, str]:
    """(rows, SHA-256) of a result as TSV (head: it has a first line of variables) or N-Triples, whatever their order."""
    lines = table.decode().split("\n")
    if lines and not lines[-1]:
        lines.pop()
    first = [lines.pop(0)] if head and lines else []
    return len(lines), hashlib.sha256("\n".join([*first, *sorted(lines), ""]).encode()).hexdigest()


def cite(edition: EditionData, args: dict[str, Any]) -> dict[str, Any]:
    """The citation of a query's result.

    args: query, lang; the result is that of the edition in use.

    Raises:
        InputError: no read-only query, or wrong.
    """
    text = str(args["query"])
    reply = query(edition, {
        "query": text, "result": "tsv", "graph": "nt", "rows": _ROWS, "size": _SIZE, "link": "/about#limits",
    })
    rows, digest = result_hash(reply.body, head=reply.media.startswith("text/tab"))
    title = next(e.title for e in edition.editions if e.id == edition.store.plan)
    found = {
        "plan": edition.store.plan, "title": title, "version": __version__, "data_sha256": edition.sha256,
        "query": text, "query_sha256": hashlib.sha256(text.encode()).hexdigest(),
        "rows": rows, "result_sha256": digest, "cut": reply.cut,
    }
    sentence = SENTENCES["citation"][1 if args.get("lang") == "en" else 0]
    return {**found, "text": sentence.format(**found)}
