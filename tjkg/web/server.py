"""The server: the application behind uvicorn on a socket of its own."""

from __future__ import annotations

import logging
import socket
import sys
from math import ceil
from types import FrameType

import uvicorn

from tjkg.errors import InputError
from tjkg.web.app import build
from tjkg.web.guard import Guarded
from tjkg.web.settings import Settings

__all__ = ["listen", "run"]


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens. Raises InputError when it cannot be had."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        found = socket.socket(family, kind)
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind(address)
    except OSError as error:
        raise InputError(
            f"不能在 {host}:{port} 上监听（{error.strerror}）", cure="请换一个 --port，或先停掉占用它的程序"
        ) from None
    found.listen(2048)
    return found


class _Server(uvicorn.Server):
    """Says its address once it answers."""

    def __init__(self, config: uvicorn.Config, says: str) -> None:
        super().__init__(config)
        self._says = says

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """A signal stops it in order, and then it has ended well: uvicorn would die of the signal afterwards."""
        super().handle_exit(sig, frame)
        self._captured_signals.clear()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Starts, then prints the address."""
        await super().startup(sockets)
        if self.started:
            print(self._says, flush=True)


def run(settings: Settings, host: str, port: int, says: str = "{url}") -> int:
    """Serves until it is stopped (SIGTERM, Ctrl-C); the exit code. says: what to print, with {url}."""
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(asctime)s %(message)s")
    logging.getLogger("tjkg.access").setLevel(logging.INFO)
    listener = listen(host, port)
    name = f"[{host}]" if ":" in host else host
    url = f"http://{name}:{listener.getsockname()[1]}/"
    config = uvicorn.Config(
        build(settings), http=Guarded, ws="none", log_config=None, access_log=False, server_header=False,
        lifespan="on", timeout_graceful_shutdown=ceil(settings.drain), timeout_keep_alive=15,
    )
    server = _Server(config, says.format(url=url))
    with listener:
        server.run([listener])
    return 0 if server.started else 2
