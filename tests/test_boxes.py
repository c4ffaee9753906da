"""Laws of the boxes, against truth tables: for any condition, whatever its shape."""

from __future__ import annotations

from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tjkg import boxes
from tjkg.boxes import Box, Space, compile_tree, holds, inside, meets
from tjkg.facts import Contradiction, Fact, Facts, Tree, parts

FACTS = Facts({
    f.id: f
    for f in (
        Fact("age", "年龄", "integer"),
        Fact("income", "收入", "decimal"),
        Fact("place", "居住地", "code", values=("农村", "镇", "城市")),
        Fact("ill", "患病"),
        Fact("status", "身份", "code", values=("孤儿", "烈属"), multiple=True),
    )
})
_ATOMS = st.one_of(
    st.builds(lambda op, v: {"fact": "age", "op": op, "value": v}, st.sampled_from([">=", ">", "<=", "<", "="]), st.integers(1, 3)),
    st.builds(lambda op, v: {"fact": "income", "op": op, "value": v}, st.sampled_from([">=", ">", "<=", "<"]), st.sampled_from([1, 1.5])),
    st.builds(lambda v: {"fact": "place", "op": "in", "value": v}, st.lists(st.sampled_from(["农村", "镇", "城市"]), min_size=1, max_size=2)),
    st.builds(lambda v: {"fact": "ill", "op": "=", "value": v}, st.booleans()),
    st.builds(lambda v: {"fact": "status", "op": "has", "value": v}, st.sampled_from(["孤儿", "烈属"])),
)
TREES = st.recursive(
    _ATOMS,
    lambda inner: st.one_of(
        st.builds(lambda p: {"all": p}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda p: {"any": p}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda p: {"not": p}, inner),
    ),
    max_leaves=6,
)


def _true(tree: Tree, point: Box, space: Space) -> bool:
    """The condition at a point, by its meaning."""
    if "fact" in tree:
        variable, mask = space.atom(tree)
        return bool(point[variable] & mask)
    if "not" in tree:
        return not _true(tree["not"], point, space)
    joined = all if "all" in tree else any
    return joined(_true(part, point, space) for part in parts(tree))


def _points(space: Space, variables: list[str]) -> list[Box]:
    cells = [[1 << i for i in range(space.full[v].bit_length())] for v in variables]
    return [dict(zip(variables, values, strict=True)) for values in product(*cells)]


def _variables(tree: Tree) -> list[str]:
    return sorted({f"{a['fact']}.{a['value']}" if a["op"] == "has" else a["fact"] for a in boxes.atoms(tree)})


@settings(max_examples=60, deadline=None)
@given(TREES)
def test_boxes_hold_exactly_where_the_condition_holds(tree: Tree) -> None:
    space, sure, may = compile_tree(tree, FACTS)
    for point in _points(space, _variables(tree)):
        wanted = _true(tree, point, space)
        assert any(inside(point, box) for box in sure) == wanted
        assert any(meets(point, box) for box in may) == wanted


@settings(max_examples=60, deadline=None)
@given(TREES, st.data())
def test_a_box_of_possibilities_is_decided_exactly(tree: Tree, data: st.DataObject) -> None:
    """Inside one maximal box, or meeting none: no third case is missed, however the facts are half known."""
    space, sure, may = compile_tree(tree, FACTS)
    variables = _variables(tree)
    half = {v: data.draw(st.integers(1, space.full[v]), label=v) for v in variables}
    members = [p for p in _points(space, variables) if inside(p, half)]
    truths = {_true(tree, p, space) for p in members}
    assert any(inside(half, box) for box in sure) == (truths == {True})
    assert (not any(meets(half, box) for box in may)) == (truths == {False})


@settings(max_examples=40, deadline=None)
@given(TREES)
def test_stored_boxes_read_back_in_a_finer_space(tree: Tree) -> None:
    space, sure, _ = compile_tree(tree, FACTS)
    plain = boxes.store(sure, space)
    cuts = boxes.cuts_of(FACTS, [tree, {"fact": "age", "op": ">=", "value": 2}, {"fact": "income", "op": "<", "value": 1.2}])
    fine = Space(FACTS, cuts)
    assert boxes.store(boxes.load(plain, fine), fine) == plain
    again = boxes.primes(holds(tree, fine, True), fine.full)
    assert boxes.store(again, fine) == plain


def test_what_cannot_be_decides_too() -> None:
    working: Tree = {"fact": "ill", "op": "=", "value": True}
    young: Tree = {"fact": "age", "op": "<", "value": 16}
    facts = Facts(FACTS.known, contradictions=(Contradiction("小孩不患这种病", young, working),))
    space, sure, may = compile_tree({"not": working}, facts)
    child = {"age": space.range("age", boxes.LOW, (16, 0)), "ill": space.full["ill"] & ~space.na("ill")}
    assert any(inside(child, box) for box in sure)
    _, _, may = compile_tree(working, facts)
    assert not any(meets(child, box) for box in may)


def test_ranges_are_told_by_their_ends() -> None:
    tree: Any = {"all": [{"fact": "age", "op": ">", "value": 59}, {"fact": "age", "op": "<=", "value": 64}]}
    space, sure, _ = compile_tree(tree, FACTS)
    assert [space.describe(v, m) for v, m in sure[0].items()] == [["60..64"]]
