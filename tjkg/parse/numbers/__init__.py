"""Every number a text mentions, with unit, comparator and kind."""

from tjkg.parse.numbers.found import EXPLAINED, MEASURED, NumberMention, numbers

__all__ = ["EXPLAINED", "MEASURED", "NumberMention", "numbers"]
