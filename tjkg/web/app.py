"""The application: its routes, and the workers' life around it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from tjkg import __version__
from tjkg.web.answers import problem
from tjkg.web.breeder import Breeder
from tjkg.web.pool import Pool
from tjkg.web.protocol import ProtocolError
from tjkg.web.settings import Settings
from tjkg.web.shell import Shell
from tjkg.web.sparql import SparqlEndpoint

__all__ = ["build"]


def build(settings: Settings) -> ASGIApp:
    """The ASGI application."""
    breeder = Breeder(settings)
    pool = Pool(settings, breeder)

    @asynccontextmanager
    async def life(app: Starlette) -> AsyncIterator[None]:
        await pool.start()
        try:
            yield
        finally:
            await pool.close()

    async def health(request: object) -> JSONResponse:
        state = pool.state
        well = state["idle"] + state["busy"] > 0
        return JSONResponse(
            {"status": "ok" if well else "no workers", "version": __version__, **breeder.facts, **state},
            status_code=200 if well else 503, headers={"cache-control": "no-store"},
        )

    async def page(scope: Scope, receive: Receive, send: Send) -> None:
        await problem(scope, send, ProtocolError(404, "没有页面"))

    routes = [
        Route("/health", health),
    ]
    return Shell(
        _Front(SparqlEndpoint(pool, settings, page), Starlette(routes=routes, lifespan=life)),
        log_queries=settings.log_queries,
    )


class _Front:
    """/sparql before the router: the path most asked for."""

    def __init__(self, endpoint: ASGIApp, rest: ASGIApp) -> None:
        self._endpoint, self._rest = endpoint, rest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        sparql = scope["type"] == "http" and scope["path"] == "/sparql"
        await (self._endpoint if sparql else self._rest)(scope, receive, send)
