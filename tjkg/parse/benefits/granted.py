"""Which numbers of a chunk are granted (amounts, shares, multiples) and which only bound who or what is paid."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from tjkg.parse.benefits.state import State
from tjkg.parse.benefits.words import GIVE, MONEY, measure_after
from tjkg.parse.numbers.mention import NumberMention
from tjkg.parse.text.clauses import Chunk

__all__ = ["TIMES_AFTER", "TIMES_BEFORE", "Granted", "base_inside", "granted", "is_threshold"]

_THRESHOLD_AFTER = re.compile(
    rf"的?部分|的(?!标准|额度|限额|(?!进行|给予|予以|按|可)[^，。；]{{0,8}}{MONEY})|且|但(?!不超)"
)
_STRICT = ("低于", "高于", "超过", "不足", "不满", "大于", "小于", "少于", "多于", "未达到", "不到")
_SHARE_BEFORE = re.compile(
    r"(?:救助|报销|支付|补贴|补助|资助|减免|补偿|给予|予以|按照?[^，]*|标准的?|费用的?|部分的?)"
    r"(?:比例|标准)?(?:为|达到|达|稳定在|保持在|不低于|在|按|提高到|提高至|分别为)?$"
)
_SHARE_AFTER = re.compile(
    r"(?:的)?(?:比例|标准)?(?:给予|予以|核定|核发|补助|补贴|报销|资助|减免|救助|支付|发放|计发|或全额|、)"
)
_FULL = re.compile(r"全额(?=资助|补贴|补助|报销|减免|救助|支付|代缴|给予)")
# A multiple's standard, after it (3个月低保标准) or before it (国家补助标准的两倍).
TIMES_AFTER = re.compile(r"于?的?([^，。；、0-9]{2,20}?(?:标准|工资|收入|生活费|[学养]?老?金))")
TIMES_BEFORE = re.compile(r"(?:参照|比照|按照|按|为|相当于)([^，。；、]{2,24}?)的?$")


@dataclass(frozen=True)
class Granted:
    """A number of the chunk with what stands before it (since the last one) and after it (to the next).

    last: no other number of its kind follows in the chunk.
    """

    n: NumberMention
    prefix: str
    suffix: str
    last: bool = True


def base_inside(cell: str, n: NumberMention) -> str | None:
    """What stands between comparator and share: 不低于低保标准的150% → 低保标准."""
    if n.before is None:
        return None
    words = cell[n.phrase_start + len(n.before) : n.start].removesuffix("的")
    return words if len(words) > 2 and not words.startswith("每") else None


def _full(chunk: Chunk) -> list[NumberMention]:
    """全额 (资助, 补贴 …) as a share of 100 %."""
    cell = chunk.cell.text
    return [
        NumberMention(m.start(), m.end(), "percent", m[0], m.start(), m.end(), Decimal(100), unit="%")
        for m in _FULL.finditer(cell, chunk.start, chunk.end)
    ]


def _is_share(prefix: str, suffix: str) -> bool:
    """Whether a percentage is what is granted: not a contribution, a quota or a rate of coverage."""
    if re.match(r"的?(?:比例)?(?:确定|安排|招收|招录|认定|配备)", suffix):
        return False
    if re.match(r"[^，]{0,6}缴(?:纳|费)(?!给予|补)", suffix) or re.search(r"率(?:达到?|为|不低于)?$", prefix):
        return False
    return bool(_SHARE_BEFORE.search(prefix) or _SHARE_AFTER.match(suffix))


def _is_multiple(n: NumberMention, prefix: str, suffix: str, inside: str | None) -> bool:
    """不超过3个月低保标准, 国家补助标准的两倍."""
    if n.kind == "multiple":
        return bool(inside or TIMES_BEFORE.search(prefix) or TIMES_AFTER.match(suffix))
    return n.kind == "duration" and bool(re.match(r"(?:个?月|年)", n.unit or "") and TIMES_AFTER.match(suffix))


def granted(chunk: Chunk, state: State) -> list[Granted]:
    """The numbers of a chunk that are amounts, shares or multiples granted, thresholds included."""
    cell = chunk.cell.text
    numbers = sorted([*state.inside(chunk), *_full(chunk)], key=lambda n: n.start)
    out: list[Granted] = []
    at = chunk.start
    for n in numbers:
        prefix, suffix = cell[at : n.phrase_start], cell[n.phrase_end : chunk.end]
        if not (
            n.kind == "amount" or n.text == "全额"
            or (n.kind in ("percent", "fraction") and _is_share(cell[chunk.start : n.phrase_start], suffix))
            or _is_multiple(n, prefix, suffix, base_inside(cell, n))
        ):
            continue
        later = [m.phrase_start for m in numbers if m.start > n.start and m.kind == n.kind]
        stop = min(later, default=chunk.end)
        out.append(Granted(n, prefix.lstrip("、和及或"), cell[n.phrase_end : stop], not later))
        at = n.phrase_end + measure_after(suffix)[2]
    return out


def is_threshold(g: Granted) -> bool:
    """2万元以下部分, 低于1500元的, 1万元至2万元部分: a bound, not what is paid."""
    n = g.n
    if n.kind != "amount":
        return False
    if re.search(r"起付(?:线|标准|金额)?(?:为|是)?$", g.prefix) or re.match(r"的?部分", g.suffix):
        return True
    if n.operator in (">", ">=") and n.after and g.last is False and not g.suffix:  # 1万元以上3万元以下部分
        return True
    if n.operator in ("=", "~") or not _THRESHOLD_AFTER.match(g.suffix):
        return False
    if re.search(rf"(?:{GIVE}|补贴|补助|资助|奖励|标准|不超|最高)[^，]{{0,6}}$", g.prefix):
        return False
    return n.before in _STRICT or (n.after or "").endswith(("以上", "以下"))
