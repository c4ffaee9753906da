"""A stranger's SPARQL in a worker: checked, limited, answered in the format asked for."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from tjkg.sparql import check_read_only, form
from tjkg.store.served import Dataset
from tjkg.web.cutoff import closed, noted
from tjkg.web.replies import MEDIA, Refused, Reply
from tjkg.web.rows import limited, names_dataset

if TYPE_CHECKING:
    from tjkg.web.edition import EditionData

__all__ = ["QUERY_TASKS", "query"]

_SMALLEST_ROW = {"json": 3, "xml": 17, "csv": 2, "tsv": 1}  # bytes: a shorter output cannot hold the row limit


class _Checked:
    """What the text of a query says, read once: its form, its limited texts, whether it has a FROM."""

    def __init__(self, text: str, rows: int) -> None:
        check_read_only(text)
        self.graph = form(text) in ("CONSTRUCT", "DESCRIBE")
        self.limited, self.beyond = limited(text, rows)
        self.names_dataset = names_dataset(text)


_checked = lru_cache(maxsize=512)(_Checked)


@contextmanager
def _no_new_files() -> Iterator[None]:
    """The process can open no file and no connection: what a query could still reach is out of reach."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def _dataset(args: dict[str, Any], own: bool) -> Dataset | None:
    default, named = args.get("default"), args.get("named")
    if default is None and named is None:
        return None if own else Dataset()
    return Dataset(tuple(default or ()), tuple(named or ()))


def query(edition: EditionData, args: dict[str, Any]) -> Reply:
    """The answer of a query.

    args: query; result, graph: formats acceptable for rows and for triples (null: none); default,
    named: graph IRIs of the request; rows, size: limits; link: IRI that explains a cut.

    Raises:
        InputError: no read-only query, or wrong. Refused: no acceptable format for its form.
    """
    text, most = str(args["query"]), int(args["rows"])
    checked = _checked(text, most)
    fmt = args["graph"] if checked.graph else args["result"]
    if fmt is None:
        raise Refused("triples" if checked.graph else "rows")
    dataset = _dataset(args, checked.names_dataset)
    with _no_new_files():
        data, fmt, stopped = edition.store.bounded(checked.limited, fmt, fmt, int(args["size"]), dataset)
        cut = "bytes" if stopped else None
        if not stopped and checked.beyond and len(data) > most * _SMALLEST_ROW.get(fmt, 0):
            more, _, _ = edition.store.bounded(checked.beyond, "tsv", "nt", 1 << 16, dataset)
            cut = "rows" if more.count(b"\n") > (not checked.graph) else None
    if cut:
        data = noted(closed(data, fmt) if stopped else data, fmt, str(args["link"]))
    return Reply(data, MEDIA[fmt], cut)



QUERY_TASKS = {"query": query}
