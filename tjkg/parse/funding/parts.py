"""Which part of a cost a clause speaks of: what is paid, under which condition, inside which larger share."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from tjkg.parse.funding.parties import Parties
from tjkg.parse.funding.settle import Draft
from tjkg.parse.funding.shares import PERCENT, SPLIT, percents, shown
from tjkg.parse.text.flat import Flat

__all__ = ["MONEY", "Place", "Reading", "name_part", "only_names_part", "sentence_over"]

_HUNDRED = Decimal(100)
# The rest of a cost after what was stated.
_REST = r"(?:其余|剩余|余下|不足|其他|差额)"
_NESTED = re.compile(
    rf"(?P<rest>{_REST})(?:应当?|所|需)?(?:分担|承担|负担|配套|补助|筹集)?的?"
    rf"(?:部分|资金|{PERCENT}(?:的?部分|的)?)?"
    r"|(?P<head>[^，由]{1,8}?)(?:"
    rf"(?:应当?|所|需)?(?:分担|承担|负担|配套)的?(?:部分|资金|{PERCENT}的?部分)|的?(?:部分|{PERCENT}的?部分))"
)
_MANNER = re.compile(r"按照?|根据|依据|依照|参照")  # opens a clause on how a split goes
_BARE = re.compile(r"(?:所需|相关|有关|上述|该项|以上|本项目|项目|全部|工作)*的?(?:资金|经费|费用|支出)")
# A noun of money closes the name of what is paid; other parts are circumstances.
MONEY = re.compile(r"(?:资金|经费|费用|[费款金]|补助|补贴|补偿|奖励|待遇|定额|支出|开支|成本)(?:部分)?$")
_OPENING = re.compile(
    r"(?:[一二三四五六七八九十]是|[0-9]{1,2}[.、]|（[一二三四五六七八九十]）|其中|对于|对|属于|若|如)[：:]?"
)


@dataclass
class Place:
    """Which part of the cost the current clause speaks of; words before payers move it on."""

    lead_for: str | None = None  # said in a clause of its own, for the whole sentence
    lead_if: str | None = None
    own_for: str | None = None  # said with a payer
    own_if: str | None = None
    manner: str | None = None
    of: str | None = None
    of_own: bool = False  # said with a payer (其余由…): for that payment only
    base: Decimal | None = _HUNDRED
    sum: str = ""  # how the base was reckoned, in words
    ratio: str = ""
    start: int | None = None  # where the leading words begin, until a payment has used them
    led: bool = False  # a payment was made under the leading words alone

    @property
    def pays_for(self) -> str | None:
        """What is paid, as printed."""
        return self.own_for or self.lead_for

    @property
    def condition(self) -> str | None:
        """For whom, where, when: the pieces said so far."""
        pieces = (self.lead_if, self.own_if, self.manner)
        return "，".join(p for p in pieces if p) or None


@dataclass
class Reading:
    """A cell on its way: the folded text, the payers' words, what was said so far."""

    cell: Flat
    parties: Parties
    place: Place = field(default_factory=Place)
    drafts: list[Draft] = field(default_factory=list)


def _nested(words: str, reading: Reading) -> bool:
    """地方应分担部分, 其余: a part of what was split before, becomes the base of what follows."""
    match = _NESTED.fullmatch(words)
    if match is None:
        return False
    if match["rest"]:
        return _rest_of(words, reading)
    place, drafts = reading.place, reading.drafts
    if not re.fullmatch(reading.parties.known, match["head"]):
        return False
    names = {p.payer for p in reading.parties.read(match["head"])}
    split = [d for d in drafts if d.payer in names and not d.of and d.percent is not None]
    whole = split[-1] if split else None
    if whole is None and not drafts:
        return False  # nothing was split before: the part is itself what is paid
    place.of, place.base, place.sum = words, None, ""
    if whole is not None and whole.percent is not None:
        drafts.remove(whole)  # what follows says more exactly who bears it
        place.lead_for, place.lead_if = whole.pays_for, whole.condition
        place.base, place.sum = whole.percent, shown(whole.percent)
    return True


def _rest_of(words: str, reading: Reading) -> bool:
    """其余, 不足部分, 其余40%: what the shares stated so far leave of the current base."""
    place = reading.place
    if place.of:
        here = [d for d in reading.drafts if d.of == place.of]
    else:
        here = [d for d in reading.drafts if (d.pays_for, d.condition) == (place.pays_for, place.condition)]
    stated = [d.percent for d in here if d.percent is not None]
    base = place.base if place.of else _HUNDRED
    if given := percents(words):
        place.base, place.sum = given[0], ""
    elif stated and base is not None and not any(d.some for d in here):
        place.base, place.sum = base - sum(stated), " − ".join(shown(p) for p in (base, *stated))
    else:
        place.base, place.sum = None, ""
    place.of = f"{place.of}，{words}" if place.of else words
    return True


def _insured(words: str) -> str | None:
    """在职人员缴费: whose contributions they are is a circumstance besides."""
    match = re.fullmatch(r"(.+?(?:人员|职工|居民|对象|学生|农民))(?:个人)?(?:缴费|保费)(?:部分)?", words)
    return match[1] if match else None


def name_part(words: str, reading: Reading, own: bool) -> None:
    """Take words before a payer for what they are: a nested part, a manner, a thing paid, a circumstance.

    own: they stand in the payer's clause (市属学校由市级负担), not in one of their own before it.
    """
    place = reading.place
    case = words.endswith("的")  # 长期缴费的: those who …, never the money
    words = _OPENING.sub("", words, count=1) if _OPENING.match(words) else words
    words = re.sub(r"^(?:并|同时)|的?[:：]?$", "", words)
    if not words:
        return
    if own and place.of_own:
        place.of, place.of_own, place.base, place.sum = None, False, _HUNDRED, ""
    if _nested(words, reading):
        place.of_own = own
        return
    if _MANNER.match(words):
        if re.search(SPLIT, words):
            place.ratio = words
        else:
            place.manner = words
    elif _BARE.fullmatch(words):
        return
    elif MONEY.search(words) and not own and not case:
        place.lead_for, place.lead_if = words, None
    elif MONEY.search(words) and not case:
        place.own_for, place.own_if = words, _insured(words)
    elif not own:
        place.lead_if = words
    else:
        if place.led:  # a sibling of the leading circumstance, not a part of it
            place.lead_if = None
        place.own_if = words


def sentence_over(place: Place, sign: str) -> Place:
    """After 。 nothing said before holds; after ； the leading words still do."""
    if sign == "。":
        return Place()
    return Place(lead_for=place.lead_for, lead_if=None if place.led else place.lead_if)


def only_names_part(text: str, parties: Parties) -> bool:
    """Whether a clause only names a part of an earlier split (地方应分担部分), though it holds a verb."""
    match = _NESTED.fullmatch(text)
    return bool(match and (match["rest"] or re.fullmatch(parties.known, match["head"])))
