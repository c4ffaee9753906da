"""An audit as text, JSON, CSV or page."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence

from tjkg.audit import Audit
from tjkg.auditing.completeness import ASPECTS, of_service
from tjkg.messages import Lang, say

__all__ = ["AUDIT_FACES", "audit_face"]


def _text(audits: Sequence[Audit], lang: Lang) -> str:
    lines: list[str] = []
    for audit in audits:
        told = audit.record()
        share = 100 * told["characters_represented"] / told["characters"] if told["characters"] else 0
        lines += [
            say("audit-line-cells", lang, plan=audit.name, cells=told["cells"], structured=told["cells_structured"],
                share=f"{share:.1f}"),
            say("audit-line-numbers", lang, numbers=told["numbers"], represented=told["numbers_represented"],
                explained=told["numbers_explained"], gaps=len(told["gaps"])),
        ]
        for gap in audit.gaps:
            around = audit.text.text[max(0, gap.start - 12) : gap.end + 12].replace("\n", " ").replace("\t", " ")
            lines.append(f"  {say('audit-gap', lang)} {gap.text}　…{around}…（{say('source-line', lang, line=gap.line)}）")
        lines.append(say("audit-map", lang) + "：" + "；".join(_counted(audit, a, lang) for a in ASPECTS))
    return "\n".join(lines) + "\n"


def _counted(audit: Audit, aspect: str, lang: Lang) -> str:
    states = [s[aspect] for s in of_service(audit.map).values()]
    parts = [f"{say(f'state-{s}', lang)} {states.count(s)}" for s in dict.fromkeys(sorted(states))]
    return f"{say(aspect, lang)} " + "、".join(parts)


def _json(audits: Sequence[Audit], lang: Lang) -> str:
    told = [a.record() for a in audits]
    return json.dumps(told[0] if len(told) == 1 else told, ensure_ascii=False, indent=1) + "\n"


def _csv(audits: Sequence[Audit], lang: Lang) -> str:
    """The completeness map, a line a row of the tables."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("plan", "service", "row", *ASPECTS))
    for audit in audits:
        writer.writerows((audit.name, r.service, r.number, *(r.states[a] for a in ASPECTS)) for r in audit.map)
    return "\ufeff" + out.getvalue()


def _html(audits: Sequence[Audit], lang: Lang) -> str:
    from tjkg.report.audit_html import audit_html

    return audit_html(audits, lang)


AUDIT_FACES: dict[str, Callable[[Sequence[Audit], Lang], str]] = {
    "text": _text, "json": _json, "html": _html, "csv": _csv,
}


def audit_face(audits: Sequence[Audit], name: str, lang: Lang) -> bytes:
    """Audits in one of the AUDIT_FACES, as bytes."""
    return AUDIT_FACES[name](audits, lang).encode()
