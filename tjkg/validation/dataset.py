"""What is validated: the shipped editions, any Turtle, or a document read on the spot.

Whatever is given stands among what it needs to be understood by: the ontology and data/shared; a
plan's Turtle also among what its keeper gave of that edition (edition.ttl) and what readers wrote on
it. Only what was given is judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from tjkg import records
from tjkg.errors import DataError, InputError
from tjkg.iris import GRAPH, ID, Edition
from tjkg.query import internal
from tjkg.read import read
from tjkg.resources import data_dir, ontology_dir
from tjkg.store.cache import files
from tjkg.store.memory import Memory, open_memory
from tjkg.validation.folders import editions

__all__ = ["Dataset", "document", "given", "shipped"]

SOURCES = ("source.txt", "source.docx", "source.xlsx", "source.html")
_TURTLE = (".ttl", ".nt")
_GIVEN = "given"
_BY_HAND = {"criteria.ttl"}  # build makes eligibility.ttl of it

Part = tuple[Path | bytes, str]


@dataclass(frozen=True)
class Dataset:
    """One thing to validate.

    name: edition or file, as findings are told by it. store: ontology, shared and it, in one dataset.
    text: the plan's text, if it is at hand; source: the name of its file. form: findings of the parser
    (documents only). judged: the nodes that were given (None: all). loose: a document outside an
    edition, of which nothing but the document can be asked; prose: whether it has chapters (a workbook of
    tables has none). plan: the IRI of the plan, if there is one.
    """

    name: str
    store: Memory
    text: records.Source | None
    source: str
    plan: str | None = None
    form: tuple[records.Finding, ...] = ()
    judged: frozenset[str] | None = None
    loose: bool = False
    prose: bool = True


def _shared() -> list[tuple[Path, str]]:
    return [(path, graph) for path, graph in files() if graph in (GRAPH + "ontology", GRAPH + "shared")]


def _plan_of(store: Memory) -> tuple[str, str, str | None] | None:
    """(IRI, sha256 of its text, the text if the data carries it) of the plan in the graph in use."""
    rows = store.select(internal("plan-text")).rows
    if not rows:
        return None
    node, sha256, words = rows[0]
    return str(node), str(sha256 or ""), None if words is None else str(words)


def _source_in(folder: Path) -> Path | None:
    return next((folder / n for n in SOURCES if (folder / n).exists()), None)


def _text(path: Path | None) -> tuple[records.Source | None, str]:
    return (read(path), path.name) if path is not None else (None, "")


# ---------------------------------------------------------------- the shipped editions


def shipped(plan: str | None = None) -> list[Dataset]:
    """The editions under data/ (or one of them), each with ontology and shared data.

    Raises:
        InputError: no such edition.
    """
    return [_edition(folder) for folder in editions(plan)]


def _edition(folder: Path) -> Dataset:
    parts: list[Part] = [*_shared(), *((p, GRAPH + folder.name) for p in _turtle_in(folder))]
    text, source = _text(_source_in(folder))
    store = open_memory(parts, folder.name)
    return Dataset(folder.name, store, text, source, plan=ID + folder.name)


def _turtle_in(folder: Path) -> list[Path]:
    return [p for p in sorted(folder.glob("*.ttl")) if p.name not in _BY_HAND and not p.stem.endswith("shapes")]


# ---------------------------------------------------------------- any Turtle


def given(paths: Sequence[Path]) -> list[Dataset]:
    """Files and folders given on the command line: Turtle together as one, each document by itself.

    Raises:
        InputError: a path is missing or nothing to validate. DataError: broken Turtle.
    """
    turtle: list[Path] = []
    found: list[Dataset] = []
    for path in paths:
        if path.is_dir():
            inside = _turtle_in(path)
            if not inside:
                raise InputError("文件夹里没有 Turtle 文件", where=str(path), cure="请给出含 .ttl 的文件夹，或规划文件")
            turtle += inside
        elif path.suffix.lower() in _TURTLE:
            if not path.exists():
                raise InputError("没有这个文件", where=str(path), cure="请检查文件名")
            turtle.append(path)
        else:
            found.append(document(path))
    return [_turtle(turtle), *found] if turtle else found


def _turtle(paths: Sequence[Path]) -> Dataset:
    alone = open_memory([(p, GRAPH + _GIVEN) for p in paths], _GIVEN)
    judged = frozenset(str(row[0]) for row in alone.select(internal("subjects")).rows)
    plan = _plan_of(alone)
    folder = _home(plan[0], paths) if plan else None
    text, source = _text(_text_of(plan[1], paths, folder)) if plan else (None, "")
    if text is None and plan and plan[2] is not None:
        text, source = records.Source(plan[2], plan[0].removeprefix(ID)), paths[0].name
    names = {p.name for p in paths}
    context = [
        p for p in (_turtle_in(folder) if folder else [])
        if p.name not in (*names, "plan.ttl") and (p.name != "edition.ttl" or not _has_identifier(alone))
    ]
    shared = [(p, g) for p, g in _shared() if p.name not in names]
    parts: list[Part] = [*shared, *((p, GRAPH + _GIVEN) for p in (*paths, *context))]
    store = open_memory(parts, _GIVEN)
    name = plan[0].removeprefix(ID) if plan else "、".join(p.name for p in paths)
    return Dataset(name, store, text, source, plan=plan[0] if plan else None, judged=judged)


def _has_identifier(store: Memory) -> bool:
    return bool(store.select(internal("plan-identifier")).rows)


def _home(plan: str, paths: Iterable[Path]) -> Path | None:
    """Where the rest of an edition lies: beside the file that was given, else under data/."""
    beside = next((p.parent for p in paths if (p.parent / "edition.ttl").exists()), None)
    if beside is not None:
        return beside
    folder = data_dir() / plan.removeprefix(ID)
    return folder if re.fullmatch(r"[\w-]+", folder.name) and (folder / "edition.ttl").exists() else None


def _text_of(sha256: str, paths: Iterable[Path], folder: Path | None) -> Path | None:
    """The source beside the file that was given or of the edition, if it is the text of that hash."""
    for place in dict.fromkeys([*(p.parent for p in paths), *([folder] if folder else [])]):
        path = _source_in(place)
        if path is not None and read(path).sha256 == sha256:
            return path
    return None


# ---------------------------------------------------------------- a document


@lru_cache(maxsize=1)
def _vocabulary(changed: float) -> records.Vocabulary:
    """The words of data/shared, read once for each state of it."""
    from tjkg.build import vocabulary

    return vocabulary(data_dir() / "shared")


def document(path: Path) -> Dataset:
    """A document, parsed and built in memory; what is wrong with its form is in `form`.

    Raises:
        InputError: unreadable, or no plan at all.
    """
    from tjkg.graph import plan_graph
    from tjkg.parse.plan import parse

    source = read(path)
    plan = parse(source, _vocabulary(max(p.stat().st_mtime for p in (data_dir() / "shared").glob("*.ttl"))))
    edition = Edition(f"document-{source.sha256[:12]}", f"document-{source.sha256[:12]}")
    form = list(plan.findings)
    try:
        triples = plan_graph(plan, edition).serialize(format="nt", encoding="utf-8")
    except DataError as error:
        form.append(records.Finding("violation", "not-built", {"what": error.sentence()}))
        triples = b""
    store = open_memory([*_shared(), (triples, GRAPH + edition.id)], edition.id)
    return Dataset(
        path.name, store, source, path.name, plan=edition.plan, form=tuple(form), loose=True,
        prose=any(part.kind == "chapter" for part in plan.parts),
    )


def vocabulary_files() -> list[Path]:
    """The Turtle files of the ontology itself, shapes not included."""
    return [p for p in sorted(ontology_dir().glob("*.ttl")) if not p.stem.endswith("shapes")]
