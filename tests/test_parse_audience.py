"""Whom target cells speak to: golden cases and laws."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.golden import Case, cases
from tests.shared_words import groups
from tjkg.parse.people.audience import audience, named_by_title, universal
from tjkg.records import AudienceMention, Source, Span, Term

ALL = cases("audience")
TITLES = [c for c in ALL if c.title.startswith("名称：")]
CELLS = [c for c in ALL if not c.title.startswith("名称：")]
RELATION = {"named": "专门", "included": "包括"}


def span(text: str) -> Span:
    return Source(text).span(0, len(text))


def line(mention: AudienceMention) -> str:
    """专门 or 包括, the group, and the words that say it where they are others."""
    quote = mention.passage.quote.replace("\n", "⏎")
    return f"{RELATION[mention.relation]} {mention.group}" + (f" “{quote}”" if quote != mention.group else "")


def shown(text: str) -> str:
    """One line a group; 全体 on top when the cell means everybody; 无 when it names nobody known."""
    cell = span(text.replace("⏎", "\n"))
    lines = [line(m) for m in audience(cell, groups())]
    return "\n".join(["全体"] * universal(cell, groups()) + lines) or "无"


@pytest.mark.parametrize("case", CELLS, ids=[f"{c.line} {c.title}" for c in CELLS])
def test_golden_cells(case: Case) -> None:
    assert shown(case.given) == case.expected


@pytest.mark.parametrize("case", TITLES, ids=[f"{c.line} {c.title}" for c in TITLES])
def test_golden_titles(case: Case) -> None:
    found = named_by_title(span(case.given), groups())
    assert ("\n".join(line(m) for m in found) or "无") == case.expected


@pytest.mark.parametrize("case", CELLS, ids=[f"{c.line} {c.title}" for c in CELLS])
def test_every_mention_stands_in_the_source_under_its_quote(case: Case) -> None:
    text = case.given.replace("⏎", "\n")
    before = "前文。\n"
    source = Source(before + text)
    for mention in audience(source.span(len(before), len(source.text)), groups()):
        place = mention.passage
        assert source.text[place.start : place.end] == place.quote
        assert place.line == source.text.count("\n", 0, place.start) + 1


PEOPLE = st.sampled_from(["老年人", "残疾人", "孤儿", "孕产妇", "退役军人", "高校毕业生", "低保对象", "农村居民"])
MANY = st.lists(PEOPLE, min_size=1, max_size=5, unique=True)


@given(MANY, st.sampled_from("、和及"))
def test_all_members_of_a_list_are_named(people: list[str], sign: str) -> None:
    cell = span("本省户籍" + sign.join(people))
    assert [(m.group, m.relation) for m in audience(cell, groups())] == [(p, "named") for p in people]


@given(MANY)
def test_whom_a_bracket_leaves_out_is_never_audience(people: list[str]) -> None:
    cell = span(f"本市户籍中小学生（不含{'、'.join(people)}）")
    assert [m.group for m in audience(cell, groups())] == ["中小学生"]


@given(MANY)
def test_whom_a_bracket_counts_in_is_included(people: list[str]) -> None:
    cell = span(f"本市户籍中小学生（含{'、'.join(people)}）")
    assert [m.group for m in audience(cell, groups()) if m.relation == "included"] == people


@given(PEOPLE, PEOPLE)
def test_the_whole_a_part_is_taken_from_is_only_included(whole: str, part: str) -> None:
    found = {m.group: m.relation for m in audience(span(f"{whole}中的中小学生、{part}"), groups())}
    assert found["中小学生"] == "named"
    assert found[whole] == ("named" if whole == part else "included")


def test_hidden_labels_are_for_questions_only() -> None:
    terms = (Term("老年人", "老年人", ("老年人",), hidden=("老头老太太",)),)
    assert audience(span("本村老头老太太"), terms) == ()


def test_a_scheme_of_another_city_works_as_well() -> None:
    terms = (
        Term("渔民", "渔民", ("渔民", "捕捞渔民")),
        Term("退捕渔民", "退捕渔民", ("退捕渔民",), ("渔民",), printed=("退出…捕捞的渔民",)),
    )
    found = audience(span("本县退出长江干流捕捞的渔民（不含季节性渔民）"), terms)
    assert [(m.group, m.relation) for m in found] == [("退捕渔民", "named"), ("渔民", "named")]
