"""Where two texts differ: noise of form is nothing, one edit is one, backwards is the same turned round."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tjkg.edits import edits, fold, same, similarity

WORDS = st.text(alphabet="每人月年元0123456789、，；。（）本市户籍岁以上\n ", max_size=40)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("每人每月500元。", "每人每月５００元"), ("4∶6", "4︰6"), ("4：6", "4:6"), ("（一、二级）", "(一、二级)"),
        ("年满 100 周岁", "年满100\n周岁"), ("“一费制”", '"一费制"'), ("100％", "100%"), ("〇", "零"),
    ],
)
def test_form_is_no_difference(one: str, other: str) -> None:
    assert same(one, other)
    assert edits(one, other) == ()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("每人每月500元", "每人每月550元", [("500", "550")]),
        ("每户每月303元", "每户每年3636元", [("月303", "年3636")]),
        ("按照4∶6比例", "按照5∶5比例", [("4∶6", "5∶5")]),
        ("200元、400元、600元", "300元、500元、600元", [("200", "300"), ("400", "500")]),
        ("甲：每人200元；乙：每人210元；丙：每人300元", "甲：每人200元；丙：每人300元", [("乙：每人210元；", "")]),
        ("未就业、未入学的", "未入学的", [("未就业、", "")]),
        ("具有本市户籍、持有残疾人证的残疾人", "具有本市户籍的残疾人", [("、持有残疾人证", "")]),
    ],
)
def test_one_edit_is_one(old: str, new: str, expected: list[tuple[str, str]]) -> None:
    assert [(e.old_text, e.new_text) for e in edits(old, new)] == expected


@given(WORDS, WORDS)
def test_backwards_is_the_same_turned_round(old: str, new: str) -> None:
    assert tuple(e.turned() for e in edits(old, new)) == edits(new, old)


@given(WORDS, WORDS)
def test_the_edits_make_the_new_text_of_the_old(old: str, new: str) -> None:
    text = old
    for edit in reversed(edits(old, new)):
        assert text[slice(*edit.old)] == edit.old_text
        assert new[slice(*edit.new)] == edit.new_text
        text = text[: edit.old[0]] + edit.new_text + text[edit.old[1] :]
    assert fold(text) == fold(new)


@given(WORDS, WORDS)
def test_likeness_is_between_none_and_all(a: str, b: str) -> None:
    assert 0 <= similarity(a, b) <= 1
    assert similarity(a, a) == 1
