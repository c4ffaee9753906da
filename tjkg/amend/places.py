"""Where in a plan's text an order of a notice belongs: a cell, a row, an entry of the list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tjkg.amend.notice import Instruction
from tjkg.parse.form.catalogue import key
from tjkg.parse.form.columns import columns
from tjkg.read.blocks import Row, Table, blocks
from tjkg.records import Category, Plan, Service, Span, Standard

__all__ = ["Place", "Unclear", "cell_place", "list_cut", "list_entry", "new_row", "row_cut", "text_place"]

_ASPECTS = ("target", "guarantee", "funding", "coverage")
_COUNT = re.compile(r"([（(]\s*共计?\s*)(\d+)(\s*项\s*[）)])")


class Unclear(Exception):
    """An order cannot be placed: `rule` is an id of the message table, `values` its words."""

    def __init__(self, rule: str, **values: str) -> None:
        self.rule, self.values = rule, values
        super().__init__(rule)


@dataclass(frozen=True)
class Place:
    """A cell: whose it is, its span; breaks: whether line breaks may stand in it."""

    service: str | None
    number: int | None
    aspect: str
    span: Span
    breaks: bool = False


def _norm(text: str) -> str:
    return re.sub(r"\s", "", text)


def _service(plan: Plan, name: str) -> Service:
    found = next((s for s in plan.services if key(s.name) == key(name)), None)
    if found is None:
        raise Unclear("amend-unknown-service")
    return found


def _cell(row: Standard, aspect: str) -> Span | None:
    cell: Span | None = getattr(row, aspect)
    return cell


def _breaks(span: Span) -> bool:
    """Line breaks stand in middle cells only: those with a TAB on both sides."""
    text = span.source.text
    return text[span.start - 1 : span.start] == "\t" and text[span.end : span.end + 1] == "\t"


def _holding(service: Service, order: Instruction) -> list[tuple[Standard, str]]:
    """Rows and aspects whose cell holds the old words (any cell where the order names no column)."""
    aspects = [order.aspect] if order.aspect else list(_ASPECTS)
    found = []
    for row in service.standards:
        for aspect in aspects:
            cell = _cell(row, aspect)
            if cell is not None and aspect not in row.inherited and _norm(order.old or "") in _norm(cell.text):
                found.append((row, aspect))
    return found


def _row(service: Service, order: Instruction) -> Standard:
    """The row meant: the only one, or the one whose audience the order's words name."""
    if len(service.standards) == 1:
        return service.standards[0]
    hint = _norm(order.hint)
    named = [r for r in service.standards if _norm(r.target.text) and _norm(r.target.text) in hint]
    if not named and hint:
        words = [w for w in re.split(r"[，、；:：“”（）()的将]", hint) if len(w) > 1]
        named = [r for r in service.standards if any(w in _norm(r.target.text) for w in words)]
    if len(named) != 1:
        raise Unclear("amend-ambiguous", words=service.name)
    return named[0]


def cell_place(plan: Plan, order: Instruction) -> Place:
    """The cell that an order is about. Raises Unclear."""
    if order.aspect in ("baseline", "aim"):
        return _indicator_place(plan, order)
    service = _service(plan, order.service or "")
    if order.old is not None:
        holding = _holding(service, order)
        if len(holding) > 1:
            row = _row(service, order)
            holding = [h for h in holding if h[0] == row]
        if len(holding) != 1:
            raise Unclear("amend-ambiguous" if holding else "amend-not-found", words=order.old)
        row, aspect = holding[0]
    else:
        if order.aspect is None:
            raise Unclear("amend-no-column")
        row, aspect = _row(service, order), order.aspect
        if aspect in row.inherited or any(aspect in r.inherited for r in service.standards):
            raise Unclear("amend-shared-cell", words=service.name)
    cell = _cell(row, aspect)
    if cell is None or (cell.start == cell.end and aspect not in _columns_of(plan, row)):
        raise Unclear("amend-no-column")
    return Place(service.name, row.number, aspect, cell, _breaks(cell))


def _indicator_place(plan: Plan, order: Instruction) -> Place:
    found = next((i for i in plan.indicators if i.name == order.service), None)
    if found is None:
        raise Unclear("amend-unknown-service")
    value = found.baseline if order.aspect == "baseline" else found.target
    span = plan.source.span(value.passage.start, value.passage.end)
    return Place(found.name, None, order.aspect or "aim", span)


def text_place(plan: Plan, order: Instruction) -> Place:
    """The only place of the old words in the whole text, for an order on no service. Raises Unclear."""
    words = order.old or ""
    found = [m.start() for m in re.finditer(re.escape(words), plan.source.text)] if words else []
    if len(found) != 1:
        raise Unclear("amend-ambiguous" if found else "amend-not-found", words=words)
    return Place(None, None, "text", plan.source.span(found[0], found[0] + len(words)))


# ---------------------------------------------------------------- tables


def _tables(plan: Plan) -> Iterator[tuple[Table, dict[str, int]]]:
    for block in blocks(plan.source):
        if isinstance(block, Table) and (cols := columns(block)) is not None and cols.kind == "standards":
            yield block, cols.index


def _table_of(plan: Plan, line: int) -> tuple[Table, dict[str, int]]:
    return next(
        (table, index)
        for table, index in _tables(plan)
        if any(isinstance(r, Row) and r.lines[0] <= line <= r.lines[1] for r in table.rows)
    )


def _columns_of(plan: Plan, row: Standard) -> dict[str, int]:
    return _table_of(plan, row.lines[0])[1]


def _line_start(plan: Plan, line: int) -> int:
    at = 0
    for _ in range(line - 1):
        at = plan.source.text.index("\n", at) + 1
    return at


def _lines(plan: Plan, first: int, last: int) -> tuple[int, int]:
    """The text of some lines with the line end after them (before them at the text's end)."""
    start = _line_start(plan, first)
    end = start
    for _ in range(last - first + 1):
        end = plan.source.text.find("\n", end) + 1
        if not end:
            return max(start - 1, 0), len(plan.source.text)
    return start, end


def row_cut(plan: Plan, name: str) -> list[tuple[int, int]]:
    """The lines of a service's rows, and of its sub-heading when nothing else stands under it."""
    service = _service(plan, name)
    cuts = [_lines(plan, *row.lines) for row in service.standards]
    alone = [s for s in plan.services if (s.domain, s.section) == (service.domain, service.section)] == [service]
    domain = next(d for d in plan.domains if d.name == service.domain)
    for section, passage in domain.sections:
        if alone and section == service.section:
            cuts.append(_lines(plan, passage.line, passage.line))
    return cuts


def _neighbours(plan: Plan, hint: str) -> list[Service]:
    """The services of the section or domain that the words above a new row name."""
    words = _norm(hint)
    sections = [s for s in plan.services if s.section and key(s.section) in words]
    domains = [s for s in plan.services if key(s.domain) in words]
    near = [s for s in sections if s in domains] or sections or domains
    return near if len({(s.domain, s.section if near is not domains else None) for s in near}) == 1 else []


def new_row(plan: Plan, order: Instruction) -> tuple[int, str]:
    """Where a new service's row goes (after the last of its section or domain), and its line. Raises Unclear."""
    near = _neighbours(plan, order.hint)
    if not near:
        raise Unclear("amend-unplaced", words=order.service or "")
    line = max(row.lines[1] for s in near for row in s.standards)
    table, index = _table_of(plan, line)
    cells = [""] * len(table.header.cells)
    for aspect, text in order.row.items():
        if aspect in index and aspect != "ordinal":
            at = index[aspect]
            middle = 0 < at < len(cells) - 1
            cells[at] = re.sub(r"\s*\n\s*", "\n" if middle else "", text.strip())
    start, end = _lines(plan, line, line)
    whole = plan.source.text[end - 1 : end] == "\n"
    return end, "\t".join(cells) + "\n" if whole else "\n" + "\t".join(cells)


# ---------------------------------------------------------------- the list


def _counted(plan: Plan, category: Category, by: int) -> list[tuple[int, int, str]]:
    """The printed count of a category, changed."""
    last = max(p.end for _, p in category.services)
    stop = plan.source.text.find("\n", last)
    match = _COUNT.search(plan.source.text, last, stop if stop >= 0 else len(plan.source.text))
    return [(match.start(2), match.end(2), str(int(match[2]) + by))] if match else []


def list_cut(plan: Plan, name: str) -> list[tuple[int, int, str]]:
    """The entry of a service in the list with one separator, and the count after it."""
    for category in plan.categories:
        places = [p for _, p in category.services]
        at = next((i for i, (n, _) in enumerate(category.services) if key(n) == key(name)), None)
        if at is None or category.goal_passage is None:
            continue
        if len(places) == 1:
            raise Unclear("amend-unplaced", words=category.name)
        start, end = places[at].start, places[at].end
        start, end = (start, places[at + 1].start) if at + 1 < len(places) else (places[at - 1].end, end)
        return [(start, end, ""), *_counted(plan, category, -1)]
    return []


def list_entry(plan: Plan, order: Instruction) -> list[tuple[int, int, str]]:
    """A new service at the end of its category's list; nothing where the notice names no category."""
    words = _norm(order.hint) + "|" + _norm(order.row.get("category", ""))
    for category in plan.categories:
        if category.goal_passage is not None and key(category.name) in words and len(category.services) > 1:
            (_, before), (_, last) = category.services[-2:]
            sign = plan.source.text[before.end : last.start]
            return [(last.end, last.end, sign + (order.service or "")), *_counted(plan, category, 1)]
    return []
