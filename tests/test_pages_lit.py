"""Laws of lit text: not a character is lost, every phrase that lies in it can be jumped to, elements nest."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from tests.html_reader import Page
from tjkg.web.pages.lit import Phrase, lit, place_id

TEXT = st.text(st.sampled_from("甲乙丙丁<&>\"' \n80岁以上"), min_size=1, max_size=40)


@st.composite
def texts_and_phrases(draw: st.DrawFn) -> tuple[str, int, list[Phrase]]:
    text, start = draw(TEXT), draw(st.integers(0, 50))
    places = st.tuples(st.integers(0, 100), st.integers(0, 100)).filter(lambda p: p[0] < p[1])
    kinds = st.sampled_from(["who", "amount", ""])
    return text, start, [
        Phrase(a, b, draw(kinds), draw(st.sampled_from([None, "/service/x#m1-2"])), draw(st.sampled_from([None, "“<”"])))
        for a, b in draw(st.lists(places, max_size=8))
    ]


@given(texts_and_phrases())
def test_no_character_is_lost_and_elements_nest(case: tuple[str, int, list[Phrase]]) -> None:
    text, start, phrases = case
    page = Page(str(lit(text, start, phrases)).replace("<br>", "\n"))
    assert page.text == text
    assert not page.faults
    assert not any(tag == "a" for tag, _ in page.tags) or "<a" in str(lit(text, start, phrases))


@given(texts_and_phrases())
def test_a_phrase_that_begins_here_has_its_place_once(case: tuple[str, int, list[Phrase]]) -> None:
    text, start, phrases = case
    page = Page(str(lit(text, start, phrases)))
    inside = {place_id(p.start, p.end) for p in phrases if start <= p.start < start + len(text)}
    assert sorted(page.ids) == sorted(inside)


def test_links_never_nest() -> None:
    phrases = [Phrase(0, 6, "who", "/a"), Phrase(2, 4, "amount", "/b"), Phrase(3, 8, "pay", "/c")]
    markup = str(lit("一二三四五六七八", 0, phrases))
    assert not re.search(r"<a [^>]*>[^<]*<a ", markup)
    assert markup.count("</a>") == markup.count("<a ")


def test_one_character_is_lit_and_no_link() -> None:
    assert "<a" not in lit("轻、中", 0, [Phrase(0, 1, "who", "/a")])
    assert 'class="lit who"' in lit("轻、中", 0, [Phrase(0, 1, "who", "/a")])


def test_a_phrase_over_two_cells_is_told_in_both() -> None:
    phrase = Phrase(0, 8, "who", "/a")
    used: set[str] = set()
    first, second = lit("一二三四", 0, [phrase], used=used), lit("六七八", 5, [phrase], used=used)
    assert 'id="c0-8"' in first and 'data-at="c0-8"' in second
