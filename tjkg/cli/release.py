"""tjkg release: an edition stamped with version, date and hashes, and what changed since the last one."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from tjkg.cli.options import add_lang
from tjkg.cli.output import print_json
from tjkg.errors import InputError
from tjkg.messages import say


def arguments(parser: argparse.ArgumentParser) -> None:
    """PLAN, --version, --date, --against, --out, --stamp, --format, --lang."""
    parser.add_argument("plan", metavar="PLAN", help="data/ 下的版本 an edition")
    parser.add_argument("--version", required=True, metavar="V", help="发布版本号，如 1.0.0 (Semantic Versioning)")
    parser.add_argument("--date", required=True, metavar="DATE", help="发布日期 YYYY-MM-DD")
    parser.add_argument("--against", metavar="OLD", help="上一次发布的文件夹、旧版本或旧文件：写更新说明 for the change log")
    parser.add_argument("--out", required=True, metavar="DIR", help="发布到这个（新的）文件夹 a new folder")
    parser.add_argument("--stamp", action="store_true", help="把版本号写进 data/PLAN/release.ttl also beside the data")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="输出格式 output format")
    add_lang(parser)


def run(args: argparse.Namespace) -> int:
    """Writes the release folder."""
    from tjkg.diff import diff
    from tjkg.release import release, stamp

    try:
        day = date.fromisoformat(args.date).isoformat()
    except ValueError:
        raise InputError(f"日期 {args.date} 不对", cure="请写成 2021-12-06 这样") from None
    changes = diff(args.against, args.plan) if args.against else None
    made = release(args.plan, args.version, day, Path(args.out), changes)
    if args.stamp:
        stamp(made, args.plan, day)
    if args.format == "json":
        print_json({"folder": str(made.folder), "version": made.version, "data": made.data, "files": dict(made.hashes)})
    else:
        count = len(changes.changes) if changes else 0
        print(say("released", args.lang, plan=args.plan, version=made.version, folder=made.folder, data=made.data[:16],
                  changes=count))
    return 0
