"""Changes as text, JSON and Markdown (for a pull request): summary first, wording last."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from tjkg.diff.change import SEVERITIES, Change, Changes, Quote
from tjkg.diff.words import heading, sentence, subject_of
from tjkg.messages import Lang

if TYPE_CHECKING:
    from tjkg.answers import Changed

__all__ = ["face", "sections", "summary"]


def _section(change: Change) -> str:
    return "wording" if change.kind == "wording" else change.severity


def sections(changes: Sequence[Change]) -> Iterator[tuple[str, list[Change]]]:
    """The changes by what they mean for people, wording last."""
    for key in (*SEVERITIES, "wording"):
        found = [c for c in changes if _section(c) == key]
        if found:
            yield key, found


def summary(result: Changes, lang: Lang) -> str:
    """How many changes of which kind, in one sentence."""
    if not result.changes:
        return heading("none", lang)
    counts = {key: sum(_section(c) == key for c in result.changes) for key in (*SEVERITIES, "wording")}
    return heading("summary", lang, all=len(result.changes), **counts)


def _quoted(quote: Quote | None, key: str, lang: Lang) -> str | None:
    if quote is None:
        return None
    line = f"（{heading('line', lang, line=quote.line)}）" if quote.line is not None else ""
    text = quote.text.replace("\n", "")
    return f"{heading(key, lang)}：“{text}”{line}"


# ---------------------------------------------------------------- faces


def _text(result: Changes, lang: Lang, answers: Sequence[Changed] | None) -> Iterator[str]:
    yield heading("title", lang, old=result.old, new=result.new)
    yield summary(result, lang)
    for note in result.notes:
        yield f"! {heading('notes', lang)}：{note}"
    for key, found in sections(result.changes):
        yield ""
        yield f"== {heading(key, lang)} =="
        for change in found:
            yield f"{subject_of(change, lang)}：{sentence(change, lang)}"
            yield from (
                f"    {q}" for q in (_quoted(change.quote_old, "old", lang), _quoted(change.quote_new, "new", lang)) if q
            )
    if answers is not None:
        yield ""
        yield f"== {heading('answers' if answers else 'answers-none', lang)} =="
        for changed in answers:
            yield f"{changed.name}：{changed.old} → {changed.new}"
            yield from (f"    {heading('why', lang)}：{why}" for why in changed.why(lang))


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ").replace("<", "&lt;").replace("*", "\\*")


def _markdown(result: Changes, lang: Lang, answers: Sequence[Changed] | None) -> Iterator[str]:
    yield f"### {_escaped(heading('title', lang, old=result.old, new=result.new))}"
    yield ""
    yield f"**{summary(result, lang)}**"
    yield from (f"\n> {heading('notes', lang)}：{_escaped(note)}" for note in result.notes)
    for key, found in sections(result.changes):
        folded = key == "wording"
        yield ""
        yield f"<details><summary>{heading(key, lang)}</summary>\n" if folded else f"#### {heading(key, lang)}\n"
        yield f"| {heading('where', lang)} | {heading('what', lang)} | {heading('old', lang)} | {heading('new', lang)} |"
        yield "|---|---|---|---|"
        for change in found:
            cells = (subject_of(change, lang), sentence(change, lang), *(q.text if q else "" for q in (change.quote_old, change.quote_new)))
            yield "| " + " | ".join(_escaped(c) for c in cells) + " |"
        if folded:
            yield "\n</details>"
    if answers is not None:
        yield f"\n#### {heading('answers' if answers else 'answers-none', lang)}\n"
        for changed in answers:
            why = "；".join(changed.why(lang))
            yield f"- **{_escaped(changed.name)}**：{_escaped(changed.old)} → {_escaped(changed.new)}" + (
                f"（{heading('why', lang)}：{_escaped(why)}）" if why else "")


def face(result: Changes, fmt: str, lang: Lang, answers: Sequence[Changed] | None = None) -> bytes:
    """The report as text, json, md or html; answers: saved questions whose answers changed, if they were rerun."""
    if fmt == "json":
        document = result.plain() | ({} if answers is None else {"answers": [a.plain() for a in answers]})
        return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
    if fmt == "html":
        from tjkg.report.changes_html import html_face

        return html_face(result, lang, answers).encode()
    lines: Iterable[str] = _markdown(result, lang, answers) if fmt == "md" else _text(result, lang, answers)
    return ("\n".join(lines) + "\n").encode()
