"""The cache of the shipped store, the choice of an edition, and the remote store."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers import free_port
from tjkg.errors import DataError, InputError, NotFoundError, RemoteError
from tjkg.load import load
from tjkg.store import Edition, choose, open_local, open_remote
from tjkg.store.cache import files, open_cached
from tjkg.store.local import Local

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
TTL = "@prefix dct: <http://purl.org/dc/terms/> .\n@prefix tjkg: <https://w3id.org/tjkg/ontology#> .\n" \
      "<http://x/p> a tjkg:Plan ; dct:identifier \"p\" ; dct:title \"计划\" ; dct:valid \"2020-01-01\" .\n"


def _file(folder: Path, text: str = TTL) -> list[tuple[Path, str]]:
    path = folder / "plan.ttl"
    path.write_text(text, "utf-8")
    return [(path, "https://w3id.org/tjkg/graph/p")]


def _stores(cache: Path) -> list[str]:
    return sorted(p.name for p in (cache / "tjkg").iterdir() if p.is_dir())


def test_the_cache_follows_the_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    first = Local(open_cached(_file(tmp_path)))
    first.plan = "p"
    assert first.select(COUNT).rows == [(4,)]
    again = _stores(tmp_path / "cache")
    open_cached(_file(tmp_path))
    assert _stores(tmp_path / "cache") == again
    second = Local(open_cached(_file(tmp_path, TTL + "<http://x/p> a <http://x/More> .\n")))
    second.plan = "p"
    assert second.select(COUNT).rows == [(5,)]


def test_old_stores_go_when_nobody_has_them_open(tmp_path: Path) -> None:
    env = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")}
    code = (
        "import sys; from pathlib import Path; from tjkg.store.cache import open_cached;"
        "open_cached([(Path(sys.argv[1]), 'https://w3id.org/tjkg/graph/p')])"
    )
    for extra in ("", "<http://x/p> a <http://x/More> .\n"):
        _file(tmp_path, TTL + extra)
        subprocess.run([sys.executable, "-c", code, str(tmp_path / "plan.ttl")], env=env, check=True)
    assert len(_stores(tmp_path / "cache")) == 1


def test_many_processes_at_once_build_one_store(tmp_path: Path) -> None:
    env = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")}
    code = "from tjkg.store import open_local; print(len(open_local().select('SELECT * { ?s a ?c } LIMIT 3').rows))"
    runs = [
        subprocess.Popen([sys.executable, "-c", code], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(4)
    ]
    assert [run.communicate(timeout=60) for run in runs] == [(b"3\n", b"")] * 4
    assert len(_stores(tmp_path / "cache")) == 1


def test_without_a_place_to_write_it_answers_from_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    memory = Local(open_cached(_file(tmp_path)))
    memory.plan = "p"
    assert memory.select(COUNT).rows == [(4,)]


def test_broken_turtle_is_told_with_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with pytest.raises(DataError, match=r"plan\.ttl"):
        open_cached(_file(tmp_path, "<http://x/p> a ;;; nonsense"))
    assert _stores(tmp_path / "cache") == []


def test_what_a_reader_replaces_is_not_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    text = TTL + "<http://x/old> tjkg:value 1 . <http://x/p> tjkg:hasBenefit <http://x/old>, <http://x/new> .\n" \
                 "<http://x/new> tjkg:value 2 ; tjkg:replaces <http://x/old> .\n"
    local = Local(open_cached(_file(tmp_path, text)))
    local.plan = "p"
    rows = local.select("SELECT ?v { ?p <https://w3id.org/tjkg/ontology#hasBenefit>/<https://w3id.org/tjkg/ontology#value> ?v }")
    assert rows.rows == [(2,)]


EDITIONS = [Edition("a-2016", "甲", "2016-01-01"), Edition("a-2021", "乙", "2021-12-06")]


@pytest.mark.parametrize(
    ("plan", "on", "chosen"),
    [(None, None, "a-2021"), (None, "2021-12-06", "a-2021"), (None, "2021-12-05", "a-2016"),
     ("a-2016", "2026-01-01", "a-2016")],
)
def test_the_edition_in_force(plan: str | None, on: str | None, chosen: str) -> None:
    assert choose(EDITIONS, plan, on) == chosen


def test_no_edition() -> None:
    with pytest.raises(NotFoundError, match="a-2021"):
        choose(EDITIONS, "a-2030", None)
    with pytest.raises(NotFoundError, match="2016"):
        choose(EDITIONS, None, "2010-01-01")
    with pytest.raises(DataError):
        choose([], None, None)


def test_embedded_and_remote_hold_the_same(store: Local, endpoint: str) -> None:
    remote = open_remote(endpoint)
    assert remote.plan == store.plan
    assert remote.select(COUNT) == store.select(COUNT)
    ask = "ASK { ?s a <https://w3id.org/tjkg/ontology#Plan> }"
    assert remote.select(ask).rows == store.select(ask).rows == [(True,)]
    construct = "CONSTRUCT { ?s a ?c } WHERE { ?s a ?c . FILTER(?c = <https://w3id.org/tjkg/ontology#Plan>) }"
    assert remote.query(construct, "nt").split() == store.query(construct, "nt").split()


def test_bad_queries_and_endpoints_are_told(store: Local, endpoint: str) -> None:
    for broken in (store, open_remote(endpoint)):
        with pytest.raises(InputError):
            broken.select("SELECT * WHERE { ?s ?p")
    with pytest.raises(InputError):
        store.query("SELECT * { ?s ?p ?o } LIMIT 1", "ttl")
    with pytest.raises(RemoteError):
        open_remote(f"http://127.0.0.1:{free_port()}/query")
    with pytest.raises(RemoteError):
        load(store, f"http://127.0.0.1:{free_port()}/query")
    with pytest.raises(InputError):
        load(store, "ftp://127.0.0.1/")


def test_shapes_and_hand_written_criteria_are_not_asked() -> None:
    names = [path.name for path, _ in files()]
    assert "tjkg.ttl" in names
    assert "shapes.ttl" not in names and "criteria.ttl" not in names


def test_open_local_of_other_files(tmp_path: Path) -> None:
    assert open_local(paths=_file(tmp_path)).plan == "p"
