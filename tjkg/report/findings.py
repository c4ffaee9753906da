"""Findings for people and programs: one report, many faces. Here text, Markdown, CSV and JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator

from tjkg.messages import Lang, say
from tjkg.validation.finding import SEVERITIES, Finding, Report, Spot

__all__ = ["FACES", "csv_face", "face", "grouped", "json_face", "markdown_face", "text_face"]

_COLUMNS = (
    "severity", "rule", "service", "subject", "cell", "line", "quote", "line2", "quote2", "message", "why", "fix",
    "plan", "fingerprint",
)


def grouped(report: Report) -> Iterator[tuple[str, str, list[Finding]]]:
    """(severity, rule, findings), the heaviest first, rules in the order of their first finding."""
    for severity in SEVERITIES:
        rules: dict[str, list[Finding]] = {}
        for finding in report.findings:
            if finding.severity == severity:
                rules.setdefault(finding.rule, []).append(finding)
        for rule, found in rules.items():
            yield severity, rule, found


def summary(report: Report, lang: Lang) -> str:
    """One line: conforms or not, and how many findings of each severity."""
    head = say("conforms" if report.conforms else "not-conforms", lang)
    counts = " · ".join(f"{say(f'severity-{s}', lang)} {n}" for s, n in report.counts().items())
    accepted = f" · {say('accepted', lang)} {len(report.accepted)}" if report.accepted else ""
    return f"{head}　{counts}{accepted}" if lang == "zh" else f"{head}: {counts}{accepted}"


def quoted(spot: Spot, lang: Lang, limit: int = 80) -> str:
    """A quote with its line, on one line, cut where it is long."""
    text = " ".join(spot.quote.split())
    short = text if len(text) <= limit else text[: limit - 1] + "…"
    place = "" if spot.line is None else f"（{say('source-line', lang, line=spot.line)}）"
    return f"“{short}”{place}" if lang == "zh" else f"“{short}”{place.replace('（', ' (').replace('）', ')')}"


def _same(found: list[Finding], lang: Lang) -> str | None:
    """The one message of a rule's findings, if it is the same for all."""
    texts = {f.message.of(lang) for f in found}
    return texts.pop() if len(texts) == 1 else None


def text_face(report: Report, lang: Lang) -> str:
    """Plain text, rule by rule: what, where, why it matters, how to mend it."""
    lines = [summary(report, lang)]
    for severity, rule, found in grouped(report):
        same = _same(found, lang)
        lines += ["", f"[{say(f'severity-{severity}', lang)}] {same or found[0].message.of(lang)}（{rule}）"]
        if same is None:
            lines[-1] = f"[{say(f'severity-{severity}', lang)}] {found[0].heading.of(lang)}（{rule}，{len(found)}）"
        for f in found:
            where = f.subject.of(lang)
            said = "" if same else f"：{f.message.of(lang)}"
            lines.append(f"  · {where}{said}" + (f"　{quoted(f.spot, lang)}" if f.spot else ""))
            if f.other:
                lines.append(f"      {say('other-place', lang)}{quoted(f.other, lang)}")
        lines.append(f"  {say('why', lang)}：{found[0].why.of(lang)}")
        lines.append(f"  {say('fix', lang)}：{found[0].fix.of(lang)}")
    if report.accepted:
        lines += ["", say("accepted-head", lang)]
        lines += [f"  · {f.subject.of(lang)}：{f.message.of(lang)}（{reason}）" for f, reason in report.accepted]
    return "\n".join(lines) + "\n"


def json_face(report: Report, lang: Lang) -> str:
    """One JSON document (keys: the contract of `tjkg validate --format json`)."""
    data = {
        "conforms": report.conforms, "counts": report.counts(), "engine": report.engine, "checked": dict(report.checked),
        "findings": [f.record(lang) for f in report.findings],
        "accepted": [f.record(lang) | {"reason": reason} for f, reason in report.accepted],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _row(f: Finding, lang: Lang) -> list[object]:
    spot, other = f.spot, f.other
    return [
        say(f"severity-{f.severity}", lang), f.rule, f.service, f.subject.of(lang), f.cell and say(f.cell, lang),
        spot and spot.line, spot and spot.quote, other and other.line, other and other.quote, f.message.of(lang),
        f.why.of(lang), f.fix.of(lang), f.plan, f.fingerprint,
    ]


def csv_face(report: Report, lang: Lang) -> str:
    """A line a finding, with a byte order mark so that spreadsheets read the Chinese."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows(["" if v is None else _safe(v) for v in _row(f, lang)] for f in report.findings)
    return "\ufeff" + out.getvalue()


def _safe(value: object) -> object:
    """Text that a spreadsheet would take for a formula stays text."""
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@" else value


def _md(text: str) -> str:
    """Text that Markdown leaves as it is, on one line."""
    escaped = "".join(f"\\{c}" if c in "\\`*_{}[]<>|#" else c for c in text)
    return " ".join(escaped.split())


def markdown_face(report: Report, lang: Lang) -> str:
    """Markdown, as a comment on a change: a line of numbers, then rule by rule."""
    lines = [f"**{_md(summary(report, lang))}**"]
    for severity, rule, found in grouped(report):
        lines += ["", f"### {say(f'severity-{severity}', lang)} · {_md(_same(found, lang) or found[0].heading.of(lang))} `{rule}`", ""]
        for f in found:
            said = "" if _same(found, lang) else f"：{_md(f.message.of(lang))}"
            lines.append(f"- **{_md(f.subject.of(lang))}**{said}" + (f" — {_md(quoted(f.spot, lang))}" if f.spot else ""))
            if f.other:
                lines.append(f"  - {say('other-place', lang)}{_md(quoted(f.other, lang))}")
        lines += ["", f"> {_labelled('why', found[0].why.of(lang), lang)}  ",
                  f"> {_labelled('fix', found[0].fix.of(lang), lang)}"]
    return "\n".join(lines) + "\n"


def _labelled(key: str, text: str, lang: Lang) -> str:
    return f"{say(key, lang)}{'：' if lang == 'zh' else ': '}{_md(text)}"


def _html(report: Report, lang: Lang) -> str:
    from tjkg.report.findings_html import html_face

    return html_face(report, lang)


def _junit(report: Report, lang: Lang) -> str:
    from tjkg.report.findings_junit import junit_face

    return junit_face(report, lang)


def _sarif(report: Report, lang: Lang) -> str:
    from tjkg.report.findings_sarif import sarif_face

    return sarif_face(report, lang)


def _ttl(report: Report, lang: Lang) -> str:
    from tjkg.validation.w3c import report_turtle

    return report_turtle(report)


FACES: dict[str, Callable[[Report, Lang], str]] = {
    "text": text_face, "json": json_face, "html": _html, "csv": csv_face, "md": markdown_face, "junit": _junit,
    "sarif": _sarif, "ttl": _ttl,
}


def face(report: Report, name: str, lang: Lang) -> bytes:
    """A report in one of the FACES, as bytes."""
    return FACES[name](report, lang).encode()
