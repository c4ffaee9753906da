"""Whom the plan itself makes responsible for all of it: sentences of 承担…责任, 履行…职责."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tjkg.parse.form.outline import Outline
from tjkg.records import Agency, AgencyRole, Span

__all__ = ["responsible"]

# whoever stands before the verb carries the duty; the sentence must be about duty or responsibility
_DUTY = re.compile(r"([^。；]*?)(?:承担|履行|落实)([^。；]*?(?:主体责任|职责))")


def _named(span: Span, agencies: Sequence[Agency]) -> list[tuple[str, int, int]]:
    """(agency, start, end) of the organisations named in a piece, longest names first."""
    found: list[tuple[str, int, int]] = []
    for label, agency in sorted(
        ((label, a.id) for a in agencies for label in a.labels), key=lambda p: -len(p[0])
    ):
        for match in re.finditer(re.escape(label), span.text):
            if all(match.end() <= a or match.start() >= b for _, a, b in found):
                found.append((agency, match.start(), match.end()))
    return sorted(found, key=lambda f: f[1])


def responsible(tree: Outline, agencies: Sequence[Agency]) -> tuple[AgencyRole, ...]:
    """The organisations the preface and the closing chapter make responsible, with the words."""
    roles: dict[str, AgencyRole] = {}
    chapters = [s.path[0] for s in tree.sections]
    for section in tree.sections:
        if section.path != (0, 1) and section.path[0] != max(chapters):
            continue
        for paragraph in section.paragraphs:
            for duty in _DUTY.finditer(paragraph.text):
                piece = paragraph.sub(duty.start(1), duty.end(1))
                for agency, start, end in _named(piece, agencies):
                    roles.setdefault(agency, AgencyRole(agency, "负责", "stated", piece.passage(start, end)))
    return tuple(roles.values())
