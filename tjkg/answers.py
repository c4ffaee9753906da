"""Saved questions, queries and applicants, answered from an old and a new edition: whose answer changed, and why."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from tjkg.diff import base as base_of
from tjkg.diff.change import Change, Changes
from tjkg.diff.side import Side, store_of, turtle_in
from tjkg.diff.suggest import document_store
from tjkg.diff.words import sentence
from tjkg.errors import DataError, InputError, TjkgError
from tjkg.messages import Lang, say
from tjkg.query import read as read_question
from tjkg.store import Store, open_local

__all__ = ["Changed", "rerun", "saved"]

Json = dict[str, Any]
_PLACES = {"line", "start", "end", "passage"}  # where a quote stands is no part of an answer
_LINE = re.compile(r"（第\d+行）|第\d+行")
_SHOWN = 6  # services or rows told of one answer


@dataclass(frozen=True)
class Saved:
    """One thing to ask again: kind question | query | applicant; name: what it is told by."""

    kind: str
    name: str
    content: Any


@dataclass(frozen=True)
class Changed:
    """An answer that is another now, in words, with the changes of the plan that it speaks of."""

    kind: str
    name: str
    old: str
    new: str
    because: tuple[Change, ...] = ()

    def why(self, lang: Lang) -> list[str]:
        """The changes behind it, a sentence each."""
        return [f"{c.service}：{sentence(c, lang)}" for c in self.because]

    def plain(self) -> Json:
        """As JSON has it."""
        return {"kind": self.kind, "name": self.name, "old": self.old, "new": self.new, "why": self.why("zh")}


# ---------------------------------------------------------------- plain files


def saved(paths: Iterable[Path]) -> list[Saved]:
    """What files ask: .txt (a question a line, # for remarks), .rq (a query), .json (an applicant's profile); folders of these.

    Raises:
        InputError: a file that is not there, cannot be read, or is none of these.
    """
    found: list[Saved] = []
    for path in paths:
        if path.is_dir():
            found += saved(sorted(p for p in path.iterdir() if p.suffix in (".txt", ".rq", ".json")))
            continue
        try:
            text = path.read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            raise InputError("读不出来", where=str(path), cure="请给出 UTF-8 的 .txt、.rq 或 .json 文件") from None
        if path.suffix == ".txt":
            lines = (line.strip() for line in text.splitlines())
            found += [Saved("question", line, line) for line in lines if line and not line.startswith("#")]
        elif path.suffix == ".rq":
            found.append(Saved("query", path.stem, path))
        elif path.suffix == ".json":
            found.append(Saved("applicant", path.stem, _profile(text, path)))
        else:
            raise InputError("不认识这种文件", where=str(path), cure="问题用 .txt，查询用 .rq，申请者用 .json")
    return found


def _profile(text: str, path: Path) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise InputError(f"不是正确的 JSON：{error}", where=str(path), cure="请检查括号和引号") from None


# ---------------------------------------------------------------- asking both sides


class _Asked:
    """One side as something that answers; what is costly is made once."""

    def __init__(self, given: str, read: Side, base: Side | None) -> None:
        self.given, self.side, self.base = given, read, base

    @cached_property
    def store(self) -> Store:
        """The side as a store."""
        path = Path(self.given)
        if path.is_dir():
            return store_of(turtle_in(path))
        if path.suffix.lower() in (".ttl", ".nt"):
            return store_of([path])
        return document_store(self.side, self.base) if self.side.plan is not None else open_local(self.given)

    @cached_property
    def asker(self) -> Any:
        """Answers Chinese questions."""
        from tjkg.ask import Asker, snapshot

        return Asker(snapshot(self.store))

    @cached_property
    def screener(self) -> Any:
        """Screens applicants."""
        from tjkg.screen import Screener

        return Screener(self.store)

    def question(self, text: str) -> Json:
        """A question: what its answer says, without our own IRIs and places."""
        found: Json = self.asker.ask(text).json(text)
        return {
            "verdict": found["verdict"], "services": found["services"], "text": _LINE.sub("", str(found["text"])),
            "silence": found["silence"],
        }

    def query(self, path: Path) -> Json:
        """A query of the library's form; parameters by its example."""
        asked = read_question(path)
        rows = self.store.select(asked.bound(asked.example))
        kept = [i for i, name in enumerate(rows.columns) if name not in _PLACES]
        return {"rows": sorted("，".join("" if row[i] is None else _plain(row[i]) for i in kept) for row in rows.rows)}

    def applicant(self, profile: Any) -> Json:
        """An applicant: service and row → verdict with the benefits that are sure."""
        from tjkg.applicant import profile as read_profile

        about, statements, ordinary = read_profile(profile)
        found = self.screener.screen(self.screener.applicant(statements, about, ordinary))
        return {
            f"{r['service']}（{r['standard']}）" if r["standard"] != 1 else r["service"]: _verdict(r)
            for r in found["results"]
        }


def _plain(value: object) -> str:
    """A value without what differs between editions only by their names."""
    text = str(value)
    return text.rsplit("/", 1)[-1] if text.startswith("https://w3id.org/tjkg/id/") else text


def _verdict(result: Mapping[str, Any]) -> str:
    sums = [str(b.get("text")) for b in result.get("benefits", ()) if b.get("verdict") == result["verdict"] == "eligible" and b.get("currency")]
    return "；".join([say(f"verdict-{result['verdict']}", "zh"), *sums])


def rerun(old: str, new: str, read: tuple[Side, Side], paths: Sequence[Path], changes: Changes) -> list[Changed]:
    """The saved questions whose answer differs between two sides.

    old, new: as for `diff`; read: both as sides; paths: see `saved`; changes: what `diff` found, to say why.

    Raises:
        InputError: a file cannot be used.
    """
    before, after = read
    base = base_of(before, after)
    one, other = _Asked(old, before, base), _Asked(new, after, base)
    told = []
    for item in saved(paths):
        first, second = (_safely(asked, item) for asked in (one, other))
        if first != second:
            told.append(_told(item, first, second, changes))
    return told


def _safely(asked: _Asked, item: Saved) -> Json:
    """An answer, or why there is none: one question must not stop the others."""
    try:
        if item.kind == "question":
            return asked.question(item.content)
        return asked.query(item.content) if item.kind == "query" else asked.applicant(item.content)
    except (InputError, DataError):
        raise
    except TjkgError as error:
        return {"error": error.sentence()}


def _told(item: Saved, old: Json, new: Json, changes: Changes) -> Changed:
    """What differs between two answers, in words."""
    if item.kind == "applicant":
        keys = [k for k in dict.fromkeys((*old, *new)) if old.get(k) != new.get(k)]
        said = tuple("；".join(f"{k}：{side.get(k, '—')}" for k in keys[:_SHOWN]) for side in (old, new))
        names = {k.partition("（")[0] for k in keys} | set(keys)
    elif item.kind == "query":
        before, after = (set(side.get("rows", [])) for side in (old, new))
        said = tuple("；".join(sorted(a - b)[:_SHOWN]) or "—" for a, b in ((before, after), (after, before)))
        names = {w for row in before ^ after for w in row.split("，")}
    else:
        said = tuple(str(side.get("text", side.get("error"))) for side in (old, new))
        names = set(old.get("services", ())) | set(new.get("services", ()))
    return Changed(item.kind, item.name, said[0], said[1], tuple(_because(names, changes)))


def _because(names: set[str], changes: Changes) -> Iterator[Change]:
    """The changes of substance of the services that an answer speaks of."""
    for change in changes.substance:
        if change.service is not None and (change.service in names or names & set(change.services)):
            yield change
