"""The numbers that Word writes by itself: 第一章, （一）, 1. are not in the text of the paragraph.

ECMA-376-1, 17.9: numbering.xml has abstract lists (levels with a number format and a text such as
第%1章) and concrete ones that point to them; a paragraph, or its style, names list and level.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["Numbering", "chinese"]

_DIGITS = "零一二三四五六七八九"
_CHINESE = {
    "chineseCounting", "chineseCountingThousand", "japaneseCounting", "japaneseDigitalTenThousand",
    "taiwaneseCounting", "taiwaneseCountingThousand", "ideographDigital", "taiwaneseDigital",
}
_CIRCLED = {"decimalEnclosedCircle", "decimalEnclosedCircleChinese"}
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def chinese(n: int) -> str:
    """A number under a thousand as headings write it: 1 → 一, 12 → 十二, 20 → 二十, 105 → 一百零五."""
    hundreds, rest = divmod(n, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones or not n else "")


def _roman(n: int) -> str:
    text = ""
    for value, sign in _ROMAN:
        while n >= value:
            text, n = text + sign, n - value
    return text


def _written(n: int, form: str) -> str:
    if form in _CHINESE:
        return chinese(n) if 0 <= n < 1000 else str(n)
    if form in _CIRCLED and 1 <= n <= 20:
        return chr(0x2460 + n - 1)
    if form in ("lowerLetter", "upperLetter") and 1 <= n <= 26:
        return chr((97 if form == "lowerLetter" else 65) + n - 1)
    if form in ("lowerRoman", "upperRoman") and n < 40:
        return _roman(n) if form == "lowerRoman" else _roman(n).upper()
    return str(n)


@dataclass(frozen=True)
class _Level:
    form: str
    text: str
    start: int
    after: str
    legal: bool  # all numbers of the text in digits (w:isLgl)


def _value(parent: _Element | None, tag: str) -> str | None:
    child = parent.find(qn(tag)) if parent is not None else None
    return None if child is None else child.get(qn("w:val"))


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdigit() else otherwise


def _levels(abstract: _Element) -> dict[int, _Level]:
    found = {}
    for level in abstract.findall(qn("w:lvl")):
        after = "" if _value(level, "w:suff") == "nothing" else " "  # else tab (the default) or space
        found[_number(level.get(qn("w:ilvl")), 0)] = _Level(
            _value(level, "w:numFmt") or "decimal", _value(level, "w:lvlText") or "",
            _number(_value(level, "w:start"), 1), after, level.find(qn("w:isLgl")) is not None,
        )
    return found


class Numbering:
    """Counts the numbered paragraphs of one document, in its order."""

    def __init__(self, numbering: _Element | None, styles: _Element | None) -> None:
        known = styles.findall(qn("w:style")) if styles is not None else []
        self.styles = {style.get(qn("w:styleId")): style for style in known}
        self.lists: dict[str, str] = {}  # numId → abstract list
        self.levels: dict[str, dict[int, _Level]] = {}
        self.counts: dict[str, dict[int, int]] = {}
        if numbering is None:
            return
        for abstract in numbering.findall(qn("w:abstractNum")):
            self.levels[abstract.get(qn("w:abstractNumId"), "")] = _levels(abstract)
        for num in numbering.findall(qn("w:num")):
            self.lists[num.get(qn("w:numId"), "")] = _value(num, "w:abstractNumId") or ""

    def _place(self, properties: _Element | None) -> tuple[str | None, int]:
        """(numId, level) of a paragraph: its own, else its style's or a style's that one is based on."""
        style, level = _value(properties, "w:pStyle"), None
        for _ in range(len(self.styles) + 1):
            own = properties.find(qn("w:numPr")) if properties is not None else None
            if own is not None:
                level = level or _value(own, "w:ilvl")
                if (number := _value(own, "w:numId")) is not None:
                    return number, _number(level, 0)
            above = self.styles.get(style) if style else None
            if above is None:
                break
            properties, style = above.find(qn("w:pPr")), _value(above, "w:basedOn")
        return None, 0

    def prefix(self, properties: _Element | None) -> str:
        """The number Word shows before a paragraph with these properties (w:pPr), with what follows it."""
        number, at = self._place(properties)
        key = self.lists.get(number or "", "")
        levels = self.levels.get(key, {})
        if number in (None, "0") or at not in levels:
            return ""
        counts = self.counts.setdefault(key, {})
        counts[at] = counts.get(at, levels[at].start - 1) + 1
        for deeper in [i for i in counts if i > at]:
            del counts[deeper]
        if levels[at].form in ("bullet", "none"):
            return ""
        text = levels[at].text
        for i, level in levels.items():
            form = "decimal" if levels[at].legal else level.form
            text = text.replace(f"%{i + 1}", _written(counts.get(i, level.start), form))
        return text + levels[at].after
