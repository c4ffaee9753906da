"""Scores `tjkg ask` per kind of question: `make eval`, or `python -m benchmarks.eval [FILE.toml]… [--wrong]`.

Right: everything a case expects holds. False answer: something is answered where the plan has nothing, or
answered wrongly. Refused: nothing is answered where the plan has the answer.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tjkg.ask import Asker, snapshot
from tjkg.store import open_local

Json = dict[str, Any]
ROOT = Path(__file__).resolve().parent.parent
FILES = tuple(ROOT / "tests" / name for name in ("questions.toml", "questions_more.toml", "questions_paraphrased.toml", "questions_unseen.toml", "questions_exams.toml"))


def whole_and_parts(answer: Json) -> list[Json]:
    """The answer and the answers to the parts of the sentence."""
    return [answer, *answer["parts"]]


def _same(expected: Json, value: Json) -> bool:
    """Whether an answer's value is the expected one (service and unit only where they are expected)."""
    if value.get("value") is None or float(value["value"]) != float(expected["value"]):
        return False
    return all(expected[k] == value.get(k) for k in ("unit", "service") if k in expected)


def failures(case: Json, answer: Json) -> Iterator[str]:
    """What a case expects and the answer has not."""
    every = whole_and_parts(answer)
    services = {s for a in every for s in a["services"]}
    values = [v for a in every for v in a["values"]]
    text = "\n".join(a["text"] for a in every)
    for name in case.get("include", ()):
        if name not in services:
            yield f"缺服务 {name}"
    for name in case.get("exclude", ()):
        if name in services:
            yield f"多服务 {name}"
    if "services" in case and set(case["services"]) != services:
        yield f"服务不符：多 {services - set(case['services'])} 缺 {set(case['services']) - services}"
    for value in case.get("values", ()):
        if not any(_same(value, v) for v in values):
            yield f"缺数值 {value['value']}{value.get('unit', '')}"
    for payer in case.get("payers", ()):
        if payer not in text:
            yield f"缺出资方 {payer}"
    for share in case.get("shares", ()):
        if not any(s["payer"] == share.get("payer", s["payer"]) and s["percent"] == share["percent"] for a in every for s in a["shares"]):
            yield f"缺分担 {share.get('payer', '')} {share['percent']}%"
    for word in case.get("contains", ()):
        if word not in text:
            yield f"缺文字 {word}"
    for key in ("verdict", "silence"):
        if key in case and case[key] not in [a[key] for a in every]:
            yield f"{key} 应为 {case[key]}，得 {answer[key]}"
    if case.get("answered") is False and answer["answered"]:
        yield "应老实说答不了"
    if "left_to" in case and not any(case["left_to"] in (a["left_to"] or "") for a in every):
        yield f"left_to 应含 {case['left_to']}，得 {answer['left_to']}"
    if "count" in case and case["count"] not in [a["count"] for a in every]:
        yield f"个数应为 {case['count']}，得 {answer['count']}"
    if "parts" in case and len(answer["parts"]) != case["parts"]:
        yield f"应分 {case['parts']} 问，得 {len(answer['parts'])}"


def unfaithful(answer: Json, source: str) -> Iterator[str]:
    """Quotes that the source does not have at their place."""
    for a in whole_and_parts(answer):
        for e in a["evidence"]:
            if source[e["start"] : e["end"]] != e["quote"]:
                yield f"引文不在原处：{e['quote'][:20]}"


def outcome(case: Json, answer: Json, wrong: list[str]) -> str:
    """right, false (a wrong or invented answer) or refused (no answer where there is one)."""
    if not wrong:
        return "right"
    return "false" if answer["answered"] else "refused"


def main(args: list[str] | None = None) -> int:
    """Prints right, false answers and refusals per kind; 1 when a quote is not in the source."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--wrong", action="store_true", help="also print what went wrong")
    parser.add_argument("--kind", help="only this kind")
    options = parser.parse_args(args)
    store = open_local()
    asker = Asker(snapshot(store))
    source = (ROOT / "data" / store.plan / "source.txt").read_text("utf-8")
    drifted = 0
    for path in options.files or [f for f in FILES if f.exists()]:
        cases = tomllib.loads(path.read_text("utf-8"))["question"]
        table: dict[str, Counter[str]] = {}
        for case in cases:
            if options.kind and case["kind"] != options.kind:
                continue
            answer = asker.ask(case["text"]).json(case["text"])
            wrong = list(failures(case, answer))
            table.setdefault(case["kind"], Counter())[outcome(case, answer, wrong)] += 1
            lost = list(unfaithful(answer, source))
            drifted += len(lost)
            if (wrong and options.wrong) or lost:
                print(f"[{case['kind']}] {case['text'][:60]}\n    {answer['intent']}：{'；'.join(wrong + lost)}\n    {answer['text'][:160]}")
        print(f"\n{path.name}\n{'kind':24}{'right':>7}{'false':>7}{'refused':>9}{'%':>8}")
        for kind, counted in table.items():
            _row(kind, counted)
        _row("all", sum(table.values(), Counter()))
    return 1 if drifted else 0


def _row(kind: str, counted: Counter[str]) -> None:
    total = sum(counted.values())
    print(f"{kind:24}{counted['right']:>7}{counted['false']:>7}{counted['refused']:>9}{100 * counted['right'] / max(1, total):>8.1f}")


if __name__ == "__main__":
    sys.exit(main())
