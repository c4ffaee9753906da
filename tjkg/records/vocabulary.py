"""What `build` hands the parser: groups, payers, agencies, names, mandates."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Agency", "Mandate", "Term", "Vocabulary"]


@dataclass(frozen=True)
class Term:
    """A concept of data/shared: id is the local name of its IRI; labels are what texts call it."""

    id: str
    label: str
    labels: tuple[str, ...]  # prefLabel and altLabels in Chinese: what plans and laws print
    broader: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()  # hiddenLabels: what people say or mistype, for questions only
    printed: tuple[str, ...] = ()  # wordings that spell the concept out; "…" stands for words between
    whole: bool = False  # a group that means everybody


@dataclass(frozen=True)
class Agency:
    """An organisation of data/shared with the names texts use for it."""

    id: str
    label: str
    labels: tuple[str, ...]
    level: str | None = None
    hidden: tuple[str, ...] = ()  # what people say, for questions only


@dataclass(frozen=True)
class Mandate:
    """A law gives an organisation a field, told by words of service, section or domain names.

    agencies is empty where no basis is sure enough: such a mandate only keeps wider ones away.
    """

    words: tuple[str, ...]
    agencies: tuple[str, ...]
    citation: str | None = None


@dataclass(frozen=True)
class Vocabulary:
    """What `build` hands the parser, read from data/shared."""

    groups: tuple[Term, ...] = ()
    payers: tuple[Term, ...] = ()
    agencies: tuple[Agency, ...] = ()
    services: tuple[Term, ...] = ()  # other names of services; the label is the name in the plan
    mandates: tuple[Mandate, ...] = ()
