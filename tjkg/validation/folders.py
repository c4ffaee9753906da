"""The folders of the shipped editions."""

from __future__ import annotations

from pathlib import Path

from tjkg.errors import InputError
from tjkg.resources import data_dir

__all__ = ["editions"]


def editions(plan: str | None = None) -> list[Path]:
    """The folders under data/ that hold an edition (or the one of that id).

    Raises:
        InputError: no such edition.
    """
    every = sorted(p.parent for p in data_dir().glob("*/edition.ttl"))
    chosen = [f for f in every if plan in (None, f.name)]
    if not chosen:
        known = "、".join(f.name for f in every) or "（无）"
        raise InputError(f"没有版本 {plan}" if plan else "data/ 下没有任何版本", cure=f"现有：{known}")
    return chosen
