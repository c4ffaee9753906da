"""Contribution rates: who pays how many per cent of what base into an insurance."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tjkg.parse.funding.parties import Parties
from tjkg.parse.funding.shares import PERCENT, portion
from tjkg.parse.text.flat import Flat, clauses
from tjkg.records import Contribution

__all__ = ["contributions"]

_PAID = r"(?:缴纳|缴费|缴存)"
# The two ways to say it: 按照工资总额的0.5%缴纳; 缴费费率为工资总额的16%. WHO stands for a known payer.
_FORMS = (
    rf"(?P<who>WHO)[^，按以]{{0,8}}?(?:按照?|以)(?P<base>[^，%]*?)的?(?P<rate>{PERCENT})"
    rf"(?:的?(?:比例|费率))?[^，]{{0,4}}?{_PAID}",
    rf"(?P<who>WHO){_PAID}?的?(?:费率|比例)(?:暂|统一|均|各)*(?:为|是|按照?)(?P<base>[^，%]*?)的?(?P<rate>{PERCENT})",
)
# A second payer in short, after one in full: 单位缴费比例为16%，职工为8%.
_SHORT = rf"^(?P<who>WHO)(?:为|按照?)(?P<base>[^，%]*?)的?(?P<rate>{PERCENT})(?:缴纳|缴费)?$"


def _one(form: str, text: str, parties: Parties) -> re.Match[str] | None:
    return re.search(form.replace("WHO", parties.known), text)


def contributions(cell: Flat, parties: Parties) -> Iterator[Contribution]:
    """The contribution rates a cell states: one for each payer, unit %, base as printed ("" where none is).

    An insurance contribution is what the Social Insurance Law (arts. 10, 12, 23, 44) has the employer and
    the employee pay by a rate of wages; a share of a cost is no contribution.
    """
    base = ""
    said = False  # a rate was stated in full: a short one may follow
    for clause in clauses(cell.text):
        text = cell.text[clause.start : clause.end]
        found = next((m for form in _FORMS if (m := _one(form, text, parties))), None)
        if found is None and said:
            found = _one(_SHORT, text, parties)
        if found is not None:
            base = cell.words(clause.start + found.start("base"), clause.start + found.end("base")) or base
            said = True
            passage = cell.passage(clause.start + found.start(), clause.end)
            for party in parties.read(found["who"]):
                yield Contribution(party.payer, portion(found["rate"]), "%", base, passage)
        if clause.closed_by == "。":
            base, said = "", False
