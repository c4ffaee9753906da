"""The application: which part answers which path."""

from __future__ import annotations

import json
from pathlib import Path

from starlette.applications import Starlette
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from tjkg import __version__
from tjkg.web.answers import problem, respond
from tjkg.web.api import Api, api_methods
from tjkg.web.breeder import Breeder
from tjkg.web.pages.paths import POSTED, is_page
from tjkg.web.pages.server import Pages
from tjkg.web.pool import Pool
from tjkg.web.protocol import ProtocolError
from tjkg.web.settings import Settings
from tjkg.web.shell import Shell
from tjkg.web.site import Site
from tjkg.web.sparql import SparqlEndpoint

__all__ = ["build"]

_HERE = Path(__file__).parent


class _Files(StaticFiles):
    """Files of ours, and no page where there is none."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One file."""
        path = self.get_path(scope)
        if scope["method"] not in ("GET", "HEAD"):
            await problem(scope, send, ProtocolError(405, "不支持这种方法 (method not allowed)"), [(b"allow", b"GET, HEAD")])
        elif self.lookup_path(path)[1] is None:
            await problem(scope, send, ProtocolError(404, f"没有 {scope['path'][:200]} (no such file)"))
        else:
            await super().__call__(scope, receive, send)


def _methods(path: str) -> str:
    """What a path allows."""
    if path == "/sparql" or path.removeprefix("/") in POSTED:
        return "GET, HEAD, POST, OPTIONS"
    return (path.startswith("/api/") and api_methods(path)) or "GET, HEAD, OPTIONS"


def build(settings: Settings, breeder: Breeder, pool: Pool) -> ASGIApp:
    """The ASGI application over a pool of workers, whose life is the caller's."""
    site = Site(pool, settings)
    router = Starlette(
        routes=[
            Route("/health", _Health(pool)),
            Mount("/assets", _Files(directory=_HERE / "assets")),
            Mount("/static", _Files(directory=_HERE / "static", check_dir=False)),
        ],
    )
    return Shell(
        _Front(SparqlEndpoint(pool, settings, site.editor), Api(pool, settings, breeder), Pages(pool, settings, site), site, router),
        _methods, log_queries=settings.log_queries,
    )


class _Health:
    """/health: whether there are workers, and how many do what."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One answer."""
        state = self._pool.state
        well = state["idle"] + state["busy"] > 0
        body = json.dumps({"status": "ok" if well else "no workers", "version": __version__, **state}).encode()
        await respond(scope, send, 200 if well else 503, body, "application/json", [(b"cache-control", b"no-store")])


class _Front:
    """The parts by the beginning of the path."""

    def __init__(self, sparql: ASGIApp, api: ASGIApp, pages: ASGIApp, site: ASGIApp, router: ASGIApp) -> None:
        self._sparql, self._api, self._pages, self._site, self._router = sparql, api, pages, site, router

    def _part(self, path: str) -> ASGIApp:
        if path == "/sparql":
            return self._sparql
        if path.startswith("/api/") and path != "/api/":
            return self._api
        if path.startswith(("/assets/", "/static/")) or path == "/health":
            return self._router
        if is_page(path):
            return self._pages
        return self._site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        await self._part(scope["path"])(scope, receive, send)
