"""One edition as a worker holds it: its store, and what is made of it once (screener, asker, names to complete)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tjkg.query import internal
from tjkg.store.served import Served

if TYPE_CHECKING:
    from tjkg.ask import Asker
    from tjkg.screen import Screener

__all__ = ["EditionData"]


class EditionData:
    """What tasks are given.

    everything: the same triples with all editions in the default graph; shapes: the shapes; other: gives
    another edition by its id (NotFoundError: there is none); title: of the edition.
    """

    def __init__(
        self, store: Served, everything: Served, shapes: Served, other: Callable[[str], EditionData] | None = None,
        title: str | None = None,
    ) -> None:
        self.store, self.everything, self.shapes, self.title = store, everything, shapes, title
        self.other = other or (lambda plan: self)

    @cached_property
    def screener(self) -> Screener:
        """The criteria, compiled."""
        from tjkg.screen import Screener

        return Screener(self.store)

    @cached_property
    def asker(self) -> Asker:
        """What reads questions."""
        from tjkg.ask import Asker, snapshot

        return Asker(snapshot(self.store))

    @cached_property
    def data(self) -> str:
        """SHA-256 of the statements in use, as footnotes have it."""
        from tjkg.cite import data_hash

        return data_hash(self.store)

    @cached_property
    def terms(self) -> list[dict[str, Any]]:
        """Names to complete: iri, kind, label, label_en, aliases, and pinyin initials of each Chinese name."""
        from pypinyin import Style, lazy_pinyin

        found: dict[str, dict[str, Any]] = {}
        for iri, kind, how, label, lang in self.store.select(internal("served-terms")).rows:
            entry = found.setdefault(
                str(iri), {"iri": iri, "kind": kind, "label": None, "label_en": None, "aliases": [], "initials": []}
            )
            text = str(label)
            if how == "name" and entry["label_en" if lang == "en" else "label"] is None:
                entry["label_en" if lang == "en" else "label"] = text
            elif how == "alias":
                entry["aliases"].append(text)
            if lang != "en":
                initials = "".join(lazy_pinyin(text, style=Style.FIRST_LETTER, errors="ignore")).lower()
                if initials and initials not in entry["initials"]:
                    entry["initials"].append(initials)
        return list(found.values())

    @cached_property
    def names(self) -> dict[str, tuple[str, str]]:
        """IRI of a class or property → its name zh, en."""
        found: dict[str, tuple[str, str]] = {}
        for term, label, lang in self.store.select(internal("served-labels")).rows:
            zh, en = found.get(str(term), ("", ""))
            found[str(term)] = (zh, str(label)) if lang == "en" else (str(label), en)
        return found

    def prepare(self) -> None:
        """Makes everything that is made once, so that forked workers find it."""
        from tjkg.web.pages.table import prepare

        prepare(self)
        _ = self.screener.benefits, self.asker.ask("八十二岁的老人可以享受什么？"), self.terms, self.names, self.data
