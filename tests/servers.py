"""A real Oxigraph server on loopback, started and stopped by the tests."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

WAIT = 30.0  # seconds


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


@contextmanager
def oxigraph(folder: Path) -> Iterator[str]:
    """The query URL of an empty server that keeps its data in a folder."""
    program = Path(sys.executable).with_name("oxigraph")
    command = str(program) if program.exists() else shutil.which("oxigraph") or "oxigraph"
    port = free_port()
    process = subprocess.Popen(
        [command, "serve", "--location", str(folder), "--bind", f"127.0.0.1:{port}"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    try:
        end = time.monotonic() + WAIT
        while True:
            try:
                with urlopen(f"http://127.0.0.1:{port}/", timeout=1):
                    break
            except (URLError, OSError):
                if process.poll() is not None or time.monotonic() > end:
                    raise RuntimeError("the Oxigraph server did not start") from None
                time.sleep(0.05)
        yield f"http://127.0.0.1:{port}/query"
    finally:
        process.terminate()
        process.wait(10)
