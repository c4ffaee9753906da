"""The waiting line: a model of fairness, and bounds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tjkg.web.line import Line


def test_each_client_in_turn() -> None:
    line: Line[str] = Line(100)
    for item in ("a1", "a2", "a3", "a4", "b1", "c1", "b2"):
        assert line.put(item[0], item)
    assert [line.take() for _ in range(8)] == ["a1", "b1", "c1", "a2", "b2", "a3", "a4", None]


def test_one_client_fills_half_of_the_line() -> None:
    line: Line[int] = Line(10)
    assert [line.put("a", n) for n in range(7)] == [True] * 5 + [False] * 2
    assert [line.put(str(n), n) for n in range(7)] == [True] * 5 + [False] * 2
    assert len(line) == 10


def test_a_client_that_may_not_is_passed_over() -> None:
    line: Line[str] = Line(10)
    for item in ("a1", "b1"):
        line.put(item[0], item)
    assert line.take(lambda client: client != "a") == "b1"
    assert line.take(lambda client: client != "a") is None
    assert list(line) == ["a1"] and line.drop("a", "a1") and not line.drop("a", "a1") and len(line) == 0


def test_one_that_was_there_before_comes_first() -> None:
    line: Line[str] = Line(10)
    line.put("a", "a1")
    line.put("a", "a0", first=True)
    assert line.take() == "a0"


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.integers())))
def test_nobody_waits_longer_than_a_round(puts: list[tuple[str, int]]) -> None:
    line: Line[tuple[str, int]] = Line(10_000)
    for client, number in puts:
        line.put(client, (client, number))
    waiting = {c: sum(1 for d, _ in puts if d == c) for c in "abcd"}
    since = dict.fromkeys("abcd", 0)
    while (found := line.take()) is not None:
        waiting[found[0]] -= 1
        for client in since:
            since[client] = 0 if client == found[0] or not waiting[client] else since[client] + 1
        assert max(since.values()) < 4
    assert sum(waiting.values()) == 0
