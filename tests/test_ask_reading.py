"""Questions read: characters, numbers, words, typing errors, and the person that is described."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.golden import Case, cases
from tjkg.ask import Asker
from tjkg.ask.normalise import LONGEST, clauses, normalise
from tjkg.ask.numbers import Number
from tjkg.ask.person import Person, describe
from tjkg.ask.reading import Reading, read
from tjkg.ask.segment import Segmenter


def _read(asker: Asker, text: str) -> Reading:
    return read(normalise(text), asker.snapshot, Segmenter(asker.snapshot.frequencies))


def told(person: Person) -> str:
    """A person as the golden cases write it."""
    lines = [] if person.about == "person" else [f"about: {person.about}"]
    for fact, value in sorted(person.facts.items()):
        if isinstance(value, dict):
            parts = [f"{key} {'、'.join(map(str, v)) if isinstance(v, list) else v}" for key, v in value.items()]
            value = "；".join(parts)
        lines.append(f"{fact}: {value}")
    return "\n".join(lines + (["age: 虚岁，不作数"] if person.age_unsure else []))


def told_numbers(reading: Reading) -> str:
    """Numbers as the golden cases write them."""

    def one(n: Number) -> str:
        high = "" if n.high is None else f"–{n.high:f}"
        return f"{n.operator} {n.value.normalize():f}{high} {n.unit or ''}".rstrip()

    return "\n".join(map(one, reading.numbers)) or "没有数"


@pytest.mark.parametrize("case", cases("people", "ask"), ids=lambda c: c.title)
def test_people(case: Case, asker: Asker) -> None:
    assert told(describe(_read(asker, case.given), asker.snapshot)) == case.expected


@pytest.mark.parametrize("case", cases("numbers", "ask"), ids=lambda c: c.title)
def test_numbers(case: Case, asker: Asker) -> None:
    assert told_numbers(_read(asker, case.given)) == case.expected


@given(st.text())
def test_normalised_text_stays_normalised(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once or len(once) > LONGEST
    assert not any(ord(c) < 32 for c in once)


@given(st.text(alphabet="我他，。？吗五a 7、"))
def test_clauses_are_the_text_without_its_marks(text: str) -> None:
    found = clauses(text)
    assert "".join(text[a:b] for a, b in found) == "".join(c for c in text if c not in "，。？！；")


@given(st.text(alphabet="零一二三四五六七八九十百千万两多几岁块元成以上不到超过0123456789.半"))
def test_any_numerals_can_be_read(text: str) -> None:
    from decimal import Decimal

    from tjkg.ask.numbers import numbers

    units = {"岁": ("岁", Decimal(1)), "块": ("元", Decimal(1)), "元": ("元", Decimal(1)), "成": ("%", Decimal(10))}
    for n in numbers(text, units, []):
        assert 0 <= n.start < n.end <= len(text) and n.value >= 0


@pytest.mark.parametrize(
    ("typed", "service"),
    [("低宝多少钱", "最低生活保障"), ("老年人住餐服务谁出钱", "老年人助餐服务"), ("中等职业教育国家助学今多少", "中等职业教育国家助学金"),
     ("残疾人拖养服务给谁", "残疾人托养服务"), ("全民建身服务谁出钱", "全民健身服务")],
)
def test_same_sounding_slips_find_the_service(typed: str, service: str, asker: Asker) -> None:
    assert service in asker.ask(typed).services


@pytest.mark.parametrize("said", ["没残疾正上大学", "俺爹七十了", "标题下的服务"])
def test_ordinary_words_are_no_slips(said: str, asker: Asker) -> None:
    assert not [m for m in _read(asker, said).mentions if m.how == "sound"]


def test_the_segmentation_leaves_nothing_out(asker: Asker) -> None:
    text = "我奶奶82岁，天津农村户口，家里吃低保，能领哪些补贴？"
    assert "".join(word for _, _, word in _read(asker, text).tokens) == text


def test_the_reading_tells_which_words_were_taken_as_what(asker: Asker) -> None:
    read_as = {(r["text"], r["as"]) for r in asker.ask("五保户一个月给多少？").reading}
    assert ("五保户", "特困人员") in read_as
