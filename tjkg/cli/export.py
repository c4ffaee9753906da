"""tjkg export: the whole catalogue as JSON, a workbook, tables or triples."""

from __future__ import annotations

import argparse

from tjkg.cli.options import add_format, add_store, opened
from tjkg.cli.output import print_json, save
from tjkg.errors import InputError

_TRIPLES = ("ttl", "nt", "jsonld", "trig")


def arguments(parser: argparse.ArgumentParser) -> None:
    """--format, --out, the store."""
    add_format(parser, "json", "xlsx", "csv", *_TRIPLES, "parquet")
    parser.add_argument("--out", metavar="FILE", help="写入文件 write to a file")
    add_store(parser)


def run(args: argparse.Namespace) -> int:
    """Writes the catalogue to stdout or a file."""
    from tjkg.report import tables

    with opened(args) as store:
        if args.format in _TRIPLES:
            save(tables.triples(store, args.format), args.out)
            return 0
        data = tables.catalogue(store)
        if args.format == "xlsx" and args.out is not None:
            save(tables.xlsx_bytes(store, data), args.out)
            return 0
    if args.format == "json":
        if args.out is None:
            print_json(data)
        else:
            save(tables.json_bytes(data), args.out)
        return 0
    if args.format == "csv":
        save(tables.csv_bytes(data), args.out)
        return 0
    if args.out is None:
        raise InputError(f"{args.format} 要写入文件", cure=f"请加 --out plan.{args.format}")
    save(tables.parquet_bytes(data), args.out)
    return 0
