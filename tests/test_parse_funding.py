"""Who pays what: golden cells, and laws that hold for any cell."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.golden import Case, cases
from tests.shared_words import payers
from tjkg.parse.funding import funding
from tjkg.parse.funding.shares import split
from tjkg.records import Contribution, Funding, Source

PAYERS = payers()
NOTE = Source("注：各级财政负担，即中央、市、区财政负担。下同。")
DEFINITIONS = {"各级财政负担": NOTE.span(2, 21).passage()}
FUNDING = cases("funding")


def read(cell: str, guarantee: str = "") -> tuple[tuple[Funding, ...], tuple[Contribution, ...]]:
    source = Source(cell)
    other = Source(guarantee).span(0, len(guarantee)) if guarantee else None
    return funding(source.span(0, len(cell)), PAYERS, DEFINITIONS, other)


def shown(found: tuple[tuple[Funding, ...], tuple[Contribution, ...]]) -> str:
    """One line an entry: payer role percent | what differs from nothing | quote."""
    lines = []
    for f in found[0]:
        head = f"{f.payer} {f.role}" + (f" {f.percent:f}%" if f.percent is not None else "")
        words = {"给": f.to, "之": f.of, "用于": f.pays_for, "当": f.condition, "算式": f.derived}
        more = [f"{key}：{value}" for key, value in words.items() if value]
        more += ["见注"] if f.via else []
        lines.append(" | ".join([head, *more, f"“{f.passage.quote}”".replace("\n", "⏎")]))
    lines += [f"费率 {c.payer} {c.rate:f}{c.unit} {c.base} | “{c.passage.quote}”" for c in found[1]]
    return "\n".join(lines)


@pytest.mark.parametrize("case", FUNDING, ids=[f"{c.line} {c.title}" for c in FUNDING])
def test_golden(case: Case) -> None:
    cell, _, guarantee = case.given.partition("\n保障标准：")
    assert shown(read(cell, guarantee)) == case.expected


@pytest.mark.parametrize("case", FUNDING, ids=[f"{c.line} {c.title}" for c in FUNDING])
def test_quotes_are_verbatim(case: Case) -> None:
    cell, _, guarantee = case.given.partition("\n保障标准：")
    payments, rates = read(cell, guarantee)
    for entry in payments:
        assert cell[entry.passage.start : entry.passage.end] == entry.passage.quote != ""
        assert entry.via is None or entry.via == DEFINITIONS["各级财政负担"]
    for rate in rates:
        assert rate.passage.quote in (cell + guarantee)


@pytest.mark.parametrize("case", FUNDING, ids=[f"{c.line} {c.title}" for c in FUNDING])
def test_shares_of_a_condition_never_exceed_the_whole(case: Case) -> None:
    payments, _ = read(case.given.partition("\n保障标准：")[0])
    for condition in {p.condition for p in payments}:
        here = [p for p in payments if p.condition == condition and p.percent is not None]
        assert sum(p.percent for p in here if p.percent is not None) <= 100


def test_no_word_names_two_payers() -> None:
    words = [label for term in PAYERS for label in term.labels]
    assert len(words) == len(set(words))


def test_a_collective_word_without_a_note_stays_what_it_is() -> None:
    source = Source("各级财政负担。")
    found, _ = funding(source.span(0, 7), PAYERS, {})
    assert [(f.payer, f.via) for f in found] == [("各级财政", None)]


def test_a_note_of_another_plan_names_other_payers() -> None:
    note = Source("本规划所称各级财政，即中央、省、市县财政。")
    source = Source("各级财政按规定负担。")
    definitions = {"各级财政": note.span(5, 20).passage()}
    found, _ = funding(source.span(0, len(source.text)), PAYERS, definitions)
    assert [f.payer for f in found] == ["中央财政", "省财政", "市县财政"]
    assert {f.via for f in found} == {definitions["各级财政"]}


def test_without_a_vocabulary_nothing_is_invented() -> None:
    source = Source("市、区财政按照4∶6比例负担。")
    assert funding(source.span(0, len(source.text)), (), {}) == ((), ())


SIGNS = st.sampled_from(["∶", "︰", ":", "：", "比"])
WORDS = st.sampled_from(["市、区财政", "市与区", "市财政和区财政", "市级、区级财政", "市、区两级财政"])
VERBS = st.sampled_from(["负担", "分担", "共同承担", "共担"])


@given(st.integers(1, 99), st.integers(1, 99), SIGNS, WORDS, VERBS, st.sampled_from(["按照", "按"]))
def test_any_ratio_sums_to_the_whole(a: int, b: int, sign: str, who: str, verb: str, by: str) -> None:
    payments, _ = read(f"由{who}{by}{a}{sign}{b}的比例{verb}。")
    assert [p.payer for p in payments] == ["市财政", "区财政"]
    assert sum(p.percent or 0 for p in payments) == 100
    assert abs((payments[0].percent or 0) - Decimal(100 * a) / (a + b)) < Decimal("0.01")


@given(st.lists(st.integers(1, 50), min_size=2, max_size=5), SIGNS)
def test_a_split_always_sums_to_the_whole(parts: list[int], sign: str) -> None:
    words = sign.join(map(str, parts)).translate(str.maketrans("∶︰：", ":::"))
    found = split(words, len(parts))
    assert sum(found) == 100 and len(found) == len(parts)


@given(st.integers(1, 99), st.integers(1, 9), st.integers(1, 9))
def test_a_nested_split_sums_to_the_whole(percent: int, a: int, b: int) -> None:
    payments, _ = read(f"中央财政承担{percent}%，其余由市、区财政按{a}:{b}分担。")
    assert [p.of for p in payments] == [None, "其余", "其余"]
    assert sum(p.percent or 0 for p in payments) == 100


@given(st.integers(1, 99))
def test_a_transfer_leaves_the_remainder(percent: int) -> None:
    payments, _ = read(f"各区财政负担，市财政给予{percent}%转移支付补助。")
    assert [(p.payer, p.percent, p.to) for p in payments] == [
        ("区财政", Decimal(100 - percent), None),
        ("市财政", Decimal(percent), "区财政"),
    ]
    assert [p.derived is None for p in payments] == [False, True]


PIECES = "市区财政中央地方负担由按照比例1:5%其余部分，。；、（）和给予转移支付补助对 \n"


@given(st.text(alphabet=PIECES, max_size=40))
def test_any_text_is_read_without_failing(text: str) -> None:
    payments, rates = read(text)
    for passage in [p.passage for p in payments] + [r.passage for r in rates]:
        assert text[passage.start : passage.end] == passage.quote
