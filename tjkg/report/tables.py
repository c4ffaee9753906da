"""The catalogue as JSON, CSV, workbook, Parquet or triples: bytes, ready to be written."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any, cast

from tjkg.catalogue import export
from tjkg.errors import InputError
from tjkg.report.sheets import workbook
from tjkg.store import Store

__all__ = ["catalogue", "csv_bytes", "json_bytes", "parquet_bytes", "triples", "xlsx_bytes"]

_STANDARD = ("category", "domain", "section", "name", "row", "target", "standard", "funding", "coverage", "lines")
_SHEETS: dict[str, tuple[str, ...]] = {
    "benefits": ("standard", "item", "role", "operator", "value", "min", "max", "unit", "currency", "per", "period",
                 "recipient", "condition", "of", "times", "same_as", "follows", "rule", "derived", "quote", "line"),
    "funding": ("standard", "payer", "role", "pays_for", "percent", "of", "to", "condition", "derived", "quote", "line"),
    "coverage_targets": ("standard", "kind", "subject", "operator", "value", "unit", "quote", "line"),
    "groups": ("name", "relation", "quote", "line"),
    "agencies": ("name", "role", "basis", "citation", "quote", "line"),
}


def catalogue(store: Store) -> dict[str, Any]:
    """The catalogue of the edition in use, criteria included when there are any."""
    return export(store)


def json_bytes(data: dict[str, Any]) -> bytes:
    """The JSON export."""
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _standards(data: dict[str, Any]) -> Iterator[list[object]]:
    for service in data["services"]:
        for row in service["standards"]:
            yield [
                service["category"], service["domain"], service["section"], service["name"], row["number"],
                row["target"], row["standard"], row["funding"], row["coverage"],
                "-".join(str(n) for n in dict.fromkeys(row["lines"])),
            ]


def csv_bytes(data: dict[str, Any]) -> bytes:
    """One line a standard, with a byte order mark so that spreadsheets read the Chinese."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_STANDARD)
    writer.writerows(_standards(data))
    return ("\ufeff" + out.getvalue()).encode()


def _flat(value: object) -> object:
    return "、".join(map(str, value)) if isinstance(value, list) else value


def xlsx_bytes(data: dict[str, Any]) -> bytes:
    """A workbook: standards, then a sheet for each kind of statement."""
    sheets: list[tuple[str, list[str], list[list[object]]]] = [
        ("standards", list(_STANDARD), list(_standards(data)))
    ]
    for key, columns in _SHEETS.items():
        rows = [[s["name"], *(_flat(e.get(c)) for c in columns)] for s in data["services"] for e in s[key]]
        sheets.append((key, ["service", *columns], rows))
    indicators: list[list[object]] = [
        [i["domain"], i["name"], i["unit"], i["baseline"]["year"], i["baseline"]["text"], i["target"]["year"],
         i["target"]["text"], i["property"], i["note"], i["line"]]
        for i in data["indicators"]
    ]
    head = ["domain", "name", "unit", "baseline_year", "baseline", "target_year", "target", "property", "note", "line"]
    sheets.append(("indicators", head, indicators))
    for key in ("tasks", "projects"):
        sheets.append((key, ["domain", "title", "text", "line"], [
            [m["domain"], m["title"], m["text"], m["line"]] for m in data[key]
        ]))
    return workbook(sheets)


def parquet_bytes(data: dict[str, Any]) -> bytes:
    """One row a standard, for data frames."""
    import polars as pl

    rows = [[None if v is None else str(v) for v in row] for row in _standards(data)]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(_STANDARD, pl.String), orient="row")
    out = io.BytesIO()
    frame.write_parquet(out)
    return out.getvalue()


def triples(store: Store, fmt: str) -> bytes:
    """The data as triples. Raises InputError for a remote store, which has its own dumps."""
    dump = getattr(store, "dump", None)
    if dump is None:
        raise InputError("远程端点不能整库导出", cure="请去掉 --endpoint，或在端点上导出")
    return cast(bytes, dump(fmt))
