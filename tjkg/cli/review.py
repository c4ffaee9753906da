"""tjkg review: what needs a keeper's reading, out as a workbook and the decisions back in."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tjkg.cli.options import add_lang
from tjkg.errors import InputError
from tjkg.messages import say


def arguments(parser: argparse.ArgumentParser) -> None:
    """PATH, --plan, --out or --in, --into, --lang."""
    parser.add_argument("path", nargs="?", metavar="PATH", help="新的规划文件或 Turtle；不写则审读随附数据")
    parser.add_argument("--plan", metavar="ID", help="审读这个版本 this edition")
    parser.add_argument("--out", metavar="FILE.xlsx", help="写出审读表 write the workbook")
    parser.add_argument("--in", dest="back", metavar="FILE.xlsx", help="读回填好的审读表 read the decisions back")
    parser.add_argument("--into", metavar="DIR", help="决定写入这个版本的文件夹 the edition's folder; default data/ID")
    add_lang(parser)


def run(args: argparse.Namespace) -> int:
    """Writes the workbook, or the decisions; 2 with every mistake by cell, nothing written."""
    from tjkg.files import write_atomic
    from tjkg.review import apply, dataset_of, known, read_decisions, tasks, write_workbook

    if bool(args.out) == bool(args.back):
        raise InputError("请给出 --out 或 --in 之一", cure="先 tjkg review --out 审读表.xlsx，填好后 tjkg review --in 审读表.xlsx")
    path = Path(args.path) if args.path else None
    dataset = dataset_of(path, args.plan)
    found = tasks(dataset, path)
    if args.out:
        write_atomic(Path(args.out), write_workbook(found))
        print(say("review-out", args.lang, file=args.out, criteria=len(found.criteria), reading=len(found.reading),
                  findings=len(found.findings)))
        return 0
    if dataset.plan is None or dataset.text is None:
        raise InputError("这里没有可以审读的规划", where=str(args.path), cure="请给出规划文件或版本")
    place = known(dataset.store, dataset.plan)
    decisions, mistakes = read_decisions(_bytes(args.back), args.back, place)
    for mistake in mistakes:
        print(f"tjkg：{mistake.sentence()}", file=sys.stderr)
    if mistakes:
        return 2
    files = apply(_folder(args, dataset.name), decisions, place, dataset.text, found)
    print(say("review-in", args.lang, count=len(decisions), files="、".join(map(str, files)) or "-"))
    return 0


def _bytes(name: str) -> bytes:
    try:
        return Path(name).read_bytes()
    except FileNotFoundError:
        raise InputError("没有这个文件", where=name, cure="请检查文件名") from None
    except OSError as error:
        raise InputError(f"文件读不出来（{error.strerror}）", where=name, cure="请检查权限") from None


def _folder(args: argparse.Namespace, plan: str) -> Path:
    """The edition's folder to write into."""
    from tjkg.resources import data_dir

    folder = Path(args.into) if args.into else data_dir() / plan
    if not (folder / "edition.ttl").exists():
        raise InputError("不是版本的文件夹（没有 edition.ttl）", where=str(folder), cure="请用 --into data/版本号")
    return folder
