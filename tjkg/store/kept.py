"""Bytes made from a store's content, kept in the user's cache beside the store.

Made again when the content (or the maker's version) changes; where nothing can be written they are made
each time. Others of the same name are removed: they belong to contents that are gone.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from tjkg.store.cache import _cache_dir, _key
from tjkg.store.local import Local

__all__ = ["kept"]


def kept(store: Local, name: str, version: str, make: Callable[[], bytes]) -> bytes:
    """What `make` gives for this content of the store.

    name: what it is (a file name's beginning); version: of the maker, so that old bytes are not read by new
    code. The edition in use is part of the key.
    """
    if not store.paths:
        return make()
    folder = _cache_dir()
    path = folder / f"{name}-{_key(store.paths)}-{store.plan}-{version}.kept"
    with suppress(OSError):
        return path.read_bytes()
    data = make()
    with suppress(OSError):
        _write(path, data)
        for old in folder.glob(f"{name}-*.kept"):
            if old != path and old.name.split("-")[1] != path.name.split("-")[1]:
                old.unlink(missing_ok=True)
    return data


def _write(path: Path, data: bytes) -> None:
    """Aside and renamed: a reader sees the whole or nothing."""
    import tempfile  # only where something is made anew

    path.parent.mkdir(parents=True, exist_ok=True)
    handle, aside = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
        os.replace(aside, path)
    except OSError:
        Path(aside).unlink(missing_ok=True)
        raise
