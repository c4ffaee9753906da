"""Organisations that cells and paragraphs name, with the role the words give them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tjkg.parse.text.flat import flat
from tjkg.parse.text.names import Found, Name, Names, find, fold, in_titles
from tjkg.records import Agency, AgencyRole, Span

__all__ = ["agency_roles"]

# What an organisation does, in the words of such plans, and the role it gives. The first one after it counts.
_VERBS: tuple[tuple[str, str], ...] = (
    ("审核|核查|审查", "审核"),
    ("核定|认定|确认", "核定"),
    ("审批|批准|审定", "批准"),
    ("鉴定|评估", "鉴定"),
    ("组织(?!体系|建设|机构|架构)|举办|主办|承办|开展", "主办"),
    ("提供|配备|配置|制作|开放", "提供"),
    ("发放", "发放"),
    ("共建|共同建设", "共建"),
    ("(?:承担|负担)(?=[^，；。]*(?:责任|职责|职能|任务))|负责", "负责"),
    ("承担|负担", "承担费用"),
    ("缴纳", "缴费"),
    ("支付", "支付"),
    ("减免|免除", "减免"),
    ("(?:纳入|列入)(?:本级|同级)?财政预算", "列入预算"),
    ("部署", "部署"),
    ("要求", "提出要求"),
    ("指导", "指导"),
    ("监督|监管", "监督"),
    ("受理|办理", "受理"),
    ("实行|实施|落实", "实施"),
    ("生活|居住", "供养"),  # people live in it
)
_VERB = re.compile("|".join(f"(?P<v{i}>{words})" for i, (words, _) in enumerate(_VERBS)))
# 给予X补贴, 对X，给予补贴: X is helped, it does nothing.
_HELPED_BEFORE = re.compile(r"给予[^，；。]{0,4}$|对[^，；。]*$|向[^，；。]{0,4}$")
_HELPED_AFTER = re.compile(
    r"[^，；。]*?(?:补贴|奖励|补助|资助)|，?(?:按[^，；。]*)?(?:给予|发放)[^；。]*?(?:补贴|奖励|补助|资助)"
)
# 加强X监督管理, 依托X开展: what follows is done to X or by way of it.
_OBJECT = re.compile(r"(?:加强|规范|完善|健全|依托)(?:对)?$")
_BASIS = re.compile(r"(?:依据|根据)[^，；。]*，")  # A依据B核定的…，减免: B's verb is not A's
_PURPOSE = re.compile(r"[^；。]*?用于[^，；。]*")  # 渠道包括A和B，…用于发放
_CLAUSE = re.compile(r"[^，；。]*")
_LISTED = "、|和|及|与"


@dataclass(frozen=True)
class _Place:
    """An organisation in a text; `others` are the names whose words are no verbs (残联组织)."""

    text: str
    found: Found
    others: tuple[Found, ...]


@dataclass(frozen=True)
class _Role:
    """A role and the stretch of words that gives it."""

    role: str
    start: int
    end: int


def _verb(at: _Place, start: int, end: int) -> _Role | None:
    """The first verb in a stretch that is not part of a name."""
    for match in _VERB.finditer(at.text, start, end):
        if not any(o.start < match.end() and match.start() < o.end for o in at.others):
            role = next(role for i, (_, role) in enumerate(_VERBS) if match[f"v{i}"])
            return _Role(role, at.found.start, match.end())
    return None


def _helped(at: _Place) -> _Role | None:
    """给予老人家食堂2元的运营补贴: it is helped."""
    before = _HELPED_BEFORE.search(at.text[: at.found.start])
    after = _HELPED_AFTER.match(at.text, at.found.end) if before else None
    return _Role("接受补贴", before.start(), after.end()) if before and after else None


def _does(at: _Place) -> _Role | None:
    """经区残联审核: the verb stands in the same clause, or in the next after 依据…，."""
    if _OBJECT.search(at.text[: at.found.start]):
        return None
    start = m.end() if (m := _BASIS.match(at.text, at.found.end)) else at.found.end
    clause = _CLAUSE.match(at.text, start)
    return _verb(at, start, clause.end()) if clause else None


def _serves(at: _Place) -> _Role | None:
    """A row of places and then what they are for: 渠道包括A和B，部署设备，用于发放."""
    purpose = _PURPOSE.match(at.text, at.found.end)
    return _verb(at, purpose.end() - len(purpose[0].rsplit("用于", 1)[1]), purpose.end()) if purpose else None


# The first rule that finds a role gives it; an organisation may have none.
_RULES: tuple[Callable[[_Place], _Role | None], ...] = (_helped, _does, _serves)


@lru_cache(maxsize=16)
def _names(agencies: tuple[Agency, ...]) -> Names:
    return Names(Name(fold(label), a.id) for a in agencies for label in a.labels)


@lru_cache(maxsize=16)
def _by_noun(names: tuple[Name, ...]) -> dict[str, list[tuple[str, Name]]]:
    """Names cut in two at every place: what ends them → (what begins them, name)."""
    found: dict[str, list[tuple[str, Name]]] = {}
    for name in names:
        for i in range(1, len(name.label) - 1):
            found.setdefault(name.label[i:], []).append((name.label[:i], name))
    return found


def _sharing_a_noun(text: str, names: Sequence[Name]) -> Iterator[Found]:
    """市、区人民政府 names 市人民政府 too: the first part of a name, a sign of a list, the rest later."""
    if not re.search(_LISTED, text):
        return
    for noun, same in _by_noun(tuple(names)).items():
        for first, name in same if noun in text else ():
            if first not in text:
                continue
            pattern = rf"{re.escape(first)}(?=(?:{_LISTED})[^、，；。的]{{1,6}}?{re.escape(noun)})"
            for match in re.finditer(pattern, text):
                yield Found(match.start(), match.end(), name)


def _organisations(text: str, agencies: Sequence[Agency]) -> tuple[Found, ...]:
    """Names in a text, those of documents passed over."""
    names = _names(tuple(agencies))
    whole = find(text, names)
    parts = [f for f in _sharing_a_noun(text, names) if not any(f.overlaps(w) for w in whole)]
    titles = in_titles(text)
    found = sorted((*whole, *parts), key=lambda f: f.start)
    return tuple(f for f in found if not any(a <= f.start < b for a, b in titles))


def _read(cell: Span, agencies: Sequence[Agency]) -> Iterator[AgencyRole]:
    line = flat(cell)
    organisations = _organisations(line.text, agencies)
    for found in organisations:
        at = _Place(line.text, found, organisations)
        role = next((r for rule in _RULES if (r := rule(at)) is not None), None)
        if role is not None:
            yield AgencyRole(found.name.id, role.role, "stated", line.passage(role.start, role.end))


def agency_roles(cells: Sequence[Span], agencies: Sequence[Agency]) -> tuple[AgencyRole, ...]:
    """The organisations that cells (or paragraphs) give something to do: one record a role, in text order."""
    seen: dict[tuple[str, str], AgencyRole] = {}
    for cell in cells:
        for role in _read(cell, agencies):
            seen.setdefault((role.agency, role.role), role)
    return tuple(seen.values())
