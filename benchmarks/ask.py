"""`tjkg ask`: cold against jieba's own start, warm per question, and with a hundred catalogues in the store.

    python -m benchmarks.ask [--runs N] [--cities N]

Cold: a fresh process answers one question, beside a fresh process that imports jieba with its default
dictionary and cuts the same question once (aim: at least 4 times faster), in turn. Warm: one process, the
open set of questions, median and slowest, questions a second. Growth: the graph with this plan under many
regions, time to read it for questions once, then per question (aim: seconds, not minutes; a question costs
about the same).
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
import tomllib
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks.timing import in_turn, table
from tjkg.ask import Asker, snapshot
from tjkg.iris import GRAPH
from tjkg.store import open_local
from tjkg.store.cache import files

QUESTION = "低保一个月多少钱？"
ROOT = Path(__file__).resolve().parent.parent
JIEBA = "import sys, jieba; list(jieba.cut(sys.argv[1]))"
BARE = "pass"


def _run(command: list[str], env: dict[str, str]) -> None:
    subprocess.run(command, check=True, capture_output=True, env=env)


def cold(runs: int) -> str:
    """The table of fresh processes; jieba keeps its own cache of the dictionary, as on every later start."""
    commands = {
        "tjkg ask": [sys.executable, "-m", "tjkg", "ask", QUESTION],
        "jieba, default dictionary": [sys.executable, "-W", "ignore", "-c", JIEBA, QUESTION],
        "bare Python": [sys.executable, "-c", BARE],
    }
    with tempfile.TemporaryDirectory() as compiled:  # as an installed package has them
        env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"} | {"PYTHONPYCACHEPREFIX": compiled}
        times = in_turn({name: partial(_run, command, env) for name, command in commands.items()}, runs)
    return table(times, base="tjkg ask")


def _questions() -> list[str]:
    cases = tomllib.loads((ROOT / "tests" / "questions.toml").read_text("utf-8"))["question"]
    return [case["text"] for case in cases]


def warm(asker: Asker, questions: list[str], runs: int) -> str:
    """Median, 95th and slowest of questions asked again and again, and how many a second."""
    for text in questions:
        asker.ask(text)
    taken: list[float] = []
    for _ in range(runs):
        for text in questions:
            start = time.perf_counter()
            asker.ask(text)
            taken.append(time.perf_counter() - start)
    taken.sort()
    return (
        f"median {median(taken) * 1000:.1f} ms, 95 % under {taken[int(len(taken) * 0.95)] * 1000:.1f} ms, "
        f"slowest {taken[-1] * 1000:.1f} ms, {len(taken) / sum(taken):.0f} questions a second"
    )


def growth(cities: int, questions: list[str]) -> str:
    """This plan under many regions in one store: reading it once, and a question after that."""
    with tempfile.TemporaryDirectory() as folder:
        paths = list(files())
        plan = next(path for path, graph in paths if path.name == "plan.ttl")
        text = plan.read_text("utf-8")
        for number in range(cities):
            copy = Path(folder) / f"city{number}.ttl"
            copy.write_text(re.sub("tianjin", f"city{number}", text), "utf-8")
            paths.append((copy, f"{GRAPH}city{number}"))
        os.environ["XDG_CACHE_HOME"] = folder
        start = time.perf_counter()
        store = open_local(paths=paths)
        opened = time.perf_counter() - start
        start = time.perf_counter()
        asker = Asker(snapshot(store))
        asker.ask(QUESTION)
        first = time.perf_counter() - start
        return f"{cities} more: store built in {opened:.1f} s, read for questions in {first:.1f} s; {warm(asker, questions, 1)}"


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--cities", type=int, default=100)
    args = parser.parse_args()
    print(cold(args.runs))
    questions = _questions()
    print(f"warm, {len(questions)} questions: {warm(Asker(snapshot(open_local())), questions, 3)}")
    print(growth(args.cities, questions))


if __name__ == "__main__":
    main()
