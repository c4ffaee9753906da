"""The contract of `export --format json`: keys, closed vocabularies, and every sum and per cent of the tables."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from typing import Any

import pytest

from tjkg.catalogue import export
from tjkg.store.local import Local

Json = dict[str, Any]

PLACE = {"quote", "line", "start", "end"}
KEYS: dict[str, set[str]] = {
    "benefits": PLACE | {
        "standard", "item", "role", "value", "min", "max", "operator", "unit", "currency", "text", "of", "times",
        "bracket", "per", "period", "recipient", "condition", "criterion", "same_as", "follows", "rule", "derived",
    },
    "funding": PLACE | {
        "standard", "payer", "role", "pays_for", "percent", "of", "to", "condition", "criterion", "derived",
    },
    "contributions": PLACE | {"payer", "rate", "unit", "base"},
    "coverage_targets": PLACE | {"kind", "operator", "value", "unit", "subject"},
    "limits": PLACE | {"subject", "operator", "value", "min", "max", "unit", "of", "per", "period", "text"},
}
OPERATORS: set[str | None] = {"=", ">=", "<=", ">", "<", "~"}
VOCABULARIES: dict[tuple[str, str], set[str | None]] = {
    ("benefits", "role"): {
        "grant", "rate", "cap", "floor", "threshold", "average", "increment", "in_kind", "left_to_rule", "not_stated"
    },
    ("funding", "role"): {"负担", "共同负担", "适当补助", "转移支付补助", "补贴", "缴费", "支付", "政策支持"},
    ("coverage_targets", "kind"): {"coverage", "should_cover_all", "outcome"},
    ("benefits", "operator"): OPERATORS | {None},
    ("coverage_targets", "operator"): OPERATORS | {None},
    ("limits", "operator"): OPERATORS,
    ("benefits", "currency"): {"元", None},
}
SUM = re.compile(r"(\d+(?:\.\d+)?)(万?)元")
PERCENT = re.compile(r"(\d+(?:\.\d+)?)[%％]")


@pytest.fixture(scope="module")
def services(store: Local) -> list[Json]:
    found: list[Json] = export(store)["services"]
    return found


def _rows(service: Json) -> list[tuple[Json, dict[str, list[Json]]]]:
    """(standard, its entries by key) of a service."""

    def mine(entry: Json, number: int) -> bool:
        row = entry.get("standard")
        return row is None or row == number or (isinstance(row, list) and number in row)

    return [
        (row, {key: [e for e in service[key] if mine(e, row["number"])] for key in KEYS})
        for row in service["standards"]
    ]


def _sums(text: str) -> Counter[Decimal]:
    return Counter(Decimal(m[1]) * (10000 if m[2] else 1) for m in SUM.finditer(text))


def _value(entry: Json) -> Decimal:
    return Decimal(str(entry["value"] if entry["value"] is not None else entry["max"]))


@pytest.mark.parametrize("key", sorted(KEYS))
def test_every_entry_has_its_keys(services: list[Json], key: str) -> None:
    for service in services:
        for entry in service[key]:
            assert KEYS[key] <= set(entry), (service["name"], entry)


@pytest.mark.parametrize(("key", "field"), sorted(VOCABULARIES))
def test_vocabularies_are_closed(services: list[Json], key: str, field: str) -> None:
    assert {e[field] for s in services for e in s[key]} <= VOCABULARIES[key, field]


def test_a_number_has_operator_and_unit_and_words_have_neither(services: list[Json]) -> None:
    for service in services:
        for entry in (*service["benefits"], *service["coverage_targets"]):
            numbered = entry["value"] is not None or entry.get("min") is not None
            assert (entry["operator"] is not None) == numbered, (service["name"], entry)
            assert (entry["unit"] is not None) == numbered, (service["name"], entry)


def test_money_and_only_money_has_a_currency(services: list[Json]) -> None:
    for service in services:
        for entry in service["benefits"]:
            assert (entry["currency"] is not None) == (entry["unit"] == "元"), (service["name"], entry)
            if entry["role"] in ("in_kind", "left_to_rule", "not_stated"):
                assert entry["value"] is None


def test_every_sum_of_money_is_one_entry(services: list[Json]) -> None:
    """Once for each time it is printed, a boundary between two tiers once for both; none that is not printed."""
    for service in services:
        for row, entries in _rows(service):
            printed = _sums(row["standard"])
            money = [b for b in entries["benefits"] if b["currency"] and not b["derived"]]
            given = Counter(_value(b) for b in money)
            bounds = {_value(b) for b in money if b["role"] == "threshold"}
            assert set(given) == set(printed), service["name"]
            for value, times in printed.items():
                assert given[value] == times or (value in bounds and 0 < given[value] <= times), (service["name"], value)


def test_every_sum_is_told_in_the_words_of_its_entry(services: list[Json]) -> None:
    for service in services:
        for entry in service["benefits"]:
            if entry["currency"] and not entry["derived"]:
                assert entry["text"] in entry["quote"]
                assert _value(entry) in _sums(entry["text"])


def test_every_per_cent_is_an_entry(services: list[Json]) -> None:
    for service in services:
        for row, entries in _rows(service):
            rates = [Decimal(str(c["rate"])) for c in entries["contributions"]]
            cells = {
                "target": [e for e in entries["limits"]],
                "standard": [*entries["benefits"], *entries["limits"]],
                "coverage": entries["coverage_targets"],
            }
            for cell, found in cells.items():
                values = [Decimal(str(e["value"])) for e in found if e["unit"] == "%" and not e.get("derived")]
                printed = Counter(Decimal(m[1]) for m in PERCENT.finditer(row[cell]))
                assert not printed - Counter(values + (rates if cell == "standard" else [])), (service["name"], cell)
            shares = {Decimal(str(f["percent"])) for f in entries["funding"] if f["percent"] is not None}
            assert {Decimal(m[1]) for m in PERCENT.finditer(row["funding"])} <= shares, service["name"]


def test_a_fully_stated_split_sums_to_100(services: list[Json]) -> None:
    """Entries of one part; what is nested in a larger share belongs to the whole that share is of."""
    for service in services:
        for _, entries in _rows(service):
            stated = [f for f in entries["funding"] if f["percent"] is not None]
            nested = {f["pays_for"] for f in stated if f["of"]}
            totals: Counter[tuple[str | None, str | None]] = Counter()
            for f in stated:
                whole = None if f["pays_for"] in nested else f["condition"]
                totals[f["pays_for"], whole] += f["percent"]
            assert set(totals.values()) <= {100}, (service["name"], totals)


def _at(entry: Json) -> int:
    """Where the number of an entry stands (its words, if it has none)."""
    start: int = entry["start"]
    quote: str = entry["quote"]
    return start + max(0, quote.find(entry.get("text") or quote))


def test_entries_stand_in_text_order(services: list[Json]) -> None:
    for service in services:
        for key in ("benefits", "limits", "funding", "coverage_targets"):
            for row, entries in _rows(service):
                starts = [_at(e) for e in entries[key] if not e.get("derived")]
                assert starts == sorted(starts), (service["name"], row["number"], key)


def test_entries_of_one_item_belong_together(services: list[Json]) -> None:
    for service in services:
        for _, entries in _rows(service):
            items = [b["item"] for b in entries["benefits"]]
            runs = [item for i, item in enumerate(items) if i == 0 or items[i - 1] != item]
            again = {item for item, n in Counter(runs).items() if n > 1}
            assert again <= {service["name"]}, (service["name"], items)


def test_views_of_funding_repeat_nothing(services: list[Json]) -> None:
    for service in services:
        assert service["payers"] == list(dict.fromkeys(f["payer"] for f in service["funding"]))
        shares = [(s["payer"], s["percent"], s["condition"]) for s in service["shares"]]
        assert len(shares) == len(set(shares))
        assert set(shares) == {
            (f["payer"], f["percent"], f["condition"]) for f in service["funding"] if f["percent"] is not None
        }


def test_tasks_and_projects_tell_only_targets(store: Local) -> None:
    data = export(store)
    told = [t for key in ("tasks", "projects") for m in data[key] for t in m["targets"]]
    assert told and {t["kind"] for t in told} == {"target"}
