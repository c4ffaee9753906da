"""The endpoint against others on the same data in one run: requests a second, latency, cold start.

    python benchmarks/serve.py [--seconds S] [--rounds N] [--peers PYTHON]

In turn (A B C …, several rounds): `tjkg serve`; raw ASGI over pyoxigraph in one process, without limits or
isolation; the Oxigraph server; rdflib-endpoint over rdflib and over oxrdflib (of PYTHON, which has
rdflib-endpoint and oxrdflib; default: a virtual environment below build/, made at the first run). Sixteen
connections by wrk, loopback only. Aim: at least 8 times rdflib-endpoint on the path query; within 2 times of
raw ASGI.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import Request, urlopen

from tjkg.iris import graph
from tjkg.store.served import in_memory

ROOT = Path(__file__).resolve().parent.parent
PREFIXES = "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX tjkg: <https://w3id.org/tjkg/ontology#> "
QUERIES = {
    "point": PREFIXES + "SELECT ?p ?o { <https://w3id.org/tjkg/id/tianjin/service/老年人助餐服务> ?p ?o }",
    "path": PREFIXES + "SELECT ?name ?payer { ?s tjkg:hasStandard/tjkg:hasFunding/tjkg:payer ?x . "
    '?x skos:prefLabel ?payer . ?s skos:prefLabel ?name . FILTER(?payer = "中央财政"@zh) }',
    "aggregate": PREFIXES + "SELECT ?payer (COUNT(DISTINCT ?s) AS ?n) "
    "{ ?s tjkg:hasStandard/tjkg:hasFunding/tjkg:payer ?payer } GROUP BY ?payer ORDER BY DESC(?n)",
}
ACCEPT = "application/sparql-results+json"
RAW = """
import sys
from urllib.parse import parse_qs
import pyoxigraph as ox
import uvicorn
store = ox.Store()
store.bulk_load(path=sys.argv[1], format=ox.RdfFormat.N_TRIPLES)

async def app(scope, receive, send):
    query = parse_qs(scope["query_string"].decode())["query"][0]
    body = store.query(query).serialize(format=ox.QueryResultsFormat.JSON)
    head = [(b"content-type", b"application/sparql-results+json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": head})
    await send({"type": "http.response.body", "body": body})

uvicorn.run(app, port=int(sys.argv[2]), access_log=False, log_level="warning", lifespan="off")
"""
PEER = """
import sys
import uvicorn
from rdflib import Graph
from rdflib_endpoint import SparqlEndpoint
graph = Graph(store=sys.argv[3])
graph.parse(sys.argv[1], format="nt")
uvicorn.run(SparqlEndpoint(graph=graph), port=int(sys.argv[2]), access_log=False, log_level="warning")
"""


class Measured(NamedTuple):
    """Requests a second, and milliseconds half and 99 of 100 requests take at most."""

    rate: float
    half: float
    most: float


def _ask(url: str, query: str) -> int:
    with urlopen(Request(f"{url}?query={quote(query)}", headers={"accept": ACCEPT}), timeout=60) as response:
        return len(response.read())


@contextmanager
def _running(command: list[str], url: str) -> Iterator[str]:
    """A server until it is no longer needed; it has answered once."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)
    try:
        end = time.monotonic() + 120
        while True:
            try:
                _ask(url, QUERIES["point"])
                break
            except (URLError, OSError):
                if process.poll() is not None or time.monotonic() > end:
                    raise RuntimeError(f"{command[:4]} does not answer") from None
                time.sleep(0.05)
        yield url
    finally:
        process.terminate()
        process.wait(20)


def _wrk(url: str, query: str, seconds: int) -> Measured:
    told = subprocess.run(
        ["wrk", "-t1", "-c16", f"-d{seconds}s", "--latency", "-H", f"Accept: {ACCEPT}", f"{url}?query={quote(query)}"],
        check=True, capture_output=True, text=True,
    ).stdout
    if "Non-2xx" in told:
        raise RuntimeError(told)
    scale = {"us": 0.001, "ms": 1.0, "s": 1000.0}
    times = {
        m[1]: float(m[2]) * scale[m[3]] for m in re.finditer(r"^\s+(50|99)%\s+([\d.]+)(us|ms|s)", told, re.MULTILINE)
    }
    found = re.search(r"Requests/sec:\s+([\d.]+)", told)
    assert found
    return Measured(float(found[1]), times["50"], times["99"])


def _peers(given: str | None) -> str:
    """A Python with rdflib-endpoint and oxrdflib."""
    if given:
        return given
    python = ROOT / "build" / "peers" / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(python.parent.parent)], check=True)
        subprocess.run(
            [str(python), "-m", "pip", "install", "--quiet", "rdflib-endpoint", "oxrdflib", "uvicorn", "httptools", "uvloop"],
            check=True,
        )
    return str(python)


def cold_start(runs: int) -> float:
    """Median seconds from the start of `tjkg serve` to its first answer."""
    found = []
    for _ in range(runs):
        start = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, "-m", "tjkg", "serve", "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        with process:
            assert process.stdout is not None
            address = re.search(r"http://\S+:\d+/", process.stdout.readline().decode())
            assert address
            _ask(address[0] + "sparql", QUERIES["point"])
            found.append(time.monotonic() - start)
            process.terminate()
    return median(found)


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=3)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peers", metavar="PYTHON")
    args = parser.parse_args()
    if not shutil.which("wrk"):
        sys.exit("wrk is not installed: apt-get install wrk")
    peers = _peers(args.peers)
    oxigraph = Path(sys.executable).with_name("oxigraph")
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        data = Path(name) / "data.nt"
        store = in_memory()
        store.plan = store.editions()[-1].id
        data.write_bytes(store.dump("nt", [graph(g) for g in ("ontology", "shared", store.plan)]))
        subprocess.run(
            [str(oxigraph), "load", "--location", f"{name}/ox", "--file", str(data)], check=True, capture_output=True
        )
        (Path(name) / "raw.py").write_text(RAW, "utf-8")
        (Path(name) / "peer.py").write_text(PEER, "utf-8")
        first = 18400 + os.getpid() % 1000
        ports = [str(first + n) for n in range(5)]
        here = [f"http://127.0.0.1:{port}" for port in ports]
        commands = {
            "tjkg serve": ([sys.executable, "-m", "tjkg", "serve", "--port", ports[0]], here[0] + "/sparql"),
            "raw ASGI over pyoxigraph": ([sys.executable, f"{name}/raw.py", str(data), ports[1]], here[1] + "/"),
            "Oxigraph server": (
                [str(oxigraph), "serve-read-only", "--location", f"{name}/ox", "--bind", f"127.0.0.1:{ports[2]}"],
                here[2] + "/query",
            ),
            "rdflib-endpoint, rdflib": ([peers, f"{name}/peer.py", str(data), ports[3], "default"], here[3] + "/"),
            "rdflib-endpoint, oxrdflib": ([peers, f"{name}/peer.py", str(data), ports[4], "oxigraph"], here[4] + "/"),
        }
        urls = {server: stack.enter_context(_running(*command)) for server, command in commands.items()}
        time.sleep(3)  # what is prepared after the start is prepared
        rows: dict[tuple[str, str], list[Measured]] = {}
        for _ in range(args.rounds):
            for query, text in QUERIES.items():
                for server, url in urls.items():
                    rows.setdefault((query, server), []).append(_wrk(url, text, args.seconds))
        print(f"{len(data.read_bytes().splitlines())} triples, {os.cpu_count()} cores, wrk -t1 -c16, "
              f"{args.rounds} rounds of {args.seconds} s in turn; medians")
        for query, text in QUERIES.items():
            print(f"\n{query:28s} {'req/s':>9s} {'p50 ms':>9s} {'p99 ms':>9s} {'× tjkg':>8s} {'bytes':>7s}")
            ours = median(m.rate for m in rows[query, "tjkg serve"])
            for server, url in urls.items():
                of = rows[query, server]
                rate = median(m.rate for m in of)
                print(f"{server:28s} {rate:9.1f} {median(m.half for m in of):9.2f} {median(m.most for m in of):9.2f} "
                      f"{rate / ours:8.2f} {_ask(url, text):7d}")
    print(f"\ncold start of tjkg serve to the first answer: {cold_start(5) * 1000:.0f} ms")


if __name__ == "__main__":
    main()
