"""What changed between two editions, in policy words; editions, Turtle or documents in any format."""

from __future__ import annotations

from tjkg.diff.change import Change, Changes
from tjkg.diff.compare import compare
from tjkg.diff.side import Side, key_of, of_store, side
from tjkg.resources import data_dir
from tjkg.store import open_local
from tjkg.store.cache import edition_folders

__all__ = ["Change", "Changes", "Side", "base", "compare", "diff", "side"]


def diff(old: str, new: str) -> Changes:
    """What changed from OLD to NEW: ids of editions, Turtle files or folders, or documents.

    Raises:
        InputError: not to be found or read. DataError: broken Turtle or document.
    """
    before, after = side(old), side(new)
    return compare(before, after, base(before, after))


def base(old: Side, new: Side) -> Side | None:
    """The reviewed edition whose conditions serve sides that have none: one of the two, else a shipped one.

    A shipped edition serves when it has at least half of the services by name.
    """
    if old.facts is not None and new.facts is not None:
        return None
    for one in (old, new):
        if one.facts is not None:
            return one
    keys = {key_of(s) for s in (*old.services, *new.services)}
    for folder in reversed(edition_folders(data_dir())):
        if not (folder / "eligibility.ttl").exists():
            continue
        shipped = of_store(open_local(folder.name), folder.name)
        if 2 * len(keys & {key_of(s) for s in shipped.services}) >= len(keys):
            return shipped
    return None
