"""What a 保障标准 cell grants, leaves to a rule, or bounds."""

from tjkg.parse.benefits.cell import audience_quantities, benefits, limits

__all__ = ["audience_quantities", "benefits", "limits"]
