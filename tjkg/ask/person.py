"""The person (family, employer, base) a question describes, as facts for screening.

A clause speaks of somebody (我爸…, 家里…); the facts of the one the question is about are kept, those of
the whole family are shared, and a word with a negator before it states the contrary.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from tjkg.ask.denial import DENIED, is_denied
from tjkg.ask.facts_said import FactsSaid
from tjkg.ask.lexicon import Mention
from tjkg.ask.measures import ages, measures
from tjkg.ask.reading import Reading
from tjkg.ask.snapshot import Snapshot, Word
from tjkg.ask.subjects import beneficiary, subjects

__all__ = ["Person", "describe"]

# Somebody else stands after it: 跟着奶奶过.
_WITH = r"(?:跟着?|和|与|随着?|由|靠)(?:他|她|我)?$"
# Said of people and of things alike.
_GONE = frozenset(("没了", "走了", "不在了", "死了", "没"))
_LONG = 7  # characters of a service's name: what it holds describes nobody
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


def describe(reading: Reading, snapshot: Snapshot, asked: Iterable[tuple[int, int]] = ()) -> Person:
    """Whom the question is about and what it says of them.

    asked: stretches of the question that say what is asked for; words in them state nothing (能吃低保吗).
    """
    reading = reading.without(list(asked))
    person = Person()
    text = reading.text
    spans = [(m.start, m.end) for m in reading.of("word", "group")]
    pieces = subjects(reading)
    about = beneficiary(pieces)
    facts = FactsSaid(snapshot)
    used = measures(reading, snapshot, facts, person)
    year = int(str(snapshot.plan["date"])[:4])
    for piece in pieces:
        for low, high, said in ages(reading, piece.start, piece.end, used, year):
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
