"""Findings as SARIF 2.1.0 (OASIS), for code scanning: lines and characters of the plan's text."""

from __future__ import annotations

import json
from importlib.metadata import version
from typing import Any
from urllib.parse import quote

from tjkg.messages import Lang
from tjkg.validation.finding import Finding, Report, Rule, Spot

__all__ = ["sarif_face"]

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVEL = {"violation": "error", "warning": "warning", "information": "note"}


def _text(text: str) -> dict[str, str]:
    return {"text": text or "-"}


def _rule(rule: Rule, lang: Lang) -> dict[str, Any]:
    return {
        "id": rule.id, "name": rule.id, "shortDescription": _text(rule.name.of(lang)),
        "fullDescription": _text(rule.why.of(lang)), "help": _text(rule.fix.of(lang)),
        "defaultConfiguration": {"level": _LEVEL[rule.severity]},
    }


def _location(spot: Spot | None, finding: Finding, report: Report, lang: Lang) -> dict[str, Any]:
    name = report.source.get(finding.plan or "", "") or finding.plan or "data"
    physical: dict[str, Any] = {"artifactLocation": {"uri": quote(name)}}
    if spot is not None and spot.line is not None:
        region: dict[str, Any] = {"startLine": spot.line, "snippet": _text(spot.quote)}
        if spot.start is not None and spot.end is not None:
            region |= {"charOffset": spot.start, "charLength": spot.end - spot.start}
        physical["region"] = region
    found: dict[str, Any] = {"physicalLocation": physical}
    logical: dict[str, Any] = {"name": finding.subject.of(lang)}
    if finding.focus:
        logical["fullyQualifiedName"] = finding.focus
    return found | {"logicalLocations": [logical]}


def _result(f: Finding, rules: list[str], report: Report, lang: Lang) -> dict[str, Any]:
    subject = f.subject.of(lang)
    found: dict[str, Any] = {
        "ruleId": f.rule, "ruleIndex": rules.index(f.rule), "level": _LEVEL[f.severity],
        "message": _text(f"{subject}：{f.message.of(lang)}" if lang == "zh" else f"{subject}: {f.message.of(lang)}"),
        "locations": [_location(f.spot, f, report, lang)],
        "partialFingerprints": {"tjkg/v1": f.fingerprint},
    }
    if f.other is not None:
        found["relatedLocations"] = [{"id": 1} | _location(f.other, f, report, lang)]
    extra = {"service": f.service, "cell": f.cell, "fix": f.fix.of(lang), "why": f.why.of(lang), "plan": f.plan}
    return found | {"properties": {k: v for k, v in extra.items() if v is not None}}


def sarif_face(report: Report, lang: Lang) -> str:
    """One SARIF log with one run; accepted findings are suppressed results, with their reason."""
    told = dict(report.rules)
    for f, _ in report.accepted:
        told.setdefault(f.rule, Rule(f.rule, f.severity, f.message, f.message, f.why, f.fix))
    ids = sorted(told)
    results = [_result(f, ids, report, lang) for f in report.findings]
    results += [
        _result(f, ids, report, lang) | {"suppressions": [{"kind": "external", "justification": reason}]}
        for f, reason in report.accepted
    ]
    run = {
        "tool": {"driver": {"name": "tjkg", "version": version("tjkg"), "rules": [_rule(told[i], lang) for i in ids]}},
        "language": "zh-CN" if lang == "zh" else "en",
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1) + "\n"
