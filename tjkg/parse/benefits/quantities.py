"""All amounts, shares and multiples of one comma chunk of a 保障标准 cell, in text order."""

from __future__ import annotations

import re
from dataclasses import replace

from tjkg.parse.benefits.amounts import amount, multiple
from tjkg.parse.benefits.granted import Granted, granted, is_threshold
from tjkg.parse.benefits.rates import rate, thresholds
from tjkg.parse.benefits.recipients import receiver
from tjkg.parse.benefits.respectively import members
from tjkg.parse.benefits.state import Draft, State
from tjkg.parse.benefits.words import measure_before
from tjkg.parse.text.clauses import Chunk
from tjkg.records import Passage

__all__ = ["quantities"]


def _one(g: Granted, chunk: Chunk, state: State, passage: Passage, cut: str | None = None) -> Draft:
    """The entry of one number, by its kind."""
    if g.n.kind in ("percent", "fraction"):
        return rate(g, chunk, state, passage, cut)
    if g.n.kind == "amount":
        return amount(g, chunk, state, passage)
    return multiple(g, chunk, state, passage)


def _run(prefix: str) -> str:
    """The 每… words and verbs at the end of a prefix, without the list before them."""
    rest = measure_before(prefix).rest
    return prefix[len(rest) :] if prefix.startswith(rest) else prefix


def _listed(found: list[Granted], chunk: Chunk, state: State) -> list[Draft] | None:
    """分别给予200元、400元、600元: one entry a member of the list that stands before."""
    if len(found) < 2 or any(g.n.kind != found[0].n.kind or g.n.kind == "duration" for g in found):
        return None
    if any(measure_before(g.prefix).rest for g in found[1:]):
        return None
    cell = chunk.cell.text
    start = cell.rfind("。", 0, chunk.start) + 1
    names = members(cell[start : found[0].n.phrase_start], len(found))
    if names is None:
        return None
    bare = replace(state, label=None, pending=[], head=None)
    own_names = start + names[0][1] >= chunk.start
    who = None if own_names else re.match(r"(?:对于?|为)?([^，。；]+?)分别", chunk.text)
    out: list[Draft] = []
    for g, (label, a, b) in zip(found, names, strict=True):
        own = measure_before(g.prefix)
        prefix = g.prefix if own.per or own.period else found[0].prefix
        draft = _one(Granted(g.n, _run(prefix), found[-1].suffix), chunk, bare, chunk.passage())
        entry = replace(
            draft.benefit, condition=f"{who[1]}，{label}" if who else label,
            condition_passage=chunk.cell.passage(start + a, start + b),
            recipient=(receiver(who[1]) if who else receiver(label)) or draft.benefit.recipient,
        )
        out.append(replace(draft, benefit=entry))
    state.used |= bare.used
    state.item = out[0].benefit.item or state.item
    return out


def _joined(between: str) -> bool:
    """Whether only a joint of a list stands between two numbers: 50%或全额."""
    return re.fullmatch(r"[、或和及]", between) is not None


def _like(draft: Draft, before: Draft) -> Draft:
    """An entry with the case, recipient, per and period of the member before it."""
    own, last = draft.benefit, before.benefit
    if own.condition is None:
        own = replace(own, condition=last.condition, condition_passage=last.condition_passage)
    entry = replace(
        own, recipient=own.recipient or last.recipient, per=own.per or last.per, period=own.period or last.period
    )
    return replace(draft, benefit=entry)


def quantities(chunk: Chunk, state: State) -> list[Draft] | None:
    """Entries for the amounts, shares and multiples of a chunk; None when it has none."""
    found = granted(chunk, state)
    if not found:
        return None
    state.used |= {g.n.start for g in found}
    if listed := _listed(found, chunk, state):
        state.found += listed
        return listed
    out: list[Draft] = []
    cell, start, cut = chunk.cell.text, chunk.start, None
    for i, g in enumerate(found):
        following = found[i + 1] if i + 1 < len(found) else None
        end = following.n.phrase_start - len(following.prefix) if following else chunk.end
        passage = chunk.passage(start, len(cell[:end].rstrip("、和及或 ")))
        if is_threshold(g):
            new = thresholds(g, chunk, state, cut)
            own = cell[g.n.phrase_start : g.n.phrase_end]
            cut = (cut or "") + own
            if following:
                found[i + 1] = replace(following, prefix=g.prefix + own + following.prefix)
        else:
            new = [_one(g, chunk, state, passage, cut)]
            if out and _joined(cell[found[i - 1].n.phrase_end : g.n.phrase_start]):
                new = [_like(new[0], out[-1])]
            state.bracket, cut, start = None, None, end
        out += new
        state.found += new
    return out
