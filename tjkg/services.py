"""The catalogue filtered: by group (named for it, open to all of it), category, domain, payer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from tjkg.errors import NotFoundError
from tjkg.query import internal
from tjkg.store.answers import Store

__all__ = ["Entry", "Groups", "entries", "select"]


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
        return {g for g in self._broader if name in self.above(g)}


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


def _applies(entry: Entry, group: str, groups: Groups) -> str | None:
    """named: the service names the group or a kind of it; all: it is open to everybody; some: to a broader group."""
    if set(entry.groups) & groups.below(group):
        return "named"
    if entry.universal:
        return "all"
    return "some" if set(entry.groups) & groups.above(group) else None


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
) -> list[Entry]:
    """The services that pass every filter; with groups, universal ones come last.

    some: also those that only a part of the group may get.

    Raises:
        NotFoundError: an unknown group, category, domain or payer.
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
    kept = []
    for entry in found:
        how = [_applies(entry, name, scheme) for name in names]
        if None in how or ("some" in how and not some):
            continue
        entry.applies = next(a for a in ("some", "named", "all") if a in how)
        kept.append(entry)
    order = {"named": 0, "some": 1, "all": 2}
    return sorted(kept, key=lambda e: (e.universal and e.applies == "all", order[e.applies]))
