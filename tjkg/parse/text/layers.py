"""A cell in layers: the main text without its brackets, and the inside of each bracket by itself."""

from __future__ import annotations

from dataclasses import dataclass

from tjkg.parse.text.flat import Flat, flat
from tjkg.records import Passage, Span

__all__ = ["Layer", "layers", "without_brackets"]


@dataclass(frozen=True)
class Layer:
    """A text whose characters know their place; `inside` tells a bracket from the main text."""

    flat: Flat
    text: str
    at: tuple[int, ...]
    inside: bool

    def passage(self, start: int, end: int) -> Passage:
        """The passage of text[start:end], verbatim: a bracket that stood in between is in it again."""
        return self.flat.passage(self.at[start], self.at[end - 1] + 1)


def _split(text: str) -> tuple[list[int], list[list[int]]]:
    """Offsets of the main text, and of the inside of each outermost bracket."""
    main: list[int] = []
    inside: list[list[int]] = []
    depth = 0
    for i, char in enumerate(text):
        if char == "（":
            if depth == 0:
                inside.append([])
            depth += 1
        elif char == "）" and depth:
            depth -= 1
        else:
            (inside[-1] if depth else main).append(i)
    return main, inside


def layers(span: Span) -> tuple[Layer, ...]:
    """The main text first, then the brackets in order (an inner bracket is part of its outer one)."""
    whole = flat(span)
    main, inside = _split(whole.text)

    def layer(offsets: list[int], in_bracket: bool) -> Layer:
        return Layer(whole, "".join(whole.text[i] for i in offsets), tuple(offsets), in_bracket)

    return (layer(main, False), *(layer(offsets, True) for offsets in inside if offsets))


def without_brackets(label: str) -> str:
    """A label as the main layer prints it: 农村（含镇）学生 → 农村学生."""
    return "".join(label[i] for i in _split(label)[0])
