"""What the pages read of an edition, made once: its catalogue, text, outline, phrases, findings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from tjkg.audit import completeness_of
from tjkg.auditing.completeness import Row
from tjkg.catalogue import export
from tjkg.errors import NotFoundError
from tjkg.messages import Lang
from tjkg.query import internal, run
from tjkg.read.blocks import Block, blocks
from tjkg.records import Source
from tjkg.report.tables import source_of
from tjkg.services import Entry, Groups, entries
from tjkg.validate import check
from tjkg.validation import rules
from tjkg.validation.dataset import shipped
from tjkg.validation.finding import Finding, Words
from tjkg.web.edition import EditionData

__all__ = ["Heading", "Shelf", "shelf"]

Json = dict[str, Any]


class Heading(NamedTuple):
    """A heading of the plan: level 1 (chapter) to 3 (table), its words, where it stands."""

    level: int
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Label:
    """English name, administrative level and order of a named thing."""

    en: str | None
    level: str | None
    order: int


class Shelf:
    """The pages' view of an edition."""

    def __init__(self, edition: EditionData) -> None:
        self.edition = edition
        self.store = edition.store

    # ------------------------------------------------------------ catalogue

    @cached_property
    def catalogue(self) -> Json:
        """`export` of the edition."""
        return export(self.store)

    @cached_property
    def services(self) -> dict[str, Json]:
        """Name → service, in the order of the plan."""
        return {s["name"]: s for s in self.catalogue["services"]}

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """Name → what a service can be filtered by."""
        return {e.name: e for e in entries(self.store)}

    @cached_property
    def scheme(self) -> Groups:
        """The groups."""
        return Groups(self.store)

    def service(self, name: str) -> Json:
        """A service by its name. Raises NotFoundError."""
        found = self.services.get(name)
        if found is None:
            raise NotFoundError(f"没有名为“{name}”的服务")
        return found

    @cached_property
    def labels(self) -> dict[str, dict[str, Label]]:
        """Kind (category, domain, group, payer, agency) → name → its label."""
        found: dict[str, dict[str, Label]] = {}
        for kind, zh, en, level, order in self.store.select(internal("page-labels")).rows:
            found.setdefault(str(kind), {})[str(zh)] = Label(
                str(en) if en else None, str(level) if level else None, order if isinstance(order, int) else 0
            )
        return found

    def named(self, name: str | None, lang: Lang) -> str:
        """A name as a reader of a language sees it: the Chinese one, with the English one before it."""
        if name is None or lang == "zh":
            return name or ""
        for of in self.labels.values():
            if name in of and of[name].en:
                return f"{of[name].en} {name}"
        return name

    def beside_audience(self, service: Json) -> list[Json]:
        """The limits of a service without those that stand in an audience cell: they are conditions."""
        cells = [s["places"]["target"] for s in service["standards"]]
        return [
            q for q in service["limits"]
            if q["start"] is None or not any(c["start"] is not None and c["start"] <= q["start"] < c["end"] for c in cells)
        ]

    def english(self, kind: str, name: str) -> str | None:
        """The English name of a category, domain, group, payer or agency."""
        found = self.labels.get(kind, {}).get(name)
        return found.en if found else None

    @cached_property
    def indicators_of(self) -> dict[str, list[Json]]:
        """Service → the indicators that measure it."""
        by_name = {i["name"]: i for i in self.catalogue["indicators"]}
        found: dict[str, list[Json]] = {}
        for indicator, service in run(self.store, "indicators-of-services").rows:
            found.setdefault(str(service), []).append(by_name[str(indicator)])
        return found

    # ------------------------------------------------------------ the plan

    @cached_property
    def text(self) -> Source:
        """The plan's text."""
        return source_of(self.store)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """Its paragraphs and tables."""
        return blocks(self.text)

    @cached_property
    def outline(self) -> list[Heading]:
        """Its headings, in order."""
        return [
            Heading(int(str(level)), " ".join(str(w) for w in (number, title) if w), int(str(start)), int(str(end)))
            for level, number, title, start, end in self.store.select(internal("page-outline")).rows
        ]

    def path_to(self, position: int) -> list[Heading]:
        """The headings under which a place of the text stands."""
        found: dict[int, Heading] = {}
        for heading in self.outline:
            if heading.start > position:
                break
            found = {level: h for level, h in found.items() if level < heading.level} | {heading.level: heading}
        return list(found.values())

    @cached_property
    def mentions(self) -> list[tuple[str, str, int, int]]:
        """(kind, name, start, end) of what the text speaks of."""
        return [(str(k), str(n), int(str(s)), int(str(e))) for k, n, s, e in self.store.select(internal("page-links")).rows]

    # ------------------------------------------------------------ the keepers' view

    @cached_property
    def findings(self) -> list[Finding]:
        """What a keeper of the plan should look at, without the check of the data's form (that is `validate`'s)."""
        return sorted(check(shipped(self.store.plan)[0], lambda ntriples: []), key=Finding.sort_key)

    @cached_property
    def rules(self) -> dict[str, Words]:
        """Rule → what it is called."""
        return {q.id: rules.of_question(q).name for q in rules.questions()}

    @cached_property
    def completeness(self) -> list[Row]:
        """The completeness map."""
        return completeness_of(self.store)


@lru_cache(maxsize=8)
def shelf(edition: EditionData) -> Shelf:
    """The shelf of an edition."""
    return Shelf(edition)


def distinct(values: Iterable[Any]) -> list[Any]:
    """Values without repeats, in order."""
    found: list[Any] = []
    for value in values:
        if value not in found:
            found.append(value)
    return found
