"""The department in charge of a field by law, where the plan names none: always an inference, never a fact."""

from __future__ import annotations

from collections.abc import Sequence

from tjkg.records import AgencyRole, Mandate

__all__ = ["inferred_roles", "mandate_for"]

_IN_CHARGE = "主管"


def mandate_for(places: Sequence[str | None], mandates: Sequence[Mandate]) -> Mandate | None:
    """The mandate of a service, told by its name, section and domain (in this order).

    A nearer place decides before a wider one; within a place the longest word does. Two mandates of one
    word are a mistake in the data: the first then counts.
    """
    for place in places:
        fitting = [(len(word), m) for m in mandates for word in m.words if place and word in place]
        if fitting:
            return max(fitting, key=lambda pair: pair[0])[1]
    return None


def inferred_roles(
    service: str, section: str | None, domain: str | None, mandates: Sequence[Mandate]
) -> tuple[AgencyRole, ...]:
    """The departments in charge by law, with the citation; none where no mandate is sure."""
    mandate = mandate_for((service, section, domain), mandates)
    if mandate is None:
        return ()
    return tuple(AgencyRole(a, _IN_CHARGE, "inferred", None, mandate.citation) for a in mandate.agencies)
