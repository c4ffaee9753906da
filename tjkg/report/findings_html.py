"""Findings as one page: numbers first, then grouped by severity and rule, each with its quotes."""

from __future__ import annotations

from html import escape

from tjkg.messages import Lang, say
from tjkg.report.findings import grouped, summary
from tjkg.report.page import page
from tjkg.validation.finding import SEVERITIES, Finding, Report, Spot

__all__ = ["html_face"]

_STYLE = """
.counts { display:flex; gap:2rem; margin:1rem 0 1.5rem; padding:0; list-style:none }
.counts b { display:block; font-size:1.8rem; line-height:1.2; font-weight:600 }
.tag { font-size:.8rem; font-weight:600; margin-right:.5rem }
.violation { color:var(--violation) } .warning { color:var(--warning) } .information { color:var(--information) }
section.rule { border-top:1px solid var(--line); padding:.75rem 0 1rem }
section.rule h3 { margin:.25rem 0 }
ul.found { margin:.5rem 0; padding-left:1.1rem } ul.found li { margin:.5rem 0 }
blockquote { margin:.15rem 0; padding:.1rem .75rem; border-left:3px solid var(--line); white-space:pre-line }
code { font-size:.8rem; color:var(--soft) }
"""


def _quote(spot: Spot, lang: Lang, lead: str = "") -> str:
    place = f' <span class="soft num">{escape(say("source-line", lang, line=spot.line))}</span>' if spot.line else ""
    return f"<blockquote>{escape(lead)}{escape(spot.quote)}{place}</blockquote>"


def _item(f: Finding, same: bool, lang: Lang) -> str:
    said = "" if same else f"：{escape(f.message.of(lang))}"
    cell = f' <span class="soft">{escape(say(f.cell, lang))}</span>' if f.cell else ""
    quotes = (_quote(f.spot, lang) if f.spot else "") + (
        _quote(f.other, lang, say("other-place", lang) + "　") if f.other else ""
    )
    return f"<li><b>{escape(f.subject.of(lang))}</b>{cell}{said}{quotes}</li>"


def _rule(severity: str, rule: str, found: list[Finding], lang: Lang) -> str:
    texts = {f.message.of(lang) for f in found}
    same = len(texts) == 1
    head = escape(texts.pop() if same else found[0].heading.of(lang) or rule)
    items = "\n".join(_item(f, same, lang) for f in found)
    first = found[0]
    return (
        f'<section class="rule"><h3><span class="tag {severity}">{escape(say(f"severity-{severity}", lang))}</span>'
        f"{head} <code>{escape(rule)}</code></h3>\n"
        f'<p class="soft">{escape(say("why", lang))}：{escape(first.why.of(lang))}<br>'
        f'{escape(say("fix", lang))}：{escape(first.fix.of(lang))}</p>\n<ul class="found">\n{items}\n</ul></section>'
    )


def html_face(report: Report, lang: Lang) -> str:
    """One self-contained HTML document."""
    counts = "".join(
        f'<li class="{s}"><b class="num">{report.counts()[s]}</b>{escape(say(f"severity-{s}", lang))}</li>'
        for s in SEVERITIES
    )
    about = "、".join(report.checked) or "-"
    parts = [
        f"<h1>{escape(say('report-title', lang))}</h1>", f'<p class="soft">{escape(about)}</p>',
        f"<p>{escape(summary(report, lang))}</p>", f'<ul class="counts">{counts}</ul>',
        *(_rule(severity, rule, found, lang) for severity, rule, found in grouped(report)),
    ]
    if report.accepted:
        parts.append(f"<h2>{escape(say('accepted-head', lang))}</h2><ul>")
        parts += [f"<li>{escape(f.subject.of(lang))}：{escape(f.message.of(lang))}"
                  f' <span class="soft">{escape(reason)}</span></li>' for f, reason in report.accepted]
        parts.append("</ul>")
    return page(f"{say('report-title', lang)} · {about}", "\n".join(parts), lang, _STYLE)
