"""What a 保障标准 cell grants: money, rates, caps, things in kind, or what it leaves to another rule."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import zip_longest

from tjkg.parse.benefits import outside
from tjkg.parse.benefits.granted import Granted
from tjkg.parse.benefits.in_kind import adjusts, aims, counts, dated, in_kind_item, is_case, served, serves
from tjkg.parse.benefits.limits import audience_quantities, leftover
from tjkg.parse.benefits.links import derive, disjoin, follow, share_items
from tjkg.parse.benefits.rates import thresholds
from tjkg.parse.benefits.recipients import receiver
from tjkg.parse.benefits.rules import RULES
from tjkg.parse.benefits.state import Draft, State
from tjkg.parse.benefits.words import GIVE, MONEY, split_recipient
from tjkg.parse.numbers import numbers
from tjkg.parse.text.clauses import Chunk, chunks
from tjkg.records import Benefit, Quantity, Span

__all__ = ["audience_quantities", "benefits", "limits"]


def _head(chunk: Chunk, state: State) -> None:
    """A heading or colon label: an item (奖励标准：), the case that follows (居家：), a bound (2万元以下：)."""
    text = chunk.text
    for n in state.inside(chunk):
        if n.kind == "amount":
            g = Granted(n, chunk.cell.text[chunk.start : n.phrase_start], "部分")
            state.used.add(n.start)
            state.found += thresholds(g, chunk, state)
    if chunk.listed and not text.endswith(("标准", "标准为")):
        state.item = text
        return
    bare = re.sub(r"(?:的?标准|金额|额度)?(?:为|是|如下)?$", "", text)
    if re.fullmatch(r"(?:现行|具体|补助标准|标准|其中|另外)*", bare):
        return
    if bare != text or re.search(MONEY + "$", text):
        state.recipient, state.item = split_recipient(bare.removeprefix("一次性"))
        state.period = "一次性" if bare.startswith("一次性") else None
        state.heading = text
    else:
        state.head = chunk


def _begins_object(before: Chunk, piece: Chunk) -> bool:
    """对A，B的C给予…: whether a chunk only begins the long object of the next."""
    if before.clause != piece.clause or before.head or not before.text.startswith("对"):
        return False
    if re.search(rf"{GIVE}|(?:的|后|时)$", before.text):
        return False
    if re.match(rf"(?:按(?:照)?[^，]*规定)?{GIVE}", piece.text):
        return True
    return not re.search(r"实施|开展|进行|实行", before.text) and bool(re.search(rf"的[^的]*{GIVE}", piece.text))


def _merged(pieces: tuple[Chunk, ...]) -> list[Chunk]:
    """The chunks, an object begun in one joined to the next."""
    out: list[Chunk] = []
    for piece in pieces:
        if out and _begins_object(out[-1], piece):
            out[-1] = replace(out[-1], end=piece.end)
        else:
            out.append(piece)
    return out


def _read(cell: Span) -> tuple[State, list[Chunk]]:
    """The state after all chunks (entries but the in-kind ones inside), and the chunks no entry speaks for."""
    state = State(cell.text, numbers(cell.text))
    pieces = _merged(chunks(cell))
    silent: list[Chunk] = []
    for i, chunk in enumerate(pieces):
        state.enter(chunk)
        if chunk.head:
            _head(chunk, state)
            continue
        then = pieces[i + 1] if i + 1 < len(pieces) and pieces[i + 1].clause == chunk.clause else None
        drafts = next((d for rule in RULES if (d := rule(chunk, state, then)) is not None), None)
        if drafts is None:
            silent.append(chunk)
        if drafts is None and not (adjusts(chunk.text) or serves(chunk.text) or counts(chunk.text)):
            state.pending.append(chunk)
        if drafts and drafts[-1].benefit.role == "threshold" and "起付" not in chunk.text:
            state.pending.append(chunk)
        state.found += [d for d in drafts or [] if d not in state.found]
    return state, silent


def _contributes(text: str) -> bool:
    """按照工资总额的0.5%缴纳…: what is paid in, no benefit."""
    return re.search(r"缴纳[^，。]*费|缴费(?:比例|费率)", text) is not None


def _promises(clause: list[Chunk]) -> bool:
    """Whether a clause without entries says more than that something will be adjusted or is paid in."""
    return not all(adjusts(c.text) or dated(c.text) or _contributes(c.text) for c in clause)


def _in_kind(silent: list[Chunk], state: State) -> list[Draft]:
    """One entry a clause that promises a thing or service; in a clause with money, each run of such chunks."""
    paid = {d.clause for d in state.found}
    clauses: dict[int, list[Chunk]] = {}
    for chunk in silent:
        clauses.setdefault(chunk.clause, []).append(chunk)
    service = [v for k, v in clauses.items() if k not in paid and _promises(v)]
    if all(aims(c.text) or adjusts(c.text) for v in service for c in v):
        service = []
    service += [run for k, v in clauses.items() if k in paid for run in _runs(v)]
    return [_served(v) for v in service]


def _runs(chunks_of_clause: list[Chunk]) -> list[list[Chunk]]:
    """The runs of neighbours that promise something, each with the case that leads to it."""
    out: list[list[Chunk]] = []
    lead: list[Chunk] = []
    last: Chunk | None = None
    for chunk in chunks_of_clause:
        near = last is not None and last.end + 1 == chunk.start
        if serves(chunk.text):
            if out and near and out[-1][-1] is last:
                out[-1].append(chunk)
            else:
                out.append([*(lead if near else []), chunk])
            lead = []
        else:
            lead = [*(lead if near else []), chunk] if is_case(chunk.text) else []
        last = chunk
    return out


def _served(run: list[Chunk]) -> Draft:
    """The entry of chunks that promise a thing or service, with whom it is for and in which case."""
    passage = run[0].passage(run[0].start, run[-1].end)
    first = next((i for i, c in enumerate(run) if not is_case(c.text)), 0)
    whom = next((who for c in run[first:] if (who := served(c.text))), None)
    entry = Benefit(in_kind_item(passage.quote), "in_kind", passage.quote, passage, recipient=whom)
    if first:
        case = run[0].passage(run[0].start, run[first - 1].end)
        entry = replace(entry, condition=case.quote, condition_passage=case)
    return Draft(entry, run[0].clause, run[0].start)


def _not_stated(cell: Span, pieces: list[Chunk]) -> Benefit:
    """The cell names no amount, no rule and no service: what it is about, for whom and when, if said."""
    text = cell.text.strip().rstrip("。")
    entry = Benefit("", "not_stated", text, cell.passage(0, len(text)))
    for piece, then in zip_longest(pieces, pieces[1:]):
        if dated(piece.text):
            entry = replace(entry, condition=piece.text, condition_passage=piece.passage())
        if standard := outside.follows(piece.text, then.text if then else ""):
            entry = replace(entry, follows=standard)
    if m := re.search(rf"([^，。；、]*?(?:{MONEY}|保障|待遇))(?:标准|水平)", text):
        words = re.sub(r"^.*(?:提高|调整|完善|启动|建立)", "", m[1])
        recipient = receiver(words, reach=len(words))
        item = words.removeprefix(recipient or "")
        period = "一次性" if item.startswith("一次性") else None
        return replace(entry, item=item.removeprefix("一次性"), recipient=recipient, period=period)
    return entry


def benefits(cell: Span, name: str = "") -> tuple[Benefit, ...]:
    """The entries of a 保障标准 cell in text order; never empty for a cell with text.

    name: what an amount is called where the cell itself has no word for it (the service's name).
    """
    if not cell.text.strip():
        return ()
    state, silent = _read(cell)
    drafts = derive(disjoin(follow(share_items(state.found), cell))) + _in_kind(silent, state)
    order = sorted(range(len(drafts)), key=lambda i: (drafts[i].at, i))
    entries = tuple(drafts[i].benefit for i in order) or (_not_stated(cell, silent),)
    return tuple(replace(b, item=b.item or name, operator=_sign(b)) for b in entries)


def _sign(entry: Benefit) -> str | None:
    """The operator of an entry; None where it has no number."""
    return None if entry.value is None and entry.min is None else entry.operator


def limits(cell: Span) -> tuple[Quantity, ...]:
    """The measured numbers of a cell that are no benefit entries: quotas, service levels, thresholds."""
    state, _ = _read(cell)
    return leftover(cell, state.numbers, state.used)
