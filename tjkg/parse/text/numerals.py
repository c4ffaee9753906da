"""How a number is written: Arabic, full-width and Chinese numerals to Decimal."""

from __future__ import annotations

import re
from decimal import Decimal

__all__ = ["CHINESE", "DIGITS", "MULTIPLIER", "numeral", "to_decimal"]

# Arabic digits, full-width ones too, with thousand separators and decimals.
DIGITS = r"(?:[0-9０-９]{1,3}(?:,[0-9０-９]{3})+|[0-9０-９]+)(?:[.．][0-9０-９]+)?"
# Chinese numerals; 点 is the decimal point.
CHINESE = r"(?:[零〇一二两三四五六七八九十百千万亿]+(?:点[零〇一二三四五六七八九]+)?|半)"
# What may follow Arabic digits: 400余万, 1.5万, 19.65亿, 5千.
MULTIPLIER = r"(?:[余多]?[百千万亿]+)"

_UNITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8,
          "九": 9}
_POWERS = {"十": 10, "百": 100, "千": 1000}
_SCALES = {"万": 10**4, "亿": 10**8}
_WIDTH = str.maketrans("０１２３４５６７８９．", "0123456789.")
_ARABIC = re.compile(f"({DIGITS})[余多]?([百千万亿]*)")


def _small(text: str) -> int:
    """A Chinese integer below 10,000: 三百二十 → 320; a row of digits is read as such: 二〇二一."""
    if not any(c in _POWERS for c in text):
        return int("".join(str(_UNITS[c]) for c in text) or "0")
    total, digit = 0, 0
    for c in text:
        if c in _UNITS:
            digit = _UNITS[c]
        else:
            total += (digit or 1) * _POWERS[c]
            digit = 0
    return total + digit


def _chinese(text: str) -> Decimal:
    """A Chinese numeral, with 万, 亿 and 点."""
    if text == "半":
        return Decimal("0.5")
    whole, _, fraction = text.partition("点")
    for sign in ("亿", "万"):
        if sign in whole:
            head, _, tail = whole.partition(sign)
            high = _chinese(head) if head else Decimal(1)
            return high * _SCALES[sign] + (_chinese(tail) if tail else 0)
    value = Decimal(_small(whole))
    if fraction:
        value += Decimal("0." + "".join(str(_UNITS[c]) for c in fraction))
    return value


def _without_zeros(value: Decimal) -> Decimal:
    """15000.0 → 15000, never 1.5E+4."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def to_decimal(text: str) -> Decimal:
    """The value of a numeral: "1.5万" → 15000, "７２０" → 720, "六十" → 60, "一点五" → 1.5.

    Raises ValueError when the text is no numeral.
    """
    if match := _ARABIC.fullmatch(text):
        value = Decimal(match[1].translate(_WIDTH).replace(",", ""))
        for c in match[2]:
            value *= _POWERS.get(c) or _SCALES[c]
        return value if not match[2] else _without_zeros(value)
    if re.fullmatch(CHINESE, text):
        return _chinese(text)
    raise ValueError(f"not a numeral: {text}")


def numeral(text: str, start: int) -> re.Match[str] | None:
    """The numeral (with its multiplier) that begins at a position of the text."""
    return re.compile(f"{DIGITS}{MULTIPLIER}?|{CHINESE}").match(text, start)
