"""tjkg build: document → Turtle; without a document every edition under data/."""

from __future__ import annotations

import argparse
from pathlib import Path

from tjkg.cli.options import add_lang
from tjkg.messages import say


def arguments(parser: argparse.ArgumentParser) -> None:
    """DOCUMENT…, --out, --check, --lang."""
    parser.add_argument("documents", nargs="*", metavar="DOCUMENT", help="规划文件；不写则重建 data/ 下的全部版本")
    parser.add_argument("--out", metavar="DIR", help="写到这个目录 write here")
    parser.add_argument("--check", action="store_true", help="只核对已提交的数据是否与原文一致 prove, write nothing")
    add_lang(parser)


def run(args: argparse.Namespace) -> int:
    """Builds or checks; 1 when --check finds a file that differs."""
    from tjkg.build import build, build_document, check, sources, write
    from tjkg.resources import data_dir

    stale = False
    if args.documents:
        builds = [build_document(Path(d)) for d in args.documents]
    else:
        builds = [build(folder) for folder in sources(data_dir())]
    for built in builds:
        plan = built.plan
        if args.check:
            differs = check(built)
            stale = stale or bool(differs)
            for name in differs:
                print(say("build-stale", args.lang, plan=built.folder.name, file=name))
            if not differs:
                print(say("build-current", args.lang, plan=built.folder.name))
            continue
        out = Path(args.out) if args.out else None
        if out is not None and len(builds) > 1:
            out = out / built.folder.name
        files = write(built, out)
        rows = sum(len(s.standards) for s in plan.services)
        print(say(
            "build-written", args.lang, plan=built.folder.name, services=len(plan.services), standards=rows,
            indicators=len(plan.indicators), files="、".join(map(str, files)),
        ))
    return 1 if stale else 0
