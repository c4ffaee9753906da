"""tjkg services: the catalogue, filtered."""

from __future__ import annotations

import argparse

from tjkg.cli.options import add_format, add_store, opened
from tjkg.cli.output import print_json, print_table
from tjkg.messages import say
from tjkg.services import select


def arguments(parser: argparse.ArgumentParser) -> None:
    """--group…, --category, --domain, --payer…, --some, --format, the store."""
    parser.add_argument("--group", action="append", default=[], metavar="G", help="群体，可重复（同时面向）")
    parser.add_argument("--category", metavar="C", help="服务类别，如 老有所养")
    parser.add_argument("--domain", metavar="D", help="领域，如 基本社会服务")
    parser.add_argument("--payer", action="append", default=[], metavar="P", help="出资方，可重复（共同出资）")
    parser.add_argument("--some", action="store_true", help="也列出群体中一部分人可享的 also for part of the group")
    add_format(parser, "table", "json")
    add_store(parser)


def run(args: argparse.Namespace) -> int:
    """Prints the services; 1 when there is none."""
    with opened(args) as store:
        found = select(store, args.group, args.category, args.domain, args.payer, some=args.some)
    if args.format == "json":
        print_json([e.row() for e in found])
    elif not found:
        print(say("nothing", args.lang))
    else:
        keys = ["service", "category", "domain", "section", *(["applies"] if args.group else []), "payers"]
        print_table(
            [say(k, args.lang) for k in keys],
            [
                [e.name, e.category, e.domain, e.section,
                 *([say(f"applies-{e.applies}", args.lang)] if args.group else []), "、".join(e.payers)]
                for e in found
            ],
            say("count-services", args.lang, count=len(found)),
        )
    return 0 if found else 1
