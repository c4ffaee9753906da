"""The workers: limits that truly stop, deaths that cost nobody else an answer, lanes, a fair refusal."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import time
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tjkg.web.breeder import Breeder
from tjkg.web.pool import Pool
from tjkg.web.refusals import Busy, TooDeep, TooLarge, TooLong
from tjkg.web.settings import MIB, Settings

QUICK = "SELECT (COUNT(*) AS ?n) { ?s a <https://w3id.org/tjkg/ontology#Payer> }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a != ?d) }"
GREEDY = "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f"
DEEP = "SELECT * " + "{" * 30_000 + "}" * 30_000

Scenario = Callable[[Pool, Breeder], Awaitable[None]]


def _run(scenario: Scenario, **limits: Any) -> None:
    async def life() -> None:
        settings = Settings(**{"workers": 2, "slow": 2, "quick_seconds": 0.2, "time_limit": 1.0, "drain": 1.0, "prepare": False, **limits})
        breeder = Breeder(settings)
        pool = Pool(settings, breeder)
        await pool.start()
        try:
            await asyncio.wait_for(scenario(pool, breeder), 60)
        finally:
            await pool.close()

    asyncio.run(life())


async def _ask(pool: Pool, query: str, client: str = "a", **more: Any) -> dict[str, Any]:
    head, body = await pool.run(
        {"task": "query", "query": query, "result": "json", "graph": "ttl", "rows": 1000, "size": MIB, "link": "x", **more},
        client,
    )
    return {**head, "body": body}


async def _works(pool: Pool, client: str = "normal") -> None:
    found = await _ask(pool, QUICK, client)
    assert found["kind"] == "done" and int(json.loads(found["body"])["results"]["bindings"][0]["n"]["value"]) > 3


def _pids(pool: Pool) -> list[int]:
    return [w.pid for w in [*pool._idle, *pool._busy]]


def test_a_query_is_stopped_and_its_process_is_gone() -> None:
    async def scenario(pool: Pool, breeder: Breeder) -> None:
        asked = asyncio.create_task(_ask(pool, ENDLESS))
        await asyncio.sleep(0.1)
        (busy,) = [w.pid for w in pool._busy]
        start = time.monotonic()
        with pytest.raises(TooLong):
            await asked
        assert time.monotonic() - start < 2
        await asyncio.sleep(0.2)
        with pytest.raises(ProcessLookupError):
            os.kill(busy, 0)
        await _works(pool)
        assert pool.state["idle"] == 2

    _run(scenario)


def test_slow_requests_do_not_hold_up_quick_ones() -> None:
    async def scenario(pool: Pool, breeder: Breeder) -> None:
        hostile = [
            asyncio.create_task(_ask(pool, ENDLESS + f" # {n}", client)) for n in range(6) for client in ("x", "y", "normal")
        ]
        waits = []
        end = time.monotonic() + 4
        while time.monotonic() < end:
            start = time.monotonic()
            await _works(pool, "friend")
            waits.append(time.monotonic() - start)
            await asyncio.sleep(0.02)
        assert max(waits) < 3.0, waits  # in one line they would take nine
        for task in hostile:
            task.cancel()
        await asyncio.gather(*hostile, return_exceptions=True)
        await _works(pool)

    _run(scenario)


def test_what_was_slow_once_goes_to_the_slow_lane_at_once() -> None:
    async def scenario(pool: Pool, breeder: Breeder) -> None:
        with pytest.raises(TooLong):
            await _ask(pool, ENDLESS)
        again = asyncio.create_task(_ask(pool, ENDLESS))
        await asyncio.sleep(0.1)
        assert pool.state["idle"] == 2 and [w.slow for w in pool._busy] == [True]
        again.cancel()
        await asyncio.gather(again, return_exceptions=True)

    _run(scenario)


def test_memory_is_bounded_and_only_that_request_fails() -> None:
    async def scenario(pool: Pool, breeder: Breeder) -> None:
        with pytest.raises(TooLarge):
            await _ask(pool, GREEDY, rows=100_000_000)
        await _works(pool)

    _run(scenario, memory=48 * MIB, time_limit=30.0)


def test_a_query_that_breaks_the_engine_fails_alone() -> None:
    async def scenario(pool: Pool, breeder: Breeder) -> None:
        with pytest.raises((TooDeep, TooLarge)):
            await _ask(pool, DEEP)
        await _works(pool)

    _run(scenario)


def test_a_request_whose_worker_is_killed_is_answered_by_another() -> None:
    async def scenario(pool: Pool, breeder: Breeder) -> None:
        for _ in range(3):
            asked = [asyncio.create_task(_works(pool, str(n))) for n in range(8)]
            await asyncio.sleep(0)
            for pid in _pids(pool):
                os.kill(pid, signal.SIGKILL)
            await asyncio.gather(*asked)
        await asyncio.sleep(0.7)
        assert pool.state["idle"] == 2 and pool.state["replaced"] >= 2

    _run(scenario)


def test_the_nursery_is_replaced_and_workers_go_on() -> None:
    async def scenario(pool: Pool, breeder: Breeder) -> None:
        assert breeder._nurse is not None
        os.kill(breeder._nurse._process.pid, signal.SIGKILL)
        await asyncio.gather(*(_works(pool, str(n)) for n in range(20)))
        with pytest.raises(TooLong):
            await _ask(pool, ENDLESS)
        await _works(pool)
        assert pool.state["loads"] == 2

    _run(scenario)


def test_nursery_and_workers_killed_together() -> None:
    async def scenario(pool: Pool, breeder: Breeder) -> None:
        assert breeder._nurse is not None
        pids = _pids(pool)
        os.kill(breeder._nurse._process.pid, signal.SIGKILL)
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
        await asyncio.gather(*(_works(pool, str(n)) for n in range(20)))

    _run(scenario)


def test_a_full_line_refuses_and_says_when_to_come_back() -> None:
    async def scenario(pool: Pool, breeder: Breeder) -> None:
        tasks = [asyncio.create_task(_ask(pool, ENDLESS + f"#{n}", str(n))) for n in range(30)]
        found = await asyncio.gather(*tasks, return_exceptions=True)
        busy = [e for e in found if isinstance(e, Busy)]
        assert busy and all(e.retry and e.status == 503 for e in busy)
        assert all(isinstance(e, (Busy, TooLong)) for e in found)
        await _works(pool)

    _run(scenario, queue=4, patience=3.0)


def test_a_client_that_leaves_takes_its_slow_request_along() -> None:
    async def scenario(pool: Pool, breeder: Breeder) -> None:
        async def left() -> None:
            await asyncio.sleep(0.1)

        head = {"task": "query", "query": ENDLESS, "result": "json", "graph": None, "rows": 1, "size": 1, "link": "x"}
        with pytest.raises(asyncio.CancelledError):
            await pool.run(head, "a", left)
        assert pool.state["busy"] == 0

    _run(scenario, time_limit=30.0)


def test_requests_under_way_end_before_the_workers_do() -> None:
    async def life() -> None:
        settings = Settings(workers=2, time_limit=5.0, drain=3.0)
        breeder = Breeder(settings)
        pool = Pool(settings, breeder)
        await pool.start()
        asked = [asyncio.create_task(_works(pool, str(n))) for n in range(50)]
        await asyncio.sleep(0)
        await pool.close()
        await asyncio.gather(*asked)
        with pytest.raises(Busy):
            await _works(pool)
        for pid in _pids(pool):
            with pytest.raises(ProcessLookupError):
                os.kill(pid, 0)

    asyncio.run(life())


def test_a_prepared_nursery_takes_over_without_losing_a_request() -> None:
    async def scenario(pool: Pool, breeder: Breeder) -> None:
        first, before = breeder._nurse, set(_pids(pool))
        while breeder._nurse is first:
            await asyncio.gather(*(_works(pool, str(n)) for n in range(5)))
        await _works(pool)
        await asyncio.sleep(1.0)
        assert not before & set(_pids(pool)) and pool.state["idle"] == 2 and not breeder._retired
        start = time.monotonic()
        head, _ = await pool.run({"task": "ask", "question": "老年人助餐谁出钱"}, "a")
        assert head["kind"] == "done" and time.monotonic() - start < 0.5

    _run(scenario, prepare=True, time_limit=30.0)
