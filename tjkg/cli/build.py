"""tjkg build: document → Turtle; without a document every edition under data/."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from tjkg.cli.options import add_lang
from tjkg.messages import Lang, say

if TYPE_CHECKING:
    from tjkg.build import Built
    from tjkg.editions import Revised

_CELLS = {"target": "target", "guarantee": "standard", "funding": "funding", "coverage": "coverage"}


def arguments(parser: argparse.ArgumentParser) -> None:
    """DOCUMENT…, --base, --out, --check, --lang."""
    parser.add_argument("documents", nargs="*", metavar="DOCUMENT", help="规划文件；或版本与修改它的通知；不写则重建 data/ 下的全部版本 documents, or BASE NOTICE")
    parser.add_argument("--base", metavar="PLAN", help="从这一版本沿用资格条件 carry criteria over from this edition")
    parser.add_argument("--out", metavar="DIR", help="写到这个目录 write here")
    parser.add_argument("--check", action="store_true", help="只核对已提交的数据是否与原文一致 prove, write nothing")
    add_lang(parser)


def run(args: argparse.Namespace) -> int:
    """Builds or checks; 1 when --check finds a file that differs."""
    from tjkg.build import build, check, sources, write
    from tjkg.editions import amended, beside
    from tjkg.resources import data_dir

    stale = False
    revised = None
    if len(args.documents) == 2 and not Path(args.documents[0]).is_file():
        revised = amended(args.documents[0], Path(args.documents[1]))
        builds = [revised.built]
    elif args.documents:
        builds = [beside(Path(d), args.base) for d in args.documents]
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
        if revised is not None:
            _tell(revised, args.lang)
        rows = sum(len(s.standards) for s in plan.services)
        print(say(
            "build-written", args.lang, plan=built.folder.name, services=len(plan.services), standards=rows,
            indicators=len(plan.indicators), files="、".join(map(str, files)),
        ))
        if (told := _states(built)) is not None:
            print(say("build-carried", args.lang, **told))
    return 1 if stale else 0


def _tell(revised: Revised, lang: Lang) -> None:
    """What a notice changed, and what of it was not done."""
    from tjkg.build import sentence

    print(say("build-amended", lang, plan=revised.id, base=revised.base, day=str(revised.done.valid_from)))
    for c in revised.done.changes:
        cell = _CELLS.get(c.aspect)
        print(say("build-change", lang, service=c.service or "", cell=say(cell, lang) if cell else "", old=c.old, new=c.new))
    for finding in revised.done.findings:
        print(say("build-not-done", lang, what=sentence(finding)))


def _states(built: Built) -> dict[str, int] | None:
    """How many conditions were carried over and how many are suggested; None where there are none."""
    found = built.carried
    return None if found is None else {"reviewed": found[0], "suggested": found[1]}
