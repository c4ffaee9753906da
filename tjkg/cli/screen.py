"""tjkg screen: who may get what; a person, a group, or a table of people."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from tjkg.applicant import ABOUTS, Statement, conditions, profile
from tjkg.cli.options import add_format, add_store, opened
from tjkg.cli.output import print_json, print_table
from tjkg.errors import InputError
from tjkg.messages import Lang, say
from tjkg.screen import Screener

_TABLES = (".csv", ".parquet")
_ORDER = ("eligible", "all", "some", "depends", "unknown", "ineligible", "none")


def arguments(parser: argparse.ArgumentParser) -> None:
    """PROFILE.json or a table, -f, --group, --about, --others; for tables --out and what belongs to it."""
    parser.add_argument("source", nargs="?", metavar="FILE", help="申请者档案 PROFILE.json，或一张表 .csv .parquet")
    parser.add_argument("-f", "--fact", action="append", default=[], metavar="FACT=VALUE",
                        help="一个事实，可重复：age=80..、age=60..79、residence=农村|镇、identity!=孤儿")
    parser.add_argument("--group", nargs="?", const="", metavar="NAME", help="问的是一个群体（可写群体名称）a group")
    parser.add_argument("--about", choices=tuple(ABOUTS), help="为谁查询 whom the question is about")
    parser.add_argument("--others", choices=("unknown", "ordinary"), help="没有说的事实：不知道，还是按通常情形")
    parser.add_argument("--all", action="store_true", help="也列出不符合的 also what does not apply")
    table = parser.add_argument_group("一张表 a table of people")
    table.add_argument("--out", metavar="FILE", help="结果文件 .parquet 或 .csv，一项服务一列 true/false/null")
    table.add_argument("--map", metavar="FILE", help="列名和代码的对照（TOML 或 JSON）columns and codes")
    table.add_argument("--keep", action="append", default=[], metavar="COLUMN", help="带到结果里的列，可重复")
    table.add_argument("--service", action="append", default=[], metavar="S", help="只算这些服务，可重复 only these services")
    table.add_argument("--by", metavar="COLUMN", help="按这一列（如区）汇总 count by this column")
    table.add_argument("--missing", action="store_true", help="也写出每行还缺哪些事实 also the facts a row lacks")
    table.add_argument("--lenient", action="store_true", help="读不懂的值当作没有说，不停下")
    add_format(parser, "table", "json")
    add_store(parser)


def run(args: argparse.Namespace) -> int:
    """Prints the verdicts, or writes the table of results."""
    if args.group and Path(args.group).suffix in (".json", *_TABLES) and args.source is None:
        args.source, args.group = args.group, ""
    if args.source is not None and Path(args.source).suffix in _TABLES:
        return _table(args)
    about, statements, ordinary = "person", list[Statement](), False
    if args.source is not None:
        about, statements, ordinary = profile(_json(Path(args.source)))
    statements += conditions(args.fact)
    about = args.about or about
    if args.others is not None:
        ordinary = args.others == "ordinary"
    with opened(args) as store:
        screener = Screener(store)
        if args.group:
            of_group, told = screener.named_group(args.group)
            statements, about = [*told, *statements], args.about or of_group
        who = screener.applicant(statements, about, ordinary)
        found = screener.screen(who, group=args.group is not None, lang=args.lang)
    if args.format == "json":
        print_json(found)
    else:
        labels = {f.id: f.label if args.lang == "zh" else f.label_en for f in screener.criteria.facts.values()}
        _print(found, labels, args.lang, all_too=args.all)
    return 0


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except OSError:
        raise InputError("没有这个档案文件", where=str(path), cure="请检查路径") from None
    except ValueError as error:
        raise InputError(f"不是正确的 JSON：{error}", where=str(path), cure="请检查括号和引号") from None


# ---------------------------------------------------------------- one applicant


def _print(found: dict[str, Any], labels: dict[str, str], lang: Lang, *, all_too: bool) -> None:
    shown = sorted(
        (r for r in found["results"] if all_too or r["verdict"] not in ("ineligible", "none")),
        key=lambda r: (_ORDER.index(r["verdict"]), r["universal"], not _pays(r)),
    )
    hidden = len(found["results"]) - len(shown)
    print_table(
        [say(k, lang) for k in ("verdict", "service", "because", "still-open", "amounts")],
        [
            [say(f"verdict-{r['verdict']}", lang), _name(r, lang), _because(r), _still_open(r, lang, labels), _amounts(r, lang)]
            for r in shown
        ],
    )
    if hidden:
        print(say("not-shown", lang, count=hidden))
    if found["next_question"]:
        print(say("next-question", lang, **found["next_question"]))


def _name(result: dict[str, Any], lang: Lang) -> str:
    number = result["standard"]
    return str(result["service"]) if number == 1 else f"{result['service']} {say('row', lang, number=number)}"


def _because(result: dict[str, Any]) -> str:
    marks = {True: "✓", False: "✗", None: "?"}
    return "；".join(f"{marks[b['met']]}{b['text']}" for b in result["because"])


def _still_open(result: dict[str, Any], lang: Lang, labels: dict[str, str]) -> str:
    if result["splits_on"]:
        return f"{result['splits_on']['label']}：{result['splits_on']['how']}"
    told = []
    for key in ("missing", "delegated", "plan_silent", "readings"):
        if result[key]:
            told.append(say(f"open-{key}", lang, items="、".join(labels.get(i, i) for i in result[key])))
    for change in result["change"] or ():
        told.append(say("change", lang, **change))
    return "；".join(told)


def _pays(result: dict[str, Any]) -> bool:
    """Whether there is money in it that the applicant may have."""
    return any(b["currency"] and b["role"] != "threshold" and b["verdict"] not in ("ineligible", "none") for b in result["benefits"])


def _amounts(result: dict[str, Any], lang: Lang) -> str:
    return "；".join(
        f"{b['item'] or ''} {b['per'] or ''}{b['period'] or ''}{_sum(b, lang)}".strip()
        for b in result["benefits"]
        if b["verdict"] in ("eligible", "all") and b["currency"] and b["role"] != "threshold"
    )


def _sum(benefit: dict[str, Any], lang: Lang) -> str:
    text = str(benefit["text"])
    return say("amount-average", lang, text=text) if benefit["role"] == "average" else text


# ---------------------------------------------------------------- a table of people


def _table(args: argparse.Namespace) -> int:
    from tjkg.batch import ColumnMap, read_mapping
    from tjkg.batch import run as run_batch
    from tjkg.criteria import load

    if args.out is None:
        raise InputError("没有写结果文件", cure="请加 --out 结果.parquet")
    if args.fact or args.group is not None or args.others is not None:
        raise InputError("表中每行自己说明事实，-f、--group、--others 不能同时用", cure="请去掉它们")
    mapping = read_mapping(Path(args.map)) if args.map else ColumnMap()
    with opened(args) as store:
        criteria = load(store)
    summary = run_batch(
        criteria, Path(args.source), Path(args.out), about=args.about or "person", mapping=mapping, keep=args.keep,
        services=args.service, by=args.by, missing=args.missing, lenient=args.lenient, progress=_bar(args.lang),
    )
    if sys.stderr.isatty():
        print(file=sys.stderr)
    if args.format == "json":
        keys = ("district", "service", "true", "false", "null")
        print_json({"rows": summary.rows, "counts": [dict(zip(keys, c, strict=True)) for c in summary.counts]})
        return 0
    heads = [*([args.by] if args.by else []), *(say(k, args.lang) for k in ("service", "verdict-eligible", "verdict-ineligible", "verdict-depends"))]
    print_table(
        heads, [c if args.by else c[1:] for c in summary.counts],
        say("batch-done", args.lang, rows=summary.rows, out=args.out),
    )
    return 0


def _bar(lang: Lang) -> Any:
    """Shows on a terminal how far the table is read; nothing is shown elsewhere."""
    if not sys.stderr.isatty():
        return None

    def show(rows: int, total: int | None) -> None:
        part = f"{rows * 100 // total}%" if total else ""
        print(f"\r{say('batch-progress', lang, rows=rows)} {part}", end="", file=sys.stderr, flush=True)

    return show
