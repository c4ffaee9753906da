"""The shipped Turtle as a read-only Oxigraph store in the user's cache, keyed by content.

Built aside and renamed, so two processes at once are safe; a lock says which stores are open, so old
contents can be removed; where nothing can be written the store is built in memory.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox

from tjkg.errors import DataError
from tjkg.iris import GRAPH
from tjkg.namespaces import TJKG
from tjkg.resources import data_dir, ontology_dir
from tjkg.store.stamps import digests

__all__ = ["drop_replaced", "edition_folders", "files", "open_cached"]

_NOT_LOADED = {"criteria.ttl"}  # written by hand; `build` makes eligibility.ttl of it


def edition_folders(folder: Path) -> list[Path]:
    """The folders of editions: those with an edition.ttl."""
    return sorted(p.parent for p in folder.glob("*/edition.ttl"))


def files(ontology: Path | None = None, data: Path | None = None) -> list[tuple[Path, str]]:
    """(Turtle file, named graph) of everything that is asked, in a stable order; shapes are not."""
    ontology, data = ontology or ontology_dir(), data or data_dir()
    found = [(p, GRAPH + "ontology") for p in sorted(ontology.glob("*.ttl")) if not p.stem.endswith("shapes")]
    found += [(p, GRAPH + "shared") for p in sorted((data / "shared").glob("*.ttl"))]
    for folder in edition_folders(data):
        found += [(p, GRAPH + folder.name) for p in sorted(folder.glob("*.ttl")) if p.name not in _NOT_LOADED]
    return found


def _key(paths: Sequence[tuple[Path, str]]) -> str:
    """Hash of names, graphs and contents: another content is another store."""
    stats = [(path, graph, path.stat()) for path, graph in paths]
    return _hash(tuple((str(path), graph, s.st_size, s.st_mtime_ns) for path, graph, s in stats))


@lru_cache(maxsize=8)
def _hash(files: tuple[tuple[str, str, int, int], ...]) -> str:
    """The hash of files as they stand (path, graph, size, time of change): reckoned once in a process."""
    digest = hashlib.sha256(ox.__version__.encode())
    held = digests([(name, size, changed) for name, _, size, changed in files], _cache_dir())
    for (name, graph, _, _), of in zip(files, held, strict=True):
        digest.update(f"{Path(name).name}\0{graph}\0{of}\0".encode())
    return digest.hexdigest()[:32]


def _fill(store: ox.Store, paths: Sequence[tuple[Path, str]]) -> None:
    for path, graph in paths:
        try:
            store.bulk_load(path=path, format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(graph))
        except SyntaxError as error:
            raise DataError(f"不是正确的 Turtle：{error}", where=str(path), cure="请改正该文件") from None
    drop_replaced(store)


def drop_replaced(store: ox.Store) -> None:
    """What a reader's node replaces is not asked any more: all triples of and to it go."""
    replaces = ox.NamedNode(TJKG.replaces)
    for quad in list(store.quads_for_pattern(None, replaces, None)):
        old, graph = quad.object, quad.graph_name
        if isinstance(old, ox.Literal) or isinstance(old, ox.Triple):
            continue
        for gone in list(store.quads_for_pattern(old, None, None, graph)):
            store.remove(gone)
        for link in list(store.quads_for_pattern(None, None, old, graph)):
            if link.predicate != replaces:
                store.remove(link)


def _cache_dir() -> Path:
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "tjkg"


def _lock(path: Path, *, exclusive: bool) -> int | None:
    """A lock kept till its handle or the process ends; None when another process stands against it."""
    import fcntl

    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, (fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return None
    return handle


def _sweep(folder: Path, keep: str) -> None:
    """Removes stores of other contents that no process has open, and what a killed build left."""
    import shutil  # only where a store is built: a cold start has no time for it

    for path in folder.iterdir():
        if not path.is_dir() or path.name == keep:
            continue
        lock = folder / (path.name + ".lock")
        handle = _lock(lock, exclusive=True)
        if handle is not None:
            shutil.rmtree(path, ignore_errors=True)
            lock.unlink(missing_ok=True)
            os.close(handle)


def _build(folder: Path, key: str, paths: Sequence[tuple[Path, str]]) -> None:
    import shutil
    import tempfile

    aside = Path(tempfile.mkdtemp(prefix=key + ".", dir=folder))
    lock = folder / (aside.name + ".lock")
    handle = _lock(lock, exclusive=False)
    try:
        store = ox.Store(str(aside))
        _fill(store, paths)
        store.optimize()
        store.flush()
        del store
        with suppress(OSError):  # another process was first: its store is as good
            aside.rename(folder / key)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
        lock.unlink(missing_ok=True)
        if handle is not None:
            os.close(handle)


def open_cached(paths: Sequence[tuple[Path, str]]) -> ox.Store:
    """The store of these files: read-only from the cache, or in memory where no cache can be kept."""
    folder, key = _cache_dir(), _key(paths)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _lock(folder / (key + ".lock"), exclusive=False)
        if not (folder / key).is_dir():
            _build(folder, key, paths)
            _sweep(folder, key)
        return ox.Store.read_only(str(folder / key))
    except OSError:
        memory = ox.Store()
        _fill(memory, paths)
        return memory
