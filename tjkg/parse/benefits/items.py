"""What the money of a chunk is called, and the head its standard is printed under."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tjkg.parse.benefits.state import State
from tjkg.parse.benefits.words import GIVE, Measure, is_person, item_of, split_recipient

__all__ = ["BARE", "Named", "named"]

# Nouns that say nothing of what the money is for: the item in force says more.
BARE = ("补贴", "补助", "资助", "奖励", "救助", "津贴", "进行救助")
_HEAD = re.compile(r"(.*?(?:标准|金额|额度|限额))(?:为|是|：|:)?(.*)")
_GENERIC = re.compile(r"(?:现行|具体|最高|最低|平均|标准|金额|额度|限额|支付|的|月|年度?|起付)*")


@dataclass(frozen=True)
class Named:
    """item: its name or None; recipient: persons named in it; rest: the prefix without it; period: 一次性."""

    item: str | None
    recipient: str | None
    rest: str
    period: str | None


def _clean(item: str) -> tuple[str, str | None]:
    """An item without the words that say how it is paid, and 一次性 if it was among them."""
    bare = re.sub(r"^(?:一次性|平均|定额|最高|月|年度|年|相应的?|适当)+|资金$|标准$|限额$|(?<=.)平均(?:资助|补助)?$", "", item)
    return bare or "补贴", ("一次性" if item.startswith("一次性") else None)


def named(measure: Measure, suffix: str, state: State) -> Named:
    """Read the item off an amount's prefix (and keep a printed head: “…国家基础标准为”) or its suffix."""
    rest, noun = measure.rest, measure.noun
    if measure.standard and rest and not item_of(rest, suffix)[0] and not is_person(rest):
        rest += "标准为"
    recipient: str | None = None
    period: str | None = None
    if (m := _HEAD.fullmatch(rest)) and not _GENERIC.fullmatch(m[1]):
        state.heading, rest = m[1], m[2]
        found, before = item_of(m[1], "")
        if found is None:
            found, before = re.sub(r"^(?:现行|具体)的?|(?:标准|金额|额度)$", "", m[1]), ""
        inside = True
    else:
        rest = re.sub(r"^(?:现行|具体)(?:的?标准)?(?:为)?", "", rest)
        found, before = item_of(rest, suffix)
        inside = found is not None and before != rest
        rest = before if inside else rest
    if found and inside:
        recipient, found = split_recipient(found)
        if recipient and not rest.endswith(("的", "对")) and rest == before:
            recipient, rest = re.sub(GIVE, "", before) + recipient, ""
    if found:
        found, period = _clean(found)
        if state.item and (state.item.endswith(found) or found in BARE):
            found = state.item
    return Named(found or noun and _in_force(noun, state) or state.item, recipient, rest, period)


def _in_force(noun: str, state: State) -> str:
    """The item in force for a bare noun, else the noun."""
    return state.item if state.item and (noun in BARE or state.item.endswith(noun)) else noun
