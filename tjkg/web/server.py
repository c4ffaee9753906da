"""The server's life: the data load in their own process while the rest is imported, then it answers until stopped."""

from __future__ import annotations

import asyncio
import logging
import socket
import sys
from math import ceil

import uvloop

from tjkg.errors import InputError
from tjkg.web.breeder import Breeder
from tjkg.web.pool import Pool
from tjkg.web.settings import Settings

__all__ = ["listen", "run"]


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens. Raises InputError when it cannot be had."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        found = socket.socket(family, kind)
    except OSError as error:
        raise _not_here(host, port, error) from None
    try:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind(address)
        found.listen(2048)
    except OSError as error:
        found.close()
        raise _not_here(host, port, error) from None
    return found


def _not_here(host: str, port: int, error: OSError) -> InputError:
    return InputError(f"不能在 {host}:{port} 上监听（{error.strerror}）", cure="请换一个 --port，或先停掉占用它的程序")


async def _live(settings: Settings, listener: socket.socket, says: str) -> None:
    breeder = Breeder(settings)
    pool = Pool(settings, breeder)
    try:
        started = asyncio.create_task(pool.start())
        await asyncio.sleep(0)  # the nursery is on its way
        import uvicorn

        from tjkg.web.app import build
        from tjkg.web.guard import Guarded, InOrder

        config = uvicorn.Config(
            build(settings, breeder, pool), http=Guarded, ws="none", log_config=None, access_log=False,
            server_header=False, lifespan="off", timeout_graceful_shutdown=ceil(settings.drain), timeout_keep_alive=15,
        )
        await started
        await InOrder(config, says).serve([listener])
    finally:
        await pool.close()


def run(settings: Settings, host: str, port: int, says: str = "{url}") -> int:
    """Serves until it is stopped (SIGTERM, Ctrl-C); the exit code. says: what to print, with {url}.

    Raises:
        InputError: the address is taken. DataError, NotFoundError: the data cannot be loaded.
    """
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(asctime)s %(message)s")
    with listen(host, port) as listener, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        name = f"[{host}]" if ":" in host else host
        runner.run(_live(settings, listener, says.format(url=f"http://{name}:{listener.getsockname()[1]}/")))
    return 0
