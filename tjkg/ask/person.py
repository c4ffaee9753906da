"""The person (family, employer, base) a question describes, as facts for screening.

A clause speaks of somebody (我爸…, 家里…); the facts of the one the question is about are kept, those of
the whole family are shared, and a word with a negator before it states the contrary.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from tjkg.ask.denial import DENIED, is_denied
from tjkg.ask.facts_said import FactsSaid, bounds
from tjkg.ask.lexicon import Mention
from tjkg.ask.numbers import Number
from tjkg.ask.reading import Reading
from tjkg.ask.snapshot import Snapshot, Word

__all__ = ["Person", "describe"]

# Somebody else stands after it: 跟着奶奶过.
_WITH = r"(?:跟着?|和|与|随着?|由|靠)(?:他|她|我)?$"
# A bare number is an age: 我今年66了, 我妈78，, 孤儿19了, 才15，
_BARE_AGE = r"^(?:了|啦|整|的|，|。|？|！|$|多了|多，)"
_NOT_AGE_BEFORE = r"[第约共是出补领给发有\d.：/-]$"
_COHORT = r"(\d0|[〇零五六七八九]零?)后"
_BORN = r"(?<!\d)((?:19|20)?\d\d)年?(?:出生|生人|生的|生，|生$)|(?<!\d)((?:19)?[3-9]\d)年的(?=[，。？！；]|$)"
# Said of people and of things alike.
_GONE = frozenset(("没了", "走了", "不在了", "死了", "没"))
_LONG = 7  # characters of a service's name: what it holds describes nobody
# An old person spoken of after one's parents is one of them.
_ELDERS = frozenset(("老人", "老太太", "老爷子", "老头", "老头子"))
# Months are the age of a child that is spoken of: 孩子刚五个月.
_INFANT = r"(?:孩子|宝宝|娃娃?|闺女|儿子|女儿|丫头|小子|孙子|孙女)(?:才|刚|刚满|今年|现在|已经|也就|都)*$"
# Words that are negative themselves.
_NEGATIVE = frozenset("没无不未非")
# Sums that somebody gets.
_PAID = ("金", "费", "补贴", "补助")
# Facts that a wish brings about, not a status.
_WISHED = frozenset(("training", "employment", "business_started", "schooling"))
_WISHING = r"(?:想|打算|准备|计划|考虑)(?:要|去|再|先|着|自己|自个儿)?$"
# Somebody else than the one of the group: 退役军人的孩子.
_RELATIVES = r"(?:的|家)?(?:孩子|子女|儿子|女儿|闺女|家属|家人|媳妇|老婆|丈夫|父母|爸|妈)"
_SCHOOL = r"学|园|教|生活补助"
# Facts of the applicant that describe somebody else.
_OF_OTHERS = frozenset({"only_child_event", "parent_disabled", "parents_away", "children"})
# Facts that members of a family share.
_FAMILY = frozenset(
    "hukou residence income_status income_per_head income_below_minimum_wage registered_poor student_hardship "
    "disaster livelihood_affected house_collapsed only_home_dangerous housing_difficulty temporary_aid bereaved "
    "deceased_hukou funeral_benefit eco_burial eco_burial_date days_to_burial".split()
)
# The measure of time of such a fact: a year said stands for its days.
_GRADES = "一二三四"


@dataclass
class Person:
    """about: person, household, employer, shop, base, deceased; facts: as a profile states them; words: which
    words of the question said so; age_unsure: an age in 虚岁 was said."""

    about: str = "person"
    facts: dict[str, Any] = field(default_factory=dict)
    words: dict[str, list[str]] = field(default_factory=dict)
    age_unsure: bool = False

    @property
    def told(self) -> int:
        """How many facts are told; an age that another fact's words imply (当过兵: 18 or over) is none of them."""
        others = [w for fact, words in self.words.items() if fact != "age" for w in words]
        ages = self.words.get("age", ())
        implied = "age" in self.facts and bool(ages) and all(any(a in w or w in a for w in others) for a in ages)
        return len(self.facts) - implied

    def profile(self) -> dict[str, Any]:
        """A profile as `screen` reads it; nothing is taken for granted."""
        return {"about": self.about, "facts": self.facts, "others": "unknown"}


@dataclass(frozen=True)
class _Clause:
    start: int
    end: int
    who: str


def _subjects(reading: Reading) -> list[_Clause]:
    """Whom each clause speaks of: self, parent, child, other, family; without a subject, the one before."""
    found: list[_Clause] = []
    who = ""
    kin = [m for m in reading.mentions if m.kind == "cue" and m.key in ("self", "parent", "child", "other", "family")]
    for start, end in reading.clauses:
        here = [m for m in kin if start <= m.start <= start + 4 and m.end <= end]
        said = _leading(reading.text, start, here)
        mine = reading.text[start : start + 1] in "我俺咱"
        if said == "other" and here and here[0].text in _ELDERS and any(p.who == "parent" for p in found):
            said = "parent"
        if said == "parent" and who in ("child", "self", "other") and not mine:
            found.append(_Clause(start, end, "parent of " + who))
            continue
        who = said or who
        found.append(_Clause(start, end, who))
    return found


def _leading(text: str, start: int, kin: list[Mention]) -> str:
    """The subject at the head of a clause: the kin word that 我, 我家, 邻居家 lead to, else the first."""
    at, said = start, ""
    while True:
        here = max((m for m in kin if m.start == at), key=lambda m: m.length, default=None)
        if here is None:
            break
        said = here.key
        at = here.end
        while text[at : at + 1] in ("的", "家") and text[at : at + 1]:
            at += 1
    if said:
        return said
    first = min(kin, key=lambda m: (m.start, -m.length), default=None)
    lead = text[start : first.start] if first else ""
    return first.key if first and re.fullmatch(r"(?:那|要是|如果|假如|就是|有个|有一个|这|现在|请问|问下|问一下|想问下|你好)*", lead) else ""


def _stated(reading: Reading, snapshot: Snapshot) -> Iterator[tuple[Mention, Word]]:
    """Every (mention, what it states) of words, and of groups by the words that are related to them."""
    related: dict[str, list[Word]] = {}
    exact: dict[str, list[Word]] = {}
    for word in snapshot.words.values():
        for name in word.groups:
            related.setdefault(name, []).append(word)
        for name in word.exact_groups:
            exact.setdefault(name, []).append(word)
    names = [
        m for m in reading.mentions
        if m.length > 3 and (m.kind in ("item", "indicator") or m.kind in ("section", "domain", "category") and m.how == "name"
                             or m.kind == "service" and (m.how == "spoken" or m.text == m.key or m.length >= _LONG))
    ]
    said: list[tuple[Mention, list[Word]]] = []
    for mention in reading.of("word", "group"):
        if mention.kind == "word":
            said.append((mention, [snapshot.words[mention.key]]))
        else:
            by_kind = [w for name in snapshot.above(mention.key) for w in related.get(name, ())]
            said.append((mention, by_kind + exact.get(mention.key, [])))
    for mention, words in said:
        if any(n.holds(mention) for n in names):
            continue
        for word in words:
            if not any(_shadows(other, theirs, mention, word) for other, theirs in said):
                yield mention, word


def _shadows(other: Mention, theirs: list[Word], mention: Mention, word: Word) -> bool:
    """Whether a longer mention takes the place of a word in it: it speaks of the same fact (小学 in 中小学生),
    or of somebody else (残了 in 独生子女残了的), or is one character longer (特困 in 特困难)."""
    facts = {w.fact for w in theirs}
    if (other.start, other.end) == (mention.start, mention.end) and other.kind == "word" and mention.kind == "group":
        return word.fact in facts  # the word itself says it better than the group's name
    if not other.holds(mention) or not theirs:
        return False
    return word.fact in facts or bool(facts & _OF_OTHERS) and word.fact not in _OF_OTHERS or (
        other.how != "gap" and other.start == mention.start and other.length == mention.length + 1
    )


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


def _measures(reading: Reading, snapshot: Snapshot, facts: FactsSaid, person: Person) -> set[int]:
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
            far = len(gap) > 14 and number.unit != "年"
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


def _ages(reading: Reading, start: int, end: int, used: set[int], year: int) -> Iterator[tuple[Any, Any, str]]:
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


def describe(reading: Reading, snapshot: Snapshot, asked: Iterable[tuple[int, int]] = ()) -> Person:
    """Whom the question is about and what it says of them.

    asked: stretches of the question that say what is asked for; words in them state nothing (能吃低保吗).
    """
    reading = reading.without(list(asked))
    person = Person()
    text = reading.text
    spans = [(m.start, m.end) for m in reading.of("word", "group")]
    pieces = _subjects(reading)
    about = _beneficiary(pieces)
    facts = FactsSaid(snapshot)
    used = _measures(reading, snapshot, facts, person)
    year = int(str(snapshot.plan["date"])[:4])
    for piece in pieces:
        for low, high, said in _ages(reading, piece.start, piece.end, used, year):
            if piece.who not in ("", about) and not (piece.who == "family"):
                continue
            if low is None and high is None:
                person.age_unsure = True
                continue
            facts.put("age", low, high) if "age" not in facts.ranges else facts.narrow("age", low, high)
            person.words.setdefault("age", []).append(said)
    explicit_age = facts.ranges.get("age")
    for mention, word in _stated(reading, snapshot):
        who = next((p.who for p in pieces if p.start <= mention.start < p.end), "")
        word_ = _for_beneficiary(word, who, about, snapshot)
        if word_ is None:
            continue
        if word_.fact == "bereaved" and not _of_somebody(reading, mention):
            continue
        if _says_nothing(text, mention, word_):
            continue
        denied = mention.how != "gap" and mention.text[0] not in _NEGATIVE and is_denied(text, mention.start, mention.end, spans)
        if denied and (word_.fact == "age" or word_.fact == "employment" and mention.text.endswith(_PAID)):
            continue  # not to be of an age, or not to get a sum, tells no other
        if denied and mention.kind == "group" and mention.key not in (*word.groups, *word.exact_groups):
            continue  # 非涉农专业 says nothing of students at large
        if word_.fact == "age" and (explicit_age is not None or re.search(_WITH, text[: mention.start])):
            continue
        facts.state(word_, denied)
        noted = person.words.setdefault(word_.fact, [])
        if mention.text not in noted:
            noted.append(("非" if denied else "") + mention.text)
        if word_.about and not denied and (word_.values or word_.low is not None):
            person.about = word_.about
    _hukou_of_places(reading, facts, person)
    _school_of_places(reading, facts)
    if "student_hardship" in facts.codes and "schooling" not in facts.codes and about != "child" and not re.search(_SCHOOL, text):
        del facts.codes["student_hardship"]
    person.facts = {
        fact: value for fact, value in facts.profile().items()
        if not snapshot.facts[fact]["about"] or person.about in snapshot.facts[fact]["about"]
    }
    return person


def _says_nothing(text: str, mention: Mention, word: Word) -> bool:
    """Whether a word only says what somebody wishes to be (想开公司), or whose child somebody is (残疾人的孩子)."""
    if word.fact in _WISHED and re.search(_WISHING, text[: mention.start]):
        return True
    return mention.kind == "group" and word.fact not in (*_OF_OTHERS, *_FAMILY) and re.match(_RELATIVES, text[mention.end :]) is not None


def _of_somebody(reading: Reading, mention: Mention) -> bool:
    """Whether 没了, 走了, 不在了 speak of a person: a kin word stands right before, or nothing of its clause."""
    if mention.kind != "word" or mention.text not in _GONE:
        return True
    a, _ = reading.clause(mention.start)
    before = reading.text[a : mention.start].rstrip("都也就已经前年去今")
    kin = [m for m in reading.mentions if m.kind == "cue" and m.key in ("parent", "other", "child")]
    return not before or any(m.end == a + len(before) for m in kin)


def _beneficiary(pieces: list[_Clause]) -> str:
    """Whom the question is about: the subject of its last clause that has one (not the family, not somebody's parents)."""
    own = [p.who for p in pieces if p.who and p.who != "family" and not p.who.startswith("parent of")]
    return own[-1] if own else ""


def _for_beneficiary(word: Word, who: str, about: str, snapshot: Snapshot) -> Word | None:
    """What a word in a clause about somebody says of the one the question is about; None: nothing."""
    if not about or who in ("", about, "family"):
        return word
    if word.fact in _FAMILY:
        return word
    if who.startswith("parent") and word.fact in ("disability_kind", "disability_grade") and "parent_disabled" in snapshot.facts:
        return Word("parent_disabled", (True,), None, None, None, False, (), ())
    if who.startswith("parent") and word.fact in ("parents_away", "parent_disabled"):
        return word
    return None


def _hukou_of_places(reading: Reading, facts: FactsSaid, person: Person) -> None:
    """河北户口, 户口在山东: a place beside 户口 or 户籍 says where somebody is registered."""
    if "hukou" in facts.codes:
        return
    def at_once(place: Mention) -> bool:
        return reading.text[place.end : place.end + 2] not in ("户口", "户籍")

    for place in sorted(reading.of("place"), key=at_once):  # 山东户口在天津上班: the one right before comes first
        after, before = reading.text[place.end : place.end + 5], reading.text[max(0, place.start - 5) : place.start]
        if "hukou" in facts.codes:
            return
        if re.match(r"(?:的|农村|农业|城市|那边的?|本地|城镇)?户[口籍]", after) or re.search(r"户[口籍](?:也|都|还|就|一直|一向|现在|目前|早就|已经|仍|本来)*(?:在|是|落在|落到|迁到|归)?$", before):
            value = {"home": "天津", "away": "外地", "abroad": "外国"}[place.key]
            denied = bool(re.search(DENIED, before)) or before.endswith(("不在", "没在"))
            values = {"天津", "外地", "港澳台", "外国"}
            facts.codes["hukou"] = values - {value} if denied else {value}
            person.words.setdefault("hukou", []).append(place.text + "户口")


def _school_of_places(reading: Reading, facts: FactsSaid) -> None:
    """天津全日制正式学籍: the home region named in a clause about a school says where the school is."""
    if "school_place" in facts.codes:
        return
    for place in reading.of("place"):
        a, b = reading.clause(place.start)
        if place.key == "home" and re.match(r"(?:的|市)?[^，]{0,8}(?:学籍|学校|全日制|中专|职高|高中|中职)", reading.text[place.end : b]):
            facts.codes["school_place"] = {"天津"}
