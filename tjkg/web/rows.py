"""The row limit of a query, set in its text by tokens."""

from __future__ import annotations

from tjkg.sparql import form, tokens

__all__ = ["limited", "names_dataset"]

_OPEN, _CLOSE = "{([", "})]"


def _outer_words(parts: list[tuple[str, str]]) -> dict[str, int]:
    """LIMIT, OFFSET and VALUES outside all brackets, by the place of the token."""
    depth, found = 0, {}
    for place, (kind, text) in enumerate(parts):
        if kind == "other":
            depth += (text in _OPEN) - (text in _CLOSE)
        elif kind == "word" and depth == 0 and text.upper() in ("LIMIT", "OFFSET", "VALUES"):
            found[text.upper()] = place
    return found


def _number(parts: list[tuple[str, str]], word: int) -> tuple[int, int, int] | None:
    """(first token, one past the last, value) of the whole number after a word; None when there is none."""
    first = word + 1
    while first < len(parts) and (parts[first][1].isspace() or parts[first][0] == "comment"):
        first += 1
    end = first
    while end < len(parts) and parts[end][1] in "0123456789":
        end += 1
    digits = "".join(text for _, text in parts[first:end])
    return (first, end, int(digits)) if digits and len(digits) < 19 else None


def limited(query: str, most: int) -> tuple[str, str | None]:
    """The query with at most `most` rows, and one that asks for a row beyond them.

    The second is None when the query's own LIMIT is not above `most`, and for ASK. A text that is no
    query, or whose LIMIT is no number, is left for the engine to refuse.
    """
    if form(query) in (None, "ASK"):
        return query, None
    parts = list(tokens(query))
    words = _outer_words(parts)
    texts = [text for _, text in parts]
    own = _number(parts, words["LIMIT"]) if "LIMIT" in words else None
    if "LIMIT" in words and (own is None or own[2] <= most):
        return query, None
    skip = _number(parts, words["OFFSET"]) if "OFFSET" in words else None
    if "OFFSET" in words and skip is None:
        return query, None
    offset = skip[2] if skip else 0
    for word, number in (("LIMIT", own), ("OFFSET", skip)):
        if number:
            texts[words[word]:number[1]] = [""] * (number[1] - words[word])
    place = words.get("VALUES", len(texts))
    front, back = "".join(texts[:place]), "".join(texts[place:])

    def slice_of(start: int, count: int) -> str:
        return f"{front}\nOFFSET {start} LIMIT {count}\n{back}"

    return slice_of(offset, most), slice_of(offset + most, 1)


def names_dataset(query: str) -> bool:
    """Whether the query has a FROM of its own."""
    return any(kind == "word" and text.upper() == "FROM" for kind, text in tokens(query))
