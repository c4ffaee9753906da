"""Around every answer: security headers, CORS, one line in the access log that holds nothing personal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from urllib.parse import quote

from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["EDITOR_POLICY", "POLICY", "Shell"]

# No page loads anything from elsewhere; no inline script or style.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# The editor: besides, the one style element that Yasgui's column resizer makes, by its hash.
EDITOR_POLICY = POLICY.replace(
    "style-src 'self'", "style-src 'self' 'sha256-zCK2EVMoPc04mRF/g5CotUvxbJPWS+8V0b+s9ptqQIk='"
)
_DATA_POLICY = b"default-src 'none'; frame-ancestors 'none'"
_EVERY = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    # the data are public and nothing here knows who asks: any site's script may read them
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"Tjkg-Cut-Off, Retry-After, ETag, Location, Link, Content-Location"),
]
_PAGE = [
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
]
_PREFLIGHT = [
    (b"access-control-allow-methods", b"GET, HEAD, POST, OPTIONS"),
    (b"access-control-allow-headers", b"Accept, Content-Type, If-None-Match"),
    (b"access-control-max-age", b"86400"),
    (b"content-length", b"0"),
]


def _policies(headers: dict[bytes, bytes]) -> list[tuple[bytes, bytes]]:
    """What a page is held to; data are no page."""
    page = headers.get(b"content-type", b"").startswith((b"text/html", b"image/svg"))
    own = b"content-security-policy" in headers
    policy = [] if own else [(b"content-security-policy", POLICY.encode() if page else _DATA_POLICY)]
    return [*policy, *_PAGE] if page else policy


class Shell:
    """The outermost application. methods: what a path allows; log_queries: the log shows query strings too."""

    def __init__(self, app: ASGIApp, methods: Callable[[str], str], *, log_queries: bool = False) -> None:
        self._app, self._methods, self._log_queries = app, methods, log_queries
        self._now, self._stamp = 0, ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        start, status, size = time.perf_counter(), 0, 0

        async def with_headers(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], *_EVERY, *_policies(dict(message["headers"]))]
            else:
                size += len(message.get("body", b""))
            await send(message)

        try:
            if scope["method"] == "OPTIONS":
                await with_headers({"type": "http.response.start", "status": 204, "headers": [
                    *_PREFLIGHT, (b"allow", self._methods(scope["path"]).encode())
                ]})
                await with_headers({"type": "http.response.body", "body": b""})
            else:
                await self._app(scope, receive, with_headers)
        finally:
            self._log(scope, status, size, time.perf_counter() - start)

    def _log(self, scope: Scope, status: int, size: int, seconds: float) -> None:
        """One line; written straight, for logging's records cost more than many an answer."""
        now = int(time.time())
        if now != self._now:
            self._now, self._stamp = now, time.strftime("%Y-%m-%dT%H:%M:%S%z", time.localtime(now))
        path = quote(scope["path"], safe="/")
        if self._log_queries and scope["query_string"]:
            path += "?" + scope["query_string"].decode("latin-1")
        sys.stderr.write(f"{self._stamp} {scope['method']} {path} {status or '-'} {size} {seconds * 1000:.1f}ms\n")
