"""The catalogue as JSON, CSV, workbook, Parquet or triples: bytes, ready to be written."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any, cast

from tjkg.catalogue import export
from tjkg.errors import DataError, InputError
from tjkg.query import internal
from tjkg.records import Source
from tjkg.report.xlsx import Sheet, plan_xlsx
from tjkg.store import Store

__all__ = ["catalogue", "csv_bytes", "json_bytes", "parquet_bytes", "source_of", "triples", "xlsx_bytes"]

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


def xlsx_bytes(store: Store, data: dict[str, Any]) -> bytes:
    """The plan's own tables verbatim (reading the workbook gives the same text), then a sheet for each
    kind of statement that the graph makes."""
    sheets = []
    for key, columns in _SHEETS.items():
        rows = [[s["name"], *(_flat(e.get(c)) for c in columns)] for s in data["services"] for e in s[key]]
        sheets.append(Sheet(key, ["service", *columns], rows))
    plan = data["plan"]
    about = [(key, str(plan[key])) for key in ("title", "id", "date", "sha256")]
    return plan_xlsx(source_of(store), about, sheets)


def source_of(store: Store) -> Source:
    """The canonical text of the edition in use. Raises DataError when the store holds none."""
    rows = store.select(internal("canonical-text")).rows
    if not rows:
        raise DataError("数据里没有规划全文", cure="请用 tjkg build 重新生成数据")
    return Source(str(rows[0][0]))


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
