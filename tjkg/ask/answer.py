"""An answer as data: what `tjkg ask --format json` prints, and how parts become one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

__all__ = ["Answer", "evidence"]

Json = dict[str, Any]


def evidence(node: Json, service: str | None) -> Json:
    """The sentence a value stands in: service, quote, line, start, end."""
    return {"service": service, **{k: node.get(k) for k in ("quote", "line", "start", "end")}}


@dataclass
class Answer:
    """The keys of the contract; `table`: (columns, rows) for the eye; `confidence`: 0 to 1."""

    intent: str = "unknown"
    text: str = ""
    answered: bool = True
    verdict: str | None = None
    missing: list[str] = field(default_factory=list)
    silence: str | None = None
    left_to: str | None = None
    services: list[str] = field(default_factory=list)
    values: list[Json] = field(default_factory=list)
    evidence: list[Json] = field(default_factory=list)
    sparql: str = ""
    reading: list[Json] = field(default_factory=list)
    alternatives: list[Json] = field(default_factory=list)
    parts: list[Answer] = field(default_factory=list)
    payers: list[str] = field(default_factory=list)
    shares: list[Json] = field(default_factory=list)
    count: int | None = None
    table: tuple[list[str], list[list[Any]]] | None = None
    next_question: Json | None = None
    confidence: float = 1.0

    def cite(self, node: Json, service: str | None) -> None:
        """Adds a sentence once; nodes without a place add nothing."""
        quote = evidence(node, service)
        if quote["quote"] and quote not in self.evidence:
            self.evidence.append(quote)

    def name(self, *services: str) -> None:
        """Adds services once."""
        self.services += [s for s in services if s not in self.services]

    def json(self, question: str) -> Json:
        """The keys of the contract, and more."""
        return {
            "question": question, "answered": self.answered, "intent": self.intent, "verdict": self.verdict,
            "missing": self.missing, "silence": self.silence, "left_to": self.left_to, "services": self.services,
            "values": self.values, "payers": self.payers, "shares": self.shares, "count": self.count,
            "text": self.text, "evidence": self.evidence,
            "table": None if self.table is None else {"columns": self.table[0], "rows": self.table[1]},
            "sparql": self.sparql, "reading": self.reading, "alternatives": self.alternatives,
            "next_question": self.next_question, "confidence": round(self.confidence, 2),
            "parts": [part.json(question) for part in self.parts],
        }


def joined(parts: list[Answer]) -> Answer:
    """Several answers as one: what each says, one after the other; the parts stay."""
    whole = Answer(
        intent=parts[0].intent, text="\n".join(p.text for p in parts), answered=any(p.answered for p in parts), parts=parts,
        verdict=next((p.verdict for p in parts if p.verdict), None),
        silence=next((p.silence for p in parts if p.silence), None),
        left_to=next((p.left_to for p in parts if p.left_to), None), sparql="\n".join(p.sparql for p in parts if p.sparql),
        count=next((p.count for p in parts if p.count is not None), None),
        confidence=min(p.confidence for p in parts),
    )
    for part in parts:
        whole.name(*part.services)
        for key in ("missing", "values", "evidence", "alternatives", "payers", "shares"):
            into: list[Any] = getattr(whole, key)
            into += [item for item in getattr(part, key) if item not in into]
    whole.reading = parts[0].reading
    return whole
