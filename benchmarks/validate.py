"""Validation: our engine beside plain pyshacl over rdflib with the same shapes, cold and warm, and what an edit costs.

    python -m benchmarks.validate [--runs N] [--catalogues 1,10,100]

"pyshacl" is what a script would write: rdflib parses the Turtle, pyshacl validates it. "shapes" is the
same by the default engine. "validate" is the whole command: shapes, every quote re-read, every rule on
data and on the plan's own text; what was found is kept by content, so "again" only reads it back.
Cold is a fresh process each; warm is one that has run before, data
loaded anew each time. Catalogues are renamed copies of the plan, validated one by one. Aim: shapes at
least 10 times faster than pyshacl, cold and warm; an edit a fraction of the first validation.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from statistics import median

from benchmarks.timing import in_turn
from tjkg.iris import GRAPH
from tjkg.resources import ontology_dir
from tjkg.store.cache import files
from tjkg.store.memory import open_memory
from tjkg.validate import check
from tjkg.validation.dataset import Dataset, shipped
from tjkg.validation.engine import run
from tjkg.validation.session import Session
from tjkg.validation.shacl import DATA_SHAPES, plain_engine

PLAN = "tianjin-2021"
SHAPES = ontology_dir() / DATA_SHAPES
TURTLE = [str(p) for p, graph in files() if graph in (GRAPH + "ontology", GRAPH + "shared", GRAPH + PLAN)]
PYSHACL = f"""
import pyshacl, rdflib
data = rdflib.Graph()
for path in {TURTLE!r}:
    data.parse(path, format="turtle")
shapes = rdflib.Graph().parse({str(SHAPES)!r}, format="turtle")
print(pyshacl.validate(data, shacl_graph=shapes)[0])
"""
FAST = f"""
import holosdb
store = holosdb.Store()
for path in {TURTLE!r}:
    store.load(path, bulk=True)
print(store.validate({str(SHAPES)!r})["conforms"])
"""


def _process(command: list[str], fresh: bool = False) -> None:
    """Runs a command; fresh: with a cache of its own, so that nothing is remembered."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "XDG_CACHE_HOME": folder} if fresh else None
        subprocess.run(command, check=True, capture_output=True, env=environment)


def _pyshacl() -> None:
    import pyshacl
    import rdflib

    data = rdflib.Graph()
    for path in TURTLE:
        data.parse(path, format="turtle")
    pyshacl.validate(data, shacl_graph=rdflib.Graph().parse(SHAPES, format="turtle"))


def _fast() -> None:
    import holosdb

    store = holosdb.Store()
    for path in TURTLE:
        store.load(path, bulk=True)
    store.validate(str(SHAPES))


def _row(name: str, seconds: list[float], floor: float | None = None) -> float:
    middle = median(seconds)
    ratio = "" if floor is None else f"   {floor / middle:6.1f} times faster"
    print(f"{name:34} {middle * 1000:9.1f} ms{ratio}")
    return middle


def _copy(dataset: Dataset, number: int) -> Dataset:
    """The plan under another name."""
    triples = dataset.store.dump("nt", [GRAPH + PLAN]).replace(PLAN.encode(), f"city-{number}".encode())
    shared = [(p, g) for p, g in files() if g in (GRAPH + "ontology", GRAPH + "shared")]
    plan = None if dataset.plan is None else dataset.plan.replace(PLAN, f"city-{number}")
    name = f"city-{number}"
    return replace(dataset, name=name, plan=plan, store=open_memory([*shared, (triples, GRAPH + name)], name))


def _edited(ntriples: bytes) -> bytes:
    """The same edition with one amount changed."""
    lines = ntriples.splitlines()
    at = next(i for i, line in enumerate(lines) if b"/benefit/" in line and b"ontology#value>" in line)
    head, _, _ = lines[at].partition(b' "')
    lines[at] = head + b' "1"^^<http://www.w3.org/2001/XMLSchema#decimal> .'
    return b"\n".join(lines)


def _incremental(runs: int) -> None:
    first, again = [], []
    for _ in range(runs):
        dataset = shipped(PLAN)[0]
        start = time.perf_counter()
        session = Session(dataset, plain_engine("fast"))
        first.append(time.perf_counter() - start)
        now = dataset.store.dump("nt", [GRAPH + PLAN])
        for triples in (_edited(now), now):
            start = time.perf_counter()
            assert session.revise(triples)
            again.append(time.perf_counter() - start)
    floor = _row("first validation", first)
    _row("again, one standard changed", again, floor)


def _catalogues(counts: list[int]) -> None:
    dataset = shipped(PLAN)[0]
    dataset.store.settle()
    for count in counts:
        shapes = whole = 0.0
        for number in range(count):
            copy = _copy(dataset, number)
            ntriples = copy.store.ntriples()
            start = time.perf_counter()
            run("fast", [ntriples], SHAPES)
            middle = time.perf_counter()
            check(copy, plain_engine("fast"))
            shapes, whole = shapes + middle - start, whole + time.perf_counter() - middle
        print(f"{count:4} catalogues   shapes {shapes:7.2f} s   validate {whole:7.2f} s   {whole / count * 1000:7.1f} ms each")


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--catalogues", default="1,10,100")
    args = parser.parse_args()
    python = sys.executable

    print("cold (a fresh process each)")
    cold = in_turn({
        "pyshacl over rdflib": lambda: _process([python, "-c", PYSHACL]),
        "shapes": lambda: _process([python, "-c", FAST]),
        "validate": lambda: _process([python, "-m", "tjkg", "validate"], fresh=True),
        "again": lambda: _process([python, "-m", "tjkg", "validate"]),
    }, args.runs)
    floor = _row("pyshacl over rdflib", cold["pyshacl over rdflib"])
    _row("shapes, default engine", cold["shapes"], floor)
    _row("tjkg validate, everything", cold["validate"], floor)
    _row("the same again, nothing changed", cold["again"], floor)

    print("\nwarm (loading included)")
    warm = in_turn({
        "pyshacl over rdflib": _pyshacl,
        "shapes": _fast,
        "validate": lambda: check(shipped(PLAN)[0], plain_engine("fast")),
    }, args.runs)
    floor = _row("pyshacl over rdflib", warm["pyshacl over rdflib"])
    _row("shapes, default engine", warm["shapes"], floor)
    _row("everything", warm["validate"], floor)

    print("\nan edit")
    _incremental(args.runs)

    print("\ncatalogues, one by one")
    _catalogues([int(n) for n in args.catalogues.split(",")])


if __name__ == "__main__":
    main()
