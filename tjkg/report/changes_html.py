"""Changes as one page: old and new side by side, the edited words marked, summary first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING

from tjkg.diff.change import Change, Changes, Quote
from tjkg.diff.words import heading, sentence, subject_of
from tjkg.edits import edits
from tjkg.messages import Lang
from tjkg.report.changes import sections, summary
from tjkg.report.page import page

if TYPE_CHECKING:
    from tjkg.answers import Changed

__all__ = ["html_face"]

_STYLE = """
article { border-top:1px solid var(--line); padding:.75rem 0 1rem }
article h3 { margin:0 0 .35rem } article p { margin:0 0 .5rem }
.sides { display:grid; grid-template-columns:1fr 1fr; gap:1rem }
.sides > div { background:#f7f7f5; padding:.5rem .75rem; white-space:pre-line; min-width:0; overflow-wrap:anywhere }
.sides small { display:block; color:var(--soft) }
del { text-decoration:line-through; background:#f6d5d6; color:inherit } ins { text-decoration:none; background:var(--lit) }
.violation h2 { color:var(--violation) } .warning h2 { color:var(--warning) } .information h2 { color:var(--information) }
@media (max-width:40rem) { .sides { grid-template-columns:1fr } }
"""


def _marked(old: str, new: str) -> tuple[str, str]:
    """Both quotes as markup, what differs marked."""
    left, right = "", ""
    at = [0, 0]
    for e in edits(old, new):
        left += escape(old[at[0] : e.old[0]]) + (f"<del>{escape(e.old_text)}</del>" if e.old_text else "")
        right += escape(new[at[1] : e.new[0]]) + (f"<ins>{escape(e.new_text)}</ins>" if e.new_text else "")
        at = [e.old[1], e.new[1]]
    return left + escape(old[at[0] :]), right + escape(new[at[1] :])


def _side(markup: str, quote: Quote | None, key: str, lang: Lang) -> str:
    line = f" · {heading('line', lang, line=quote.line)}" if quote and quote.line is not None else ""
    return f"<div><small>{escape(heading(key, lang))}{escape(line)}</small>{markup}</div>"


def _article(change: Change, lang: Lang) -> str:
    old, new = (q.text if q else "" for q in (change.quote_old, change.quote_new))
    left, right = _marked(old, new)
    sides = _side(left, change.quote_old, "old", lang) + _side(right, change.quote_new, "new", lang)
    return (
        f"<article><h3>{escape(subject_of(change, lang))}</h3><p>{escape(sentence(change, lang))}</p>"
        f'<div class="sides">{sides}</div></article>'
    )


def _answers(answers: Sequence[Changed], lang: Lang) -> Iterator[str]:
    yield f"<section><h2>{escape(heading('answers' if answers else 'answers-none', lang))}</h2>"
    for changed in answers:
        why = "".join(f"<p class=\"soft\">{escape(heading('why', lang))}：{escape(w)}</p>" for w in changed.why(lang))
        yield (
            f"<article><h3>{escape(changed.name)}</h3>{why}"
            f'<div class="sides">{_side(escape(changed.old), None, "old", lang)}'
            f'{_side(escape(changed.new), None, "new", lang)}</div></article>'
        )
    yield "</section>"


def html_face(result: Changes, lang: Lang, answers: Sequence[Changed] | None = None) -> str:
    """One self-contained HTML document."""
    title = heading("title", lang, old=result.old, new=result.new)
    parts = [f"<h1>{escape(title)}</h1>", f"<p>{escape(summary(result, lang))}</p>"]
    parts += [f'<p class="soft">{escape(heading("notes", lang))}：{escape(note)}</p>' for note in result.notes]
    for key, found in sections(result.changes):
        parts.append(f'<section class="{key}"><h2>{escape(heading(key, lang))}</h2>')
        parts += [_article(c, lang) for c in found]
        parts.append("</section>")
    if answers is not None:
        parts += _answers(answers, lang)
    return page(title, "\n".join(parts), lang, _STYLE)
