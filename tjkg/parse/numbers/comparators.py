"""Words of comparison beside a number: 不低于 … 以上 … 未满, and whether they include the number.

Civil Code of the PRC, art. 1259: 以上, 以下, 以内 include the number; 不满, 超过, 以外 do not.
"""

from __future__ import annotations

import re

__all__ = ["after", "before"]

# Printed before the number. 达到 and 保持在 set a level that is met from there on.
BEFORE: tuple[tuple[str, str], ...] = (
    (">=", "不得低于 不得少于 不低于 不少于 不小于 不短于 不早于 至少 最低 最少 年满 达到 达 保持在 ≥ ⩾ ≧"),
    ("<=", "不得超过 不得高于 不得多于 最高不超过 最多不超过 不超过 不高于 不多于 不大于 不长于 不晚于"
           " 最高 最多 至多 封顶线为 封顶线 封顶 上限为 上限 ≤ ⩽ ≦"),
    (">", "超过 高于 大于 多于 超出 突破 逾 ＞ >"),
    ("<", "低于 少于 小于 不足 不满 未满 不到 未达到 ＜ <"),
    ("~", "大约 约 近"),
)
# Printed after the number.
AFTER: tuple[tuple[str, str], ...] = (
    (">=", "（含）及以上 （含）以上 (含)以上 （含本数）以上 及以上 及其以上 以上 起"),
    ("<=", "（含）及以下 （含）以下 (含)以下 （含本数）以下 及以下 以下 以内 之内 内 封顶"),
    (">", "（不含）以上 以外 开外"),
    ("<", "（不含）以下 （不含）以内"),
    ("~", "左右 上下"),
)
_BEFORE = {word: sign for sign, words in BEFORE for word in words.split()}
_AFTER = {word: sign for sign, words in AFTER for word in words.split()}
_LONGEST_FIRST = sorted(_BEFORE, key=len, reverse=True)
# Words that may stand between the comparator and its number.
_FILLER = re.compile(r"(?:现行|当前|目前|为|的|在|到|[建设配拥]?有|建成|组织|开展|举办|提供|安排|配备|[人户生]均|每[^每，。；、]{1,3}|[“\"])$")
# For shares and multiples: what they are of may stand between (低于低保标准的150%).
_BASE = re.compile(
    r"(?!.*(?:给予|按|由|至|标准的?.*标准))[^，。；、：但且或0-9]{1,14}?"
    r"(?:标准|工资|收入|线|总数|总额|总量|水平|费用|人数)的?"
)
_AFTER_RE = re.compile("|".join(re.escape(w) for w in sorted(_AFTER, key=len, reverse=True)))


def _ending(text: str, end: int) -> str | None:
    """The longest comparator that ends at a position."""
    for word in _LONGEST_FIRST:
        if text.endswith(word, 0, end):
            return word
    return None


def before(text: str, start: int, of_something: bool = False) -> tuple[str, str, int] | None:
    """(operator, word, its start) of the comparator before position `start`, fillers skipped.

    of_something: the number is a share or multiple, so its base may stand between.
    """
    line = text[max(0, start - 24) : start]
    end = len(line)
    while True:
        if word := _ending(line, end):
            return _BEFORE[word], word, start - len(line) + end - len(word)
        if (gap := _FILLER.search(line[:end])) is None:
            break
        end = gap.start()
    if of_something:
        for at in range(len(line) - 1, 0, -1):
            word = _ending(line, at)
            if word and word not in ("最低", "最高") and _BASE.fullmatch(line, at):
                return _BEFORE[word], word, start - len(line) + at - len(word)
    return None


def after(text: str, end: int) -> tuple[str, str, int] | None:
    """(operator, word, its end) of the comparator right after position `end`."""
    match = _AFTER_RE.match(text, end)
    if match is None or text.startswith("内容", match.start()):
        return None
    return _AFTER[match[0]], match[0], match.end()
