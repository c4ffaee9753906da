"""The 支出责任 cell: who pays, in which role, what share of what, for which part and under which condition.

A cell is read clause by clause (`payments`). Words that stand before a payer name the part its payment
is for; here they are kept for the clauses that follow, shares are brought to shares of the whole, and what
several clauses say together is settled: remainders, transfers, and the sole payer of a part.

Percentages are always of the whole cost of the part that `condition` and `pays_for` name; `of` says inside
which larger share an entry lies (地方应分担部分), so all entries of one condition sum to 100 when all are stated.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from tjkg.parse.contributions import contributions
from tjkg.parse.flat import Flat, clauses, flat
from tjkg.parse.parties import Parties, Party
from tjkg.parse.payments import Act, acts
from tjkg.parse.settle import Draft, settle
from tjkg.parse.shares import PERCENT, SPLIT, percents, shown, split
from tjkg.records import Contribution, Funding, Passage, Span, Term

__all__ = ["funding"]

_HUNDRED = Decimal(100)
# The rest of a cost after what was stated.
_REST = r"(?:其余|剩余|余下|不足|其他|差额)"
_NESTED = re.compile(
    rf"(?P<rest>{_REST})(?:应当?|所|需)?(?:分担|承担|负担|配套|补助|筹集)?的?(?:部分|资金|{PERCENT}(?:的?部分|的)?)?"
    rf"|(?P<head>[^，由]{{1,8}}?)(?:(?:应当?|所|需)?(?:分担|承担|负担|配套)的?(?:部分|资金|{PERCENT}的?部分)|的?(?:部分|{PERCENT}的?部分))"
)
_MANNER = re.compile(r"按照?|根据|依据|依照|参照")  # opens a clause on how a split goes
_BARE = re.compile(r"(?:所需|相关|有关|上述|该项|以上|本项目|项目|全部|工作)*的?(?:资金|经费|费用|支出)")
# A noun of money closes the name of what is paid; other parts are circumstances.
_MONEY = re.compile(r"(?:资金|经费|费用|[费款金]|补助|补贴|补偿|奖励|待遇|定额|支出|开支|成本)(?:部分)?$")
_OPENING = re.compile(r"(?:[一二三四五六七八九十]是|[0-9]{1,2}[.、]|（[一二三四五六七八九十]）|其中|对于|对|属于|若|如)[：:]?")


@dataclass
class _Place:
    """Which part of the cost the current clause speaks of; words before payers move it on."""

    lead_for: str | None = None  # said in a clause of its own, for the whole sentence
    lead_if: str | None = None
    own_for: str | None = None  # said with a payer
    own_if: str | None = None
    manner: str | None = None
    of: str | None = None
    base: Decimal | None = _HUNDRED
    sum: str = ""  # how the base was reckoned, in words
    ratio: str = ""
    start: int | None = None  # where the leading words begin, until a payment has used them
    led: bool = False  # a payment was made under the leading words alone

    @property
    def pays_for(self) -> str | None:
        return self.own_for or self.lead_for

    @property
    def condition(self) -> str | None:
        pieces = (self.lead_if, self.own_if, self.manner)
        return "，".join(p for p in pieces if p) or None


@dataclass
class _Reading:
    """A cell on its way: the folded text, the payers' words, what was said so far."""

    cell: Flat
    parties: Parties
    place: _Place = field(default_factory=_Place)
    drafts: list[Draft] = field(default_factory=list)


def _nested(words: str, reading: _Reading) -> bool:
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
    whole = next((d for d in reversed(drafts) if d.payer in names and not d.of and d.percent is not None), None)
    if whole is None and not drafts:
        return False  # nothing was split before: the part is itself what is paid
    place.of, place.base, place.sum = words, None, ""
    if whole is not None and whole.percent is not None:
        drafts.remove(whole)  # what follows says more exactly who bears it
        place.lead_for, place.lead_if = whole.pays_for, whole.condition
        place.base, place.sum = whole.percent, shown(whole.percent)
    return True


def _rest_of(words: str, reading: _Reading) -> bool:
    """其余, 不足部分, 其余40%: what the shares stated so far leave of the current base."""
    place = reading.place
    here = [d for d in reading.drafts if d.of == place.of] if place.of else reading.drafts
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


def _name_part(words: str, reading: _Reading, own: bool) -> None:
    """Take the words before a payer for what they are: a nested part, a manner, a thing paid, a circumstance."""
    place = reading.place
    case = words.endswith("的")  # 长期缴费的: those who …, never the money
    words = _OPENING.sub("", words, count=1) if _OPENING.match(words) else words
    words = re.sub(r"^(?:并|同时)|的?[:：]?$", "", words)
    if not words or _nested(words, reading):
        return
    if _MANNER.match(words):
        if re.search(SPLIT, words):
            place.ratio = words
        else:
            place.manner = words
    elif _BARE.fullmatch(words):
        return
    elif _MONEY.search(words) and not own and not case:
        place.lead_for, place.lead_if = words, None
    elif _MONEY.search(words) and not case:
        place.own_for, place.own_if = words, None
    elif not own:
        place.lead_if = words
    else:
        if place.led:  # a sibling of the leading circumstance, not a part of it
            place.lead_if = None
        place.own_if = words


def _sentence_over(place: _Place, sign: str) -> _Place:
    """After 。 nothing said before holds; after ； the leading words still do."""
    if sign == "。":
        return _Place()
    return replace(
        _Place(), lead_for=place.lead_for, lead_if=None if place.led else place.lead_if,
        of=place.of, base=place.base, sum=place.sum,
    )


def _percent(place: _Place, share: Decimal | None) -> tuple[Decimal | None, str | None]:
    """(per cent of the whole, how reckoned) of a share of the current base."""
    if place.of is None or place.base is None or share is None:
        return (share if place.of is None else None), None
    value = place.base * share / _HUNDRED
    value = Decimal(f"{value.normalize():f}")
    if "−" in place.sum:
        return value, place.sum if share == _HUNDRED else f"（{place.sum}）× {shown(share)}"
    if share == _HUNDRED and not place.sum:
        return value, None
    return value, f"{shown(place.base)} × {shown(share)}"


def _drafts(act: Act, passage: Passage, some: str | None, reading: _Reading) -> list[Draft]:
    """An act as entries, one a payer; an unsplit nested part is one entry of what they bear together."""
    place, parties = reading.place, act.parties or reading.parties.read("政府")
    shares: Sequence[Decimal | None] = split(act.words + place.ratio, len(parties))
    if not shares and place.of and act.role == "负担":
        whole = reading.parties.together([p.payer for p in parties])
        if len(parties) == 1 or (whole and place.base is not None):
            parties = (Party(whole),) if whole and len(parties) > 1 else parties
            shares = [_HUNDRED]
    role = "共同负担" if act.role == "负担" and len(act.parties) > 1 else act.role
    found = []
    for party, share in zip(parties, shares or [None] * len(parties), strict=True):
        percent, derived = _percent(place, share)
        found.append(
            Draft(
                party.payer, role, passage, place.pays_for, percent, place.of, None, place.condition, derived, party.via,
                some=some, sole=len(act.parties) == 1,
            )
        )
    return found


def _pay(act: Act, start: int, led_from: int | None, reading: _Reading) -> None:
    """Add what an act says. start: where its clause begins; led_from: where the words leading to it begin."""
    place, cell = reading.place, reading.cell
    thing = cell.words(start + act.thing[0], start + act.thing[1])
    some_of_it = re.match(r"部分|一定|相应", thing)
    if thing or (act.role == "缴费" and not act.part[1]):  # such an act speaks of nothing said before a payer
        place.own_for = place.own_if = None
    words = cell.words(start + act.part[0], start + act.part[1])
    for named in (thing if not some_of_it else "", words):
        if named:
            _name_part(named, reading, own=True)
    first = start + act.start if led_from is None else led_from
    some = cell.words(start + act.some[0], start + act.some[1]) or None
    for draft in _drafts(act, cell.passage(first, start + act.end), some, reading):
        to = act.to[0].payer if act.to else None
        reading.drafts.append(replace(draft, to=to, sole=draft.sole and not some_of_it))
    place.led = place.led or (bool(place.lead_if) and not place.own_if)
    if thing:
        place.own_for = place.own_if = None


def _restate(act: Act, start: int, reading: _Reading) -> None:
    """按照6∶4比例分担: the split of the payers named last."""
    if not reading.drafts:
        return
    last = [d for d in reading.drafts if d.passage == reading.drafts[-1].passage]
    shares = split(act.words, len(last))
    cell = reading.cell
    begin = cell.at.index(last[0].passage.start - cell.span.start)
    passage = cell.passage(begin, start + act.end)
    changed = []
    for draft, share in zip(last, shares or [None] * len(last), strict=True):
        percent, derived = _percent(reading.place, share)
        changed.append(replace(draft, percent=percent, derived=derived, passage=passage))
    reading.drafts[-len(last) :] = changed


def _read(cell: Flat, parties: Parties) -> list[Draft]:
    """The cell's clauses in order."""
    reading = _Reading(cell, parties)
    for clause in clauses(cell.text):
        text = cell.text[clause.start : clause.end]
        found = () if _NESTED.fullmatch(text) and _nested_words(text, parties) else acts(text, parties)
        led_from, reading.place.start = reading.place.start, None
        for act in found:
            if act.again:
                _restate(act, clause.start, reading)
            else:
                _pay(act, clause.start, led_from, reading)
        if not found:
            reading.place.start = clause.start if led_from is None else led_from
            _name_part(cell.words(clause.start, clause.end), reading, own=False)
        if clause.closed_by != "，":
            reading.place = _sentence_over(reading.place, clause.closed_by)
    return reading.drafts


def _nested_words(text: str, parties: Parties) -> bool:
    """Whether a clause only names a part of an earlier split (地方应分担部分), though it holds a verb."""
    match = _NESTED.fullmatch(text)
    return bool(match and (match["rest"] or re.fullmatch(parties.known, match["head"])))


def _funding(draft: Draft) -> Funding:
    return Funding(
        draft.payer, draft.role, draft.passage, draft.pays_for, draft.percent, draft.of, draft.to,
        "，".join(p for p in (draft.condition, draft.some) if p) or None, draft.derived, draft.via,
    )


def funding(
    cell: Span, payers: Sequence[Term], definitions: Mapping[str, Passage], guarantee: Span | None = None
) -> tuple[tuple[Funding, ...], tuple[Contribution, ...]]:
    """Who pays what, and contribution rates, of a row.

    cell: the 支出责任 cell. payers: the vocabulary of payers. definitions: words that a note of the plan
    defines (各级财政负担 → the note). guarantee: the 保障标准 cell, where contribution rates stand.
    Payers the vocabulary does not know come out as written.
    """
    parties = Parties(payers, definitions)
    read = flat(cell)
    rates = [rate for piece in (flat(guarantee) if guarantee else None, read) if piece for rate in contributions(piece, parties)]
    return tuple(_funding(d) for d in settle(_read(read, parties))), tuple(rates)
