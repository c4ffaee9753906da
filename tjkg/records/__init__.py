"""What a plan says, as frozen records: the parser makes them, `graph` turns them into triples.

All positions are code points of the canonical text (`Source.text`, "\\n" line ends, from 0, end
exclusive); lines count from 1. Amounts are `Decimal`, money in 元 (万 multiplied out), percentages
as printed (40 for 40%).
"""

from __future__ import annotations

from tjkg.records.figures import Benefit, Bracket, Contribution, CoverageTarget, Funding, Quantity, Reference, Rule
from tjkg.records.people import AgencyRole, AudienceMention, Link
from tjkg.records.places import Finding, Passage, Source, Span
from tjkg.records.plan import Category, Domain, Indicator, IndicatorValue, Measure, Part, Plan, Service, Standard
from tjkg.records.vocabulary import Agency, Mandate, Term, Vocabulary

__all__ = [
    "Agency",
    "AgencyRole",
    "AudienceMention",
    "Benefit",
    "Bracket",
    "Category",
    "Contribution",
    "CoverageTarget",
    "Domain",
    "Finding",
    "Funding",
    "Indicator",
    "IndicatorValue",
    "Link",
    "Mandate",
    "Measure",
    "Part",
    "Passage",
    "Plan",
    "Quantity",
    "Reference",
    "Rule",
    "Service",
    "Source",
    "Span",
    "Standard",
    "Term",
    "Vocabulary",
]
