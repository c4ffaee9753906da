"""What was found in an edition, kept in the user's cache by the content of all that it was found by.

The key is made of the edition's files, the shared data, ontology and shapes, the rule queries and this
program: when any of them changes, the edition is looked at again.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tjkg.errors import InputError
from tjkg.files import write_atomic
from tjkg.resources import data_dir, ontology_dir, queries_dir
from tjkg.validation.finding import Finding, Spot, Words

__all__ = ["Judged", "key", "recall", "remember"]

_KEPT = 40  # results; the oldest go
_WORDS = ("subject", "message", "why", "fix", "heading")
_SPOTS = ("spot", "other")
_PACKAGE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Judged:
    """A dataset's findings, and what a report says of it: name, file of its text, number of services."""

    name: str
    source: str
    services: int
    findings: tuple[Finding, ...]


def _folder() -> Path:
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "tjkg" / "findings"


def _inputs(folder: Path) -> Iterable[Path]:
    yield from sorted(p for p in folder.iterdir() if p.is_file())
    yield from sorted((data_dir() / "shared").glob("*.ttl"))
    yield from sorted(ontology_dir().glob("*.ttl"))
    for topic in ("quality", "consistency", "internal"):
        yield from sorted((queries_dir() / topic).glob("*.rq"))


def key(folder: Path) -> str:
    """The key of an edition's folder (of the ontology's: of the ontology)."""
    digest = hashlib.sha256(folder.name.encode())
    for path in _inputs(folder):
        data = path.read_bytes()
        digest.update(f"{path.name}\0{len(data)}\0".encode() + data)
    for path in sorted(_PACKAGE.rglob("*.py")):
        stat = path.stat()
        digest.update(f"{path.name}\0{stat.st_size}\0{stat.st_mtime_ns}\0".encode())
    return digest.hexdigest()[:32]


def _plain(finding: Finding) -> dict[str, Any]:
    return {k: v for k, v in asdict(finding).items() if v is not None}


def _finding(plain: dict[str, Any]) -> Finding:
    words = {k: Words(*plain[k]) for k in _WORDS}
    spots = {k: Spot(**plain[k]) for k in _SPOTS if k in plain}
    return Finding(**(plain | words | spots))


def recall(name: str) -> Judged | None:
    """What was found under a key; None when nothing is kept (or it cannot be read)."""
    try:
        told = json.loads((_folder() / f"{name}.json").read_bytes())
        return Judged(told["name"], told["source"], told["services"], tuple(_finding(f) for f in told["findings"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def remember(name: str, judged: Judged) -> None:
    """Keeps what was found under a key, if the cache can be written."""
    told = {"name": judged.name, "source": judged.source, "services": judged.services,
            "findings": [_plain(f) for f in judged.findings]}
    with suppress(InputError, OSError):
        write_atomic(_folder() / f"{name}.json", json.dumps(told, ensure_ascii=False).encode())
        kept = sorted(_folder().glob("*.json"), key=lambda p: p.stat().st_mtime, reverse=True)
        for path in kept[_KEPT:]:
            path.unlink(missing_ok=True)
