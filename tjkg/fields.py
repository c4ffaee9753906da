"""One table a record: attribute (= key of the JSON export), property of the graph, kind of value.

`graph` writes by these tables and `catalogue` reads by them, so a field cannot be lost between.
Kinds: text, decimal, integer, boolean; payer, group, agency (a concept of data/shared, told by its
label); rule (a rule outside the plan).
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = [
    "AGENCY_ROLE", "AUDIENCE", "BENEFIT", "BRACKET", "CONTRIBUTION", "COVERAGE", "FUNDING", "Field", "QUANTITY",
]


class Field(NamedTuple):
    """attr: attribute of the record and key of the JSON; term: local name of the property."""

    attr: str
    term: str
    kind: str = "text"


_NUMBER = (
    Field("operator", "operator"),
    Field("value", "value", "decimal"),
    Field("min", "minValue", "decimal"),
    Field("max", "maxValue", "decimal"),
    Field("unit", "unit"),
    Field("text", "printed"),
)

BENEFIT = (
    Field("item", "item"),
    Field("role", "benefitRole"),
    *_NUMBER,
    Field("currency", "currency"),
    Field("of", "percentOf"),
    Field("times", "multipleOf"),
    Field("per", "per"),
    Field("period", "period"),
    Field("recipient", "recipient"),
    Field("condition", "condition"),
    Field("same_as", "sameAmountAsText"),
    Field("follows", "followsText"),
    Field("rule", "leftTo", "rule"),
    Field("derived", "derivation"),
)
BRACKET = (
    Field("lower", "bracketLower", "decimal"),
    Field("lower_included", "bracketLowerIncluded", "boolean"),
    Field("upper", "bracketUpper", "decimal"),
    Field("upper_included", "bracketUpperIncluded", "boolean"),
    Field("unit", "bracketUnit"),
)
FUNDING = (
    Field("payer", "payer", "payer"),
    Field("role", "fundingRole"),
    Field("pays_for", "paysFor"),
    Field("percent", "percent", "decimal"),
    Field("of", "shareOf"),
    Field("to", "transferTo", "payer"),
    Field("condition", "condition"),
    Field("derived", "derivation"),
)
CONTRIBUTION = (
    Field("payer", "payer", "payer"),
    Field("rate", "value", "decimal"),
    Field("unit", "unit"),
    Field("base", "base"),
)
COVERAGE = (
    Field("kind", "coverageKind"),
    Field("operator", "operator"),
    Field("value", "value", "decimal"),
    Field("unit", "unit"),
    Field("subject", "subject"),
    Field("text", "printed"),
)
QUANTITY = (
    Field("subject", "subject"),
    *_NUMBER,
    Field("of", "percentOf"),
    Field("per", "per"),
    Field("period", "period"),
    Field("kind", "quantityKind"),
)
AUDIENCE = (Field("group", "group", "group"), Field("relation", "relation"))
AGENCY_ROLE = (
    Field("agency", "agency", "agency"),
    Field("role", "agencyRole"),
    Field("basis", "basis"),
    Field("citation", "citation"),
)
