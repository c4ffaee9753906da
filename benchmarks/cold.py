"""Cold `tjkg query NAME` against the floor (pyoxigraph alone) and rdflib parsing the Turtle.

    python -m benchmarks.cold [--runs N]

Side by side in one run, in turn; medians and ratios. Aim: at most 2.5 times the floor, at least 8
times faster than rdflib.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

from benchmarks.timing import in_turn, table
from tjkg.query import load
from tjkg.sparql import bind
from tjkg.store import open_local
from tjkg.store.cache import _cache_dir, _key, files

NAME, VALUES = "payers-of-service", {"service": "老年人助餐服务"}

FLOOR = """
import sys, pyoxigraph as ox
store = ox.Store.read_only(sys.argv[1])
graphs = [ox.NamedNode(g) for g in sys.argv[3:]]
for row in store.query(open(sys.argv[2], encoding="utf-8").read(), default_graph=graphs):
    print(*(t.value if t is not None else "" for t in row), sep="\\t")
"""
RDFLIB = """
import sys
from rdflib import Graph
graph = Graph()
for path in sys.argv[2:]:
    graph.parse(path, format="turtle")
for row in graph.query(open(sys.argv[1], encoding="utf-8").read()):
    print(*(t if t is not None else "" for t in row), sep="\\t")
"""


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True)


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    store = open_local()
    graphs = [f"https://w3id.org/tjkg/graph/{g}" for g in ("ontology", "shared", store.plan)]
    place = str(_cache_dir() / _key(files()))
    with tempfile.TemporaryDirectory() as folder:
        query = Path(folder) / "query.rq"
        query.write_text(bind(load(NAME), VALUES), "utf-8")
        pairs = [f"{k}={v}" for k, v in VALUES.items()]
        commands = {
            "tjkg query": [sys.executable, "-m", "tjkg", "query", NAME, *(x for p in pairs for x in ("-p", p))],
            "pyoxigraph alone (floor)": [sys.executable, "-c", FLOOR, place, str(query), *graphs],
            "rdflib parse + query": [sys.executable, "-c", RDFLIB, str(query), *(str(p) for p, _ in files())],
        }
        few = {"rdflib parse + query": max(3, runs // 5)}
        times = in_turn({name: partial(_run, command) for name, command in commands.items()}, runs, few)
    print(table(times, base="tjkg query"))


if __name__ == "__main__":
    main()
