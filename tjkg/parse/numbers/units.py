"""Measure words: which unit a number carries and what kind of number that makes it."""

from __future__ import annotations

import re

__all__ = ["CHINESE_MEASURES", "kind_of", "unit_at"]

_PERCENT = "% ％ ‰ 个百分点"
_MONEY = "元 美元 角"
_AGE = "周岁 岁"
_DURATION = "年 个月 个工作日 工作日 个学期 学期 个小时 小时 分钟 秒 周 天 日 月 月龄"
_MULTIPLE = "倍"
_COUNT = (
    "人次 万人次 人户 人 户次 户 家 所 个 名 位 项次 项 条 件次 件 张床 张 套 册 部 场次 场 次 期 份 本 块 台 辆"
    " 座 处 间 床 平方米 立方米 平方公里 公里 千米 米 吨 千克 公斤 克 升 餐 顿 例 门 课时 学时 学分 分 节"
    " 班 组 对 具 支 只 亩 公顷 票 站 村 片 宗 批次 孩次 dB（A） dB(A) dB G"
)
_KINDS = {
    unit: kind
    for kind, units in (
        ("percent", _PERCENT), ("amount", _MONEY), ("age", _AGE), ("duration", _DURATION),
        ("multiple", _MULTIPLE), ("count", _COUNT),
    )
    for unit in units.split()
}
_UNIT = re.compile("|".join(re.escape(u) for u in sorted(_KINDS, key=len, reverse=True)))
# Measures that make a number of a Chinese numeral (一次, 两年, 三名). 一年级 is a grade, 一次性 a manner,
# 一个样 idiom: see the guards.
CHINESE_MEASURES = re.compile(
    r"(?:人次|户次|场次|个(?!性|别|样|体|案|人(?!$))|次(?!性|序|级)|名(?!牌|校)|人(?!一|们)|户(?!籍|型|口)|家(?!庭|长)"
    r"|所(?!有)|项|件|张|套|册|部(?!门|委)|场|期|份|本|块|台|餐|顿|倍|岁|周岁|周|天|日|年(?!级|度)"
    r"|月|小时|分钟|学期|工作日|学时|课时|元|平方米|公里|孩次|%|％|‰)"
)


def unit_at(text: str, start: int) -> str | None:
    """The longest unit that begins at a position of the text."""
    match = _UNIT.match(text, start)
    return match[0] if match else None


def kind_of(unit: str | None) -> str:
    """amount | percent | age | duration | multiple | count, or number for none."""
    return _KINDS.get(unit, "number") if unit else "number"
