"""The pages over HTTP: latency cold (right after the start) and warm, and requests a second on eight connections.

    python -m benchmarks.pages [--seconds S]
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from statistics import median
from urllib.parse import quote, urlencode

# name → (path, form): a form is posted
PAGES: dict[str, tuple[str, dict[str, str] | None]] = {
    "service": ("/service/医疗救助", None),
    "group": ("/group/残疾人", None),
    "ask": ("/ask", {"q": "我奶奶82岁，天津农村户口，吃低保，助餐补多少钱？"}),
    "screening step": ("/screen", {"f.age": "82", "f.hukou": "天津", "f.income_status": "低保"}),
    "plan": ("/plan", None),
}
CONNECTIONS = 8


def _ask(connection: HTTPConnection, path: str, form: dict[str, str] | None) -> float:
    """Milliseconds of one request."""
    start = time.perf_counter()
    headers = {"accept-language": "zh-CN"}
    if form is not None:
        headers |= {"content-type": "application/x-www-form-urlencoded"}
        if path == "/screen":
            headers["tjkg-part"] = "1"
    connection.request("GET" if form is None else "POST", quote(path), urlencode(form) if form else None, headers)
    with connection.getresponse() as response:
        response.read()
        if response.status != 200:
            raise RuntimeError(f"{path}: {response.status}")
    return (time.perf_counter() - start) * 1000


def _served() -> tuple[subprocess.Popen[bytes], str]:
    """A fresh server and its host:port."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tjkg", "serve", "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert process.stdout is not None
    found = re.search(r"http://([^/]+)/", process.stdout.readline().decode())
    assert found
    return process, found[1]


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    process.wait(20)


def _rate(host: str, path: str, form: dict[str, str] | None, seconds: float) -> tuple[float, list[float]]:
    """(requests a second, milliseconds of each) on several connections."""
    end = time.monotonic() + seconds

    def one(number: int) -> list[float]:
        connection, times = HTTPConnection(host, timeout=60), list[float]()
        while time.monotonic() < end:
            times.append(_ask(connection, path, form))
        connection.close()
        return times

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        times = [t for found in pool.map(one, range(CONNECTIONS)) for t in found]
    return len(times) / seconds, times


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=3.0)
    args = parser.parse_args()
    print(f"{os.cpu_count()} cores, {CONNECTIONS} connections, {args.seconds:g} s a page; client in Python on the same machine")
    print(f"{'':16s} {'cold ms':>9s} {'warm ms':>9s} {'req/s':>8s} {'p50 ms':>8s} {'p99 ms':>8s}")
    for name, (path, form) in PAGES.items():
        process, host = _served()
        try:
            connection = HTTPConnection(host, timeout=60)
            cold = _ask(connection, path, form)
            time.sleep(8)  # what is prepared after the start is prepared
            warm = median(_ask(connection, path, form) for _ in range(20))
            connection.close()
            rate, times = _rate(host, path, form, args.seconds)
            times.sort()
            print(f"{name:16s} {cold:9.1f} {warm:9.1f} {rate:8.0f} {median(times):8.1f} {times[int(len(times) * .99)]:8.1f}", flush=True)
        finally:
            _stop(process)


if __name__ == "__main__":
    main()
