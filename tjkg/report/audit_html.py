"""The plan with what is represented lit and the gaps marked: one page, for screen and paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from tjkg.audit import Audit
from tjkg.auditing.completeness import ASPECTS, STATES, of_service
from tjkg.messages import Lang, say
from tjkg.read.blocks import Row, SubHeading, Table, blocks
from tjkg.records import Source, Span
from tjkg.report.page import page

__all__ = ["audit_html"]

_STYLE = """
mark { background:var(--lit); color:inherit; padding:.05em 0; border-radius:2px }
mark.quantity, mark.share, mark.coverage { background:#cfe3f5 } mark.rule { background:#ece4f5 }
mark.gap { background:var(--gap); outline:2px solid #c98a00; font-weight:600 }
.unread { text-decoration:underline dotted #b0b0b0; text-underline-offset:.25em }
.explained { color:var(--soft) }
.figures { display:flex; flex-wrap:wrap; gap:.5rem 2.5rem; margin:1rem 0; padding:0; list-style:none }
.figures b { display:block; font-size:1.6rem; font-weight:600; line-height:1.3 }
.legend span { margin-right:1.25rem; white-space:nowrap }
table.plan td { font-size:.9rem } table.plan td.sub { color:var(--soft); font-weight:600 }
table.map td, table.map th { text-align:center; padding:.15rem .4rem } table.map td:first-child { text-align:left }
table.map { font-size:.85rem } .structured { color:#2d7a46 } .left_to_rule { color:#6b4c9a }
.not_stated { color:#999 } .text_only { color:#8a5a00; font-weight:600 } .conflict { color:#a4262c; font-weight:600 }
"""
_SIGN = {"structured": "●", "left_to_rule": "◐", "not_stated": "○", "text_only": "□", "conflict": "✕"}
_LIT = ("gap", "quantity", "share", "coverage", "atom", "in_kind", "agency", "rule")


class _Ink:
    """What is drawn over each character: a class, the earlier in `_LIT` above the later."""

    def __init__(self, audit: Audit) -> None:
        self.text = audit.text.text
        self.layer: list[str] = [""] * len(self.text)
        for kind in reversed(_LIT):
            for start, end in self._spans(audit, kind):
                self.layer[start:end] = [kind] * (end - start)
        for start, end in ((a, b) for c in audit.cells for a, b in c.unread):
            for i in range(start, end):
                self.layer[i] = self.layer[i] or "unread"

    def _spans(self, audit: Audit, kind: str) -> Iterator[tuple[int, int]]:
        if kind == "gap":
            yield from ((n.start, n.end) for n in audit.gaps)
        else:
            yield from ((t.start, t.end) for t in audit.typed if t.kind == kind and t.end <= len(self.text))

    def html(self, span: Span) -> str:
        """A piece of the text as markup."""
        out, at = [], span.start
        while at < span.end:
            end = at + 1
            while end < span.end and self.layer[end] == self.layer[at]:
                end += 1
            out.append(_marked(self.layer[at], self.text[at:end]))
            at = end
        return "".join(out).replace("\n", "<br>")


def _marked(kind: str, text: str) -> str:
    if not kind:
        return escape(text)
    if kind == "unread":
        return f'<span class="unread">{escape(text)}</span>'
    return f'<mark class="{kind}">{escape(text)}</mark>'


def _table(table: Table, ink: _Ink) -> Iterator[str]:
    head = "".join(f"<th>{ink.html(c)}</th>" for c in table.header.cells)
    yield f'<table class="plan"><thead><tr>{head}</tr></thead><tbody>'
    for row in table.rows:
        if isinstance(row, SubHeading):
            yield f'<tr><td class="sub" colspan="{len(table.header.cells)}">{ink.html(row.span)}</td></tr>'
        elif isinstance(row, Row):
            yield "<tr>" + "".join(f"<td>{ink.html(c)}</td>" for c in row.cells) + "</tr>"
    yield "</tbody></table>"


def _plan(source: Source, ink: _Ink, headings: frozenset[int]) -> Iterator[str]:
    for block in blocks(source):
        if isinstance(block, Table):
            yield from _table(block, ink)
        elif block.span.start in headings:
            yield f"<h2>{ink.html(block.span)}</h2>"
        else:
            yield f"<p>{ink.html(block.span)}</p>"


def _figures(audit: Audit, lang: Lang) -> str:
    told = audit.record()
    shares = (
        ("audit-cells", f"{told['cells_structured']} / {told['cells']}"),
        ("audit-characters", f"{_percent(told['characters_represented'], told['characters'])}"),
        ("audit-numbers", f"{told['numbers']}"),
        ("audit-represented", f"{told['numbers_represented']}"),
        ("audit-explained", f"{told['numbers_explained']}"),
        ("audit-gaps", f"{len(told['gaps'])}"),
    )
    return '<ul class="figures">' + "".join(
        f'<li><b class="num">{value}</b>{escape(say(key, lang))}</li>' for key, value in shares
    ) + "</ul>"


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%" if whole else "-"


def _map(audit: Audit, lang: Lang) -> Iterator[str]:
    yield f"<h2>{escape(say('audit-map', lang))}</h2>"
    legend = "".join(f'<span class="{s}">{_SIGN[s]} {escape(say(f"state-{s}", lang))}</span>' for s in reversed(STATES))
    yield f'<p class="legend">{legend}</p>'
    head = "".join(f"<th>{escape(say(a, lang))}</th>" for a in ASPECTS)
    yield f'<table class="map"><thead><tr><th>{escape(say("service", lang))}</th>{head}</tr></thead><tbody>'
    for name, states in of_service(audit.map).items():
        cells = "".join(
            f'<td class="{states[a]}" title="{escape(say(f"state-{states[a]}", lang))}">{_SIGN[states[a]]}</td>'
            for a in ASPECTS
        )
        yield f"<tr><td>{escape(name)}</td>{cells}</tr>"
    yield "</tbody></table>"


def audit_html(audits: Iterable[Audit], lang: Lang) -> str:
    """One self-contained HTML document of one or more audits."""
    body: list[str] = []
    names = []
    for audit in audits:
        ink = _Ink(audit)
        names.append(audit.name)
        body += [
            f"<h1>{escape(say('audit-title', lang))}</h1>", f'<p class="soft">{escape(audit.name)}</p>',
            _figures(audit, lang), *_map(audit, lang), f"<h2>{escape(say('audit-text', lang))}</h2>",
            '<p class="legend">'
            + "".join(f'<span><mark class="{k}">{escape(say(f"lit-{k}", lang))}</mark></span>'
                      for k in ("quantity", "in_kind", "rule", "gap"))
            + f'<span class="unread">{escape(say("lit-unread", lang))}</span></p>',
            *_plan(audit.text, ink, audit.headings),
        ]
    return page(f"{say('audit-title', lang)} · {'、'.join(names)}", "\n".join(body), lang, _STYLE)
