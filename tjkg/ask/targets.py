"""Indicators and targets of the prose that a question names by most of their words."""

from __future__ import annotations

import re
from typing import Any

from tjkg.ask.content import said
from tjkg.ask.reading import Reading
from tjkg.ask.retrieve import grams
from tjkg.ask.snapshot import Snapshot

__all__ = ["indicator_said", "prose_targets"]

Json = dict[str, Any]
# A chunk of the question names an indicator when most of both is common to them.
_INDICATOR = 0.5
# Where one chunk of content ends and another begins.
# 平均一个人, 每人平均, 人均 of an indicator.
_A_HEAD = r"平均(?:一个|每个|每)?人|(?:每个|每|一个)人(?:平均)?(?=能?[摊占拥分有])|每人平均"
_CHUNKS = r"[\s，。？！；、“”]+|\d+年?|[的到要是在从比为约]"


def indicator_said(reading: Reading, snapshot: Snapshot) -> list[str]:
    """The indicator most of whose name is said; none when no chunk of the question is close to one."""
    every = [i["name"] for i in snapshot.catalogue["indicators"]]
    units = {i["name"]: i["unit"] for i in snapshot.catalogue["indicators"]}
    index = snapshot.sentence_index
    scored = []
    text = re.sub(_A_HEAD, "人均", said(reading))
    chunks = [c for c in re.split(_CHUNKS, text) if c]
    if re.search(_A_HEAD, reading.text) or "人均" in reading.text:
        chunks += ["人均" + c for c in chunks if not c.startswith("人均")]
    for chunk in chunks:
        for name in every:
            part = len(chunk) >= 3 and sum(chunk in n for n in every) == 1
            if part and (name.endswith(chunk) or len(chunk) >= 0.6 * len(name) and chunk in name):
                scored.append((1.0, name))
            mine, theirs = grams(name), grams(chunk)
            both = sum(index.rarity(g) for g in mine & theirs)
            if not both or len(chunk) < 3:
                continue
            own = sum(index.rarity(g) for g in mine)
            other = sum(index.rarity(g) or 5.0 for g in theirs)
            same_unit = bool(units[name]) and len(units[name]) > 2 and units[name] in reading.text
            if both < (0.3 if same_unit else 0.45) * own or both < (0.4 if same_unit else 0.55) * other:
                continue
            whole = own + other
            bonus = 0.2 if same_unit else 0.0
            scored.append((2 * both / whole + bonus, name))
    scored.sort(reverse=True)
    return [scored[0][1]] if scored and scored[0][0] >= _INDICATOR else []


def prose_targets(reading: Reading, snapshot: Snapshot) -> list[tuple[float, Json]]:
    """Targets in the prose whose subject is said, best first: 普惠性学前教育资源覆盖率."""
    index = snapshot.sentence_index
    found = []
    every = [t for key in ("tasks", "projects", "measures") for m in snapshot.catalogue[key] for t in m["targets"]]
    chunks = [c for c in re.split(_CHUNKS, said(reading)) if len(c) >= 3]
    for target in every:
        mine = grams(target["subject"] or "")
        own = sum(index.rarity(g) for g in mine)
        for chunk in chunks:
            theirs = grams(chunk)
            other = sum(index.rarity(g) or 5.0 for g in theirs)
            both = sum(index.rarity(g) for g in mine & theirs)
            if own and both >= 0.5 * own and both >= 0.6 * other:
                found.append((2 * both / (own + other), target))
    return sorted(found, key=lambda pair: -pair[0])
