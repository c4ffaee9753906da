"""What several commands share: which store, which language, how long a query may take."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from tjkg.errors import InputError
from tjkg.messages import say
from tjkg.store import open_local, open_remote

if TYPE_CHECKING:
    from tjkg.store import Store

__all__ = ["add_format", "add_lang", "add_store", "opened"]


def add_lang(parser: argparse.ArgumentParser) -> None:
    """--lang zh|en."""
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="输出语言 output language")


def add_format(parser: argparse.ArgumentParser, *formats: str) -> None:
    """--format, the first being the default."""
    parser.add_argument("--format", choices=formats, default=formats[0], help="输出格式 output format")


def add_store(parser: argparse.ArgumentParser) -> None:
    """--plan, --on, --endpoint, --timeout, --lang."""
    parser.add_argument("--plan", metavar="ID", help="版本 edition, e.g. tianjin-2021")
    parser.add_argument("--on", metavar="DATE", help="当日有效的版本 the edition in force that day (YYYY-MM-DD)")
    parser.add_argument("--endpoint", metavar="URL", help="SPARQL 1.1 端点 a remote store instead of the shipped one")
    parser.add_argument("--timeout", type=float, default=60, metavar="S", help="查询时限（秒）seconds a query may take")
    add_lang(parser)


def _day(text: str | None) -> str:
    """The ISO date asked for, else today."""
    if text is None:
        return date.today().isoformat()
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise InputError(f"日期 {text} 不对", cure="请写成 2021-12-06 这样") from None


@contextmanager
def opened(args: argparse.Namespace) -> Iterator[Store]:
    """The store a command reads; inside, Ctrl-C ends at once and the time limit truly stops."""
    day = None if args.plan else _day(args.on)
    if args.timeout <= 0:
        raise InputError("--timeout 应大于 0", cure="例如 --timeout 60")
    if args.endpoint:
        yield open_remote(args.endpoint, args.plan, day, timeout=max(1, int(args.timeout)))
        return
    store = open_local(args.plan, day)
    before = signal.signal(signal.SIGINT, signal.SIG_DFL) if _main_thread() else None
    timer = threading.Timer(args.timeout, _stop, (args.timeout, args.lang))
    timer.daemon = True
    timer.start()
    try:
        yield store
    finally:
        timer.cancel()
        if before is not None:
            signal.signal(signal.SIGINT, before)


def _main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()


def _stop(seconds: float, lang: str) -> None:
    """The engine cannot be interrupted: the process ends, with a sentence."""
    print("tjkg：" + say("timeout", "en" if lang == "en" else "zh", seconds=f"{seconds:g}"), file=sys.stderr)
    sys.stderr.flush()
    os._exit(2)
