"""Hashes of files that are kept: the same as reading, after every kind of change."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from tjkg.store import stamps
from tjkg.store.stamps import digests

OLD = 1_000_000_000  # a time long ago, in ns


def _files(folder: Path, contents: list[bytes]) -> list[Path]:
    found = []
    for number, content in enumerate(contents):
        path = folder / f"{number}.ttl"
        path.write_bytes(content)
        os.utime(path, ns=(OLD, OLD))
        found.append(path)
    return found


def _seen(paths: list[Path]) -> list[tuple[str, int, int]]:
    return [(str(p), p.stat().st_size, p.stat().st_mtime_ns) for p in paths]


def _read(paths: list[Path]) -> list[str]:
    return [hashlib.sha256(p.read_bytes()).hexdigest() for p in paths]


def test_the_same_as_reading_and_read_once(tmp_path: Path) -> None:
    paths, cache = _files(tmp_path, [b"a", b"b"]), tmp_path / "cache"
    seen, held = _seen(paths), _read(paths)
    assert digests(seen, cache) == held
    for path in paths:  # not there any more: nothing can be read
        path.rename(path.with_suffix(".gone"))
    assert digests(seen, cache) == held


def test_a_change_of_size_or_time_is_read(tmp_path: Path) -> None:
    paths, cache = _files(tmp_path, [b"a", b"b"]), tmp_path / "cache"
    digests(_seen(paths), cache)
    paths[0].write_bytes(b"c")
    os.utime(paths[0], ns=(OLD + 1, OLD + 1))
    paths[1].write_bytes(b"bb")
    os.utime(paths[1], ns=(OLD, OLD))
    assert digests(_seen(paths), cache) == _read(paths)


def test_what_was_changed_just_now_is_read_again(tmp_path: Path) -> None:
    path, cache = tmp_path / "now.ttl", tmp_path / "cache"
    path.write_bytes(b"a")
    seen = _seen([path])
    digests(seen, cache)
    path.write_bytes(b"b")  # within one tick of a coarse clock
    os.utime(path, ns=(seen[0][2], seen[0][2]))
    assert digests(_seen([path]), cache) == _read([path])


@pytest.mark.parametrize("junk", [b"", b"\xff\x00junk", b"[1]"])
def test_a_broken_record_is_made_anew(junk: bytes, tmp_path: Path) -> None:
    paths, cache = _files(tmp_path, [b"a"]), tmp_path / "cache"
    cache.mkdir()
    (cache / stamps._NAME).write_bytes(junk)
    assert digests(_seen(paths), cache) == _read(paths)


def test_where_nothing_can_be_written_files_are_read(tmp_path: Path) -> None:
    paths, cache = _files(tmp_path, [b"a"]), tmp_path / "cache"
    cache.write_bytes(b"a file, no folder")
    assert digests(_seen(paths), cache) == _read(paths)
