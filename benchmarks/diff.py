"""A comparison of two editions, cold and warm, and of 10 and 100 catalogues.

    python -m benchmarks.diff [--runs N]

Side by side in one run, in turn; medians. Beside it what a set difference of triples costs (rdflib), which
tells triples and not what changed. Aim: 100 catalogues at most 1.2 times a hundred times one.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.timing import in_turn, table
from tjkg.build import build_document, write
from tjkg.diff import compare
from tjkg.diff.side import Side, document, side
from tjkg.resources import data_dir

PLAN = "tianjin-2021"
EDITS = (  # before → after: an amount, an age, a ratio, a tier, words
    ("每人每月500元。\t各区财政", "每人每月550元。\t各区财政"), ("本市户籍，年满100周岁", "本市户籍，年满95周岁"),
    ("4∶6比例分担", "5∶5比例分担"), ("日间照料：每人每月210元；", ""), ("为劳动者提供就业政策", "向劳动者提供就业政策"),
)
TRIPLES = """
import sys
from rdflib import Graph
old, new = (set(Graph().parse(data=open(p, encoding="utf-8").read(), format="turtle")) for p in sys.argv[1:3])
print(len(old - new), len(new - old))
"""


def copied(one: Side, times: int) -> Side:
    """A side as large as several catalogues: services, indicators and tasks under other names."""

    def named(entry: dict[str, Any], number: int) -> dict[str, Any]:
        changed = dict(entry)
        for key in ("name", "title", "iri", "domain"):
            if changed.get(key):
                changed[key] = f"{changed[key]}{number}"
        return changed

    catalogue = {
        key: [named(e, i) for i in range(times) for e in entries] if isinstance(entries, list) else entries
        for key, entries in one.catalogue.items()
    }
    criteria = {(f"{key}{i}", row): c for i in range(times) for (key, row), c in one.criteria.items()}
    texts = tuple({**t, "text": f"{t['text']}{i}"} for i in range(times) for t in one.texts)
    return replace(one, catalogue=catalogue, criteria=criteria, texts=texts)


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    text = (data_dir() / PLAN / "source.txt").read_bytes().decode("utf-8")
    for old, new in EDITS:
        assert old in text
        text = text.replace(old, new, 1)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "new.txt"
        path.write_text(text, "utf-8")
        turtle = Path(folder) / "new"
        write(build_document(path), turtle)
        edition, read = side(PLAN), document(path)
        assert len(compare(edition, read, edition).changes) == len(EDITS)
        python = [sys.executable, "-m", "tjkg", "diff", PLAN]
        files = [str(data_dir() / PLAN / "plan.ttl"), str(turtle / "plan.ttl")]
        times = in_turn({
            "warm: compare only": lambda: compare(edition, read, edition),
            "warm: open an edition": lambda: side(PLAN),
            "warm: read a document": lambda: document(path),
            "cold: tjkg diff, two editions": lambda: subprocess.run([*python, PLAN], check=True, capture_output=True),
            "cold: tjkg diff, a document": lambda: subprocess.run([*python, str(path)], check=True, capture_output=True),
            "rdflib: triples that differ": lambda: subprocess.run(
                [sys.executable, "-c", TRIPLES, *files], check=True, capture_output=True),
        }, runs, {"rdflib: triples that differ": 3})
        print(table(times, base="warm: compare only"))
        sizes = {n: (copied(edition, n), copied(read, n)) for n in (1, 10, 100)}
        many = in_turn({
            f"{n} catalogue{'s' * (n > 1)}, {len(EDITS) * n} edits": partial(compare, one, other, one)
            for n, (one, other) in sizes.items()
        }, max(3, runs // 2))
        print()
        print(table(many, base="1 catalogue, 5 edits"))


if __name__ == "__main__":
    main()
