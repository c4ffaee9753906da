"""/api/…: requests read by the OpenAPI document, answered in the workers."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl

from starlette.types import Receive, Scope, Send

from tjkg import __version__
from tjkg.errors import InputError, TjkgError
from tjkg.web.answers import body_of, problem, respond
from tjkg.web.ask_pool import ask, gone
from tjkg.web.breeder import Breeder
from tjkg.web.openapi import body, document, operation, parameters
from tjkg.web.pool import Pool
from tjkg.web.protocol import ProtocolError
from tjkg.web.settings import Settings

__all__ = ["Api", "api_methods"]


def _pairs(query_string: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(query_string.decode("utf-8"), keep_blank_values=True, max_num_fields=200, errors="strict")
    except UnicodeDecodeError:
        raise ProtocolError(400, "请求不是 UTF-8 (not UTF-8)", "请用 UTF-8 并作百分号编码") from None
    except ValueError:
        raise ProtocolError(400, "参数太多 (too many parameters)", "最多 200 个") from None


def api_methods(path: str) -> str:
    """What a path of the API allows; empty: there is none."""
    if path == "/api/openapi.json":
        return "GET, HEAD, OPTIONS"
    methods = [m.upper() for m in ("get", "post") if operation(path, m)]
    return ", ".join([*methods, *(["HEAD"] if "GET" in methods else []), *(["OPTIONS"] if methods else [])])


class Api:
    """The ASGI application of the API; breeder: knows of the data (/api/editions)."""

    def __init__(self, pool: Pool, settings: Settings, breeder: Breeder) -> None:
        self._pool, self._settings, self._breeder = pool, settings, breeder

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        path, method = scope["path"], "get" if scope["method"] == "HEAD" else scope["method"].lower()
        try:
            of = operation(path, method)
            if path == "/api/openapi.json" and method == "get":
                await respond(scope, send, 200, json.dumps(document(), ensure_ascii=False).encode(), "application/json")
            elif of is None:
                await self._no_operation(scope, send)
            elif "x-task" not in of:
                parameters(of, _pairs(scope["query_string"]))
                facts = {**self._breeder.facts, "version": __version__}
                await respond(scope, send, 200, json.dumps(facts, ensure_ascii=False).encode(), "application/json")
            else:
                await self._answer(scope, receive, send, of)
        except InputError as error:  # as the document asks, but nothing that can be worked with
            await problem(scope, send, ProtocolError(422, error.what, error.cure))
        except TjkgError as error:
            await problem(scope, send, error)

    async def _answer(self, scope: Scope, receive: Receive, send: Send, of: dict[str, Any]) -> None:
        if "requestBody" in of:
            content_type = dict(scope["headers"]).get(b"content-type", b"").decode("latin-1")
            args = body(of, content_type, await body_of(scope, receive, self._settings.body))
        else:
            args = parameters(of, _pairs(scope["query_string"]))
        client = scope["client"][0] if scope["client"] else ""
        reply = await ask(self._pool, of["x-task"], args, client, gone(receive))
        await respond(scope, send, 200, reply.body, reply.media)

    async def _no_operation(self, scope: Scope, send: Send) -> None:
        allowed = api_methods(scope["path"])
        if not allowed:
            await problem(scope, send, ProtocolError(404, f"没有 {scope['path'][:200]} (no such operation)", "见 /api/"))
            return
        error = ProtocolError(405, "不支持这种方法 (method not allowed)", f"可用 {allowed}")
        await problem(scope, send, error, [(b"allow", allowed.encode())])
