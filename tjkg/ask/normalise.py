"""A question as typed → one line of plain characters, so that the rules see one way of writing only."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["LONGEST", "clauses", "normalise"]

LONGEST = 300
"""Characters of a question that are read; nobody asks longer ones, and the time to answer stays bounded."""

# Full-width letters and digits become ASCII; ASCII punctuation becomes the Chinese mark that asks for no guess.
_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code - 0xFEE0).isalnum() or chr(code) in "％－＋＜＞＝．"}
_MARKS = str.maketrans({"?": "？", "!": "！", ";": "；", "︰": "：", "∶": "：", "﹐": "，", "…": "，", "~": "至", "～": "至"})
_QUOTES = str.maketrans("「」『』〝〞\"", "“”“”“”“")
_BETWEEN_HAN = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])\s+(?=[\u3000-\u9fff\uff00-\uffef\d])|(?<=\d)\s+(?=[\u3000-\u9fff])")
# English marks where a clause ends (not the point of 1.5 nor the comma of 1,200).
_ENGLISH_END = re.compile(r"\s*([,;?!.])(?:\s+|$)")
_ENGLISH_MARKS = {",": "，", ";": "；", "?": "？", "!": "！", ".": "。"}


def _speakable(char: str) -> str:
    """The character; blank for controls and for pictures."""
    if char in "\t\n\r\u3000":
        return " "
    return "" if unicodedata.category(char) in ("Cc", "Cf", "Cn", "Co", "Cs", "So", "Sk") else char


def normalise(text: str) -> str:
    """The question without controls, pictures and doubled blanks, in one width of characters.

    text: as typed, of any length; at most LONGEST + 1 characters come back.
    """
    line = "".join(_speakable(c) for c in text[: LONGEST * 4]).translate(_WIDTH)
    if re.search(r"[\u4e00-\u9fff]", line):
        line = re.sub(r",(?!\d{3})", "，", line).translate(_MARKS).translate(_QUOTES)
        line = re.sub(r"“([^“”]*)“", r"“\1”", line)
        line = _BETWEEN_HAN.sub("", line)
    else:
        line = _ENGLISH_END.sub(lambda m: _ENGLISH_MARKS[m[1]], line)
    return re.sub(r"\s+", " ", line).strip()[: LONGEST + 1]


def clauses(text: str, marks: str = "，。？！；") -> list[tuple[int, int]]:
    """(start, end) of the pieces between marks, marks not included; empty ones are left out."""
    found, at = [], 0
    for match in re.finditer(f"[{marks}]|(?<!\\d)：", text):
        if match.start() > at:
            found.append((at, match.start()))
        at = match.end()
    if at < len(text):
        found.append((at, len(text)))
    return found
