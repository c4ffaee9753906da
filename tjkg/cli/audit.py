"""tjkg audit: which words and numbers of the plan no triple stands for."""

from __future__ import annotations

import argparse
from pathlib import Path

from tjkg.cli.options import add_format, add_lang
from tjkg.cli.output import save
from tjkg.errors import InputError


def arguments(parser: argparse.ArgumentParser) -> None:
    """PATH…, --plan, --fail-on, --format, --out, --lang."""
    parser.add_argument("paths", nargs="*", metavar="PATH", help="Turtle 或规划文件；不写则审计随附数据")
    parser.add_argument("--plan", metavar="ID", help="只审计这个版本 only this edition")
    parser.add_argument(
        "--fail-on", choices=("violation", "warning", "information", "never"), default="violation",
        help="数字缺口算违反，未读出的文字算提示 a number without a home is a violation, unread words information",
    )
    parser.add_argument("--out", metavar="FILE", help="写入文件 write to a file")
    add_format(parser, "text", "json", "html", "csv")
    add_lang(parser)


def run(args: argparse.Namespace) -> int:
    """Prints the audit; 1 when --fail-on is met."""
    from tjkg.audit import audit
    from tjkg.report.audit import audit_face

    if args.paths and args.plan:
        raise InputError("--plan 只用于随附数据", cure="去掉 --plan，或去掉 PATH")
    found = audit([Path(p) for p in args.paths], args.plan)
    save(audit_face(found, args.format, args.lang), args.out)
    if args.fail_on == "never":
        return 0
    unread = args.fail_on == "information" and any(c.unread for a in found for c in a.cells)
    return 1 if unread or any(a.gaps for a in found) else 0
