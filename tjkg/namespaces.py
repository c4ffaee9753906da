"""Every IRI the project speaks, as plain strings: prefixes, graphs, and the closed list of own terms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

__all__ = [
    "CODE", "FACT", "GRAPH", "GRAPH_ONTOLOGY", "GRAPH_SHARED", "ID", "LIST", "ONTOLOGY", "PREFIXES", "SHAPE",
    "TERMS", "TJKG", "ClosedNamespace",
]

BASE = "https://w3id.org/tjkg/"
ONTOLOGY = BASE + "ontology"
ID = BASE + "id/"
CODE = BASE + "code#"
FACT = BASE + "fact#"
LIST = BASE + "list#"
SHAPE = BASE + "shape#"
GRAPH = BASE + "graph/"
GRAPH_ONTOLOGY = GRAPH + "ontology"
GRAPH_SHARED = GRAPH + "shared"

PREFIXES: Mapping[str, str] = MappingProxyType({
    "tjkg": ONTOLOGY + "#",
    "tjkg-sh": SHAPE,
    "id": ID,
    "code": CODE,
    "fact": FACT,
    "list": LIST,
    "g": GRAPH,
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "qb": "http://purl.org/linked-data/cube#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sdmx-a": "http://purl.org/linked-data/sdmx/2009/attribute#",
    "sdmx-d": "http://purl.org/linked-data/sdmx/2009/dimension#",
    "sdmx-m": "http://purl.org/linked-data/sdmx/2009/measure#",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vann": "http://purl.org/vocab/vann/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
})

# What ontology/tjkg.ttl defines in its namespace, no more and no less (tests/test_ontology.py).
TERMS: frozenset[str] = frozenset(
    # classes
    "AcknowledgedChange Agency AgencyRole AudienceMention BasicPublicService Benefit Category Chapter Contribution "
    "CoverageTarget Definition Domain Finding FundingShare GuaranteeProject ImplementationMeasure "
    "Indicator IndicatorValue KeyTask Mandate Mention Paragraph Part Passage Payer Plan PlanText Preface "
    "Quantity ReferenceStandard Rule Section ServiceStandard Table TableNote TableSection TargetGroup "
    # the structure of the indicators
    "IndicatorStructure "
    # properties
    "agency agencyRole base basis benefitRole bindingness boundFactor boundFrom bracketLower "
    "bracketLowerIncluded bracketUnit bracketUpper bracketUpperIncluded category chapter citation "
    "condition conditionStatedIn contentCell contentText coverageCell coverageKind coverageText currency derivation "
    "documentNumber domain fieldWord firstLine fix follows followsText fundingCell fundingRole fundingText goal "
    "goalStatedIn group guaranteeCell guaranteeText hasAgencyRole hasAudience hasBenefit "
    "hasContribution hasCoverageTarget hasCriterion hasFunding hasLimit hasMention hasStandard "
    "hasTarget hasText indicator inheritedCell inPlan inText item lastLine leftTo length level line "
    "listedIn maxValue measures mentions minValue multipleOf multiplies negatedCondition note "
    "noteStatedIn nth number ofService operator order payer paysFor per percent percentOf period place "
    "printed printedForm quantityKind quote recipient region relation replaces resolvedBy reviewedBy reviewedOn "
    "sameAmountAs sameAmountAsText section sha256 shareOf statedCount statedIn subject targetCell "
    "targetText text transferTo unit universal value valueRole wholePopulation why year "
    # of facts and criteria: what an applicant may state, and the shapes that decide
    "Code Contradiction Criterion CriterionPart Fact OrdinaryRule "
    "about allowedValue boundAs boxes buildsOn cell criterionState excludes factAbout factCondition factGroup factKind "
    "factType forBenefit multiple never ordinaryValue question ruleName standard standsFor then tree "
    "viaDefinition when".split()
)


class ClosedNamespace:
    """A namespace that only knows its own terms: `TJKG.hasStandard` is an IRI, a misspelt name raises.

    base: the namespace IRI; terms: the local names it holds.
    """

    __slots__ = ("_base", "_terms")

    def __init__(self, base: str, terms: frozenset[str]) -> None:
        self._base, self._terms = base, terms

    def __getattr__(self, name: str) -> str:
        """IRI of a term; AttributeError names the nearest terms when there is no such one."""
        if name in self._terms:
            return self._base + name
        from difflib import get_close_matches  # only on the way to an error

        near = ", ".join(get_close_matches(name, sorted(self._terms), n=3))
        hint = f"; did you mean {near}?" if near else ""
        raise AttributeError(f"no term {name!r} in <{self._base}>{hint}")

    def __getitem__(self, name: str) -> str:
        """IRI of a term, for names that are no Python identifiers; KeyError when unknown."""
        if name not in self._terms:
            raise KeyError(name)
        return self._base + name

    def __contains__(self, iri: object) -> bool:
        """Whether the IRI is one of the terms."""
        return isinstance(iri, str) and iri.startswith(self._base) and iri[len(self._base):] in self._terms

    def __iter__(self) -> Iterator[str]:
        """The IRIs in the order of their names."""
        return (self._base + name for name in sorted(self._terms))

    def __len__(self) -> int:
        return len(self._terms)

    def __str__(self) -> str:
        return self._base


TJKG = ClosedNamespace(PREFIXES["tjkg"], TERMS)
