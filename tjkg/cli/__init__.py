"""The command line: `main(args) -> int`; one thin command a file, imported only when it is called."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from importlib import import_module

from tjkg.errors import TjkgError

__all__ = ["COMMANDS", "main", "parser"]

# command → (what it does zh, en); each is a module of this package with `arguments(parser)` and `run(args)`
COMMANDS: dict[str, tuple[str, str]] = {
    "build": ("从文件生成 Turtle 数据", "a document to Turtle"),
    "query": ("运行一个问题或任意 SPARQL 查询", "run a competency question or any SPARQL query"),
    "services": ("服务清单，可按群体、类别、领域、出资方筛选", "the catalogue, filtered"),
    "show": ("一项服务的全部内容，逐句对照原文", "one service with everything known"),
    "ask": ("用自己的话提问，答案附原文", "ask in your own words; every answer shows its sentence"),
    "screen": ("一个人、一个群体或一张表的人能享受哪些服务", "who may get what: a person, a group, a table of people"),
    "facts": ("可以说明的事实", "the facts an applicant may state"),
    "validate": ("检查数据是否完整、一致", "check data for completeness and consistency"),
    "audit": ("原文里哪些字句和数字还没有读成数据", "what of the text no triple stands for"),
    "review": ("需要人审读的写成表，填好后写回数据", "what needs reading, out as a workbook and back"),
    "diff": ("两版之间改了什么，用政策的话说", "what changed between two editions, in policy words"),
    "release": ("给一个版本盖版本号、日期和哈希，写发布说明", "stamp an edition: version, date, hash, change log"),
    "cite": ("给任何结果一条可以复核的脚注", "a footnote that reproduces a result"),
    "export": ("导出整个目录", "the whole catalogue in other formats"),
    "load": ("把数据装入 SPARQL 端点", "put the data into a SPARQL endpoint"),
    "serve": ("SPARQL 端点、网页与接口", "the SPARQL endpoint, pages and API"),
}
EXAMPLES: dict[str, tuple[str, ...]] = {
    "build": ("tjkg build", "tjkg build --check", "tjkg build 新规划.txt --out 新规划/"),
    "query": (
        "tjkg query --list", "tjkg query services-of-group -p group=残疾人",
        "tjkg query -e 'SELECT * { ?s a tjkg:Benefit } LIMIT 5' --format csv",
    ),
    "services": ("tjkg services --group 老年人", "tjkg services --domain 基本社会服务 --payer 中央财政"),
    "show": ("tjkg show 老年人助餐服务", "tjkg show 低保 --format json"),
    "ask": ("tjkg ask 低保一个月多少钱？", "tjkg ask 我妈83，天津户口，能领饭补吗 --format json", "tjkg ask 饭补谁掏钱 --sparql"),
    "screen": (
        "tjkg screen -f age=82 -f hukou=天津 -f residence=农村 -f income_status=低保",
        "tjkg screen 申请者.json --format json", "tjkg screen --group -f age=80.. -f residence=农村 -f income_status=低保",
        "tjkg screen 居民.parquet --out 结果.parquet --by 区",
    ),
    "facts": ("tjkg facts", "tjkg facts --about employer --format json"),
    "validate": ("tjkg validate", "tjkg validate 新数据.ttl --format json"),
    "audit": ("tjkg audit", "tjkg audit --format html --out audit.html"),
    "review": ("tjkg review --out 审读表.xlsx", "tjkg review --in 审读表.xlsx", "tjkg review 新规划.docx --out 审读表.xlsx"),
    "diff": (
        "tjkg diff tianjin-2021 新规划.docx", "tjkg diff 旧.txt 新.xlsx --format html --out 对照.html",
        "tjkg diff tianjin-2021 新规划.docx --exit-code --answers 常见问题.txt",
    ),
    "release": ("tjkg release tianjin-2021 --version 1.0.0 --date 2026-11-24 --out 发布/",),
    "cite": (
        "tjkg cite services-of-group -p group=残疾人 > 脚注.json", "tjkg cite --check 脚注.json",
    ),
    "export": ("tjkg export --format json > plan.json", "tjkg export --format xlsx --out plan.xlsx"),
    "load": ("tjkg load --endpoint http://localhost:7878/",),
    "serve": ("tjkg serve", "tjkg serve --host 0.0.0.0 --port 8080 --time-limit 20"),
}


def parser() -> argparse.ArgumentParser:
    """The parser of all commands, with their help."""
    top = argparse.ArgumentParser(
        prog="tjkg", description="公共服务标准知识图谱：查服务、看标准、问谁出钱，句句有原文。"
        " A knowledge graph of public service standards; every answer shows its sentence."
    )
    commands = top.add_subparsers(dest="command", metavar="命令")
    for name, (zh, en) in COMMANDS.items():
        examples = "\n".join(f"  {line}" for line in EXAMPLES[name])
        command = commands.add_parser(
            name, help=f"{zh} · {en}", description=f"{zh}。{en[0].upper()}{en[1:]}.",
            epilog=f"例 Examples:\n{examples}", formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        import_module(f"tjkg.cli.{name}").arguments(command)
    return top


def _parser_of(name: str) -> argparse.ArgumentParser:
    """The parser of one command only: what a cold call needs."""
    zh, en = COMMANDS[name]
    examples = "\n".join(f"  {line}" for line in EXAMPLES[name])
    command = argparse.ArgumentParser(
        prog=f"tjkg {name}", description=f"{zh}。{en[0].upper()}{en[1:]}.",
        epilog=f"例 Examples:\n{examples}", formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    import_module(f"tjkg.cli.{name}").arguments(command)
    return command


def main(args: Sequence[str] | None = None) -> int:
    """Runs a command; 0 done, 1 findings or nothing found, 2 bad input or usage."""
    words = list(sys.argv[1:] if args is None else args)
    if not words or words[0] not in COMMANDS:
        parser().parse_args(words or ["--help"])
        return 2
    options = _parser_of(words[0]).parse_args(words[1:])
    try:
        return int(import_module(f"tjkg.cli.{words[0]}").run(options))
    except TjkgError as error:
        print(f"tjkg：{error.sentence()}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
