"""What a question wants beside money: a quantity in another unit, a channel; and whether the service has it."""

from __future__ import annotations

import re
from typing import Any

from tjkg.ask.question import Question
from tjkg.ask.snapshot import Paragraph

__all__ = ["asked_unit", "channel_sentences", "has_unit", "quantities_here"]

Json = dict[str, Any]
# 多少册, 几个月, 几场: the unit that is asked for; the words that follow 多少 without being a unit.
_UNIT = r"(?:多少|几)(个?[\u4e00-\u9fff]{1,2})"
_NO_UNIT = r"^(?:大|用|以|人民|钱|元|块(?:钱|多|来|$|[呢吧啊？])|百|千|万块|成|个点|折|比例|项|条|种|类|样|个服务|个领域|个指标|个类别|个项目|[？的是了吗呢，合比给能一就才算补])"


def asked_unit(q: Question) -> str | None:
    """The unit after 多少 or 几 when it is no money, share or kind of thing in the catalogue."""
    if re.search(r"多长时间|多久|多少时间|什么时间|几个小时|多少小时", q.reading.text):
        return "小时"
    for match in re.finditer(_UNIT, q.reading.text):
        unit = match[1]
        if re.match(_NO_UNIT, unit) or unit == "个" or not _is_unit(q, unit):
            continue
        unit = _COUNTED_AS.get(unit[:1], unit)
        held = [m for m in q.reading.of("cue") if m.key in ("money", "ratio") and m.start <= match.start() < m.end]
        if not held:
            return unit
    return None


# What plans call what people count otherwise.
_COUNTED_AS = {"本": "册", "回": "次", "遍": "次", "趟": "次"}
# Measure words that ask for a quantity, beside the units of the data.
_MEASURES = frozenset("块片件份人名户家月年天日次场部套册本时分公平张床所座台辆档级遍回期周门款位间处支队条站点")


def _is_unit(q: Question, said: str) -> bool:
    """Whether what follows 多少 is a unit: of the data, or a measure word."""
    return said.removeprefix("个")[:1] in _MEASURES or any(u != "个" and said.startswith(u) for u in q.snapshot.units_used)


def _matches(unit: str | None, asked: str) -> bool:
    """Whether a unit of the data is the one asked for: 个月 and 月, 册 and 册书."""
    if not unit:
        return False
    asked, unit = asked.removeprefix("个"), unit.removeprefix("个")
    return unit.startswith(asked[:1]) or asked.startswith(unit)


def quantities_here(q: Question) -> list[tuple[str, Json]]:
    """Limits and benefits of the services meant that have the unit."""
    unit = asked_unit(q) or ""
    return [
        (s, n) for s in q.links.services[:2] for key in ("limits", "benefits", "coverage_targets") for n in q.service(s)[key]
        if _matches(n["unit"], unit) and n["value"] is not None
    ]


def has_unit(q: Question) -> bool:
    """Whether the services meant have a quantity of the unit that is asked for."""
    return asked_unit(q) is not None and bool(quantities_here(q))


def channel_sentences(q: Question) -> list[Paragraph]:
    """The sentences of the service's standard that name a channel (渠道, APP, 网厅, 网点)."""
    if not q.links.named or not q.reading.has("where", "procedure", "phone") or re.search("工作日|几天|多久|多长时间|材料", q.reading.text):
        return []
    services = q.links.services[:1]
    words = q.snapshot.channel_words
    if q.reading.has("phone"):
        words = [w for w in words if w in ("电话", "热线")]
    return [
        s for s in q.snapshot.sentences
        if s.service in services and s.cell == "standard" and sum(w in s.text.lower() for w in words) >= 2
    ]
