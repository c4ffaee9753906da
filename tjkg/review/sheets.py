"""The sheets of the review workbook: one table of columns for writing and for reading back."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["CRITERIA", "DECIDED", "FINDINGS", "READING", "SHEETS", "Column", "Sheet"]


class Column(NamedTuple):
    """key: name in code; title: heading; width: in characters; given: filled by us, not to be changed;
    values: what may be chosen; help: told beside the heading."""

    key: str
    title: str
    width: int = 14
    given: bool = False
    values: tuple[str, ...] = ()
    help: str = ""


class Sheet(NamedTuple):
    """A sheet: its name, what it is for, its columns."""

    name: str
    about: str
    columns: tuple[Column, ...]


DECIDED = (
    Column("by", "审读人身份", 14, help="写身份，不写姓名，如“标准管理处审读员”"),
    Column("on", "日期", 12, help="如 2026-11-24"),
    Column("reason", "理由", 30),
)
CRITERIA = Sheet("资格条件", "逐条看“条件”是否与“服务对象”的原文一致。采纳：写入 criteria.ttl；留空：以后再看。", (
    Column("id", "编号", 12, given=True),
    Column("service", "服务项目", 24, given=True),
    Column("number", "第几行", 8, given=True),
    Column("state", "状态", 10, given=True),
    Column("text", "服务对象（原文）", 50, given=True),
    Column("condition", "条件", 60, given=True),
    Column("decision", "决定", 10, values=("采纳",)),
    *DECIDED,
))
READING = Sheet("读法", "补充：为没有读出的文字写一条；替换：用这一条取代原来读错的一条（在“替换”里写它的编号）。可以在下面加行。", (
    Column("id", "编号", 14, given=True),
    Column("service", "服务项目", 24),
    Column("number", "第几行", 8),
    Column("cell", "哪一格", 10, values=("服务对象", "保障标准", "支出责任", "覆盖水平")),
    Column("unread", "没有读出的文字", 36, given=True),
    Column("decision", "决定", 10, values=("补充", "替换")),
    Column("replaces", "替换", 18, help="被取代的节点编号，见 tjkg export --format json 的 id"),
    Column("kind", "类", 10, values=("待遇", "支出责任", "覆盖目标", "限额")),
    Column("quote", "依据的原文", 36, help="这一格里的确切字句，只出现一次"),
    Column("item", "名称", 16, help="待遇叫什么；限额、覆盖目标指什么"),
    Column("role", "类型", 14, help="待遇：grant rate cap …；支出：负担 补贴 …；覆盖：coverage should_cover_all outcome"),
    Column("operator", "比较符", 8, values=("=", ">=", "<=", ">", "<", "~")),
    Column("value", "数值", 10, help="只写数，万要乘开"),
    Column("unit", "单位", 8),
    Column("per", "每", 10, help="如 每人、每餐"),
    Column("period", "周期", 10, help="如 每月、一次性"),
    Column("condition", "条件", 20),
    Column("payer", "支付方", 14),
    Column("percent", "比例（%）", 10),
    Column("rule", "交由的规定", 24),
    *DECIDED,
))
FINDINGS = Sheet("发现", "接受：写明理由和期限，到期前不再列为问题；其余请在原文或数据中改正。", (
    Column("id", "编号", 18, given=True),
    Column("severity", "程度", 8, given=True),
    Column("rule", "规则", 20, given=True),
    Column("service", "服务项目", 24, given=True),
    Column("message", "发现", 44, given=True),
    Column("quote", "原文", 40, given=True),
    Column("fix", "怎样改", 36, given=True),
    Column("decision", "决定", 10, values=("接受",)),
    Column("until", "接受到", 12, help="如 2027-06-30"),
    *DECIDED,
))
SHEETS = (CRITERIA, READING, FINDINGS)
