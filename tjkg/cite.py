"""A footnote for any result: what was asked, of which data (hash), with which result (hash).

Whoever has the same data gets the same hashes later; `check` says what differs if they do not.
"""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from tjkg.errors import InputError
from tjkg.query import internal
from tjkg.steady import lines
from tjkg.store.answers import Store

__all__ = ["Footnote", "Outcome", "check", "data_hash", "footnote", "read", "result_hash"]

_SHORT = 16  # characters of a hash that stand in the printed line
_LINE = re.compile(r"tjkg:(?P<plan>[^\s@]+)@(?P<data>[0-9a-f]{16,64})#(?P<result>[0-9a-f]{16,64})\s+(?P<command>.+)")


@dataclass(frozen=True)
class Footnote:
    """A citation.

    plan, title, version: the edition (version of its release, if it has been released). data, result:
    SHA-256 of the data in use and of the result. command: the words after `tjkg`. query: the SPARQL text,
    if it is a query. on: ISO date it was taken.
    """

    plan: str
    data: str
    result: str
    command: tuple[str, ...]
    title: str | None = None
    version: str | None = None
    on: str | None = None
    query: str | None = None

    def line(self) -> str:
        """The part that reproduces it, in one line."""
        return f"tjkg:{self.plan}@{self.data[:_SHORT]}#{self.result[:_SHORT]} {shlex.join(self.command)}"

    def plain(self) -> dict[str, Any]:
        """The footnote as JSON has it."""
        return {**asdict(self), "command": list(self.command), "line": self.line()}


@dataclass(frozen=True)
class Outcome:
    """What a check found: same data, same result."""

    data: bool
    result: bool

    @property
    def reproduced(self) -> bool:
        """Whether the result is as cited."""
        return self.result


def data_hash(store: Store) -> str:
    """SHA-256 of all statements in use (ontology, shared, edition) as sorted N-Triples, blank nodes named."""
    return sha256("\n".join(lines(store.query(internal("statements"), "nt"))).encode()).hexdigest()


def result_hash(result: Any) -> str:
    """SHA-256 of a result as JSON; rows of a query count as a set where the query has no order."""
    if isinstance(result, dict) and isinstance(result.get("results"), dict) and "bindings" in result["results"]:
        rows = sorted(json.dumps(r, ensure_ascii=False, sort_keys=True) for r in result["results"]["bindings"])
        result = {"head": result.get("head"), "rows": rows}
    return sha256(json.dumps(result, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def footnote(store: Store, command: Sequence[str], result: Any, on: str | None, query: str | None = None) -> Footnote:
    """The footnote of a result of a command over the edition in use of a store."""
    rows = store.select(internal("stamp")).rows
    _, title, _, _, version = rows[0] if rows else (None,) * 5
    return Footnote(
        store.plan, data_hash(store), result_hash(result), tuple(command), str(title) if title else None,
        str(version) if version else None, on, query,
    )


def read(text: str, name: str) -> Footnote:
    """A footnote from its JSON or from any text that has its line.

    Raises:
        InputError: neither.
    """
    try:
        plain = json.loads(text)
        return Footnote(
            str(plain["plan"]), str(plain["data"]), str(plain["result"]), tuple(map(str, plain["command"])),
            plain.get("title"), plain.get("version"), plain.get("on"), plain.get("query"),
        )
    except (ValueError, KeyError, TypeError):
        pass
    match = _LINE.search(text)
    if match is None:
        raise InputError("里面没有脚注", where=name, cure="请给出 tjkg cite 写出的脚注（文字或 JSON）")
    return Footnote(match["plan"], match["data"], match["result"], tuple(shlex.split(match["command"])))


def check(cited: Footnote, store: Store, rerun: Callable[[Sequence[str]], Any]) -> Outcome:
    """Whether a footnote's data and result are what they were; rerun: runs its command and gives the result."""
    data, result = data_hash(store), result_hash(rerun(cited.command))
    return Outcome(data.startswith(cited.data), result.startswith(cited.result))
