"""tjkg ask: a question in Chinese (or English), answered with its receipts."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from tjkg.cli.options import add_format, add_store, opened
from tjkg.cli.output import print_json, print_table
from tjkg.messages import Lang, say


def arguments(parser: argparse.ArgumentParser) -> None:
    """QUESTION, --format, --sparql, the store."""
    parser.add_argument("question", nargs="+", metavar="QUESTION", help="问题，例如“低保一个月多少钱？”；写 - 从标准输入读")
    parser.add_argument("--sparql", action="store_true", help="也打印得出答案的查询 also print the query")
    add_format(parser, "text", "json")
    add_store(parser)


def run(args: argparse.Namespace) -> int:
    """Prints the answer; 1 when the plan has none."""
    from tjkg.ask import ask, snapshot

    question = sys.stdin.read() if args.question == ["-"] else " ".join(args.question)
    with opened(args) as store:
        found = ask(snapshot(store), question, args.lang)
    if args.format == "json":
        print_json(found)
    else:
        _print(found, args.lang, sparql=args.sparql)
    return 0 if found["answered"] else 1


def _print(answer: dict[str, Any], lang: Lang, *, sparql: bool) -> None:
    print(answer["text"])
    table = answer["table"]
    if table and len(table["rows"]) > 1:
        print()
        print_table(table["columns"], table["rows"])
    quotes = answer["evidence"][:12]
    if quotes:
        print()
        for e in quotes:
            place = say("source-line", lang, line=e["line"])
            lead = f"{e['service']}，" if e["service"] else ""
            print(f"  〔{lead}{place}〕{_short(e['quote'])}")
    read = [f"{r['text']}→{r['as']}" for r in answer["reading"] if r["kind"] not in ("cue", "unit") and r["text"] != r["as"]]
    if read:
        print("\n" + say("read-as", lang, words="；".join(dict.fromkeys(read))))
    others = [a["service"] for a in answer["alternatives"] if "service" in a]
    if others:
        print(say("or-meant", lang, services="、".join(others)))
    if sparql and answer["sparql"]:
        print("\n" + answer["sparql"].strip())


def _short(quote: str) -> str:
    text = quote.replace("\n", "")
    return text if len(text) <= 100 else text[:97] + "……"
