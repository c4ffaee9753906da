"""Forty-eight applicants, written from the plan alone: every one gets what the plan gives, and nothing else."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from typing import Any

import pytest

from tests.people import ROOT
from tjkg.applicant import profile
from tjkg.screen import Screener
from tjkg.store.local import Local

Json = dict[str, Any]
APPLICANTS: list[Json] = tomllib.loads((ROOT / "tests/applicants.toml").read_text(encoding="utf-8"))["applicant"]
WANTED = ("eligible", "ineligible", "depends")


@pytest.fixture(scope="module")
def screener(store: Local) -> Screener:
    return Screener(store)


def _overall(verdicts: Iterable[str]) -> str:
    """The verdict on a service of several standards: one that is met is enough, none may be left open."""
    found = set(verdicts)
    if "eligible" in found:
        return "eligible"
    return "depends" if "depends" in found else "ineligible"


def _by_service(results: Iterable[Json]) -> dict[str, list[Json]]:
    found: dict[str, list[Json]] = {}
    for result in results:
        found.setdefault(result["service"], []).append(result)
    return found


def _why(rows: Iterable[Json]) -> str:
    """The phrases of a verdict with ✓ met, ✗ not met, ? not known, and what is missing."""
    told = []
    for row in rows:
        marks = {True: "✓", False: "✗", None: "?"}
        told += [f"{marks[b['met']]}{b['text']}〔{b['quote']}〕" for b in row["because"]]
        told += [f"{kind}: {', '.join(row[kind])}" for kind in ("missing", "delegated", "plan_silent", "readings") if row[kind]]
    return " ".join(told)


def _amounts(rows: Iterable[Json]) -> set[float]:
    """The sums of money that are the applicant's for sure."""
    return {
        float(b["value"]) for row in rows for b in row["benefits"]
        if b["verdict"] == "eligible" and b["currency"] and b["value"] is not None
    }


def disagreements(wanted: Mapping[str, Any], results: Iterable[Json]) -> list[str]:
    """What a screening says otherwise than the file, a line each."""
    rows = _by_service(results)
    lines = []
    for verdict in WANTED:
        for service in wanted[verdict]:
            if service not in rows:
                lines.append(f"{service}: 没有这项服务")
            elif (found := _overall(r["verdict"] for r in rows[service])) != verdict:
                lines.append(f"{service}: 应为 {verdict}，判为 {found}。{_why(rows[service])}")
    for service, amounts in wanted.get("benefits", {}).items():
        if lost := set(map(float, amounts)) - _amounts(rows[service]):
            lines.append(f"{service}: 应得 {sorted(lost)}，判得 {sorted(_amounts(rows[service]))}")
    return lines


@pytest.mark.parametrize("wanted", APPLICANTS, ids=[a["id"] for a in APPLICANTS])
def test_the_applicant_gets_what_the_plan_gives(screener: Screener, wanted: Json) -> None:
    about, statements, ordinary = profile({k: wanted[k] for k in ("about", "facts", "others")})
    found = screener.screen(screener.applicant(statements, about, ordinary))
    lines = disagreements(wanted, found["results"])
    assert not lines, "\n".join([wanted["note"], *lines])


def test_the_applicants_see_nearly_every_service_said_yes_and_no() -> None:
    assert len({a["id"] for a in APPLICANTS}) == len(APPLICANTS) >= 40
    yes = {s for a in APPLICANTS for s in a["eligible"]}
    no = {s for a in APPLICANTS for s in a["ineligible"]}
    assert len(yes & no) >= 80, sorted(yes ^ no)
