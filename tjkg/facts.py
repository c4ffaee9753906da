"""What may be said of an applicant: facts, their values, and combinations that cannot be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from typing import Any

__all__ = ["ABOUT", "NA", "Contradiction", "Fact", "Facts", "Tree", "bound", "number_of", "parts", "text_of"]

Tree = dict[str, Any]
"""A condition: {"all": []} | {"any": []} | {"not": {}} | {"fact", "op", "value", …}; op = in has >= > <= <."""

NA = "不适用"  # the value of a fact that does not concern the applicant (code:不适用)
ABOUT = "about"  # the fact that says whom the question is about

def parts(tree: Tree) -> list[Tree]:
    """What a condition joins: the members of all or any, what is negated; nothing for an atom."""
    if "not" in tree:
        return [tree["not"]]
    joined: list[Tree] = tree["all"] if "all" in tree else tree.get("any", [])
    return joined


_NUMBERS = ("integer", "decimal", "date")


@dataclass(frozen=True)
class Fact:
    """One thing an applicant may state.

    type: code | boolean | integer | decimal | date. values: of a code, in order. multiple: a set whose
    members are booleans. kind: stated | delegated | plan_silent | reading | definition. about: whom it
    concerns; empty: everybody. rule: the rule a delegated fact is left to. stands_for: the fact by whose
    name it may be stated when that one does not concern the applicant.
    """

    id: str
    label: str
    type: str = "boolean"
    label_en: str = ""
    question: str = ""
    question_en: str = ""
    help: str = ""
    group: str = ""
    values: tuple[str, ...] = ()
    unit: str | None = None
    multiple: bool = False
    ordinary: str | None = None
    about: tuple[str, ...] = ()
    kind: str = "stated"
    rule: str | None = None
    order: int = 0
    source: str | None = None
    stands_for: str | None = None

    @property
    def numeric(self) -> bool:
        """Whether its values are numbers or days."""
        return self.type in _NUMBERS

    @property
    def open(self) -> bool:
        """Whether another rule, or a reading of the plan, decides it."""
        return self.kind in ("delegated", "plan_silent", "reading")

    @property
    def variables(self) -> tuple[str, ...]:
        """What is decided one by one: the fact, or each member of a set (identity.孤儿)."""
        return tuple(f"{self.id}.{v}" for v in self.values) if self.multiple else (self.id,)

    def concerns(self, about: str) -> bool:
        """Whether it may be said of such an applicant."""
        return not self.about or about in self.about


@dataclass(frozen=True)
class Contradiction:
    """Two conditions that cannot both hold; `when` settles that `never` does not."""

    label: str
    when: Tree
    never: Tree


@dataclass(frozen=True)
class Facts(Mapping[str, Fact]):
    """All facts by id, the definitions with what they rest on, and what cannot be together."""

    known: Mapping[str, Fact]
    definitions: Mapping[str, Tree] = field(default_factory=dict)
    contradictions: tuple[Contradiction, ...] = ()
    ordinary: tuple[tuple[Tree, Tree], ...] = ()  # when the first holds, the second is ordinary
    labels: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # value → zh, en
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # value → other ways to write it

    def __getitem__(self, key: str) -> Fact:
        return self.known[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.known)

    def __len__(self) -> int:
        return len(self.known)

    def plain(self) -> dict[str, Any]:
        """All of it as JSON has it; `from_plain` reads it back."""
        defaults = {f.name: f.default for f in fields(Fact)}
        return {
            "facts": [
                {name: value for name, value in asdict(fact).items() if value != defaults[name]}
                for fact in self.known.values()
            ],
            "definitions": dict(self.definitions),
            "contradictions": [[c.label, c.when, c.never] for c in self.contradictions],
            "ordinary": [list(pair) for pair in self.ordinary],
            "labels": {code: list(names) for code, names in sorted(self.labels.items())},
            "aliases": {code: list(names) for code, names in sorted(self.aliases.items())},
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> Facts:
        """The facts of a `plain` structure."""
        known = [
            Fact(**{**raw, "values": tuple(raw.get("values", ())), "about": tuple(raw.get("about", ()))})
            for raw in plain["facts"]
        ]
        return cls(
            {fact.id: fact for fact in known},
            plain["definitions"],
            tuple(Contradiction(*c) for c in plain["contradictions"]),
            tuple((when, then) for when, then in plain["ordinary"]),
            {code: (zh, en) for code, (zh, en) in plain["labels"].items()},
            {code: tuple(names) for code, names in plain["aliases"].items()},
        )

    def of(self, variable: str) -> Fact:
        """The fact of a variable (`identity.孤儿` → identity)."""
        return self.known[variable.partition(".")[0]]


def number_of(fact: Fact, value: object) -> float:
    """A number of the fact as it is compared: days as ordinals. Raises ValueError when it is none."""
    if fact.type == "date":
        return date.fromisoformat(str(value)).toordinal()
    if isinstance(value, bool):
        raise ValueError(value)
    number = float(str(value))
    if fact.type == "integer" and number != int(number) or number != number:
        raise ValueError(value)
    return int(number) if number == int(number) else number


def text_of(fact: Fact, number: float) -> str:
    """A compared number as it is written: 80, 1.5, 2020-01-01."""
    if fact.type == "date":
        return date.fromordinal(int(number)).isoformat()
    return str(int(number)) if number == int(number) else repr(float(number))


def bound(fact: Fact, number: float, after: bool) -> tuple[float, int]:
    """A cut just before (0) or just after (1) a number; of whole numbers always before the next."""
    if after and fact.type != "decimal":
        return (number + 1, 0)
    return (number, int(after))
