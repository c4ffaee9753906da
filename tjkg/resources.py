"""Where ontology/, data/ and queries/ lie: beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

from pathlib import Path

__all__ = ["data_dir", "ontology_dir", "queries_dir", "share"]

_PACKAGE = Path(__file__).resolve().parent


def share() -> Path:
    """The folder that holds ontology/, data/ and queries/."""
    inside = _PACKAGE / "_share"
    return inside if inside.is_dir() else _PACKAGE.parent


def ontology_dir() -> Path:
    """Folder of the ontology's Turtle files."""
    return share() / "ontology"


def data_dir() -> Path:
    """Folder of the editions and of data/shared."""
    return share() / "data"


def queries_dir() -> Path:
    """Folder of the competency questions (.rq)."""
    return share() / "queries"
