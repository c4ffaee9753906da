"""A plan and an amendment notice give the new edition's text; what does not fit is told, never guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.golden import Case, cases
from tjkg.amend import Amended, Change, amend
from tjkg.messages import FINDINGS, FINDINGS_WHY
from tjkg.parse.plan import structure
from tjkg.read import read
from tjkg.records import Source

BASE = read(Path(__file__).parents[1] / "data" / "tianjin-2021" / "source.txt")
SINCE = "\n本通知自2026年1月1日起施行。"


def told(done: Amended) -> list[str]:
    return [*(_change(c) for c in done.changes), *(f"! {f.rule} {f.service or ''}".rstrip() for f in done.findings)]


def _change(change: Change) -> str:
    number = f"({change.number}) " if change.number else ""
    service = f"{change.service} " if change.service else ""
    return f"{service}{number}{change.aspect}: {change.old} → {change.new}"


@pytest.mark.parametrize("case", cases("notices", "amend"), ids=lambda c: c.title)
def test_notices(case: Case) -> None:
    notice = Source(case.given + SINCE, "notice.txt")
    done = amend(BASE, notice)
    found = told(done)
    if not case.expected:
        assert [f.rule for f in done.findings] == ["amend-nothing"]
    else:
        assert found == case.expected.split("\n")
    assert done.valid_from == "2026-01-01"
    assert all(notice.text[f.passage.start : f.passage.end] == f.passage.quote for f in done.findings if f.passage)
    assert all(notice.text[c.passage.start : c.passage.end] == c.passage.quote for c in done.changes)
    if not done.changes:
        assert done.source.text == BASE.text


@pytest.mark.parametrize("case", cases("notices", "amend"), ids=lambda c: c.title)
def test_the_new_text_is_a_whole_plan_and_only_the_ordered_cells_differ(case: Case) -> None:
    done = amend(BASE, Source(case.given + SINCE))
    old, new = structure(BASE), structure(done.source)
    assert new.findings == ()
    touched = {c.service for c in done.changes}
    rows = {s.name: [_cells(r) for r in s.standards] for s in old.services if s.name not in touched}
    assert {s.name: [_cells(r) for r in s.standards] for s in new.services if s.name not in touched} == rows


def _cells(row: object) -> list[str]:
    return [getattr(row, aspect).text for aspect in ("target", "guarantee", "funding", "coverage")]


def test_dates_of_effect() -> None:
    order = "取消“送戏曲下乡”。"
    assert amend(BASE, Source(f"自2026年7月1日起，{order}")).valid_from == "2026-07-01"
    issued = amend(BASE, Source(f"{order}\n本通知自印发之日起施行。\n\n2025年12月5日"))
    assert (issued.valid_from, issued.findings) == ("2025-12-05", ())
    none = amend(BASE, Source(order))
    assert (none.valid_from, [f.rule for f in none.findings]) == (None, ["amend-no-date"])
    two = amend(BASE, Source(f"自2026年7月1日起，{order}" + SINCE))
    assert [f.rule for f in two.findings] == ["amend-dates"]


def test_breaks_of_a_notices_table_stay_only_where_the_text_can_carry_them() -> None:
    header = "服务项目\t服务对象\t保障标准\t支出责任\t覆盖水平"
    row = "老年人福利补贴\t本市户籍老年人\t95岁每月500元；\n100岁每月800元。\t各区财政负担。\t100%"
    done = amend(BASE, Source(f"{header}\n{row}{SINCE}"))
    service = next(s for s in structure(done.source).services if s.name == "老年人福利补贴")
    assert _cells(service.standards[0]) == row.split("\t")[1:]


def test_every_finding_has_its_sentence() -> None:
    found = {f.rule for case in cases("notices", "amend") for f in amend(BASE, Source(case.given)).findings}
    assert found <= set(FINDINGS)
    assert found <= set(FINDINGS_WHY)
