"""Who receives, in which case: what the words before an amount say once measure and verb are read off."""

from __future__ import annotations

import re

from tjkg.parse.benefits.state import State
from tjkg.parse.benefits.words import CONNECTIVE, GIVE, PERSON, is_person

__all__ = ["case_of", "receiver", "shared_case"]

_ANYBODY = ("人员", "人群", "人", "者", "成员")  # by themselves they name nobody
_BODIES = ("机构", "基地", "学校", "单位", "企业", "组织", "食堂")
_ACTS_ON = re.compile(r"吸纳|招用|招收|安置|雇佣|雇用|聘用|创办|开办|举办|参加|从事")


def receiver(label: str, reach: int = 4) -> str | None:
    """Who receives, from the case that a label names: 农村特困人员集中供养 → 农村特困人员.

    reach: how many characters may follow the word for the person.
    """
    if acts := _ACTS_ON.search(label):
        label = label[: acts.start()]
    tail = re.sub(r"^(?:对于?|为|向)", "", label).rpartition("的")[2]
    tail = re.sub(r"^(?:政府|财政)?(?:为|对|向)", "", tail)
    ends = [m for m in re.finditer(PERSON, tail)]
    if not ends or len(tail) - ends[-1].end() > reach:
        return None
    if ends[-1][0] in _BODIES and ends[-1].end() < len(tail):  # 机构养育: where, not who
        return None
    found = tail[: ends[-1].end()]
    return None if found in _ANYBODY else found


def case_of(rest: str) -> tuple[str | None, str | None, str | None]:
    """(recipient, label, condition inside) from what is left of a prefix."""
    if m := CONNECTIVE.match(rest):
        rest = rest[m.end() :]
    if m := re.fullmatch(r"(.*?)在(.+?(?:前提|情况|条件)下)", rest):
        return m[1] or None, None, m[2]
    if m := re.fullmatch(rf"对于?(.+?)(?:按照?.*)?(?:{GIVE})?", rest):
        before, de, tail = m[1].rpartition("的")
        return (tail if de else m[1]), (m[1] if not de else None), before or None
    if m := re.search(rf"(?:{GIVE}|向)([^，。；]*)$", rest):
        if m[1] and is_person(m[1]):
            return m[1], None, None
        rest = rest[: m.start()]
    rest = re.sub(r"^(?:政府|财政)为", "", rest)
    if not rest or re.fullmatch(r"[的为在按照标准]*|由.*|按照?[^，]*(?:数|量|面积)", rest):
        return None, None, None
    return receiver(rest), rest.removesuffix("的"), None


def shared_case(label: str | None, state: State) -> str | None:
    """分散供养 after 农村特困人员集中供养 → 农村特困人员分散供养: the shared head of two labels."""
    if label and state.label and not is_person(label):
        for cut in range(len(state.label) - 1, 0, -1):
            head, tail = state.label[:cut], state.label[cut:]
            if is_person(head) and len(tail) == len(label) and tail[-1] == label[-1]:
                return head + label
    return label
