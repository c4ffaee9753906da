"""tjkg query: a competency question by name, a .rq file, or a query on the command line."""

from __future__ import annotations

import argparse

from tjkg.cli.options import add_format, add_store, opened
from tjkg.cli.output import cell, print_json, print_table, save
from tjkg.errors import InputError
from tjkg.query import library, load
from tjkg.sparql import bind, check_read_only, form
from tjkg.store import Rows

_RESULTS = ("json", "csv", "tsv", "xml")
_GRAPHS = ("ttl", "nt", "jsonld")


def arguments(parser: argparse.ArgumentParser) -> None:
    """NAME or FILE.rq or -e SPARQL, -p name=value, --list, --format, the store."""
    parser.add_argument("name", nargs="?", metavar="NAME|FILE.rq", help="问题名，或 .rq 文件")
    parser.add_argument("-e", "--execute", metavar="SPARQL", help="直接给出的查询（常用前缀可省略）")
    parser.add_argument("-p", "--param", action="append", default=[], metavar="name=value", help="参数")
    parser.add_argument("--list", action="store_true", help="列出全部问题 list the questions")
    parser.add_argument("--out", metavar="FILE", help="写入文件 write to a file")
    add_format(parser, "table", *_RESULTS, "md", "xlsx", *_GRAPHS)
    add_store(parser)


def run(args: argparse.Namespace) -> int:
    """Prints the result; 1 when there is none."""
    if args.list:
        return _list(args)
    text = text_of(args)
    with opened(args) as store:
        if args.format in (*_RESULTS, *_GRAPHS):
            save(store.query(text, args.format), args.out)
            return 0 if form(text) not in ("SELECT", "ASK") or _found(store.select(text)) else 1
        rows = store.select(text)
    if args.format == "xlsx":
        from tjkg.report.sheets import rows_xlsx

        save(rows_xlsx(rows.columns, rows.rows), _out(args))
    elif args.format == "md":
        save(_markdown(rows).encode(), args.out)
    elif args.out:
        raise InputError("表格只显示在终端", cure="写入文件请用 --format csv、xlsx、json 等")
    else:
        print_table(rows.columns, rows.rows)
    return 0 if _found(rows) else 1


def text_of(args: argparse.Namespace) -> str:
    """The query asked for, its parameters filled in."""
    return bind(_text(args), _values(args.param), args.name or "-e")


def _found(rows: Rows) -> bool:
    """Whether there is a row (or a yes)."""
    return bool(rows.rows) and rows.rows != [(False,)]


def _out(args: argparse.Namespace) -> str:
    if not args.out:
        raise InputError("xlsx 要写入文件", cure="请加 --out 结果.xlsx")
    return str(args.out)


def _text(args: argparse.Namespace) -> str:
    if args.execute is not None and args.name is None:
        check_read_only(args.execute, "-e")
        return with_prefixes(args.execute)
    if args.name is not None and args.execute is None:
        return load(args.name)
    raise InputError("请给出一个问题名、.rq 文件或 -e 查询", cure="用 tjkg query --list 看现有问题")


def with_prefixes(text: str) -> str:
    """The query with the usual prefixes declared before it, where it uses them without declaring."""
    from tjkg.namespaces import PREFIXES

    lines = [
        f"PREFIX {p}: <{iri}>" for p, iri in PREFIXES.items() if f"{p}:" in text and f"{p}: <" not in text
    ]
    return "\n".join([*lines, text])


def _values(pairs: list[str]) -> dict[str, str]:
    values = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign or not name:
            raise InputError(f"参数 {pair} 看不懂", cure="请写成 -p 名=值，例如 -p group=残疾人")
        values[name] = value
    return values


def _markdown(rows: Rows) -> str:
    def line(values: list[str]) -> str:
        return "| " + " | ".join(v.replace("|", "\\|").replace("\n", "<br>") for v in values) + " |\n"

    head = line(list(rows.columns)) + line(["---"] * len(rows.columns))
    return head + "".join(line([cell(v) for v in row]) for row in rows.rows)


def _list(args: argparse.Namespace) -> int:
    questions = library().values()
    if args.format == "json":
        print_json([
            {"id": q.id, "topic": q.topic, "summary": q.summary, "summary_en": q.summary_en, "tags": list(q.tags),
             "parameters": q.parameters, "example": q.example}
            for q in questions
        ])
        return 0
    print_table(
        ("id", "topic", "question", "parameters"),
        [
            (q.id, q.topic, q.summary if args.lang == "zh" else q.summary_en,
             " ".join(f"{n}={q.example.get(n, '…')}" for n in q.parameters))
            for q in questions
        ],
    )
    return 0
