"""What the tests share: the plan's text by an independent reader, a cache of their own, a store."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tjkg.ask import Asker
    from tjkg.store.local import Local

ROOT = Path(__file__).resolve().parent.parent
PLAN = ROOT / "data" / "tianjin-2021"


@pytest.fixture(scope="session", autouse=True)
def _own_cache() -> Iterator[None]:
    """The tests keep their stores away from the user's."""
    with tempfile.TemporaryDirectory(prefix="tjkg-cache-") as folder:
        before = os.environ.get("XDG_CACHE_HOME")
        os.environ["XDG_CACHE_HOME"] = folder
        yield
        if before is None:
            del os.environ["XDG_CACHE_HOME"]
        else:
            os.environ["XDG_CACHE_HOME"] = before


@pytest.fixture(scope="session")
def store() -> Local:
    """The embedded store of the shipped data."""
    from tjkg.store import open_local

    return open_local()


@pytest.fixture(scope="session")
def asker(store: Local) -> Asker:
    """What answers questions over the shipped data."""
    from tjkg.ask import Asker, snapshot

    return Asker(snapshot(store))


@pytest.fixture(scope="session")
def endpoint(store: Local, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The query URL of a SPARQL server that `tjkg load` has filled."""
    from tests.servers import oxigraph
    from tjkg.load import load

    with oxigraph(tmp_path_factory.mktemp("oxigraph")) as url:
        load(store, url)
        yield url
