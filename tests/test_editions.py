"""New editions: conditions carried over or suggested, a notice made an edition, the one in force on a day."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import PLAN
from tjkg.build import build, check, write
from tjkg.catalogue import show
from tjkg.cli import main
from tjkg.criteria import load
from tjkg.editions import Revised, amended, beside
from tjkg.errors import DataError, InputError
from tjkg.iris import graph
from tjkg.query import load as load_question
from tjkg.resources import data_dir
from tjkg.store import open_local
from tjkg.store.cache import files
from tjkg.validation.dataset import given

SAMPLE = "老年人福利补贴"
NOTICE = f"""关于调整部分基本公共服务标准的通知

一、将“{SAMPLE}”的服务对象中的“年满100周岁”修改为“年满95周岁”。
二、将“{SAMPLE}”的保障标准由“每人每月500元”调整为“每人每月600元”。
三、将“法律援助”的保障标准由“一元”调整为“二元”。

2025年12月20日
本通知自2026年1月1日起施行。
"""
NAME = "tianjin-2021-2026-01-01"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the shipped edition and the one that a notice makes of it."""
    folder = tmp_path_factory.mktemp("editions")
    shutil.copytree(data_dir(), folder / "data")
    return folder / "data"


@pytest.fixture(scope="module")
def revised(data: Path) -> Revised:
    notice = data.parent / "notice.txt"
    notice.write_text(NOTICE, "utf-8")
    found = amended("tianjin-2021", notice, data)
    write(found.built, data / found.id)
    return found


def test_a_notice_makes_an_edition_and_tells_what_it_did_not_do(revised: Revised) -> None:
    assert (revised.id, revised.done.valid_from, revised.done.issued) == (NAME, "2026-01-01", "2025-12-20")
    assert [(c.service, c.aspect) for c in revised.done.changes] == [(SAMPLE, "target"), (SAMPLE, "guarantee")]
    assert [f.rule for f in revised.done.findings] == ["amend-not-found"]


def test_the_day_picks_the_edition_in_force(data: Path, revised: Revised) -> None:
    paths = files(data=data)
    assert open_local(on="2025-12-31", paths=paths).plan == "tianjin-2021"
    assert open_local(on="2026-01-01", paths=paths).plan == open_local(paths=paths).plan == revised.id
    assert check(build(data / NAME, data)) == []


def test_only_the_changed_condition_is_suggested(data: Path, revised: Revised) -> None:
    old, new = (load(open_local(plan, paths=files(data=data))) for plan in ("tianjin-2021", NAME))
    assert [(r.service, r.number) for r in new.standards] == [(r.service, r.number) for r in old.standards]
    changed = [r.service for r in new.standards if r.criterion.state == "suggested"]
    assert changed == [SAMPLE]
    age = next(r for r in new.standards if r.service == SAMPLE).criterion.tree["all"]
    assert [(a["quote"], a["value"]) for a in age if a["fact"] == "age"] == [("年满95周岁", 95)]
    before = {r.iri.rpartition("/")[2]: (r.excludes, r.builds_on, len(r.benefits)) for r in old.standards}
    after = {r.iri.rpartition("/")[2]: (r.excludes, r.builds_on, len(r.benefits)) for r in new.standards}
    assert {k: (len(a), len(b), n) for k, (a, b, n) in before.items()} == {k: (len(a), len(b), n) for k, (a, b, n) in after.items()}


def test_every_quote_of_a_condition_stands_in_the_new_text(revised: Revised, data: Path) -> None:
    from tjkg.validate import check as findings
    from tjkg.validation.shacl import plain_engine

    (dataset,) = given([data / NAME])
    found = findings(dataset, plain_engine("fast"))
    assert [(f.rule, f.service) for f in found if f.severity == "violation"] == []
    assert [f.service for f in found if f.rule == "criterion-not-reviewed"] == [SAMPLE]


def test_a_document_of_the_region_takes_the_conditions_of_its_latest_edition(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text((PLAN / "source.txt").read_text("utf-8").replace("年满100周岁", "年满95周岁", 1), "utf-8")
    built = beside(path)
    assert built.carried is not None and built.carried[1] == 1
    assert b'criterionState "suggested"' in built.files["eligibility.ttl"]
    assert b"id/tianjin/service/" in built.files["plan.ttl"]


def test_a_document_of_another_place_takes_none_unless_asked_and_then_only_suggestions(tmp_path: Path) -> None:
    path = Path(__file__).parent / "fixtures" / "places" / "linhai.txt"
    assert "eligibility.ttl" not in beside(path).files
    built = beside(path, "tianjin-2021")
    assert built.carried is not None and built.carried[0] == 0 < built.carried[1]
    with pytest.raises(InputError, match="没有版本"):
        beside(path, "nowhere")


def test_a_notice_without_a_date_or_a_change_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notice.txt"
    path.write_text("通知\n各单位要加强管理。\n本通知自2026年1月1日起施行。", "utf-8")
    with pytest.raises(DataError, match="没有找到对本规划的修改"):
        amended("tianjin-2021", path)
    path.write_text(NOTICE.replace("本通知自2026年1月1日起施行。", ""), "utf-8")
    with pytest.raises(DataError, match="没有写明何时施行"):
        amended("tianjin-2021", path)


def test_the_command_line_tells_changes_and_what_was_not_done(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "notice.txt"
    path.write_text(NOTICE, "utf-8")
    assert main(["build", "tianjin-2021", str(path), "--out", str(tmp_path / NAME)]) == 0
    told = capsys.readouterr().out
    assert "“每人每月500元” → “每人每月600元”" in told and "未改" in told and "建议 1 条" in told
    assert {p.name for p in (tmp_path / NAME).iterdir()} == {"plan.ttl", "source.txt", "edition.ttl", "eligibility.ttl"}


def test_another_citys_plan_is_asked_like_the_shipped_one(tmp_path: Path) -> None:
    built = beside(Path(__file__).parent / "fixtures" / "places" / "linhai.txt")
    (path, *_) = write(built, tmp_path / built.folder.name)
    shared = [(p, g) for p, g in files() if g in (graph("ontology"), graph("shared"))]
    store = open_local(paths=[*shared, (path, graph(built.folder.name))])
    assert store.plan == built.folder.name
    service = show(store, "高龄津贴")
    assert (service["category"], service["domain"]) == ("老有康养", "老有康养")
    assert [(b["value"], b["period"]) for b in service["benefits"]] == [(50, "每月"), (100, "每月"), (200, "每月"), (1000, "每月")]
    assert [(a["name"], a["role"]) for a in service["agencies"]] == [("市民政局", "牵头")]
    assert len(store.select(load_question("all-services")).rows) == 12
