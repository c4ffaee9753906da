"""A reviewed condition carried over to a cell whose words have changed: suggested, never silently fact.

Pure: the old tree with its quotes, the old cell and the new one give the new tree. Words that did not
change keep their meaning. An edit inside a quote reads that part anew (numbers with their bounds, values
of a fact, terms that reviewed conditions already explain); a deleted quote drops its part; words that
nothing covers become an open fact with their quote.
"""

from __future__ import annotations

from tjkg.align.carry import Aligned, align, read_whole
from tjkg.align.readings import Readings, readings
from tjkg.align.words import Cell

__all__ = ["Aligned", "Cell", "Readings", "align", "read_whole", "readings"]
