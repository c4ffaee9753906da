"""/sparql: the protocol on HTTP; without a query the editor page or the service description."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.types import Receive, Scope, Send

from tjkg.errors import TjkgError
from tjkg.web.answers import body_of, problem, respond
from tjkg.web.ask_pool import ask, gone
from tjkg.web.negotiate import PAGE_TYPES, best
from tjkg.web.pool import Pool
from tjkg.web.protocol import Asked, ProtocolError, formats, read
from tjkg.web.settings import Settings

__all__ = ["CUT_LINK", "SparqlEndpoint"]

CUT_LINK = "/about#limits"
_METHODS = "GET, HEAD, POST, OPTIONS"

Page = Callable[[Scope, Receive, Send], Awaitable[None]]


class SparqlEndpoint:
    """The ASGI application of the endpoint; page: what shows the editor."""

    def __init__(self, pool: Pool, settings: Settings, page: Page) -> None:
        self._pool, self._settings, self._page = pool, settings, page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["method"] not in _METHODS:
            error = ProtocolError(405, "不支持这种方法 (method not allowed)", f"可用 {_METHODS}")
            await problem(scope, send, error, [(b"allow", _METHODS.encode())])
            return
        try:
            await self._answer(scope, receive, send)
        except TjkgError as error:
            await problem(scope, send, error)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = dict(scope["headers"])
        body = await body_of(scope, receive, self._settings.body) if scope["method"] == "POST" else b""
        content_type = headers.get(b"content-type", b"").decode("latin-1")
        asked = read(scope["method"], scope["query_string"], content_type, body)
        accept = headers.get(b"accept", b"").decode("latin-1")
        if asked.query is None:
            await self._without_query(scope, receive, send, accept, asked)
            return
        rows, triples = formats(asked, accept)
        reply = await ask(self._pool, "query", {
            "query": asked.query, "result": rows, "graph": triples, "default": asked.default, "named": asked.named,
            "plan": asked.plan, "rows": self._settings.rows, "size": self._settings.size, "link": CUT_LINK,
        }, scope["client"][0] if scope["client"] else "", gone(receive))
        cut = [(b"tjkg-cut-off", _cut(reply.cut, self._settings))] if reply.cut else []
        await respond(scope, send, 200, reply.body, reply.media, [(b"vary", b"Accept"), *cut])

    async def _without_query(self, scope: Scope, receive: Receive, send: Send, accept: str, asked: Asked) -> None:
        wanted = asked.format if asked.format in PAGE_TYPES.values() else best(accept, PAGE_TYPES)
        if wanted is None:
            raise ProtocolError(406, "没有可接受的格式 (none of the accepted formats)", "服务描述有 Turtle 等，页面有 HTML")
        if wanted == "html":
            await self._page(scope, receive, send)
            return
        client = scope["client"][0] if scope["client"] else ""
        reply = await ask(self._pool, "service-description", {"format": wanted, "base": base_url(scope)}, client)
        await respond(scope, send, 200, reply.body, reply.media, [(b"vary", b"Accept")])


def _cut(by: str, settings: Settings) -> bytes:
    return (f"rows={settings.rows}" if by == "rows" else f"bytes={settings.size}").encode()


def base_url(scope: Scope) -> str:
    """Scheme and host the client used."""
    host = dict(scope["headers"]).get(b"host", b"localhost").decode("latin-1")
    return f"{scope['scheme']}://{host}"
