"""tjkg facts: what an applicant may state."""

from __future__ import annotations

import argparse
from typing import Any

from tjkg.applicant import ABOUTS
from tjkg.cli.options import add_format, add_store, opened
from tjkg.cli.output import print_json, print_table
from tjkg.criteria import load_facts
from tjkg.fact_rows import fact_rows
from tjkg.messages import say


def arguments(parser: argparse.ArgumentParser) -> None:
    """--about, --kind, --format, the store."""
    parser.add_argument("--about", choices=tuple(ABOUTS), help="只看关于谁的 only facts about such an applicant")
    parser.add_argument(
        "--kind", choices=("stated", "delegated", "plan_silent", "reading", "definition"), action="append",
        help="只看哪一种，可重复 only facts of such a kind",
    )
    add_format(parser, "table", "json")
    add_store(parser)


def run(args: argparse.Namespace) -> int:
    """Prints the facts in the order in which a form would ask for them."""
    with opened(args) as store:
        facts = load_facts(store)
    rows = fact_rows(facts, args.about, args.kind or ())
    if args.format == "json":
        print_json(rows)
        return 0
    english = args.lang == "en"
    columns = [say(k, args.lang) for k in ("fact", "fact-label", "fact-question", "fact-values", "fact-kind")]
    print_table(
        columns,
        [
            [
                r["id"], r["label_en"] if english else r["label"], (r["question_en"] if english else r["question"]) or "",
                _values(r, args.lang), say(f"kind-{r['kind']}", args.lang),
            ]
            for r in rows
        ],
        say("count-facts", args.lang, count=len(rows)),
    )
    return 0


def _values(row: dict[str, Any], lang: str) -> str:
    if row["values"]:
        return " | ".join(row["values_en"] if lang == "en" else row["values"])
    return f"{row['type']} {row['unit'] or ''}".strip()
