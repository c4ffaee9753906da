"""轻、中、重照料等级，分别给予200元、400元、600元: the list before and the amounts after, member by member."""

from __future__ import annotations

import re

__all__ = ["members"]

_SEPARATOR = re.compile(r"[、和及与]|以及")


def members(text: str, count: int) -> list[tuple[str, int, int]] | None:
    """The last list of `count` members in a text: (label with the shared noun, start, end of the member).

    "按照评估确定的轻、中、重照料等级，分别" with 3 → 轻照料等级, 中照料等级, 重照料等级. None when there is none.
    """
    for piece in reversed(list(re.finditer(r"[^，,。；;：:]+", text))):
        parts: list[tuple[int, int]] = []
        at = piece.start()
        for m in _SEPARATOR.finditer(text, piece.start(), piece.end()):
            parts.append((at, m.start()))
            at = m.end()
        parts.append((at, piece.end()))
        if len(parts) != count:
            continue
        first = text[parts[0][0] : parts[0][1]]
        lead = max((m.end() for m in re.finditer(r"的|按照?|对于?|为|将|其中|根据", first)), default=0)
        parts[0] = (parts[0][0] + (lead if lead < len(first) else 0), parts[0][1])
        tail = re.sub(r"(?:分别.*|给予.*|每.*|的?标准.*|发放.*)$", "", text[parts[-1][0] : parts[-1][1]])
        lengths = {end - start for start, end in parts[:-1]}
        size = lengths.pop() if len(lengths) == 1 else len(tail)
        shared = tail[size:] if len(tail) > size else ""
        parts[-1] = (parts[-1][0], parts[-1][0] + min(size, len(tail)))
        parts = [(a, a + len(re.sub(r"(?:每|[0-9]).*", "", text[a:b]))) for a, b in parts]  # 小学每生1250元 → 小学
        labels = [text[a:b] for a, b in parts]
        if all(labels):
            return [(label + shared, a, b) for label, (a, b) in zip(labels, parts, strict=True)]
    return None
