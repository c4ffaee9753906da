"""How a cost is split, in words: 5∶5, 2:3:5, 三七, 各50%, 60%和40%, 百分之六十, 六成, 各半."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from tjkg.parse.text.numerals import CHINESE, DIGITS, to_decimal

__all__ = ["PERCENT", "SPLIT", "WHOLE", "percents", "portion", "shown", "split"]

_HUNDRED = Decimal(100)
PERCENT = rf"(?:{DIGITS}%|百分之{CHINESE}|[一二三四五六七八九]成半?)"
_RATIO = re.compile(r"[0-9.]+(?:(?::|比)[0-9.]+)+|[一二三四五六七八九十](?:比[一二三四五六七八九十])+")
_PAIR = re.compile(r"([一二三四五六七八九])([一二三四五六七八九])(?=的?比例|分担|负担|承担|分成|开|共担|$)")
_EQUAL = re.compile(
    r"各(?:自)?(?:负担|承担|分担|出资|占)?一?半|(?:对半|平均|均等|等额|等比例)(?:分担|负担|承担)?|均摊"
)
_ONE_OF = re.compile(rf"各(?:自)?(?:负担|承担|分担|出资|占)?({CHINESE})分之一")
_EACH = re.compile(rf"(?:各(?:自)?|均)(?:按照?|占|负担|承担|分担|出资|补助|为)*({PERCENT})")
_WHOLE = re.compile(r"全额|全部|足额|百分之百")  # one payer bears all of it
# The form of a split, for rules that only ask whether one is there.
SPLIT = rf"(?:[0-9.]+(?:(?::|比)[0-9.]+)+|[一二三四五六七八九十]比[一二三四五六七八九十]|{PERCENT})"
WHOLE = _WHOLE.pattern


def shown(value: Decimal) -> str:
    """A percentage for a calculation told in words: 40%, 33.33%."""
    return f"{value.normalize():f}%"


def portion(word: str) -> Decimal:
    """A percentage as a number: "60%" → 60, "百分之六十" → 60, "六成半" → 65.

    Raises ValueError for anything else.
    """
    if word.endswith("%"):
        return to_decimal(word[:-1])
    if word.startswith("百分之"):
        return _HUNDRED if word[3:] == "百" else to_decimal(word[3:])
    tens, _, half = word.partition("成")
    return to_decimal(tens) * 10 + (5 if half else 0)


def percents(text: str) -> tuple[Decimal, ...]:
    """All percentages a text mentions, in order."""
    return tuple(portion(m[0]) for m in re.finditer(PERCENT, text))


def _shares(parts: list[Decimal]) -> tuple[Decimal, ...]:
    """Parts of a ratio as percentages of two places, the last taking what rounding left: they sum to 100."""
    total = sum(parts)
    if not total:
        return ()
    found = [(p * _HUNDRED / total).quantize(Decimal("0.01")) for p in parts[:-1]]
    return tuple(Decimal(f"{v.normalize():f}") for v in (*found, _HUNDRED - sum(found)))


def _by_ratio(text: str, payers: int) -> tuple[Decimal, ...]:
    """5∶5, 2:3:5, 4比6, 一比一."""
    for match in _RATIO.finditer(text):
        parts = [to_decimal(p) for p in re.split(r"[:比]", match[0].strip(".")) if p]
        if len(parts) == payers:
            return _shares(parts)
    return ()


def _by_pair(text: str, payers: int) -> tuple[Decimal, ...]:
    """三七, 四六 (两家, 合为十)."""
    match = _PAIR.search(text) if payers == 2 else None
    parts = [to_decimal(match[1]), to_decimal(match[2])] if match else []
    return _shares(parts) if sum(parts) == 10 else ()


def _by_equal(text: str, payers: int) -> tuple[Decimal, ...]:
    """各半, 平均分担, 等比例, 各三分之一 of three."""
    part = _ONE_OF.search(text)
    equal = _EQUAL.search(text) or (part and to_decimal(part[1]) == payers)
    return _shares([Decimal(1)] * payers) if payers > 1 and equal else ()


def _by_each(text: str, payers: int) -> tuple[Decimal, ...]:
    """各50%, 各负担百分之五十."""
    match = _EACH.search(text) if payers > 1 else None
    return (portion(match[1]),) * payers if match else ()


def _by_list(text: str, payers: int) -> tuple[Decimal, ...]:
    """60%和40%, 30%、30%、40%; one percentage for one payer."""
    found = percents(text)
    return found if len(found) == payers else ()


def _by_whole(text: str, payers: int) -> tuple[Decimal, ...]:
    """全额, 全部 by one payer."""
    return (_HUNDRED,) if payers == 1 and _WHOLE.search(text) else ()


RULES: tuple[Callable[[str, int], tuple[Decimal, ...]], ...] = (
    _by_ratio, _by_pair, _by_equal, _by_each, _by_list, _by_whole,
)


def split(text: str, payers: int) -> tuple[Decimal, ...]:
    """The percentages of so many payers that a text states, in their order; () when it states none."""
    return next((found for rule in RULES if (found := rule(text, payers))), ())
