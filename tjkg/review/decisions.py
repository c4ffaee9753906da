"""The filled-in workbook → decisions, or every mistake in it by sheet and cell."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from tjkg.errors import InputError
from tjkg.records import Passage
from tjkg.review.known import Cell, Known
from tjkg.review.sheets import CRITERIA, FINDINGS, READING, Sheet

__all__ = ["Accept", "Adopt", "Decisions", "Mistake", "Reading", "read_decisions"]

_CELL = {"服务对象": "target", "保障标准": "standard", "支出责任": "funding", "覆盖水平": "coverage"}
_KIND = {"待遇": "benefit", "支出责任": "funding", "覆盖目标": "coverage", "限额": "limit"}
# the code lists of the ontology (sh:in of shapes.ttl)
_ROLES = {
    "benefit": ("grant", "rate", "cap", "floor", "threshold", "average", "increment", "in_kind", "left_to_rule", "not_stated"),
    "funding": ("负担", "共同负担", "适当补助", "转移支付补助", "补贴", "缴费", "支付", "政策支持"),
    "coverage": ("coverage", "should_cover_all", "outcome"),
}
_MEASURED = ("grant", "rate", "cap", "floor", "threshold", "average", "increment")
_DAY = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?")


@dataclass(frozen=True)
class Mistake:
    """A cell that cannot be used: sheet, cell (H5), what is wrong, what to do."""

    sheet: str
    cell: str
    what: str
    cure: str

    def sentence(self) -> str:
        """One line."""
        return f"“{self.sheet}”{self.cell}：{self.what}。{self.cure}"


@dataclass(frozen=True)
class Review:
    """Who decided, when, why."""

    by: str
    on: date
    reason: str | None


@dataclass(frozen=True)
class Adopt:
    """A suggested condition is taken over."""

    criterion: str
    review: Review


@dataclass(frozen=True)
class Reading:
    """A statement a reader adds, or puts in the place of another (`replaces`: its IRI)."""

    kind: str
    number: int
    cell: Cell
    passage: Passage
    fields: dict[str, Any]
    review: Review
    replaces: str | None = None


@dataclass(frozen=True)
class Accept:
    """A finding accepted until a day."""

    fingerprint: str
    rule: str
    service: str | None
    until: date
    review: Review


@dataclass
class Decisions:
    """All that a workbook decides."""

    adopted: list[Adopt] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    accepted: list[Accept] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.adopted) + len(self.readings) + len(self.accepted)


class _Row:
    """One row of a sheet; what cannot be used is noted and told later."""

    def __init__(self, sheet: Worksheet, layout: Sheet, number: int, places: dict[str, int], told: list[Mistake]) -> None:
        self._sheet, self._layout, self._number, self._places, self._told = sheet, layout, number, places, told

    def raw(self, key: str) -> Any:
        place = self._places.get(key)
        return None if place is None else self._sheet.cell(self._number, place).value

    def text(self, key: str) -> str | None:
        value = self.raw(key)
        text = "" if value is None else str(value).strip()
        return text or None

    def wrong(self, key: str, what: str, cure: str) -> None:
        cell = f"{get_column_letter(self._places.get(key, 1))}{self._number}"
        self._told.append(Mistake(self._layout.name, cell, what, cure))

    def need(self, key: str) -> str | None:
        value = self.text(key)
        if value is None:
            title = next(c.title for c in self._layout.columns if c.key == key)
            self.wrong(key, f"没有写{title}", "请填上")
        return value

    def choice(self, key: str, values: tuple[str, ...]) -> str | None:
        value = self.need(key)
        if value is not None and value not in values:
            self.wrong(key, f"“{value}”不认识", "可用：" + "、".join(values))
            return None
        return value

    def number(self, key: str) -> Decimal | None:
        value = self.text(key)
        if value is None:
            return None
        try:
            return Decimal(value.replace(",", ""))
        except InvalidOperation:
            self.wrong(key, f"“{value}”不是数", "请只写数字，例如 1010 或 0.5；万要乘开")
            return None

    def day(self, key: str) -> date | None:
        value = self.raw(key)
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        text = self.need(key)
        if text is None:
            return None
        match = _DAY.fullmatch(text)
        try:
            return date(int(match[1]), int(match[2]), int(match[3])) if match else date.fromisoformat(text)
        except ValueError:
            self.wrong(key, f"“{text}”不是日期", "请写成 2026-11-24 这样")
            return None

    def review(self) -> Review | None:
        by, on = self.need("by"), self.day("on")
        return Review(by, on, self.text("reason")) if by and on else None


# ---------------------------------------------------------------- one row of each sheet


def _adopt(row: _Row, known: Known) -> Adopt | None:
    row.choice("decision", ("采纳",))
    name, review = row.text("id"), row.review()
    if name is None:
        row.wrong("decision", "这一行标准还没有条件，没有可以采纳的", "请先在 criteria.ttl 中写出条件")
        return None
    return Adopt(name, review) if review else None


def _cell(row: _Row, known: Known) -> Cell | None:
    service, aspect, number = row.need("service"), row.choice("cell", tuple(_CELL)), row.number("number")
    if service is None or aspect is None:
        return None
    found = known.cells.get((service, int(number or 1), _CELL[aspect]))
    if found is None:
        names = sorted({s for s, _, _ in known.cells if service in s or s in service})
        cure = "是不是：" + "、".join(names[:3]) if names and service not in names else "请检查服务项目和第几行"
        row.wrong("service", f"没有“{service}”第{int(number or 1)}行的{aspect}", cure)
    return found


def _passage(row: _Row, cell: Cell) -> Passage | None:
    quote = row.need("quote")
    if quote is None:
        return None
    places = cell.find(quote)
    if len(places) != 1:
        what = "这一格里没有这几个字" if not places else f"这几个字在这一格里出现{len(places)}次"
        row.wrong("quote", what, "请从原文复制确切的字句" if not places else "请多写几个字，让它只出现一次")
        return None
    return places[0]


def _fields(row: _Row, kind: str, known: Known) -> dict[str, Any] | None:
    said = {k: row.text(k) for k in ("item", "operator", "unit", "per", "period", "condition", "rule")}
    value, percent = row.number("value"), row.number("percent")
    fields: dict[str, Any] = {**said, "value": value, "percent": percent}
    if kind != "limit":
        fields["role"] = row.choice("role", _ROLES[kind])
        if fields["role"] is None:
            return None
    if kind in ("benefit", "limit") and row.need("item") is None:
        return None
    measured = kind == "limit" or fields.get("role") in (*_MEASURED, "coverage", "outcome")
    if measured and value is None:
        row.need("value")
        return None
    if value is not None and row.need("unit") is None:
        return None
    if fields.get("role") == "left_to_rule" and row.need("rule") is None:
        return None
    if kind == "funding":
        name = row.need("payer")
        if name is None:
            return None
        if name not in known.payers:
            row.wrong("payer", f"没有叫“{name}”的支付方", "请用 data/shared/payers.ttl 里的名称，例如 市财政")
            return None
        fields["payer"] = known.payers[name]
        if percent is not None and not 0 <= percent <= 100:
            row.wrong("percent", f"{percent}不在0到100之间", "请核对比例")
            return None
    return fields


def _reading(row: _Row, known: Known) -> Reading | None:
    decision = row.choice("decision", ("补充", "替换"))
    kind, cell, review = row.choice("kind", tuple(_KIND)), _cell(row, known), row.review()
    old: str | None = None
    if decision == "替换":
        name = row.need("replaces")
        old = name if name is None or name.startswith("http") else f"{known.plan}/{name.lstrip('/')}"
        if old is not None and old not in known.statements:
            row.wrong("replaces", f"没有编号为“{name}”的内容", "编号见 tjkg export --format json 的 id，例如 benefit/法律援助_1_1")
            return None
    passage = _passage(row, cell) if cell else None
    fields = _fields(row, _KIND[kind], known) if kind else None
    if not (decision and kind and cell and review and passage) or fields is None or (decision == "替换" and old is None):
        return None
    number = row.number("number")
    return Reading(_KIND[kind], int(number or 1), cell, passage, fields, review, old)


def _accept(row: _Row, known: Known) -> Accept | None:
    row.choice("decision", ("接受",))
    fingerprint, rule, review, until = row.need("id"), row.need("rule"), row.review(), row.day("until")
    reason = row.need("reason")
    if review and until and until < review.on:
        row.wrong("until", "期限早于决定的日期", "请写以后的日期")
        return None
    if not (fingerprint and rule and review and until and reason):
        return None
    return Accept(fingerprint, rule, row.text("service"), until, review)


# ---------------------------------------------------------------- the workbook


def _rows(sheet: Worksheet, layout: Sheet, told: list[Mistake]) -> Iterator[_Row]:
    """The rows with a decision."""
    heads = {str(c.value).strip(): n for n, c in enumerate(sheet[1], 1) if c.value is not None}
    places = {c.key: heads[c.title] for c in layout.columns if c.title in heads}
    for column in layout.columns:
        if column.key not in places:
            told.append(Mistake(layout.name, "第1行", f"没有“{column.title}”这一栏", "请不要删改表头，可重新生成审读表"))
    if "decision" in places:
        for number in range(2, sheet.max_row + 1):
            row = _Row(sheet, layout, number, places, told)
            if row.text("decision") is not None:
                yield row


def read_decisions(data: bytes, name: str, known: Known) -> tuple[Decisions, list[Mistake]]:
    """The decisions of a workbook and the mistakes in it (in the order of sheets and rows).

    Raises:
        InputError: no workbook, or none of ours.
    """
    try:
        book = load_workbook(io.BytesIO(data), data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, OSError, ValueError):
        raise InputError("不是 Excel 工作簿，或已损坏", where=name, cure="请另存为 .xlsx 再试") from None
    out, told = Decisions(), list[Mistake]()
    readers: tuple[tuple[Sheet, Callable[[_Row, Known], Any], list[Any]], ...] = (
        (CRITERIA, _adopt, out.adopted), (READING, _reading, out.readings), (FINDINGS, _accept, out.accepted),
    )
    if not any(layout.name in book.sheetnames for layout, _, _ in readers):
        raise InputError("工作簿里没有审读表", where=name, cure="请用 tjkg review --out 生成")
    for layout, read, kept in readers:
        if layout.name not in book.sheetnames:
            continue
        for row in _rows(book[layout.name], layout, told):
            before = len(told)
            decided = read(row, known)
            if decided is not None and len(told) == before:
                kept.append(decided)
    return out, told
