"""tjkg serve: the endpoint for researchers and programs."""

from __future__ import annotations

import argparse

from tjkg.cli.options import add_lang
from tjkg.errors import InputError
from tjkg.messages import say
from tjkg.web.settings import MIB, Settings

_SOME = Settings()


def arguments(parser: argparse.ArgumentParser) -> None:
    """--host, --port, the limits, the edition."""
    parser.add_argument("--host", default="127.0.0.1", metavar="H", help="监听地址 address to listen on")
    parser.add_argument("--port", type=int, default=8000, metavar="P", help="端口，0 为任取 port, 0 for any")
    parser.add_argument("--plan", metavar="ID", help="版本 edition, e.g. tianjin-2021")
    parser.add_argument("--on", metavar="DATE", help="当日有效的版本 the edition in force that day (YYYY-MM-DD)")
    limits = parser.add_argument_group("上限 limits")
    limits.add_argument("--workers", type=int, default=_SOME.workers, metavar="N", help="查询进程数 worker processes")
    limits.add_argument("--time-limit", type=float, default=_SOME.time_limit, metavar="S",
                        help="每个查询最多几秒 seconds a query may run")
    limits.add_argument("--memory", type=int, default=_SOME.memory // MIB, metavar="MB",
                        help="每个查询最多用多少内存 memory a query may take")
    limits.add_argument("--rows", type=int, default=_SOME.rows, metavar="N", help="结果最多几行 rows of a result")
    limits.add_argument("--size", type=int, default=_SOME.size // MIB, metavar="MB", help="结果最大 size of a result")
    limits.add_argument("--queue", type=int, default=_SOME.queue, metavar="N",
                        help="最多几个请求等候 requests that may wait")
    parser.add_argument("--log-queries", action="store_true",
                        help="访问日志也记查询内容（默认不记）log what was asked, too")
    add_lang(parser)


def run(args: argparse.Namespace) -> int:
    """Serves until stopped."""
    if not 0 <= args.port <= 65535:
        raise InputError(f"--port {args.port} 不对", cure="请给出 0 至 65535")
    if min(args.workers, args.memory, args.rows, args.size, args.queue) < 1 or args.time_limit <= 0:
        raise InputError("上限应大于 0", cure="例如 --workers 2 --time-limit 10")
    from tjkg.web.server import run as serve

    settings = Settings(
        plan=args.plan, on=args.on, workers=args.workers, time_limit=args.time_limit, memory=args.memory * MIB,
        rows=args.rows, size=args.size * MIB, queue=args.queue, drain=args.time_limit + 2, log_queries=args.log_queries,
    )
    return serve(settings, args.host, args.port, say("serving", args.lang, url="{url}"))
