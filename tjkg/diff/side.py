"""One side of a comparison: an edition, Turtle, or a document in any format, as plain data.

What a document says is read by the parser alone: its criteria are those that a reviewed edition has
for the same words, and where the words differ they are aligned and suggested (`tjkg.align`).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from tjkg import catalogue, fields
from tjkg.diff.document import catalogue_of, texts_of
from tjkg.errors import DataError, InputError
from tjkg.facts import Facts, Tree
from tjkg.iris import GRAPH, Edition, graph, local
from tjkg.query import internal
from tjkg.records import Plan, Vocabulary
from tjkg.resources import data_dir
from tjkg.store import Store, open_local
from tjkg.store.cache import edition_folders, files
from tjkg.store.kept import kept
from tjkg.store.local import Local

__all__ = ["Acknowledged", "Criterion", "Side", "document", "key_of", "of_plan", "of_store", "side", "store_of", "turtle_in"]

Json = dict[str, Any]
_TURTLE = (".ttl", ".nt")
_BY_HAND = "criteria.ttl"  # `build` makes eligibility.ttl of it
_GIVEN = "given"
_TOLD = {"not-in-list", "not-in-tables", "count-differs", "listed-twice"}  # the list and the tables disagree


@dataclass(frozen=True)
class Criterion:
    """A condition as its tree, and whether a person has reviewed it (reviewed, suggested, stale)."""

    tree: Tree
    state: str


@dataclass(frozen=True)
class Acknowledged:
    """A reduction that a person accepted: service key, words of the old or new plan, reason, role, date."""

    service: str
    quote: str
    reason: str
    by: str
    on: str


@dataclass(frozen=True)
class Side:
    """An edition as plain data.

    name: what it is called in the report. catalogue: as `export`. texts: prose with its places.
    criteria: (service key, row) → criterion; of_benefit: benefit IRI → criterion. facts: what the
    criteria speak of, None without criteria. successors: service key → keys of those that replace it. notes: what
    is wrong with a document without making it unreadable (its list and its tables disagree). plan: what
    the parser read, of a document.
    acknowledged: reductions that a person accepted.
    """

    name: str
    catalogue: Json
    texts: tuple[Json, ...] = ()
    criteria: Mapping[tuple[str, int], Criterion] = field(default_factory=dict)
    of_benefit: Mapping[str, Criterion] = field(default_factory=dict)
    facts: Facts | None = None
    successors: Mapping[str, frozenset[str]] = field(default_factory=dict)
    loose: bool = False
    notes: tuple[str, ...] = ()
    acknowledged: tuple[Acknowledged, ...] = ()
    plan: Plan | None = None

    @property
    def services(self) -> list[Json]:
        """The services in the order of the plan."""
        found: list[Json] = self.catalogue["services"]
        return found


def key_of(service: Mapping[str, Any]) -> str:
    """What a service is known by over editions and places: the last part of its IRI."""
    return str(service.get("iri") or local(str(service["name"]))).rsplit("/", 1)[-1]


def of_store(store: Store, name: str) -> Side:
    """The edition in use of a store; what is read of a store on disk is kept in the cache beside it."""
    data = kept(store, "side", _version(), lambda: _packed(store)) if isinstance(store, Local) else _packed(store)
    plain = json.loads(data)
    return Side(
        name, plain["catalogue"], tuple(plain["texts"]),
        {(key, number): Criterion(tree, state) for key, number, tree, state in plain["criteria"]},
        {iri: Criterion(tree, state) for iri, tree, state in plain["of_benefit"]},
        Facts.from_plain(plain["facts"]) if plain["facts"] is not None else None,
        {old: frozenset(new) for old, new in plain["successors"].items()},
        acknowledged=tuple(Acknowledged(*told) for told in plain["acknowledged"]),
    )


def _version() -> str:
    """Hash of the code that makes it: another code reads anew."""
    digest = sha256()
    for module in (catalogue, fields, sys.modules[__name__]):
        digest.update(Path(str(module.__file__)).read_bytes())
    return digest.hexdigest()[:12]


def _packed(store: Store) -> bytes:
    """All that a comparison reads of a store, as JSON."""
    texts = [
        {"text": str(text), "quote": str(text), "line": line, "start": start, "end": end}
        for text, line, start, end in store.select(internal("diff-texts")).rows
    ]
    successors: dict[str, list[str]] = {}
    for old, new in store.select(internal("diff-successors")).rows:
        successors.setdefault(str(old).rsplit("/", 1)[-1], []).append(str(new).rsplit("/", 1)[-1])
    accepted = [
        [str(service).rsplit("/", 1)[-1], *map(str, told)]
        for service, *told in store.select(internal("acknowledged")).rows
    ]
    return json.dumps({
        "catalogue": catalogue.export(store), "texts": texts, **_criteria(store), "successors": successors,
        "acknowledged": accepted,
    }, ensure_ascii=False).encode()


def _criteria(store: Store) -> Json:
    """Facts, criteria of rows and of benefits as plain data; nothing where the edition has none."""
    rules = store.select(internal("criteria-rules")).rows
    rows: list[tuple[str, int, Tree, str]] = []
    benefits: list[tuple[str, Tree, str]] = []
    for owner, standard, tree, _, state in store.select(internal("criteria")).rows if rules else ():
        if standard is None:
            key, _, number = str(owner).rsplit("/", 1)[-1].rpartition("_")
            rows.append((key, int(number), json.loads(str(tree)), str(state)))
        else:
            benefits.append((str(owner), json.loads(str(tree)), str(state)))
    return {"facts": json.loads(str(rules[0][0])) if rules else None, "criteria": rows, "of_benefit": benefits}


def of_plan(plan: Plan, vocabulary: Vocabulary, edition: Edition, name: str) -> Side:
    """A parsed plan (`records.Plan`) with the vocabulary it was parsed by."""
    return Side(name, catalogue_of(plan, vocabulary, edition), tuple(texts_of(plan)), loose=True, plan=plan)


def document(path: Path) -> Side:
    """A document: txt, docx, xlsx, html.

    Raises:
        InputError: unreadable. DataError: the form of its tables is broken.
    """
    from tjkg.build import sentence, vocabulary
    from tjkg.parse.plan import parse
    from tjkg.read import read

    source = read(path)
    known = vocabulary(data_dir() / "shared")
    plan = parse(source, known)
    found = [f for f in plan.findings if f.severity == "violation"]
    broken = [f for f in found if f.rule not in _TOLD]
    if broken:
        where = f"{path.name} 第{broken[0].passage.line}行" if broken[0].passage else path.name
        raise DataError(sentence(broken[0]), where=where, cure="用 tjkg validate 看全部发现，改正后再比较")
    identity = f"document-{source.sha256[:12]}"
    notes = tuple(f"{path.name} {sentence(f)}" for f in found)
    return replace(of_plan(plan, known, Edition(identity, identity), path.name), notes=notes)


def store_of(paths: Sequence[Path]) -> Store:
    """A store of Turtle files (one edition), with the ontology and the shared data beside them.

    Raises:
        DataError: broken Turtle. InputError: no plan in it.
    """
    from tjkg.store.memory import open_memory

    names = {p.name for p in paths}
    shared = [(p, g) for p, g in files() if g in (graph("ontology"), graph("shared")) and p.name not in names]
    store = open_memory([*shared, *((p, GRAPH + _GIVEN) for p in paths)], _GIVEN)
    if not store.select(internal("plan-text")).rows:
        raise InputError("其中没有规划的数据", where=str(paths[0]), cure="请给出含 plan.ttl 的文件夹，或规划文件")
    store.settle()
    return store


def turtle_in(folder: Path) -> list[Path]:
    """The Turtle of an edition's folder, or of a release of one."""
    if (folder / "edition").is_dir():
        folder = folder / "edition"
    found = [p for p in sorted(folder.glob("*.ttl")) if p.name != _BY_HAND and not p.stem.endswith("shapes")]
    if not found:
        raise InputError("文件夹里没有 Turtle 文件", where=str(folder), cure="请给出含 .ttl 的文件夹，或规划文件")
    return found


def side(given: str) -> Side:
    """What is named on the command line: the id of an edition, a Turtle file or folder, or a document.

    Raises:
        InputError: neither. NotFoundError: no such edition. DataError: broken Turtle or document.
    """
    path = Path(given)
    if path.is_dir():
        return of_store(store_of(turtle_in(path)), path.name)
    if path.suffix.lower() in _TURTLE:
        if not path.exists():
            raise InputError("没有这个文件", where=given, cure="请检查文件名")
        return of_store(store_of([path]), path.name)
    if path.exists():
        return document(path)
    if path.suffix and not any(f.name == given for f in edition_folders(data_dir())):
        raise InputError("没有这个文件", where=given, cure="请检查文件名，或用 tjkg query --list 看现有版本")
    return of_store(open_local(given), given)
