"""The 支出责任 cell: who pays, in which role, what share of what, for which part and under which condition.

A cell is read clause by clause: `payments` says who does what, `parts` which part it is for, and `settle`
what the clauses say together (remainders, transfers, the sole payer of a part).

Percentages are always of the whole cost of the part that `condition` names (none: of all of it); `of` says
inside which larger share an entry lies (地方应分担部分). So the entries of one condition, together with the
nested ones below them, sum to 100 where all are stated.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from tjkg.parse.funding.contributions import contributions
from tjkg.parse.funding.parties import Parties, Party
from tjkg.parse.funding.parts import Place, Reading, name_part, only_names_part, sentence_over
from tjkg.parse.funding.payments import Act, acts
from tjkg.parse.funding.settle import Draft, settle
from tjkg.parse.funding.shares import shown, split
from tjkg.parse.text.flat import Flat, clauses, flat
from tjkg.records import Contribution, Funding, Passage, Span, Term

__all__ = ["funding"]

_HUNDRED = Decimal(100)


def _percent(place: Place, share: Decimal | None) -> tuple[Decimal | None, str | None]:
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


def _drafts(act: Act, passage: Passage, some: str | None, reading: Reading) -> list[Draft]:
    """An act as entries, one a payer; an unsplit nested part is one entry of what they bear together."""
    place, parties = reading.place, act.parties or reading.parties.read("政府")
    if act.same and reading.drafts:
        parties = (Party(reading.drafts[-1].payer, reading.drafts[-1].via),)
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
                party.payer, role, passage, place.pays_for, percent, place.of, None, place.condition, derived,
                party.via, some=some, sole=len(act.parties) == 1,
            )
        )
    return found


def _pay(act: Act, start: int, led_from: int | None, reading: Reading) -> None:
    """Add what an act says. start: where its clause begins; led_from: where the words leading to it begin."""
    place, cell = reading.place, reading.cell
    thing = cell.words(start + act.thing[0], start + act.thing[1])
    some_of_it = re.match(r"部分|一定|相应", thing)
    if thing or (act.role == "缴费" and not act.part[1]):  # such an act speaks of nothing said before a payer
        place.own_for = place.own_if = None
    words = cell.words(start + act.part[0], start + act.part[1])
    for named in (thing if not some_of_it else "", words):
        if named:
            name_part(named, reading, own=True)
    first = start + act.start if led_from is None else led_from
    some = cell.words(start + act.some[0], start + act.some[1]) or None
    for draft in _drafts(act, cell.passage(first, start + act.end), some, reading):
        to = act.to[0].payer if act.to else None
        reading.drafts.append(replace(draft, to=to, sole=draft.sole and not some_of_it))
    place.led = place.led or (bool(place.lead_if) and not place.own_if)
    if thing:
        place.own_for = place.own_if = None


def _restate(act: Act, start: int, reading: Reading) -> None:
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
    reading = Reading(cell, parties)
    for clause in clauses(cell.text):
        text = cell.text[clause.start : clause.end]
        found = () if only_names_part(text, parties) else acts(text, parties)
        led_from, reading.place.start = reading.place.start, None
        for act in found:
            if act.again:
                _restate(act, clause.start, reading)
            else:
                _pay(act, clause.start, led_from, reading)
        if not found:
            reading.place.start = clause.start if led_from is None else led_from
            name_part(cell.words(clause.start, clause.end), reading, own=False)
        if clause.closed_by != "，":
            reading.place = sentence_over(reading.place, clause.closed_by)
    return reading.drafts


def _funding(draft: Draft) -> Funding:
    return Funding(
        draft.payer, draft.role, draft.passage, draft.pays_for, draft.percent, draft.of, draft.to,
        "，".join(p for p in (draft.condition, draft.some) if p) or None, draft.derived, draft.via,
    )


@lru_cache(maxsize=8)
def _parties(payers: tuple[Term, ...], definitions: tuple[tuple[str, Passage], ...]) -> Parties:
    """The vocabulary made ready, once for all the cells of a plan."""
    return Parties(payers, dict(definitions))


def funding(
    cell: Span, payers: Sequence[Term], definitions: Mapping[str, Passage], guarantee: Span | None = None
) -> tuple[tuple[Funding, ...], tuple[Contribution, ...]]:
    """Who pays what, and contribution rates, of a row.

    cell: the 支出责任 cell. payers: the vocabulary of payers. definitions: words that a note of the plan
    defines (各级财政负担 → the note). guarantee: the 保障标准 cell, where contribution rates stand.
    Payers the vocabulary does not know come out as written.
    """
    parties = _parties(tuple(payers), tuple(definitions.items()))
    read = flat(cell)
    rates = (*(contributions(flat(guarantee), parties) if guarantee else ()), *contributions(read, parties))
    return tuple(_funding(d) for d in settle(_read(read, parties))), rates
