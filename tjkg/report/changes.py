"""Changes as sentences, and their faces as text, JSON and Markdown (for a pull request)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from tjkg.change_words import CELLS, CHANGES, HEADINGS
from tjkg.diff.change import SEVERITIES, Change, Changes, Quote
from tjkg.messages import Lang

if TYPE_CHECKING:
    from tjkg.answers import Changed

__all__ = ["face", "heading", "sentence", "subject_of", "summary"]


def _of(pair: tuple[str, str], lang: Lang) -> str:
    return pair[0 if lang == "zh" else 1]


def heading(key: str, lang: Lang, **values: object) -> str:
    """A heading or label of the report."""
    return _of(HEADINGS[key], lang).format(**values)


def _cell(name: str | None, lang: Lang) -> str:
    return _of(CELLS[name], lang) if name in CELLS else name or ""


def _number(value: float | int) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:g}"


def _by(change: Change, lang: Lang) -> str:
    """How much more or less, with its percentage."""
    if not change.difference:
        return ""
    percent = f"，{abs(change.percent):g}%" if change.percent is not None and change.unit != "%" else ""
    unit = change.unit or ""
    if unit == "%":
        unit = "个百分点" if lang == "zh" else " points"
    key = "by-more" if change.difference > 0 else "by-less"
    return _of(CHANGES[key], lang).format(number=_number(abs(change.difference)) + unit, percent=percent)


def _people(change: Change, lang: Lang) -> str:
    told = [
        _of(CHANGES[key], lang).format(groups="；".join(groups))
        for key, groups in (("gained", change.groups_gained), ("lost", change.groups_lost)) if groups
    ]
    return f"（{'；'.join(told)}）" if told else ""


def _bearing(change: Change, lang: Lang) -> str:
    told = [
        _of(CHANGES[key], lang).format(payers="、".join(payers))
        for key, payers in (("more", change.bears_more), ("less", change.bears_less)) if payers
    ]
    return f"（{'；'.join(told)}）" if told else ""


def sentence(change: Change, lang: Lang = "zh") -> str:
    """What changed, in one sentence (the service is not in it)."""
    what = change.kind if change.kind != "changed" else change.direction or "changed"
    key = f"{change.aspect}-{what}"
    ending = "-less" if change.new is None else "-more" if change.old is None else ""
    template = CHANGES.get(key + ending) or CHANGES.get(key) or CHANGES.get(f"{change.aspect}-changed") or CHANGES["text-changed"]
    nothing = _of(CHANGES["nothing"], lang)
    told = _of(template, lang).format(
        old=change.old or nothing, new=change.new or nothing, subject=_cell(change.subject, lang),
        by=_by(change, lang), people=_people(change, lang), bearing=_bearing(change, lang),
    )
    return told + (_of(CHANGES["suggested"], lang) if change.basis == "suggested" else "")


def subject_of(change: Change, lang: Lang) -> str:
    """Whom the change belongs to: the service with its row, else nothing."""
    if change.service is None:
        return heading("outside", lang)
    rows = "、".join(map(str, change.standards))
    several = rows and change.standards != (1,)
    return change.service + (f"（{_of(CHANGES['rows'], lang).format(rows=rows)}）" if several else "")


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
