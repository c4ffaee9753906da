"""The catalogue filtered: by group (named for it, open to all or part of it, by its facts), category, domain, payer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING

from tjkg.errors import NotFoundError
from tjkg.query import internal
from tjkg.store.answers import Store

if TYPE_CHECKING:
    from tjkg.applicant import Statement
    from tjkg.screen import Screener

__all__ = ["Entry", "Groups", "entries", "select"]

_BEST_FIRST = ("all", "some", "unknown", "none")


@dataclass
class Entry:
    """A service with what it can be filtered by; `applies` is set when a group is asked for."""

    name: str
    category: str | None
    domain: str
    section: str | None
    universal: bool
    iri: str
    payers: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    applies: str = "all"

    def row(self) -> dict[str, object]:
        """The keys of `tjkg services --format json`."""
        return {
            "name": self.name, "category": self.category, "domain": self.domain, "section": self.section,
            "applies": self.applies, "universal": self.universal, "payers": self.payers, "groups": self.groups,
        }


class Groups:
    """The groups' scheme: names to groups, and which group is a kind of which."""

    def __init__(self, store: Store) -> None:
        self.labels: list[str] = []
        self._names: dict[str, str] = {}
        self._broader: dict[str, set[str]] = {}
        self._below: dict[str, set[str]] = {}
        for _, label, kind, value in store.select(internal("groups")).rows:
            name = str(label)
            if name not in self._broader:
                self.labels.append(name)
                self._broader[name] = set()
            self._names[name] = name
            if kind == "name":
                self._names.setdefault(str(value), name)
            elif kind == "broader":
                self._broader[name].add(str(value))

    def find(self, name: str) -> str:
        """The group of a name. Raises NotFoundError with the nearest names."""
        if name in self._names:
            return self._names[name]
        near = [n for n in self.labels if name in n][:5] or get_close_matches(name, list(self._names), n=3, cutoff=0.3)
        cure = f"最接近的：{'、'.join(near)}" if near else "用 tjkg query groups 看全部群体"
        raise NotFoundError(f"没有名为“{name}”的群体", cure=cure)

    def above(self, name: str) -> set[str]:
        """The group and every group it is a kind of."""
        found: set[str] = set()
        wait = [name]
        while wait:
            group = wait.pop()
            if group not in found:
                found.add(group)
                wait += self._broader.get(group, ())
        return found

    def below(self, name: str) -> set[str]:
        """The group and every kind of it."""
        if not self._below:
            for group in self._broader:
                for wider in self.above(group):
                    self._below.setdefault(wider, set()).add(group)
        return self._below.get(name, set())


def entries(store: Store) -> list[Entry]:
    """All services of the edition in use, in its order."""
    found: dict[str, Entry] = {}
    for iri, name, category, domain, section, universal, kind, value in store.select(internal("services")).rows:
        entry = found.setdefault(
            str(iri),
            Entry(
                str(name), str(category) if category else None, str(domain), str(section) if section else None,
                bool(universal), str(iri),
            ),
        )
        target = {"payer": entry.payers, "group": entry.groups}.get(str(kind))
        if target is not None and str(value) not in target:
            target.append(str(value))
    return list(found.values())


def _by_name(entry: Entry, group: str, groups: Groups) -> str | None:
    """named: the service names the group or a kind of it; all: it is open to everybody; some: to a broader group."""
    if set(entry.groups) & groups.below(group):
        return "named"
    if entry.universal:
        return "all"
    return "some" if set(entry.groups) & groups.above(group) else None


def _by_facts(entry: Entry, names: Sequence[str], groups: Groups, reach: Mapping[str, str]) -> str | None:
    """named: it names one of the groups or a kind of it; all, some: of those who are in all of them; None: of nobody.

    A service open to everybody is open to all of a group that it does not leave out: who is meant are people
    of the place, though where they live is not said.
    """
    found = reach[entry.name]
    if found == "none":
        return None
    if any(set(entry.groups) & groups.below(name) for name in names):
        return "named"
    return "all" if found == "all" or entry.universal else "some"


def _reach(screener: Screener, defined: Sequence[tuple[str, list[Statement]]]) -> dict[str, str]:
    """Service → all, some, unknown or none of those who are in every group; groups: (about, statements)."""
    abouts = {about for about, _ in defined}
    about = min(abouts - {"person"}, default="person")
    who = screener.applicant([s for _, statements in defined for s in statements], about)
    found: dict[str, str] = {}
    for ruled in screener.criteria.standards:
        verdict = screener.group(ruled.criterion, who)
        found[ruled.service] = min(found.get(ruled.service, "none"), verdict, key=_BEST_FIRST.index)
    return found


def _defined(screener: Screener, names: Sequence[str]) -> dict[str, tuple[str, list[Statement]]]:
    """Group → (about, statements), of the groups that facts define."""
    found = {}
    for name in names:
        try:
            found[name] = screener.named_group(name)
        except NotFoundError:  # a group told by its name only
            continue
    return found


def _one_of(value: str, known: list[str], what: str) -> str:
    if value in known:
        return value
    near = [k for k in known if value in k] or get_close_matches(value, known, n=3, cutoff=0.3) or known[:9]
    raise NotFoundError(f"没有名为“{value}”的{what}", cure=f"可选：{'、'.join(near)}")


def _known(values: Sequence[str | None]) -> list[str]:
    return list(dict.fromkeys(v for v in values if v))


def select(
    store: Store,
    groups: Sequence[str] = (),
    category: str | None = None,
    domain: str | None = None,
    payers: Sequence[str] = (),
    *,
    some: bool = False,
    screener: Screener | None = None,
) -> list[Entry]:
    """The services that pass every filter; with groups, universal ones come last.

    groups: several are those who are in all of them. A group that facts define is reasoned about as in
        `tjkg screen --group`; another is told by the names alone.
    some: also those that only a part of the group may get, or that turn on what the plan leaves open.
    screener: the store's, where there is one already.

    Raises:
        NotFoundError: an unknown group, category, domain or payer. InputError: groups that exclude each other.
    """
    found = entries(store)
    if category is not None:
        category = _one_of(category, _known([e.category for e in found]), "服务类别")
    if domain is not None:
        domain = _one_of(domain, _known([e.domain for e in found]), "领域")
    wanted = [_one_of(p, _known([p for e in found for p in e.payers]), "出资方") for p in payers]
    found = [
        e for e in found
        if category in (None, e.category) and domain in (None, e.domain) and set(wanted) <= set(e.payers)
    ]
    if not groups:
        return found
    scheme = Groups(store)
    names = [scheme.find(g) for g in groups]
    if screener is None:
        from tjkg.screen import Screener as Loaded

        screener = Loaded(store)
    defined = _defined(screener, names)
    reach = _reach(screener, list(defined.values())) if defined else {}
    kept = []
    for entry in found:
        how = [_by_name(entry, name, scheme) for name in names if name not in defined]
        if defined:
            how.append(_by_facts(entry, list(defined), scheme, reach))
        if None in how or ("some" in how and not some):
            continue
        entry.applies = next(a for a in ("some", "named", "all") if a in how)
        kept.append(entry)
    order = {"named": 0, "some": 1, "all": 2}
    return sorted(kept, key=lambda e: (e.universal and e.applies == "all", order[e.applies]))
