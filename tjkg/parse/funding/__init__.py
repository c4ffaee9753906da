"""Who pays, in which role, what share of what."""

from tjkg.parse.funding.cell import funding

__all__ = ["funding"]
