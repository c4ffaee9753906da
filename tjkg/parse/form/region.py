"""Whose plan a document is: the place that its title names, or else what stands before its first chapter."""

from __future__ import annotations

from collections.abc import Sequence

from tjkg.parse.form.outline import Outline, title_of
from tjkg.records import Term

__all__ = ["region_of"]

_COUNTRY = "CN"  # its name in a title (国家基本公共服务标准) does not say whose plan it is


def region_of(tree: Outline, regions: Sequence[Term]) -> str | None:
    """The code of the place of a document among the known ones; None where it names none of them."""
    front = [span.text for span in tree.sections[0].paragraphs]
    for text in (title_of(tree), *front):
        named = [(len(label), place.id) for place in regions for label in place.labels if label in text]
        local = [found for found in named if found[1] != _COUNTRY]
        if local:
            return max(local)[1]
    return None
