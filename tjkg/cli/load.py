"""tjkg load: the shipped data into a SPARQL endpoint."""

from __future__ import annotations

import argparse

from tjkg.cli.options import add_lang
from tjkg.messages import say


def arguments(parser: argparse.ArgumentParser) -> None:
    """--endpoint, --graph-store, --lang."""
    parser.add_argument("--endpoint", metavar="URL", required=True, help="查询地址 query URL")
    parser.add_argument("--graph-store", metavar="URL", help="写入地址 Graph Store Protocol URL（默认查询地址旁的 /store）")
    add_lang(parser)


def run(args: argparse.Namespace) -> int:
    """Sends every graph and says how much."""
    from tjkg.load import load
    from tjkg.store import open_local

    graphs, sent = load(open_local(), args.endpoint, args.graph_store)
    print(say("loaded", args.lang, endpoint=args.endpoint, graphs=graphs, size=sent // 1024))
    return 0
