"""Edits of the real plan, alone and in mixtures, each told in kind and direction and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import ROOT
from tests.forms.web import save_html
from tests.forms.word import save_docx
from tests.seeds import Seed, cut, edited, known, plain_text, says, seeds, side_of
from tjkg.build import vocabulary
from tjkg.diff import base, compare, diff, side
from tjkg.diff.change import ASPECTS, DIRECTIONS, KINDS, Change, Changes
from tjkg.diff.document import catalogue_of, texts_of
from tjkg.diff.side import Side, of_store
from tjkg.errors import DataError, InputError, NotFoundError
from tjkg.graph import plan_graph
from tjkg.iris import Edition, graph
from tjkg.parse.plan import parse
from tjkg.records import Source
from tjkg.store.cache import files
from tjkg.store.memory import open_memory

KEYS = {
    "kind", "service", "subject", "aspect", "direction", "basis", "old", "new", "groups_gained", "groups_lost",
    "quote_old", "quote_new",
}
PLAN = "tianjin-2021"


@pytest.fixture(scope="module")
def reviewed() -> Side:
    """The shipped edition, whose conditions serve documents."""
    return side(PLAN)


def _all_as_expected(found: Changes, expected: tuple[str, ...]) -> None:
    left = list(found.changes)
    for line in expected:
        hit = next((c for c in left if says(c, line)), None)
        assert hit is not None, f"{line} not in {[_short(c) for c in left]}"
        left.remove(hit)
    assert not left, [_short(c) for c in left]


def _short(change: Change) -> tuple[object, ...]:
    return (change.kind, change.aspect, change.direction, change.service or change.subject, change.old, change.new,
            change.groups_gained, change.groups_lost)


# ---------------------------------------------------------------- alone, in mixtures


@pytest.mark.parametrize("seed", seeds(), ids=lambda s: s.title)
def test_an_edit_alone(seed: Seed, reviewed: Side) -> None:
    text = cut(plain_text(), seed.edits)
    _all_as_expected(compare(side_of(text), side_of(edited(text, seed.edits)), reviewed), seed.expected)


def _apart(chosen: list[Seed]) -> list[Seed]:
    """Seeds without those that touch a row or the list of another: what they say would be of both."""
    kept: list[Seed] = []
    touched = set[str]()
    for seed in chosen:
        rows = {e.rpartition(" | ")[0] or e[:6] for e in seed.edits}
        rows |= {name for e in seed.edits for name in re.findall("↵([^⇥↵]+)⇥", e)}
        listed = any("共计" in e or "提供94项" in e for e in seed.edits)
        if rows & touched or listed and "list" in touched or seed.title.startswith(("a service split", "two services")):
            continue
        touched |= rows | ({"list"} if listed else set())
        kept.append(seed)
    return kept


@pytest.mark.parametrize("number", range(3))
def test_many_edits_at_once(number: int, reviewed: Side) -> None:
    mixture = _apart(list(seeds()[number::3]))
    assert len(mixture) > 12
    text = edited(plain_text(), tuple(e for s in mixture for e in s.edits))
    _all_as_expected(
        compare(side_of(plain_text()), side_of(text), reviewed), tuple(line for s in mixture for line in s.expected)
    )


# ---------------------------------------------------------------- laws


def test_nothing_changed(reviewed: Side) -> None:
    whole = side_of(plain_text())
    assert compare(whole, whole, reviewed).changes == ()
    assert compare(reviewed, reviewed).changes == ()


def test_an_edition_and_its_source_are_one(reviewed: Side) -> None:
    assert compare(reviewed, side_of(plain_text()), reviewed).changes == ()


def _mirrored(change: Change) -> tuple[object, ...]:
    """What a change says, without what is named after one side only."""
    return (
        change.kind, change.aspect, change.direction, change.old, change.new, change.groups_gained, change.groups_lost,
        change.difference, change.quote_old and change.quote_old.text, change.quote_new and change.quote_new.text,
        set(change.bears_more), set(change.bears_less),
    )


PARSED = tuple(s for s in seeds() if not any("共计" in e or "提供94项" in e for e in s.edits))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(PARSED))
def test_backwards_is_the_mirror(reviewed: Side, seed: Seed) -> None:
    text = cut(plain_text(), seed.edits)
    old, new = side_of(text), side_of(edited(text, seed.edits))
    there, back = compare(old, new, reviewed), compare(new, old, reviewed)
    assert sorted(map(repr, (_mirrored(c.turned()) for c in there.changes))) == sorted(
        map(repr, (_mirrored(c) for c in back.changes))
    )


@pytest.mark.parametrize("seed", seeds(), ids=lambda s: s.title)
def test_a_change_keeps_to_the_contract(seed: Seed, reviewed: Side) -> None:
    text = cut(plain_text(), seed.edits)
    for change in compare(side_of(text), side_of(edited(text, seed.edits)), reviewed).changes:
        plain = change.plain()
        assert plain.keys() >= KEYS
        assert plain["kind"] in KINDS and plain["aspect"] in ASPECTS
        assert plain["direction"] is None or plain["direction"] in DIRECTIONS
        assert plain["basis"] in ("stated", "suggested")
        assert change.quote_old or change.quote_new
        for quote, source in ((change.quote_old, text), (change.quote_new, edited(text, seed.edits))):
            if quote is not None and quote.start is not None and quote.end is not None:
                assert source[quote.start : quote.end] == quote.text
                assert quote.line == source.count("\n", 0, quote.start) + 1


# ---------------------------------------------------------------- what is compared


def test_a_document_reads_as_its_graph_does() -> None:
    plan = parse(Source(plain_text()), known())
    edition = Edition("x", "x")
    triples = plan_graph(plan, edition).serialize(format="nt", encoding="utf-8")
    shared = [(p, g) for p, g in files() if g in (graph("ontology"), graph("shared"))]
    told = of_store(open_memory([*shared, (triples, graph("x"))], "x"), "x")
    read = catalogue_of(plan, known(), edition)
    for key in ("services", "indicators", "tasks", "projects", "measures"):
        for one, other in zip(told.catalogue[key], read[key], strict=True):
            _same(one, other, f"{key}/{one.get('name') or one.get('title')}")
    assert sorted(told.texts, key=lambda t: t["start"]) == texts_of(plan)


def _same(told: object, read: object, path: str) -> None:
    """What the comparison reads of a document is in the export of its graph, the same; criteria apart."""
    if isinstance(read, dict):
        assert isinstance(told, dict), path
        for key, value in read.items():
            if key != "criterion" and (key in told or key != "standard"):
                _same(told[key], value, f"{path}/{key}")
    elif isinstance(read, list):
        assert isinstance(told, list) and len(told) == len(read), path
        for number, (a, b) in enumerate(zip(told, read, strict=True)):
            _same(a, b, f"{path}/{number}")
    else:
        assert told == read, path


TEN = tuple(
    s for s in seeds()
    if s.title in {
        "the amount of one allowance raised", "a payer less: the others bear more", "one of two income groups dropped",
        "a tier dropped", "the target of an indicator", "words only, in a standard", "a coverage lowered", "a ratio",
        "another organisation reviews", "an upper age raised",
    }
)


@pytest.fixture(scope="module")
def ten_edits(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Word copy of the plan with ten edits made by script."""
    folder = tmp_path_factory.mktemp("ten")
    return save_docx(edited(plain_text(), tuple(e for s in TEN for e in s.edits)), folder / "新规划.docx")


def test_ten_edits_of_the_word_copy(ten_edits: Path) -> None:
    assert len(TEN) == 10
    _all_as_expected(diff(PLAN, str(ten_edits)), tuple(line for s in TEN for line in s.expected))


def test_the_format_of_a_file_is_no_change(ten_edits: Path, tmp_path: Path) -> None:
    text = edited(plain_text(), tuple(e for s in TEN for e in s.edits))
    assert diff(str(save_html(text, tmp_path / "新规划.html")), str(ten_edits)).changes == ()


def test_turtle_is_compared_with_turtle(tmp_path: Path) -> None:
    folder = tmp_path / "edited"
    folder.mkdir()
    for path in (ROOT / "data" / PLAN).glob("*.ttl"):
        (folder / path.name).write_bytes(path.read_bytes())
    plan = folder / "plan.ttl"
    node = "benefit/老年人福利补贴_1_1> a "
    text = plan.read_text("utf-8")
    at = text.index("tjkg:value", text.index(node))
    plan.write_text(text[:at] + text[at:].replace("500.0", "600.0", 1), "utf-8")
    found = diff(PLAN, str(folder))
    assert [_short(c)[:4] for c in found.changes] == [("changed", "amount", "raised", "老年人福利补贴")]
    assert found.changes[0].difference == 100


def test_without_any_reviewed_edition_groups_and_words_tell() -> None:
    seed = next(s for s in seeds() if s.title == "a group replaced by a wider one")
    text = cut(plain_text(), seed.edits)
    found = compare(side_of(text), side_of(edited(text, seed.edits)), None).changes
    assert [(c.kind, c.aspect) for c in found] == [("changed", "audience")]


def test_a_declared_successor_is_stated(reviewed: Side) -> None:
    seed = next(s for s in seeds() if s.title == "a service renamed")
    new = side_of(edited(plain_text(), seed.edits))
    declared = {"老年人福利补贴": frozenset({"高龄老年人津贴"})}
    told = Side(new.name, new.catalogue, new.texts, successors=declared, loose=True)
    change, = compare(side_of(plain_text()), told, reviewed).changes
    assert (change.kind, change.basis) == ("renamed", "stated")


def test_the_base_is_found_for_two_documents() -> None:
    whole = side_of(plain_text())
    found = base(whole, whole)
    assert found is not None and found.name == PLAN


@pytest.mark.parametrize(
    ("given", "error"),
    [("nothing-of-that-name", NotFoundError), ("没有.docx", InputError), ("没有.ttl", InputError)],
)
def test_what_is_not_there_is_told(given: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        side(given)


def test_a_broken_table_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "坏.txt"
    path.write_text(plain_text().replace("每人每月500元。\t各区财政", "每人每月500元。各区财政", 1), "utf-8")
    with pytest.raises(DataError, match="第252行"):
        side(str(path))


def test_a_list_that_disagrees_with_the_tables_is_a_note(tmp_path: Path, reviewed: Side) -> None:
    path = tmp_path / "漏.txt"
    text = plain_text().replace("、老年人福利补贴（共计8项）", "（共计8项）")
    path.write_text(text, "utf-8")
    found = compare(reviewed, side(str(path)), reviewed)
    assert any("老年人福利补贴" in note for note in found.notes)


def test_the_vocabulary_of_the_tests_is_the_shipped_one() -> None:
    assert known() == vocabulary(ROOT / "data" / "shared")
