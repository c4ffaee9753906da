"""tjkg validate: what is missing, wrong or inconsistent, and where."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from tjkg.cli.options import add_format, add_lang
from tjkg.cli.output import save
from tjkg.errors import InputError


def arguments(parser: argparse.ArgumentParser) -> None:
    """PATH…, --against, --fail-on, --baseline, --engine, --plan, --format, --out, --lang."""
    parser.add_argument("paths", nargs="*", metavar="PATH", help="Turtle 文件或文件夹，或规划文件；不写则检查随附数据")
    parser.add_argument("--plan", metavar="ID", help="只检查这个版本 only this edition")
    parser.add_argument("--against", metavar="OLD", help="与旧版比：服务、金额、对象有无减损 compare with an older edition")
    parser.add_argument(
        "--fail-on", choices=("violation", "warning", "information", "never"), default="violation",
        help="达到此程度即以 1 退出 exit 1 at this severity",
    )
    parser.add_argument("--baseline", metavar="FILE", help="已接受的发现（TOML，含理由与期限） accepted findings")
    parser.add_argument("--on", metavar="DATE", help="基线期限按这一天判断 the day a baseline's terms are judged by")
    parser.add_argument("--engine", choices=("fast", "pyshacl"), default="fast", help="检查引擎 engine")
    parser.add_argument("--out", metavar="FILE", help="写入文件 write to a file")
    add_format(parser, "text", "json", "html", "csv", "md", "junit", "sarif", "ttl")
    add_lang(parser)


def run(args: argparse.Namespace) -> int:
    """Prints the report; 1 when something at or above --fail-on was found."""
    from tjkg.report.findings import face
    from tjkg.validate import validate
    from tjkg.validation.baseline import baseline_of_editions, read_baseline

    if args.paths and args.plan:
        raise InputError("--plan 只用于随附数据", cure="去掉 --plan，或去掉 PATH")
    accepted = read_baseline(Path(args.baseline)) if args.baseline else None
    baseline = accepted or (None if args.paths else baseline_of_editions(args.plan))
    report = validate(
        [Path(p) for p in args.paths], plan=args.plan, engine=args.engine, fail_on=args.fail_on, baseline=baseline,
        on=_day(args.on), against=args.against,
    )
    save(face(report, args.format, args.lang), args.out)
    return 0 if report.conforms else 1


def _day(text: str | None) -> date:
    """The ISO date asked for, else today."""
    if text is None:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(f"日期 {text} 不对", cure="请写成 2021-12-06 这样") from None
