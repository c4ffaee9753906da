"""A server of ours for tests: `tjkg serve` as a process on a free loopback port."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

__all__ = ["Served", "serving"]


class Served(NamedTuple):
    """Its address (without a slash at the end), its process, the file of its log."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[Served]:
    """Starts it, stops it as a person would (SIGTERM), and holds that it ends well."""
    log = folder / "serve.log"
    with log.open("wb") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "tjkg", "serve", "--port", "0", *options], stdout=subprocess.PIPE, stderr=errors
        )
        with process:
            assert process.stdout is not None
            said = process.stdout.readline().decode()
            found = re.search(r"http://[\d.]+:\d+", said)
            assert found, said + log.read_text("utf-8")
            yield Served(found[0], process, log)
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                assert process.wait(20) == 0, log.read_text("utf-8")
