"""A piece of the plan as markup: its structured phrases lit, linked and reachable by their place."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from markupsafe import Markup, escape

__all__ = ["Phrase", "lit", "place_id"]


class Phrase(NamedTuple):
    """A phrase [start, end) of the text: kind (what it is read as), href (its meaning), title (in words)."""

    start: int
    end: int
    kind: str
    href: str | None = None
    title: str | None = None


def place_id(start: int, end: int) -> str:
    """The id of a place of the plan: c123-130."""
    return f"c{start}-{end}"


@dataclass
class _Node:
    """A stretch of text with what lies inside it; first: it begins its phrase (the rest of one that was cut does not)."""

    start: int
    end: int
    phrase: Phrase | None
    first: bool = True
    inner: list[_Node] = field(default_factory=list)


def _tree(start: int, end: int, phrases: Iterable[Phrase]) -> _Node:
    """Phrases nested by their extent; one that crosses another's end is cut there and goes on behind it."""
    root = _Node(start, end, None)
    wait = [(max(p.start, start), -min(p.end, end), n, p, p.start >= start) for n, p in enumerate(phrases)
            if max(p.start, start) < min(p.end, end)]
    heapq.heapify(wait)
    path = [root]
    while wait:
        at, minus_end, number, phrase, first = heapq.heappop(wait)
        stop = -minus_end
        while path[-1].end <= at:
            path.pop()
        above = path[-1]
        if stop > above.end:
            heapq.heappush(wait, (above.end, minus_end, number, phrase, False))
            stop = above.end
        node = _Node(at, stop, phrase, first)
        above.inner.append(node)
        path.append(node)
    return root


def _text(text: str, above: Sequence[Phrase]) -> Markup:
    """Text as one link: to the meaning of the innermost phrase that has one."""
    shown = Markup("<br>").join(escape(line) for line in text.split("\n"))
    phrase = next((p for p in reversed(above) if p.kind), None)
    if phrase is None or not text.strip():
        return shown
    title = Markup(' title="{}"').format(phrase.title) if phrase.title else ""
    if phrase.href is None or len(text.strip()) < 2:  # one character is too small to be a link
        return Markup('<span class="lit {}"{}>{}</span>').format(phrase.kind, title, shown)
    return Markup('<a class="lit {}" href="{}"{}>{}</a>').format(phrase.kind, phrase.href, title, shown)


def _markup(node: _Node, text: str, origin: int, above: tuple[Phrase, ...], ids: bool, used: set[str]) -> Markup:
    out, at = Markup(""), node.start
    for inner in node.inner:
        out += _text(text[at - origin:inner.start - origin], above)
        phrase = inner.phrase
        assert phrase is not None
        body = _markup(inner, text, origin, (*above, phrase), ids, used)
        name = place_id(phrase.start, phrase.end)
        if not ids:
            out += body
        elif inner.first and name not in used:
            used.add(name)
            out += Markup('<span id="{}" class="at">{}</span>').format(name, body)
        else:
            out += Markup('<span data-at="{}" class="at">{}</span>').format(name, body)
        at = inner.end
    return out + _text(text[at - origin:node.end - origin], above)


def lit(text: str, start: int, phrases: Iterable[Phrase], ids: bool = True, used: set[str] | None = None) -> Markup:
    """Text that stands at `start` of the plan, as markup.

    phrases: those of the plan that may lie in it (a kind of "" is a place without light); ids: whether
    places can be jumped to; used: ids that are already on the page.
    """
    seen: set[tuple[int, int]] = set()
    kept = []
    for phrase in phrases:
        if (phrase.start, phrase.end) not in seen:
            seen.add((phrase.start, phrase.end))
            kept.append(phrase)
    return _markup(_tree(start, start + len(text), kept), text, start, (), ids, set() if used is None else used)
