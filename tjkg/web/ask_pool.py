"""A task given to the workers, and their refusals as errors."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.types import Message, Receive

from tjkg.errors import DataError, InputError, NotFoundError, TjkgError
from tjkg.web.pool import Pool
from tjkg.web.protocol import ProtocolError
from tjkg.web.refusals import TooLarge
from tjkg.web.replies import Reply

__all__ = ["ask", "gone"]

_ERRORS: dict[str, type[TjkgError]] = {"input": InputError, "missing": NotFoundError, "data": DataError}


def gone(receive: Receive) -> Callable[[], Awaitable[None]]:
    """A function that returns when the client has left."""

    async def left() -> None:
        message: Message = {"type": ""}
        while message["type"] != "http.disconnect":
            message = await receive()

    return left


async def ask(
    pool: Pool, task: str, args: dict[str, Any], client: str, left: Callable[[], Awaitable[None]] | None = None
) -> Reply:
    """The reply of a task.

    Raises:
        TjkgError: InputError, NotFoundError, DataError of the task; a Refusal of the pool;
            ProtocolError 406 when no format is acceptable.
    """
    head, body = await pool.run({**args, "task": task}, client, left)
    kind = head["kind"]
    if kind == "done":
        return Reply(body, head["media"], head["cut"])
    if kind == "memory":
        raise TooLarge
    if kind == "unacceptable":
        has = "SELECT 与 ASK 的结果有 JSON、XML、CSV、TSV" if head["what"] == "rows" else (
            "CONSTRUCT 与 DESCRIBE 的结果有 Turtle、N-Triples、JSON-LD、RDF/XML"
        )
        raise ProtocolError(406, "没有可接受的格式 (none of the accepted formats)", has)
    raise _ERRORS[kind](head["what"], cure=head["cure"])
