"""tjkg cite: a footnote that reproduces a result, and the check of one."""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from tjkg.cli.options import add_lang
from tjkg.cli.output import print_json
from tjkg.errors import InputError
from tjkg.messages import say

# commands whose result can be cited: they answer from the data in JSON
_CITABLE = ("query", "services", "show", "ask", "screen", "facts", "audit", "export")


def arguments(parser: argparse.ArgumentParser) -> None:
    """RESULT (the command that yields it, or the name of a question), --check FILE, --date, --format, --lang."""
    parser.add_argument("--check", metavar="FILE", help="复核一条脚注（JSON 或含脚注的文字） check a footnote")
    parser.add_argument("--date", metavar="DATE", help="取得结果的日期，不写为今天 the day it was taken")
    parser.add_argument("--plan", metavar="ID", help="版本 edition")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="输出格式 output format")
    add_lang(parser)
    parser.add_argument(
        "result", nargs=argparse.REMAINDER, metavar="RESULT",
        help="得出结果的命令（query、ask、screen、show……，不写 tjkg），或一个问题名 the command that yields the result",
    )


def run(args: argparse.Namespace) -> int:
    """Prints a footnote; with --check 1 when the result is another."""
    from tjkg.store import open_local

    if args.check is not None:
        return _check(args)
    if not args.result:
        raise InputError("没有写是哪个结果", cure="例如 tjkg cite query services-of-group -p group=残疾人")
    from tjkg.cite import footnote

    words = list(args.result)
    command = words if words[0] in _CITABLE else ["query", *words]
    store = open_local(args.plan)
    found = footnote(store, command, _result(command, store.plan), _day(args.date), _query(command))
    if args.format == "json":
        print_json(found.plain())
    else:
        version = f"，{say('cite-version', args.lang, version=found.version)}" if found.version else ""
        print(say("cite", args.lang, title=found.title or found.plan, plan=found.plan, version=version, on=found.on,
                  line=found.line()))
    return 0


def _day(text: str | None) -> str:
    try:
        return (date.fromisoformat(text) if text else date.today()).isoformat()
    except ValueError:
        raise InputError(f"日期 {text} 不对", cure="请写成 2021-12-06 这样") from None


def _result(command: Sequence[str], plan: str) -> Any:
    """What a command prints as JSON, of one edition.

    Raises:
        InputError: it cannot be cited, or does not run.
    """
    from tjkg.cli import COMMANDS, main

    if command[0] not in _CITABLE or command[0] not in COMMANDS:
        raise InputError(f"tjkg {command[0]} 的结果不能引用", cure="可引用：" + "、".join(c for c in _CITABLE if c in COMMANDS))
    words = [*command, "--format", "json"] + ([] if "--plan" in command else ["--plan", plan])
    raw = io.BytesIO()
    out, told = io.TextIOWrapper(raw, encoding="utf-8"), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(told):
        code = main(words)
    out.flush()
    if code == 2:
        raise InputError(told.getvalue().strip().removeprefix("tjkg：").rstrip("。"), cure="请先单独运行被引用的命令")
    try:
        return json.loads(raw.getvalue())
    except ValueError:
        raise InputError(f"tjkg {' '.join(command)} 没有给出 JSON", cure="请引用 " + "、".join(_CITABLE)) from None


def _query(command: Sequence[str]) -> str | None:
    """The SPARQL text of a query command, its parameters filled in."""
    if command[0] != "query":
        return None
    from tjkg.cli.query import arguments as of_query
    from tjkg.cli.query import text_of

    parser = argparse.ArgumentParser()
    of_query(parser)
    return text_of(parser.parse_args(list(command[1:])))


def _check(args: argparse.Namespace) -> int:
    from tjkg.cite import check, read
    from tjkg.store import open_local

    try:
        text = sys.stdin.read() if args.check == "-" else Path(args.check).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise InputError("脚注文件读不出来", where=args.check, cure="请给出 tjkg cite 写出的文件") from None
    cited = read(text, args.check)
    store = open_local(cited.plan)
    outcome = check(cited, store, lambda command: _result(command, cited.plan))
    key = "cite-same" if outcome.data and outcome.result else "cite-data" if outcome.result else "cite-other"
    if args.format == "json":
        print_json({"reproduced": outcome.reproduced, "data": outcome.data, "result": outcome.result})
    else:
        print(say(key, args.lang))
    return 0 if outcome.reproduced else 1
