"""Which table is which, and which column holds what: by the usual names of the columns.

The names are the form of such plans (list of services, indicators, standards), not one document's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tjkg.read.blocks import Row, Table
from tjkg.records import Span

__all__ = ["Columns", "aspects", "columns"]

# aspect → how documents call its column; the first entry is the usual one
_STANDARDS = {
    "name": ("服务项目", "项目名称", "服务名称", "服务事项", "事项名称", "具体项目", "项目", "事项"),
    "target": ("服务对象", "保障对象", "享受对象", "受益对象", "服务人群", "对象"),
    "guarantee": (
        "保障标准", "服务标准", "服务内容及标准", "服务内容和标准", "服务内容与标准", "保障内容及标准", "基本标准",
        "实施标准", "具体标准", "标准",
    ),
    "funding": (
        "支出责任", "财政支出责任", "支出责任及分担", "支出责任与分担", "支出责任及保障", "经费保障", "资金保障",
        "资金来源", "经费来源",
    ),
    "coverage": ("覆盖水平", "覆盖目标", "覆盖率", "覆盖范围"),
    "content": ("服务内容", "保障内容"),
    "lead": (
        "牵头负责单位", "牵头单位", "牵头部门", "负责单位", "责任单位", "责任部门", "主管部门", "主管单位",
    ),
    "domain": ("领域", "服务领域"),
    "category": ("服务类别", "类别"),
    "section": ("子领域", "服务分类", "分类", "小类"),
    "ordinal": ("序号", "编号"),
}
_LIST = {
    "category": ("服务类别", "类别", "领域类别", "服务领域", "领域"),
    "goal": ("服务内容与目标", "服务内容和目标", "服务内容及目标", "内容与目标", "服务目标", "目标", "主要内容"),
    "services": ("服务项目", "项目清单", "服务项目清单", "项目名称", "项目"),
    "ordinal": ("序号", "编号"),
}
_INDICATORS = {
    "domain": ("领域", "类别", "服务领域"),
    "name": ("指标", "指标名称", "主要指标", "发展指标"),
    "property": ("属性", "指标属性", "指标性质", "类型"),
    "unit": ("单位", "计量单位"),
    "ordinal": ("序号", "编号"),
}
_YEAR = re.compile(r"\D*(20\d\d)\s*年?\D*")
_NEEDED = {
    "standards": ("name", "target", "guarantee"),
    "list": ("category", "services"),
    "indicators": ("name", "property", "year0", "year1"),
}
_ALSO = {"standards": ("funding", "coverage", "lead"), "list": ("goal", "ordinal"), "indicators": ()}  # one of them
_BRACKETS = re.compile(r"[（(].*?[）)]")


class Columns:
    """The kind of a table (standards | list | indicators) and the index of each aspect's column."""

    def __init__(self, kind: str, index: dict[str, int], years: tuple[int, ...]) -> None:
        self.kind, self.index, self.years = kind, index, years

    def cell(self, row: Row, aspect: str) -> Span | None:
        """The row's cell of an aspect; None when the table has no such column."""
        at = self.index.get(aspect)
        return row.cells[at] if at is not None and at < len(row.cells) else None


def _match(names: list[str], known: dict[str, tuple[str, ...]]) -> dict[str, int]:
    index: dict[str, int] = {}
    for aspect, forms in known.items():
        for form in forms:
            if form in names and names.index(form) not in index.values():
                index[aspect] = names.index(form)
                break
    return index


def _plain(name: str) -> str:
    return _BRACKETS.sub("", re.sub(r"\s", "", name))


def aspects(names: Sequence[str]) -> dict[str, int]:
    """Aspect (name, target, guarantee …) → index of its column, for any header that has some of them."""
    return _standards([_plain(name) for name in names])


def _standards(names: list[str]) -> dict[str, int]:
    """服务内容 is the name where no other column is, or the standard where there is no other."""
    index = _match(names, _STANDARDS)
    for aspect in ("name", "guarantee"):
        if aspect not in index and "content" in index:
            index[aspect] = index.pop("content")
    return index


def columns(table: Table) -> Columns | None:
    """What a table is, by its header; None for a table of no known kind."""
    names = [_plain(c.text) for c in table.header.cells]
    whole = [re.sub(r"\s", "", c.text) for c in table.header.cells]
    years = [(i, int(m[1])) for i, name in enumerate(whole) if (m := _YEAR.fullmatch(name))]
    years = [years[0], years[-1]] if len(years) > 1 else []  # from when, to when; those between are left out
    readings = (
        ("indicators", {**_match(names, _INDICATORS), **{f"year{k}": i for k, (i, _) in enumerate(years)}}),
        ("standards", _standards(names)),
        ("list", _match(names, _LIST)),
    )
    for kind, index in readings:
        also = _ALSO[kind]
        if all(aspect in index for aspect in _NEEDED[kind]) and (not also or any(a in index for a in also)):
            return Columns(kind, index, tuple(year for _, year in years))
    return None
