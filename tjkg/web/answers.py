"""Answers as ASGI messages: whole bodies with their headers, errors as one sentence."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from starlette.types import Receive, Scope, Send

from tjkg.errors import DataError, InputError, NotFoundError, TjkgError
from tjkg.web.protocol import ProtocolError
from tjkg.web.refusals import Refusal

__all__ = ["Headers", "body_of", "problem", "respond", "status_of"]

_PIECE = 256 * 1024
_STALLED = 60.0  # seconds a client may take for one piece

Headers = Iterable[tuple[bytes, bytes]]


async def respond(
    scope: Scope, send: Send, status: int, body: bytes, media: str, headers: Headers = ()
) -> None:
    """One whole answer; a HEAD request gets its headers only."""
    await send({
        "type": "http.response.start", "status": status,
        "headers": [
            (b"content-type", media.encode("latin-1")), (b"content-length", str(len(body)).encode()), *headers
        ],
    })
    if len(body) <= _PIECE or scope["method"] == "HEAD":
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})
        return
    for start in range(0, len(body), _PIECE):
        async with asyncio.timeout(_STALLED):
            await send({
                "type": "http.response.body", "body": body[start:start + _PIECE],
                "more_body": start + _PIECE < len(body),
            })


def status_of(error: TjkgError) -> int:
    """The HTTP status of an error."""
    if isinstance(error, (Refusal, ProtocolError)):
        return error.status
    return {InputError: 400, NotFoundError: 404, DataError: 500}.get(type(error), 500)


async def problem(scope: Scope, send: Send, error: TjkgError, headers: Headers = ()) -> None:
    """An error: `application/problem+json` (RFC 9457) below /api/, elsewhere one line of text."""
    status = status_of(error)
    more = list(headers)
    if isinstance(error, Refusal) and error.retry is not None:
        more.append((b"retry-after", str(error.retry).encode()))
    if scope["path"].startswith("/api/"):
        document = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": error.sentence()}
        body, media = json.dumps(document, ensure_ascii=False).encode(), "application/problem+json"
    else:
        body, media = (error.sentence() + "\n").encode(), "text/plain; charset=utf-8"
    await respond(scope, send, status, body, media, more)


async def body_of(scope: Scope, receive: Receive, most: int) -> bytes:
    """The request's body. Raises ProtocolError: 413 too large, 408 too slow, 400 cut short."""
    headers: Mapping[bytes, bytes] = dict(scope["headers"])
    announced = headers.get(b"content-length", b"")
    if announced.isdigit() and int(announced) > most:
        raise _too_large(most)
    body = bytearray()
    try:
        async with asyncio.timeout(_STALLED):
            while True:
                message: Any = await receive()
                if message["type"] == "http.disconnect":
                    raise ProtocolError(400, "请求中断 (the request was cut short)")
                body += message.get("body", b"")
                if len(body) > most:
                    raise _too_large(most)
                if not message.get("more_body"):
                    return bytes(body)
    except TimeoutError:
        raise ProtocolError(408, "请求太慢 (the request came too slowly)") from None


def _too_large(most: int) -> ProtocolError:
    return ProtocolError(413, f"请求超过 {most // 1024} KB (the request is too large)", "请缩短查询 (shorten it)")
