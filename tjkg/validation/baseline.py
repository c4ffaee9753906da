"""Accepted findings: a TOML file of entries, each with its reason and the day it ends.

```toml
[[accepted]]
rule = "tiers-overlap"
service = "医疗救助"          # any of: service, subject, quote, fingerprint; all that are given must fit
reason = "已向主管部门反映，等待解释"
by = "标准管理处"
until = 2027-06-30
```
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tjkg.errors import InputError
from tjkg.validation import rules
from tjkg.validation.finding import Finding, Words
from tjkg.validation.folders import editions

__all__ = ["Accepted", "Baseline", "baseline_of_editions", "read_baseline"]

_MATCH = ("rule", "service", "subject", "quote", "fingerprint", "plan")
_KEYS = (*_MATCH, "reason", "by", "until")


@dataclass(frozen=True)
class Accepted:
    """An entry: what it fits (key → text), why it is accepted, and until when."""

    fits: dict[str, str]
    reason: str
    until: date
    by: str | None = None

    def __str__(self) -> str:
        return "，".join(f"{k}={v}" for k, v in self.fits.items())

    def covers(self, finding: Finding) -> bool:
        """Whether all that the entry says fits the finding."""
        have = {
            "rule": finding.rule, "service": finding.service, "subject": finding.subject.zh,
            "quote": finding.spot.quote if finding.spot else None, "fingerprint": finding.fingerprint,
            "plan": finding.plan,
        }
        return all(have[k] == v for k, v in self.fits.items())


@dataclass(frozen=True)
class Baseline:
    """The entries of a file."""

    entries: tuple[Accepted, ...]
    name: str

    def applied(self, found: Iterable[Finding], on: date) -> tuple[list[Finding], tuple[tuple[Finding, str], ...]]:
        """(what stands, what is accepted and why) on a day.

        An expired entry gives its findings back and is a warning; one that meets nothing is information.
        """
        kept: list[Finding] = []
        accepted: list[tuple[Finding, str]] = []
        met: set[int] = set()
        expired: set[int] = set()
        for finding in found:
            fits = [i for i, e in enumerate(self.entries) if e.covers(finding)]
            met.update(fits)
            valid = next((i for i in fits if self.entries[i].until >= on), None)
            if valid is None:
                kept.append(finding)
                expired.update(fits)
            else:
                accepted.append((finding, self.entries[valid].reason))
        kept += [self._told("baseline-expired", "warning", self.entries[i]) for i in sorted(expired)]
        kept += [
            self._told("baseline-unused", "information", e) for i, e in enumerate(self.entries) if i not in met
        ]
        return kept, tuple(accepted)

    def _told(self, rule: str, severity: str, entry: Accepted) -> Finding:
        told = rules.check(rule, severity)
        values = {"until": entry.until.isoformat(), "reason": entry.reason, "entry": str(entry)}
        return Finding(
            severity, rule, Words(self.name, self.name), told.message.filled(values), told.why, told.fix,
            service=entry.fits.get("service"), heading=told.name,
        )


def _entry(raw: Any, number: int, where: str) -> Accepted:
    def wrong(what: str, cure: str) -> InputError:
        return InputError(f"第{number}条 accepted {what}", where=where, cure=cure)

    if not isinstance(raw, dict):
        raise wrong("不是表", "请写成 [[accepted]]")
    if unknown := sorted(set(raw) - set(_KEYS)):
        raise wrong(f"有不认识的键 {'、'.join(unknown)}", f"可用：{'、'.join(_KEYS)}")
    reason, until = raw.get("reason"), raw.get("until")
    if not isinstance(reason, str) or not reason.strip():
        raise wrong("没有理由", '请写明 reason = "…"')
    if not isinstance(until, date):
        raise wrong("没有期限", "请写明 until = 2027-06-30 这样的日期")
    fits = {k: str(raw[k]) for k in _MATCH if k in raw}
    if "rule" not in fits and "fingerprint" not in fits:
        raise wrong("没有说明接受哪条规则的发现", '请写明 rule = "…" 或 fingerprint = "…"')
    return Accepted(fits, reason.strip(), until, str(raw["by"]) if "by" in raw else None)


def read_baseline(path: Path) -> Baseline:
    """The accepted findings of a TOML file.

    Raises:
        InputError: the file is missing, no TOML, or an entry lacks its reason or date (told by number).
    """
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise InputError("没有这个基线文件", where=str(path), cure="请检查文件名") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"基线文件读不懂：{error}", where=str(path), cure="请存为 UTF-8 的 TOML") from None
    entries = data.get("accepted", [])
    if not isinstance(entries, list) or set(data) - {"accepted"}:
        raise InputError("基线文件里应只有 [[accepted]]", where=str(path), cure="请对照文档改写")
    return Baseline(tuple(_entry(e, i, str(path)) for i, e in enumerate(entries, 1)), path.name)


def baseline_of_editions(plan: str | None = None) -> Baseline | None:
    """What `tjkg review` has written down as accepted beside the editions (or one of them); None: nothing."""
    files = [f / "accepted.toml" for f in editions(plan) if (f / "accepted.toml").exists()]
    read = [read_baseline(path) for path in files]
    if not read:
        return None
    return Baseline(tuple(e for b in read for e in b.entries), "、".join(b.name for b in read))
