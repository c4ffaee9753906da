"""Every sentence for people that is no label and no sh:message: one table, Chinese first."""

from __future__ import annotations

from typing import Literal

__all__ = ["FINDINGS", "Lang", "TEXT", "say"]

Lang = Literal["zh", "en"]

# key → (zh, en); {…} are filled by the caller
TEXT: dict[str, tuple[str, str]] = {
    "service": ("服务项目", "Service"),
    "category": ("服务类别", "Category"),
    "domain": ("领域", "Domain"),
    "section": ("小类", "Section"),
    "applies": ("适用", "Applies"),
    "applies-named": ("专门面向", "named for them"),
    "applies-all": ("全体可享", "open to all of them"),
    "applies-some": ("部分人可享", "for some of them"),
    "target": ("服务对象", "Audience"),
    "standard": ("保障标准", "Standard"),
    "funding": ("支出责任", "Funding"),
    "coverage": ("覆盖水平", "Coverage"),
    "payers": ("出资方", "Payers"),
    "line": ("行", "Line"),
    "row": ("第{number}行标准", "Standard {number}"),
    "inherited": ("（合并单元格，同上一行）", " (merged cell, as in the row above)"),
    "phrase": ("原文", "Quote"),
    "became": ("读作", "Read as"),
    "groups": ("对象群体", "Groups"),
    "agencies": ("有关部门", "Agencies"),
    "stated": ("原文写明", "stated"),
    "inferred": ("推断", "inferred"),
    "source-line": ("原文第{line}行", "line {line} of the plan"),
    "count-services": ("共{count}项服务", "{count} services"),
    "nothing": ("没有找到", "Nothing found"),
    "build-written": ("{plan}：{services}项服务、{standards}条标准、{indicators}项指标，已写入 {files}",
                      "{plan}: {services} services, {standards} standards, {indicators} indicators, written to {files}"),
    "build-current": ("{plan}：与原文一致", "{plan}: what the source yields"),
    "build-stale": ("{plan}：{file} 与原文得出的不同，请运行 tjkg build", "{plan}: {file} differs, run tjkg build"),
    "loaded": ("已向 {endpoint} 装入 {graphs} 个图、{size} KB",
               "{graphs} graphs, {size} KB loaded into {endpoint}"),
    "conforms": ("符合全部要求", "Conforms"),
    "findings": ("{count}条发现", "{count} findings"),
    "timeout": ("查询超过 {seconds} 秒，已停止。请缩小查询或加大 --timeout",
                "The query took longer than {seconds} s and was stopped. Narrow it or raise --timeout"),
    "severity-violation": ("违反", "violation"),
    "severity-warning": ("警告", "warning"),
    "severity-information": ("提示", "information"),
    "where": ("位置", "Where"),
    "why": ("为什么要紧", "Why it matters"),
    "fix": ("怎样改", "How to mend it"),
}

# rule → (what zh, what en, fix zh, fix en); the parser's findings on a document's form
FINDINGS: dict[str, tuple[str, str, str, str]] = {
    "row-width": ("这一行有{have}个单元格，表头有{want}个", "The row has {have} cells, the header {want}",
                  "请补全或合并这一行的单元格", "Complete or merge the cells of this row"),
    "row-without-name": ("这一行没有服务项目名称，上面也没有可以承接的", "The row has no service name and none above to take",
                         "请填上服务项目", "Fill in the service"),
    "duplicate-row": ("这一行与同一服务上面的一行完全相同", "The row repeats one above of the same service",
                      "请删去重复的一行", "Delete the repeated row"),
    "cell-empty": ("单元格是空的（{aspect}）", "An empty cell ({aspect})", "请填上内容", "Fill it in"),
    "count-differs": ("“{category}”写明共计{printed}项，实际列出{found}项",
                      "{category} says it has {printed} services and lists {found}",
                      "请核对清单与“共计”数", "Check the list against its count"),
    "listed-twice": ("清单中“{name}”出现两次", "{name} stands twice in the list", "请删去一处", "Delete one"),
    "service-twice": ("基本标准表中“{name}”分在两处", "{name} stands in two places of the tables",
                      "请合并为一处，或改名", "Put it in one place, or rename it"),
    "not-in-list": ("“{name}”在基本标准表中，不在清单中", "{name} is in the tables and not in the list",
                    "请在清单中补上，或核对写法", "Add it to the list, or check its spelling"),
    "not-in-tables": ("“{name}”在清单中，基本标准表里没有", "{name} is in the list and has no row in the tables",
                      "请在表中补上，或核对写法", "Add its row, or check its spelling"),
    "indicator-empty": ("指标表有空单元格（{aspect}）", "The table of indicators has an empty cell ({aspect})",
                        "请填上内容", "Fill it in"),
    "table-unknown": ("不认识的表头：{header}", "A table of an unknown kind: {header}",
                      "请用通常的列名（服务项目、服务对象、保障标准、支出责任、覆盖水平）", "Use the usual column names"),
}


def say(key: str, lang: Lang, **values: object) -> str:
    """The sentence of a key in a language, filled."""
    return TEXT[key][0 if lang == "zh" else 1].format(**values)
