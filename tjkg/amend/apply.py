"""Orders of a notice carried out on a plan's text: cells replaced, rows taken out or put in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tjkg.amend.notice import Instruction
from tjkg.amend.places import Place, Unclear, cell_place, list_cut, list_entry, new_row, row_cut, text_place
from tjkg.records import Finding, Passage, Plan

__all__ = ["Change", "carry_out"]


@dataclass(frozen=True)
class Change:
    """What was done: kind replaced | removed | added; old and new words; the notice's words for it.

    number: the row of the service (None where the order is not about one row); aspect as in Instruction,
    or "list" for the list of services, "text" for words anywhere else.
    """

    kind: str
    service: str | None
    number: int | None
    aspect: str
    old: str
    new: str
    passage: Passage


@dataclass(frozen=True)
class _Edit:
    """text[start:end] becomes new; `place` says in which cell that is."""

    start: int
    end: int
    new: str
    place: Place
    order: Instruction


def _norm(text: str) -> str:
    return re.sub(r"\s", "", text)


def _finding(rule: str, order: Instruction, **values: str) -> Finding:
    return Finding("violation", rule, values, order.passage, order.service)


# ---------------------------------------------------------------- one order → one edit


def _pattern(words: str) -> re.Pattern[str]:
    """Words as they may stand in a cell: blanks and breaks anywhere."""
    return re.compile(r"\s*".join(re.escape(c) for c in _norm(words)))


def _piece(text: str, order: Instruction) -> tuple[int, int, str]:
    """Where the old words stand in a cell, and the new ones.

    由每人每月1010元调整为1060元: a new amount alone replaces the amount alone. Of several places the first
    after a word of the hint counts. Raises Unclear (not found, or several places).
    """
    old, new = order.old or "", order.new
    found = list(_pattern(old).finditer(text))
    if len(found) > 1:
        found = _after_hint(text, found, order.hint)
    if len(found) != 1:
        raise Unclear("amend-not-found" if not found else "amend-ambiguous", words=old)
    start, end = found[0].span()
    amount = re.search(r"\d", old)
    if amount is not None and amount.start() and re.match(r"\d", new):
        digit = re.search(r"\d", text[start:end])
        start += digit.start() if digit else 0
    return start, end, new


def _after_hint(text: str, found: list[re.Match[str]], hint: str) -> list[re.Match[str]]:
    """The first occurrence after the hint's words, where they stand once in the cell."""
    words = [w for w in re.split(r"[，、；:：“”（）()]|其中|的|将|标准", hint) if len(w) > 1]
    for word in reversed(words):
        at = [m.end() for m in _pattern(word).finditer(text)]
        if len(at) == 1:
            return [m for m in found if m.start() >= at[0]][:1]
    return found


def _whole(cell: str, order: Instruction) -> str:
    """The new cell; it ends with 。 where the old one does and the notice's words stand without quotes."""
    new = order.new.strip()
    return new + "。" if cell.rstrip().endswith("。") and not new.endswith(("。", "；")) else new


def _edit(plan: Plan, order: Instruction) -> _Edit | None:
    """The edit of an order; None where the plan says already what is ordered. Raises Unclear."""
    if order.service is None:
        place = text_place(plan, order)
        return _Edit(place.span.start, place.span.end, order.new, place, order)
    place = cell_place(plan, order)
    text = place.span.text
    if order.old is None:
        new = _whole(text, order)
        start, end = 0, len(text.rstrip()) if text.strip() else len(text)
        if _norm(new) == _norm(text):
            return None
    else:
        start, end, new = _piece(text, order)
    new = re.sub(r"\s*\n\s*", "\n" if place.breaks else "", new.replace("\t", " ").strip("\n"))
    return _Edit(place.span.start + start, place.span.start + end, new, place, order)


# ---------------------------------------------------------------- all of them


def _clashes(edits: Sequence[_Edit], text: str) -> tuple[list[_Edit], list[Finding]]:
    """Edits without repeats, and findings on those that contradict each other (none of them is kept).

    A whole cell given beside a piece of it agrees with it when it contains what the piece becomes.
    """
    kept: list[_Edit] = []
    bad: dict[int, _Edit] = {}
    for edit in sorted(edits, key=lambda e: (e.start - e.end, e.start)):  # wider ones first
        rival = next((k for k in kept if k.start < edit.end and edit.start < k.end), None)
        if rival is None:
            kept.append(edit)
            continue
        inner = text[rival.start : edit.start] + edit.new + text[edit.end : rival.end]
        if rival.start <= edit.start and edit.end <= rival.end and _norm(inner) == _norm(rival.new):
            continue
        bad |= {id(rival): rival, id(edit): edit}
    findings = [_finding("amend-contradiction", e.order, words=e.new) for e in bad.values()]
    return [e for e in kept if id(e) not in bad], findings


def _replace(plan: Plan, orders: Iterable[Instruction]) -> tuple[list[_Edit], list[Finding]]:
    edits: list[_Edit] = []
    findings: list[Finding] = []
    for order in orders:
        try:
            edit = _edit(plan, order)
        except Unclear as unclear:
            findings.append(_finding(unclear.rule, order, **unclear.values))
        else:
            edits += [edit] if edit is not None else []
    kept, clashes = _clashes(edits, plan.source.text)
    return kept, [*findings, *clashes]


def _rows(plan: Plan, order: Instruction) -> list[tuple[int, int, str, Change]]:
    """The edits that take a service out or put one in, in the tables and in the list. Raises Unclear."""
    text, name = plan.source.text, order.service or ""
    if order.kind == "remove":
        out = [("removed", a, b, "", "row") for a, b in row_cut(plan, name)]
        out += [("removed", a, b, new, "list") for a, b, new in list_cut(plan, name)]
    else:
        at, row = new_row(plan, order)
        out = [("added", at, at, row, "row"), *(("added", a, b, new, "list") for a, b, new in list_entry(plan, order))]
    return [
        (a, b, new, Change(kind, name, None, aspect, text[a:b].strip("\n"), new.strip("\n"), order.passage))
        for kind, a, b, new, aspect in out
    ]


def carry_out(
    plan: Plan, orders: Sequence[Instruction]
) -> tuple[str, tuple[Change, ...], tuple[Finding, ...]]:
    """The plan's text with the orders carried out, what was done (in text order), and what could not be."""
    text = plan.source.text
    edits, findings = _replace(plan, (o for o in orders if o.kind == "replace"))
    done: list[tuple[int, int, str, Change]] = []
    for e in edits:
        change = Change(
            "replaced", e.place.service, e.place.number, e.place.aspect, text[e.start : e.end], e.new, e.order.passage
        )
        done.append((e.start, e.end, e.new, change))
    for order in orders:
        if order.kind == "replace":
            continue
        try:
            rows = _rows(plan, order)
        except Unclear as unclear:
            findings.append(_finding(unclear.rule, order, **unclear.values))
            continue
        if any(a < y and x < b for a, b, _, _ in rows for x, y, _, _ in done):
            findings.append(_finding("amend-contradiction", order, words=order.service or ""))
            continue
        done += rows
        if order.kind == "add" and plan.categories and all(c.aspect != "list" for _, _, _, c in rows):
            findings.append(_finding("amend-not-listed", order, words=order.service or ""))
    for start, end, new, _ in sorted(done, key=lambda d: (d[0], d[1]), reverse=True):
        text = text[:start] + new + text[end:]
    changes = [c for _, _, _, c in sorted(done, key=lambda d: (d[0], d[1]))]
    return text, tuple(changes), tuple(findings)
