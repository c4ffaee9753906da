"""The numbers that a question tells of somebody: ages, and measures beside the words that name them."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tjkg.ask.facts_said import FactsSaid, bounds
from tjkg.ask.numbers import Number
from tjkg.ask.reading import Reading
from tjkg.ask.snapshot import Snapshot

if TYPE_CHECKING:
    from tjkg.ask.person import Person

__all__ = ["ages", "measures"]

# A bare number is an age: 我今年66了, 我妈78，, 孤儿19了, 才15，
_BARE_AGE = r"^(?:了|啦|整|的|，|。|？|！|$|多了|多，)"
_NOT_AGE_BEFORE = r"[第约共是出补领给发有\d.：/-]$"
_COHORT = r"(\d0|[〇零五六七八九]零?)后"
_BORN = r"(?<!\d)((?:19|20)?\d\d)年?(?:出生|生人|生的|生，|生$)|(?<!\d)((?:19)?[3-9]\d)年的(?=[，。？！；]|$)"
# Months are the age of a child that is spoken of: 孩子刚五个月.
_INFANT = r"(?:孩子|宝宝|娃娃?|闺女|儿子|女儿|丫头|小子|孙子|孙女)(?:才|刚|刚满|今年|现在|已经|也就|都)*$"


def _fits(unit: str | None, number: Number) -> bool:
    """Whether a number can be the measure of a fact with such a unit."""
    if unit is None:
        return number.unit == "年"
    wanted = unit.split("/")[0]
    if number.unit == wanted:
        return True
    return number.unit is None and (wanted != "元" or number.value >= 50) and wanted not in ("日",)


def _days(year: int, after: str) -> tuple[str, str]:
    """The first and last day of a year, or of the month or day said after it (2020年3月, 2020年3月5日)."""
    match = re.match(r"年?(1[0-2]|[1-9])月(?:([12]\d|3[01]|[1-9])[日号])?", after)
    if match is None:
        return f"{year}-01-01", f"{year}-12-31"
    month = int(match[1])
    if match[2]:
        return (f"{year}-{month:02d}-{int(match[2]):02d}",) * 2
    return f"{year}-{month:02d}-01", f"{year}-{month:02d}-{monthrange(year, month)[1]:02d}"


def measures(reading: Reading, snapshot: Snapshot, facts: FactsSaid, person: Person) -> set[int]:
    """Numbers beside words that name a measure: 人均收入900, 直接安置了7个. Gives back which numbers were used."""
    used: set[int] = set()
    for mention in reading.of("word"):
        word = snapshot.words[mention.key]
        fact = snapshot.facts.get(word.fact)
        if fact is None or word.values or word.low is not None or word.high is not None:
            continue
        near = [n for n in reading.numbers if _fits(fact["unit"], n) and n.start not in used]
        near.sort(key=lambda n: min(abs(n.start - mention.end), abs(mention.start - n.end)))
        for number in near[:1]:
            gap = reading.text[mention.end : number.start] if number.start >= mention.end else reading.text[number.end : mention.start]
            far = len(gap) > 14 and number.unit != "年" or gap.startswith("的")  # 接收安置的一名士兵 counts nobody placed
            if far or (number.unit is None and (number.start < mention.end or len(gap) > 4)):
                continue
            if fact["type"] == "date":
                facts.put(word.fact, *_days(int(number.value), reading.text[number.end :]))
            else:
                facts.put(word.fact, *bounds(number, fact["type"] == "integer"))
            used.add(number.start)
            person.about = word.about or person.about
            person.words.setdefault(word.fact, []).append(number.text)
    return used


def ages(reading: Reading, start: int, end: int, used: set[int], year: int) -> Iterator[tuple[Any, Any, str]]:
    """(lowest, highest, words) of the ages said in a clause; (None, None, …) for an age in 虚岁."""
    text = reading.text
    for match in re.finditer(_COHORT, text[start:end]):
        decade = "〇零五六七八九".find(match[1][0])
        tens = int(match[1]) if match[1].isdigit() else (0 if decade < 2 else (decade + 3) * 10)
        birth = (1900 if tens >= 40 else 2000) + tens
        yield year - birth - 9, year + 4 - birth, match[0]
    for match in re.finditer(_BORN, text[start:end]):
        birth = int(match[1] or match[2])
        birth += 1900 if birth < 100 and birth > 25 else 2000 if birth < 100 else 0
        yield year - birth - 1, year + 4 - birth, match[0]
    for number in reading.numbers:
        if not (start <= number.start < end) or number.start in used:
            continue
        before, after = text[max(start, number.start - 1) : number.start], text[number.end : end + 1]
        if number.text.endswith("个月") and number.unit == "日" and number.value <= 36 * 30 and re.search(_INFANT, text[start : number.start]):
            yield 0, int(number.value) // 360, number.text
        elif number.unit == "虚岁" or (text[max(0, number.start - 2) : number.start] == "虚岁"):
            yield None, None, number.text
        elif number.unit == "岁":
            yield *bounds(number, whole=True), number.text
        elif (
            number.unit is None and 3 <= number.value <= 120 and number.value == int(number.value)
            and re.match(_BARE_AGE, after or "，") and not re.search(_NOT_AGE_BEFORE, before) and not after.startswith("后")
        ):
            yield *bounds(number, whole=True), number.text
