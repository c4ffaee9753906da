"""People and organisations: whom a row speaks to, who does what, what prose speaks of."""

from __future__ import annotations

from dataclasses import dataclass

from tjkg.records.places import Passage

__all__ = ["AgencyRole", "AudienceMention", "Link"]


@dataclass(frozen=True)
class AudienceMention:
    """A target cell speaks to a group. relation: named (专门面向) | included (也包括)."""

    group: str  # id in the groups' scheme
    relation: str
    passage: Passage


@dataclass(frozen=True)
class AgencyRole:
    """The plan (stated) or a law (inferred) gives an organisation a role in a service."""

    agency: str  # id in the agencies' list
    role: str  # 主办 提供 审核 发放 共建 主管 牵头 配合 …
    basis: str  # stated | inferred
    passage: Passage | None = None
    citation: str | None = None
    name: str | None = None  # as printed, where the agencies' list lacks it


@dataclass(frozen=True)
class Link:
    """A sentence of prose speaks of something: kind service | indicator | group | agency | domain."""

    kind: str
    target: str
    passage: Passage
