"""A hundred clients at once for a minute: every request answered, memory no higher at the end."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from tests.web_server import Served, serving

pytestmark = pytest.mark.system
CLIENTS, SECONDS = 100, 60.0
PATHS = [
    "/sparql?query=" + quote("SELECT ?s { ?s a <https://w3id.org/tjkg/ontology#Payer> } LIMIT 5"),
    "/sparql?query=" + quote("SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p ORDER BY DESC(?n) LIMIT 9"),
    "/api/show?service=" + quote("老年人助餐服务"),
    "/api/ask?question=" + quote("残疾人有哪些补贴"),
    "/doc/" + quote("tianjin/service/老年人助餐服务"),
    "/api/services?group=" + quote("老年人"),
    "/ontology.ttl",
]


def _written(pid: int) -> int:
    """KiB that a process and those below it have written for themselves alone."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    rows = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    own = next(int(row.split()[1]) for row in rows if row.startswith("Private_Dirty:"))
    return own + sum(_written(int(child)) for child in children)


async def _client(number: int, url: str, end: float, wrong: list[str]) -> int:
    done = 0
    async with httpx.AsyncClient(base_url=url, timeout=60, verify=False, trust_env=False) as web:
        while time.monotonic() < end:
            response = await web.get(PATHS[(number + done) % len(PATHS)])
            if response.status_code != 200:
                wrong.append(f"{response.status_code} {response.request.url.path} {response.text[:80]}")
            done += 1
    return done


async def _load(served: Served, seconds: float) -> tuple[int, list[str]]:
    wrong: list[str] = []
    end = time.monotonic() + seconds
    done = await asyncio.gather(*(_client(n, served.url, end, wrong) for n in range(CLIENTS)))
    return sum(done), wrong


def test_a_hundred_clients_for_a_minute(tmp_path: Path) -> None:
    with serving(tmp_path, "--time-limit", "30") as served:
        _, wrong = asyncio.run(_load(served, 20.0))  # what is made once is made
        before = _written(served.process.pid)
        done, more = asyncio.run(_load(served, SECONDS))
        time.sleep(1)
        after = _written(served.process.pid)
        print(f"{done} requests, {before} → {after} KiB")
        assert wrong + more == []
        assert done > 3 * CLIENTS
        assert after < before * 1.05 + 4_000
