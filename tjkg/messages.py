"""Every sentence for people that is no label and no sh:message: one table, Chinese first."""

from __future__ import annotations

from typing import Literal

__all__ = ["CHECKS", "FINDINGS", "FINDINGS_WHY", "Lang", "TEXT", "say"]

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
    "not-conforms": ("有不符合要求之处", "Does not conform"),
    "accepted": ("已接受", "accepted"),
    "accepted-head": ("按基线文件已接受：", "Accepted by the baseline:"),
    "other-place": ("另见", "See also "),
    "audit-title": ("原文审计：哪些字句和数字已读成数据", "Audit: which words and numbers of the plan became data"),
    "audit-text": ("逐字对照", "The plan, word by word"),
    "audit-map": ("完整性一览", "Completeness"),
    "audit-cells": ("有取值的单元格", "cells with a typed value"),
    "audit-characters": ("单元格文字已读出", "of the cells' words read"),
    "audit-numbers": ("应有着落的数字", "numbers to account for"),
    "audit-represented": ("已表示为数据", "represented"),
    "audit-explained": ("已说明（序号、文号、名称、年份）", "explained (ordinals, names, dates)"),
    "audit-gaps": ("缺口", "gaps"),
    "audit-gap": ("缺口", "gap"),
    "audit-line-cells": ("{plan}：{cells}个单元格，{structured}个有取值；文字（虚词除外）已读出{share}%",
                         "{plan}: {cells} cells, {structured} with a typed value; {share}% of the words read"),
    "audit-line-numbers": ("数字{numbers}个 = 已表示{represented} + 已说明{explained} + 缺口{gaps}",
                           "{numbers} numbers = {represented} represented + {explained} explained + {gaps} gaps"),
    "state-structured": ("已结构化", "structured"),
    "state-text_only": ("仅有文字", "text only"),
    "state-left_to_rule": ("交由其他规定", "left to a rule"),
    "state-not_stated": ("规划未写明", "not stated"),
    "state-conflict": ("自相矛盾", "in conflict"),
    "lit-quantity": ("数量与比例", "quantity or share"),
    "lit-in_kind": ("服务、条件、机构", "service, condition, organisation"),
    "lit-rule": ("交由规定", "left to a rule"),
    "lit-gap": ("没有着落的数字", "number without a home"),
    "lit-unread": ("未读出的文字", "words not read"),
    "report-title": ("检查结果", "Validation"),
    "rule": ("规则", "Rule"),
    "message": ("发现", "Finding"),
    "severity": ("程度", "Severity"),
    "findings": ("{count}条发现", "{count} findings"),
    "timeout": ("查询超过 {seconds} 秒，已停止。请缩小查询或加大 --timeout",
                "The query took longer than {seconds} s and was stopped. Narrow it or raise --timeout"),
    "yes": ("是", "yes"),
    "no": ("否", "no"),
    "not-applicable": ("不适用", "not applicable"),
    "phrase-is": ("{label}：{values}", "{label}: {values}"),
    "phrase-not": ("非（{phrase}）", "not ({phrase})"),
    "phrase-and": ("{parts}", "{parts}"),
    "phrase-and-mark": ("且", " and "),
    "phrase-or": ("{parts}", "{parts}"),
    "phrase-or-mark": ("或", " or "),
    "phrase-range": ("{first}且{second}", "{first} and {second}"),
    "split-part": ("{values} → {verdict}", "{values} → {verdict}"),
    "split-mark": ("；", "; "),
    "group-all": ("全部符合", "all eligible"),
    "group-none": ("全不符合", "none eligible"),
    "group-some": ("部分符合", "some eligible"),
    "group-unknown": ("不能断定", "cannot tell"),
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
    "not-built": ("{what}", "{what}", "请改正后再试", "Mend it and try again"),
    "column-missing": ("这张表没有这一列（{aspect}）", "The table has no such column ({aspect})",
                       "如果文件确实没有规定，可以不改", "Leave it if the document says nothing of it"),
    "row-outside-table": ("这一行单元格不属于任何表", "A row of cells that belongs to no table",
                          "请检查表头是否完整、表格是否断开", "See that the header is whole and the table not torn apart"),
    "table-unknown": ("不认识的表头：{header}", "A table of an unknown kind: {header}",
                      "请用通常的列名（服务项目、服务对象、保障标准、支出责任、覆盖水平）", "Use the usual column names"),
}


# rule → (why zh, why en): why a finding on a document's form matters
FINDINGS_WHY: dict[str, tuple[str, str]] = {
    "row-width": ("少一格或多一格，后面各栏就对错了位", "One cell too few or too many puts every later column out of place"),
    "row-without-name": ("没有名称的一行不知道属于哪项服务", "A row without a name belongs to no service"),
    "duplicate-row": ("重复的一行会被算成两条标准", "A repeated row would count as two standards"),
    "cell-empty": ("空着的一格就是规划没有作出的承诺", "An empty cell is a promise the plan does not make"),
    "count-differs": ("对外公布的项数要与清单一致", "The number announced must be the number listed"),
    "listed-twice": ("一项服务只能属于一个类别", "A service belongs to one category"),
    "service-twice": ("分在两处的服务会被当作两项", "A service in two places would be taken for two"),
    "not-in-list": ("清单之外的服务没有类别，按类别查不到", "Outside the list it has no category and is not found by one"),
    "not-in-tables": ("列入清单而没有标准的服务无法兑现", "A service listed without a standard cannot be claimed"),
    "indicator-empty": ("没有数值的指标无法考核", "An indicator without a value cannot be assessed"),
    "column-missing": ("没有这一列，就答不了这方面的问题", "Without it questions of that kind have no answer"),
    "row-outside-table": ("表外的行没有读入，里面的服务会缺失", "Such a row is not read: its service would be missing"),
    "table-unknown": ("不认识的表没有读入，里面的服务都会缺失", "An unknown table is not read: its services would be missing"),
    "not-built": ("数据无法生成，其余检查无法进行", "No data could be made, so nothing else was checked"),
}

# rule → (what zh, what en, why zh, why en, fix zh, fix en): the checks that are neither shape nor query
CHECKS: dict[str, tuple[str, str, str, str, str, str]] = {
    "passage-drifted": (
        "引文与原文不符，该处原文是“{found}”", "The quote is not what the plan says there: “{found}”",
        "每个答案都要点亮原文的确切字句", "Every answer lights up the exact words of the plan",
        "重新运行 tjkg build；手写的引文请对照原文改正", "Run tjkg build again; mend a quote written by hand against the plan"),
    "passage-line-wrong": (
        "引文的行号写作{line}，应是{right}", "The quote is said to be on line {line}, it is on line {right}",
        "人查原文先看行号", "People look up a line first",
        "重新运行 tjkg build，或改正 tjkg:line", "Run tjkg build again, or mend tjkg:line"),
    "text-differs": (
        "原文与数据不是同一个版本（哈希值不同）", "The plan's text is not the one the data was made from (another hash)",
        "换了原文，全部引文位置都可能失效", "With another text every position may be wrong",
        "运行 tjkg build 重新生成，或恢复原来的原文", "Run tjkg build, or restore the text"),
    "text-absent": (
        "手边没有这份数据的原文，引文没有核对", "The plan's text is not at hand, the quotes were not checked",
        "没有核对过的引文不能当作证据", "A quote that was not checked is no evidence",
        "把原文（source.txt 等）放在数据旁边", "Put the text (source.txt or so) beside the data"),
    "value-not-in-quote": (
        "数值{value}与原文写法“{printed}”对不上", "The value {value} is not what is printed: “{printed}”",
        "数值错了，计算、比较和回答都跟着错", "A wrong value makes every sum, comparison and answer wrong",
        "改正数值，或重新运行 tjkg build", "Mend the value, or run tjkg build again"),
    "replacement-quote-gone": (
        "审读者引用的原文已经找不到", "The words the reader quoted are no longer in the plan",
        "依据已变的替换会把旧的理解带进新规划", "A replacement whose ground is gone carries an old reading into a new plan",
        "对照新的原文重新审读，改正或删去这一条", "Read the new text again; mend or delete the entry"),
    "replacement-without-target": (
        "所替换的解析结果已不存在", "What it replaces is no longer there",
        "替换落空，审读者的意见没有生效", "The replacement does nothing, so the reader's decision has no effect",
        "运行 tjkg show 看现在的结果，改正 tjkg:replaces", "See the present reading with tjkg show and mend tjkg:replaces"),
    "baseline-expired": (
        "已接受的发现过了期限（{until}），重新列出：{reason}", "An accepted finding has expired ({until}) and is listed again: {reason}",
        "接受只是暂时的，到期要重新判断", "Acceptance is for a time and must be decided anew",
        "处理这一发现，或在基线文件中写明新的期限和理由", "Deal with it, or give a new date and reason in the baseline"),
    "baseline-unused": (
        "基线文件中的一条没有对上任何发现：{entry}", "An entry of the baseline meets no finding: {entry}",
        "多余的条目会遮住以后的问题", "A needless entry would hide what comes later",
        "从基线文件中删去这一条", "Delete the entry from the baseline"),
}


def say(key: str, lang: Lang, **values: object) -> str:
    """The sentence of a key in a language, filled."""
    return TEXT[key][0 if lang == "zh" else 1].format(**values)
