"""Findings as JUnit XML: a suite an edition, a case a finding; what fails the run is a failure."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from tjkg.messages import Lang, say
from tjkg.report.findings import quoted
from tjkg.validation.finding import SEVERITIES, Finding, Report

__all__ = ["junit_face"]

_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # not allowed in XML 1.0, §2.2


def _clean(text: str) -> str:
    return _ILLEGAL.sub("", text)


def _fails(finding: Finding, report: Report) -> bool:
    if report.fail_on not in SEVERITIES:
        return False
    return SEVERITIES.index(finding.severity) <= SEVERITIES.index(report.fail_on)


def _body(finding: Finding, lang: Lang) -> str:
    lines = [finding.message.of(lang)]
    lines += [quoted(s, lang, 300) for s in (finding.spot, finding.other) if s]
    lines += [f"{say('why', lang)}：{finding.why.of(lang)}", f"{say('fix', lang)}：{finding.fix.of(lang)}"]
    return _clean("\n".join(lines))


def junit_face(report: Report, lang: Lang) -> str:
    """JUnit XML; an edition without findings has one passed case."""
    plans = list(dict.fromkeys([*report.checked, *(f.plan or "" for f in report.findings)]))
    suites = ET.Element("testsuites", name="tjkg validate")
    total = failed = 0
    for plan in plans:
        found = [f for f in report.findings if (f.plan or "") == plan]
        failures = [f for f in found if _fails(f, report)]
        suite = ET.SubElement(
            suites, "testsuite", name=plan or "shared", tests=str(len(found) or 1), failures=str(len(failures)),
            errors="0", skipped="0",
        )
        total, failed = total + (len(found) or 1), failed + len(failures)
        if not found:
            ET.SubElement(suite, "testcase", classname=plan or "shared", name=say("conforms", lang))
        for f in found:
            name = _clean(f"{f.rule} · {f.subject.of(lang)} · {f.fingerprint}")
            case = ET.SubElement(suite, "testcase", classname=f"{plan or 'shared'}.{f.severity}", name=name)
            if f.spot and f.spot.line is not None:
                case.set("line", str(f.spot.line))
            if _fails(f, report):
                ET.SubElement(case, "failure", type=f.rule, message=_clean(f.message.of(lang))).text = _body(f, lang)
            else:
                ET.SubElement(case, "system-out").text = _body(f, lang)
    suites.set("tests", str(total))
    suites.set("failures", str(failed))
    ET.indent(suites)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(suites, encoding="unicode") + "\n"
