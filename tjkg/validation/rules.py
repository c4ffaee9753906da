"""Where the rules are told: shapes carry their sentences, rule queries theirs, checks stand in a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tjkg.messages import CHECKS, FINDINGS, FINDINGS_WHY
from tjkg.namespaces import SHAPE
from tjkg.query import Question, internal, read
from tjkg.resources import queries_dir
from tjkg.store.memory import open_memory
from tjkg.validation.finding import Rule, Words

__all__ = ["FOLDERS", "check", "form", "of_question", "of_shapes", "questions"]

FOLDERS = ("quality", "consistency")
_SEVERITY = {"Violation": "violation", "Warning": "warning", "Info": "information"}


def of_shapes(path: Path) -> dict[str, Rule]:
    """The rules of a file of shapes by the shape's IRI; the id is its local name."""
    store = open_memory([(path, "https://w3id.org/tjkg/graph/shapes")], "shapes")
    texts: dict[str, dict[tuple[str, str], str]] = {}
    severity: dict[str, str] = {}
    for shape, kind, text, lang, level in store.select(internal("shapes")).rows:
        texts.setdefault(str(shape), {}).setdefault((str(kind), str(lang)), str(text))
        severity[str(shape)] = _SEVERITY.get(str(level or "").rpartition("#")[2], "violation")
    return {
        shape: Rule(
            shape.removeprefix(SHAPE), severity[shape],
            *(Words(t.get((k, "zh"), ""), t.get((k, "en"), "")) for k in ("name", "message", "why", "fix")),
        )
        for shape, t in texts.items()
    }


def questions() -> Iterator[Question]:
    """The questions that `validate` asks of the data, in a stable order."""
    for folder in FOLDERS:
        for path in sorted((queries_dir() / folder).glob("*.rq")):
            question = read(path)
            if question.rule:
                yield question


def of_question(question: Question) -> Rule:
    """The rule of a question: what a row of it means."""
    told = question.rule
    message, why, fix = (Words(told[k], told[f"{k}_en"]) for k in ("message", "why", "fix"))
    return Rule(question.id, told["severity"], Words(question.summary, question.summary_en), message, why, fix)


def check(rule: str, severity: str) -> Rule:
    """The rule of a check that is neither shape nor query."""
    what_zh, what_en, why_zh, why_en, fix_zh, fix_en = CHECKS[rule]
    return Rule(
        rule, severity, _heading(what_zh, what_en), Words(what_zh, what_en), Words(why_zh, why_en), Words(fix_zh, fix_en)
    )


def _heading(zh: str, en: str) -> Words:
    """A message with dots where its values stand."""
    return Words(re.sub(r"\{\w+\}", "…", zh), re.sub(r"\{\w+\}", "…", en))


def form(rule: str, severity: str) -> Rule:
    """The rule of a finding on a document's form."""
    zh, en, fix_zh, fix_en = FINDINGS[rule]
    why = Words(*FINDINGS_WHY.get(rule, ("", "")))
    return Rule(rule, severity, _heading(zh, en), Words(zh, en), why, Words(fix_zh, fix_en))
