"""tjkg diff: what changed between two editions, in policy words."""

from __future__ import annotations

import argparse
from pathlib import Path

from tjkg.cli.options import add_format, add_lang
from tjkg.cli.output import save

_RANK = ("violation", "warning", "information")


def arguments(parser: argparse.ArgumentParser) -> None:
    """OLD, NEW, --answers, --exit-code, --fail-on, --format, --out, --lang."""
    parser.add_argument("old", metavar="OLD", help="旧版：版本、Turtle 文件或文件夹、规划文件（docx xlsx html txt）")
    parser.add_argument("new", metavar="NEW", help="新版：同上 an edition, Turtle, or a document")
    parser.add_argument(
        "--answers", nargs="+", metavar="FILE", default=None,
        help="保存的问题（.txt，一行一个）、查询（.rq）、申请者（.json），在新旧两版各答一次 rerun saved questions",
    )
    parser.add_argument("--exit-code", action="store_true", help="有达到 --fail-on 的变化即以 1 退出 exit 1 on such changes")
    parser.add_argument(
        "--fail-on", choices=(*_RANK, "never"), default="violation",
        help="violation 减损；warning 其他变化；information 任何变化 (with --exit-code)",
    )
    parser.add_argument("--out", metavar="FILE", help="写入文件 write to a file")
    add_format(parser, "text", "json", "md", "html")
    add_lang(parser)


def run(args: argparse.Namespace) -> int:
    """Prints the report; with --exit-code 1 when a change is as grave as --fail-on."""
    from tjkg.diff import base, compare, side
    from tjkg.report.changes import face

    old, new = side(args.old), side(args.new)
    result = compare(old, new, base(old, new))
    answers = None
    if args.answers is not None:
        from tjkg.answers import rerun

        answers = rerun(args.old, args.new, (old, new), [Path(p) for p in args.answers], result)
    save(face(result, args.format, args.lang, answers), args.out)
    if not args.exit_code or args.fail_on == "never":
        return 0
    grave = _RANK[: _RANK.index(args.fail_on) + 1]
    return 1 if any(c.severity in grave for c in result.changes) else 0
