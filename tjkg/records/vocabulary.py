"""What `build` hands the parser: groups, payers, agencies, names, mandates."""

from __future__ import annotations

from dataclasses import dataclass, replace

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
    region: str | None = None  # GB/T 2260 code of the place it is in charge of, "CN" for all of it


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
    regions: tuple[Term, ...] = ()  # places by their GB/T 2260 code

    def of_region(self, region: str | None) -> Vocabulary:
        """What a plan of a region may mean: organisations of another region, and their mandates, are left out.

        region: its GB/T 2260 code; None where it is unknown: then only national organisations and those
        without a place stay.
        """
        agencies = tuple(a for a in self.agencies if _reaches(a.region, region))
        gone = {a.id for a in self.agencies} - {a.id for a in agencies}
        mandates = tuple(m for m in self.mandates if not gone.intersection(m.agencies))
        return replace(self, agencies=agencies, mandates=mandates)


def _reaches(agency: str | None, region: str | None) -> bool:
    """Whether one of the two places lies in the other (110105 in 110000); all places lie in the country."""
    if agency in (None, "CN") or region is None:
        return agency in (None, "CN")
    wide, narrow = sorted((_stem(str(agency)), _stem(region)), key=len)
    return narrow.startswith(wide)


def _stem(code: str) -> str:
    """A code without the pairs of zeros that end it: 120000 → 12."""
    while code.endswith("00"):
        code = code[:-2]
    return code
