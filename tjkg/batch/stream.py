"""Streams a table through the SQL texts into a result file, whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import polars as pl

from tjkg.batch.columns import ColumnMap, Layout, layout
from tjkg.batch.sql import asked, column, impossible_sql, missing_sql, query, service_sql
from tjkg.criteria import Criteria
from tjkg.errors import InputError, NotFoundError

__all__ = ["Summary", "plan_query", "run", "scan"]

Progress = Callable[[int, int | None], None]  # rows done, rows in all if known
_ROW, _FAULT, _RAW = "__row", "__fault", "__raw"


@dataclass(frozen=True)
class Summary:
    """rows read; counts: (district or None, service, true, false, null) in service order."""

    rows: int
    counts: tuple[tuple[str | None, str, int, int, int], ...]
    layout: Layout


def scan(path: Path) -> tuple[pl.LazyFrame, int | None]:
    """A table as a lazy frame, and its number of rows where the file says so.

    Raises:
        InputError: no such file, not parquet or csv, or unreadable.
    """
    if not path.is_file():
        raise InputError("没有这个文件", where=str(path), cure="请检查路径")
    try:
        if path.suffix == ".parquet":
            frame = pl.scan_parquet(path)
            return frame, int(frame.select(pl.len()).collect().item())
        if path.suffix == ".csv":
            frame = pl.scan_csv(path, infer_schema=False)
            frame.collect_schema()
            return frame, None
    except (pl.exceptions.PolarsError, OSError) as error:
        raise InputError(f"文件读不出来：{_first_line(error)}", where=str(path), cure="请检查文件是否完整") from None
    raise InputError("只能读 .parquet 和 .csv", where=str(path), cure="请另存为其中一种")


def _first_line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0][:160]


def plan_query(criteria: Criteria, found: Layout, about: str, services: Sequence[str], *, missing: bool) -> str:
    """The SELECT over the normalised columns: kept columns, one a service, and the facts missing."""
    texts = service_sql(criteria, about, found.known)
    columns = {service: texts[service] for service in services}
    if missing:
        lacking = missing_sql(criteria, about, found.known)
        columns.update({f"{service}·缺": lacking[service] for service in services})
    return query(columns, found.keep)


def _services(criteria: Criteria, wanted: Sequence[str]) -> list[str]:
    """The services asked for, in plan order; all when none is named."""
    known = list(dict.fromkeys(r.service for r in criteria.standards))
    for name in wanted:
        if name not in known:
            near = [s for s in known if name in s][:5] or get_close_matches(name, known, n=3, cutoff=0.3)
            raise NotFoundError(f"没有名为“{name}”的服务", cure=f"最接近的：{'、'.join(near)}")
    return [s for s in known if s in wanted] if wanted else known


class _Watch:
    """Looks at every piece of the table as it passes: counts its rows, stops when one is bad.

    A value that cannot be read has become null: a column has then more nulls than its source has nulls
    and blanks. That costs next to nothing; what is wrong where is found out only when something is.
    """

    def __init__(self, found: Layout, total: int | None, progress: Progress | None, *, lenient: bool) -> None:
        self.pairs = [] if lenient else [(column(c.variable), f"{_RAW}{i}") for i, c in enumerate(found.columns)]
        self.total, self.progress = total, progress
        self.rows = 0
        self.bad = False

    def __call__(self, piece: pl.DataFrame) -> pl.DataFrame:
        if any(_unread(piece.get_column(raw), piece.get_column(name)) for name, raw in self.pairs) or (
            _FAULT in piece.columns and piece.get_column(_FAULT).any()
        ):
            self.bad = True
            raise _Stopped
        self.rows += piece.height
        if self.progress is not None:
            self.progress(self.rows, self.total)
        return piece.drop([name for name in piece.columns if name == _FAULT or name.startswith(_RAW)])


def _unread(raw: pl.Series, value: pl.Series) -> bool:
    """Whether something that is written has no value."""
    more = value.null_count() - raw.null_count()
    if more and raw.dtype == pl.String:
        more -= int((raw.str.strip_chars() == "").sum())
    return more > 0


class _Stopped(Exception):
    """A bad row was met."""


def _values(frame: pl.LazyFrame, found: Layout, *extra: pl.Expr) -> pl.LazyFrame:
    """The kept columns and the facts by their column names."""
    return frame.select(
        *(pl.col(name) for name in found.keep), *(c.value.alias(column(c.variable)) for c in found.columns), *extra
    )


def _normalised(frame: pl.LazyFrame, found: Layout, never: Sequence[tuple[str, str]], *, lenient: bool) -> pl.LazyFrame:
    """Kept columns and facts; beside them their sources and a mark on impossible rows, or, when lenient, neither:
    what is impossible is not said then."""
    impossible = pl.any_horizontal(pl.sql_expr(text) for _, text in never).fill_null(False) if never else None
    if not lenient:
        people = _values(frame, found, *(pl.col(c.source).alias(f"{_RAW}{i}") for i, c in enumerate(found.columns)))
        return people if impossible is None else people.with_columns(impossible.alias(_FAULT))
    people = _values(frame, found)
    if impossible is None:
        return people
    names = [column(c.variable) for c in found.columns]
    return people.with_columns(pl.when(~impossible).then(pl.col(name)).alias(name) for name in names)


def run(
    criteria: Criteria, source: Path, out: Path, *, about: str = "person", mapping: ColumnMap | None = None,
    keep: Sequence[str] = (), services: Sequence[str] = (), by: str | None = None, missing: bool = False,
    lenient: bool = False, progress: Progress | None = None,
) -> Summary:
    """Screens every row of a table; the result has the kept columns and one column a service.

    source, out: .parquet or .csv; out is written whole or not at all, true, false or null (empty in csv).
    services: only these, and only what they ask for is read; by: a column to count by, for example the district; it is kept. missing: also, per service, which facts
    a row lacks. lenient: values that cannot be read, and rows that cannot be, count as not said.

    Raises:
        InputError: a broken file, a missing column, a bad value (with row and column), an impossible row.
        NotFoundError: an unknown service, or a fact or value of the mapping.
    """
    frame, total = scan(source)
    if out.suffix not in (".parquet", ".csv"):
        raise InputError("结果只能写成 .parquet 或 .csv", where=str(out), cure="请改文件名")
    keep = [*keep, *([by] if by is not None else [])]
    found = layout(frame.collect_schema(), criteria.facts, about, mapping or ColumnMap(), keep, str(source),
                   trim=source.suffix == ".csv")
    chosen = _services(criteria, services)
    found = found.only(asked(criteria, chosen))
    never = impossible_sql(criteria, found.known)
    watch = _Watch(found, total, progress, lenient=lenient)
    people = _normalised(frame, found, never, lenient=lenient)
    schema = {n: kind for n, kind in people.collect_schema().items() if n != _FAULT and not n.startswith(_RAW)}
    people = people.map_batches(watch, schema=schema, streamable=True)
    text = plan_query(criteria, found, about, chosen, missing=missing)
    result = pl.SQLContext(people=people).execute(text, eager=False)
    handle, name = tempfile.mkstemp(prefix=f".{out.name}.", suffix=out.suffix, dir=out.parent if out.parent.is_dir() else None)
    os.close(handle)
    try:
        _sink(result, Path(name), source, watch, found, never, frame)
        os.chmod(name, 0o644)
        os.replace(name, out)
    except BaseException:
        os.unlink(name)
        raise
    return Summary(watch.rows, _counts(out, chosen, by), found)


def _sink(
    result: pl.LazyFrame, out: Path, source: Path, watch: _Watch, found: Layout, never: Sequence[tuple[str, str]],
    frame: pl.LazyFrame,
) -> None:
    """Streams into a file; a fault on the way becomes one clear sentence."""
    try:
        if out.suffix == ".parquet":
            result.sink_parquet(out, engine="streaming")
        else:
            result.sink_csv(out, engine="streaming")
    except (pl.exceptions.PolarsError, _Stopped, OSError) as error:
        if watch.bad:
            raise _fault(source, found, never, frame) from None
        where = f"{source} 第{watch.rows + 1}行之后" if watch.rows else str(source)
        raise InputError(f"文件读不下去：{_first_line(error)}", where=where, cure="请检查文件是否完整") from None


def _fault(source: Path, found: Layout, never: Sequence[tuple[str, str]], frame: pl.LazyFrame) -> InputError:
    """The first row that is at fault, and what is wrong in it."""
    rows = frame.with_row_index(_ROW)
    cure = "请改正该行；加 --lenient 则当作没有说"
    faults: list[tuple[int, str]] = []
    for col in found.columns:
        first = rows.filter(col.bad).select(_ROW, col.source).head(1).collect().rows()
        faults += [(row, f"列“{col.source}”的值 {value!r} 不能作 {col.variable}") for row, value in first]
    facts = _values(rows, found, pl.col(_ROW))
    for label, text in never:
        first = facts.filter(pl.sql_expr(text)).select(_ROW).head(1).collect().rows()
        faults += [(row, f"所说的情况不能同时成立：{label}") for (row,) in first]
    row, told = min(faults)
    return InputError(told, where=f"{source} 第{row + (2 if source.suffix == '.csv' else 1)}行", cure=cure)


def _counts(out: Path, services: Sequence[str], by: str | None) -> tuple[tuple[str | None, str, int, int, int], ...]:
    """true, false and null by service, and by district when one is kept."""
    frame = pl.scan_parquet(out) if out.suffix == ".parquet" else pl.scan_csv(
        out, schema_overrides=dict.fromkeys(services, pl.Boolean)
    )
    sums = [
        expr
        for i, service in enumerate(services)
        for expr in (pl.col(service).sum().alias(f"{i}t"), pl.col(service).null_count().alias(f"{i}n"))
    ]
    sums.append(pl.len().alias("rows"))
    grouped = frame.group_by(by).agg(sums).sort(by) if by is not None else frame.select(sums)
    told = []
    for row in grouped.collect(engine="streaming").iter_rows(named=True):
        district = None if by is None else str(row[by])
        for i, service in enumerate(services):
            yes, unknown = row[f"{i}t"], row[f"{i}n"]
            told.append((district, service, yes, row["rows"] - yes - unknown, unknown))
    return tuple(told)
