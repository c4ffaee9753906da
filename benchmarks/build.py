"""Parsing and building: the plan, and documents 5 and 20 times as long, side by side.

    python -m benchmarks.build [--runs N] [--times 5,20]

The long documents repeat the plan's tables and paragraphs with renamed services. "form" reads outline
and tables only, "parse" also what the cells mean, "build" makes the Turtle of it too. Peak memory is
that of a fresh process each. Aim: linear (the ratio to the plan stays near the number of times), and
parse + build under 3 times form + build.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median

from benchmarks.timing import in_turn
from tjkg.graph import plan_graph, write_turtle
from tjkg.iris import Edition
from tjkg.parse.plan import parse, structure
from tjkg.records import Plan, Source, Vocabulary
from tjkg.resources import data_dir

PLAN = data_dir() / "tianjin-2021" / "source.txt"
_DIGITS = "零一二三四五六七八九"
_COUNT = re.compile(r"共计(\d+)项")


def _suffix(copy: int) -> str:
    """A name's ending for a copy, in words: no number that the parser would have to explain."""
    return "" if copy == 0 else "类" + "".join(_DIGITS[int(d)] for d in str(copy))


def _listed(line: str, times: int) -> str:
    """A row of the list of services, with the names of all copies."""
    category, goal, cell = line.split("\t")
    body, _, tail = cell.partition("（共计")
    sign = "，" if "，" in body else "、"
    names = [name + _suffix(i) for i in range(times) for name in body.split(sign)]
    count = _COUNT.sub(lambda m: f"共计{int(m[1]) * times}项", "（共计" + tail)
    return "\t".join((category, goal, sign.join(names) + count))


def _renamed(block: list[str], names: set[str], copy: int) -> list[str]:
    """A table's rows for one copy; lines that go on inside a cell stay as they are."""
    found = []
    for line in block:
        name, tab, rest = line.partition("\t")
        found.append(name + _suffix(copy) + tab + rest if tab and name in names else line)
    return found


def longer(text: str, times: int) -> str:
    """The plan with its tables of standards and its long paragraphs of measures repeated."""
    lines = text.split("\n")
    names = {service.name for service in structure(Source(text)).services}
    out: list[str] = []
    at = 0
    measures = False
    while at < len(lines):
        line = lines[at]
        if line.startswith("第") and "节" in line[:4]:
            measures = line.endswith(("重点任务", "保障工程"))
        if line.startswith("服务项目\t服务对象"):
            end = next(i for i in range(at + 1, len(lines)) if not lines[i] or lines[i].startswith(("注", "第三节")))
            out.append(line)
            for copy in range(times):
                out += _renamed(lines[at + 1 : end], names, copy)
            at = end
            continue
        if line.count("\t") == 2 and _COUNT.search(line):
            line = _listed(line, times)
        out.append(line)
        if measures and len(line) > 60:
            out += [line.replace("。", f"{_suffix(copy)}。", 1) for copy in range(1, times)]
        at += 1
    return "\n".join(out)


def _turtle(plan: Plan) -> bytes:
    return write_turtle(plan_graph(plan, Edition("tianjin-2021", "tianjin")))


def _tasks(source: Source, words: Vocabulary) -> dict[str, Callable[[], object]]:
    return {
        "form": lambda: structure(source),
        "parse": lambda: parse(source, words),
        "form + build": lambda: _turtle(structure(source)),
        "parse + build": lambda: _turtle(parse(source, words)),
    }


def _peak(times: int) -> float:
    """Peak memory (MiB) of a fresh process that parses and builds once."""
    run = subprocess.run([sys.executable, __file__, "--once", str(times)], capture_output=True, text=True, check=True)
    return int(run.stdout) / 1024


def _once(times: int) -> None:
    from tjkg.build import vocabulary

    _turtle(parse(Source(longer(PLAN.read_text("utf-8"), times)), vocabulary(data_dir() / "shared")))
    status = Path("/proc/self/status").read_text("ascii")  # getrusage would count the parent before exec
    print(status.partition("VmHWM:")[2].split()[0])


def main() -> None:
    """Prints one table a size, and the ratios to the plan."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--times", default="5,20")
    parser.add_argument("--once", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.once:
        _once(arguments.once)
        return
    from tjkg.build import vocabulary

    words = vocabulary(data_dir() / "shared")
    text = PLAN.read_text("utf-8")
    sizes = [1, *(int(n) for n in arguments.times.split(","))]
    sources = {n: Source(longer(text, n)) for n in sizes}
    tasks = {f"{name} × {n}": task for n, source in sources.items() for name, task in _tasks(source, words).items()}
    times = {name: median(seconds) for name, seconds in in_turn(tasks, arguments.runs).items()}
    print(f"{'':16s}" + "".join(f"{f'× {n}':>12s}{'ratio':>8s}" for n in sizes))
    for name in ("form", "parse", "form + build", "parse + build"):
        base = times[f"{name} × 1"]
        cells = (f"{times[f'{name} × {n}']:10.2f} s{times[f'{name} × {n}'] / base:8.1f}" for n in sizes)
        print(f"{name:16s}" + "".join(cells))
    peaks = {n: _peak(n) for n in sizes}
    print(f"{'peak memory':16s}" + "".join(f"{peaks[n]:8.0f} MiB{peaks[n] / peaks[1]:8.1f}" for n in sizes))
    standards = {n: sum(len(s.standards) for s in parse(sources[n], words).services) for n in sizes}
    print(f"{'standards':16s}" + "".join(f"{standards[n]:12d}{standards[n] / standards[1]:8.1f}" for n in sizes))
    whole, form = times["parse + build × 1"], times["form + build × 1"]
    print(f"parse + build is {whole / form:.2f} times form + build")


if __name__ == "__main__":
    main()
