"""The pages on HTTP: which path is which page; what is posted is told to nobody and kept nowhere."""

from __future__ import annotations

from hashlib import sha256
from typing import Any
from urllib.parse import parse_qsl, quote

from starlette.types import Receive, Scope, Send

from tjkg.errors import TjkgError
from tjkg.web.answers import body_of, respond
from tjkg.web.ask_pool import ask, gone
from tjkg.web.pages.paths import POSTED, read_path
from tjkg.web.pool import Pool
from tjkg.web.protocol import ProtocolError
from tjkg.web.settings import Settings
from tjkg.web.site import Site, language

__all__ = ["Pages"]

_FORM = "application/x-www-form-urlencoded"
_FIELDS = 400


def _pairs(data: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(data.decode("utf-8"), max_num_fields=_FIELDS, errors="strict")
    except UnicodeDecodeError:
        raise ProtocolError(400, "请求不是 UTF-8 (not UTF-8)", "请用 UTF-8 并作百分号编码") from None
    except ValueError:
        raise ProtocolError(400, "参数太多 (too many parameters)", f"最多 {_FIELDS} 个") from None


def _carry(scope: Scope, lang: str) -> str | None:
    """The language that links must say: the one shown, where the browser asks for the other."""
    return None if language({**scope, "query_string": b""}) == lang else lang


class Pages:
    """The ASGI application of the pages; site: tells errors."""

    def __init__(self, pool: Pool, settings: Settings, site: Site) -> None:
        self._pool, self._settings, self._site = pool, settings, site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        try:
            await self._answer(scope, receive, send)
        except TjkgError as error:
            await self._site.error(scope, send, error)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        view, name = read_path(scope["path"])
        headers = dict(scope["headers"])
        args: dict[str, Any] = {"view": view, "name": name, "query": _pairs(scope["query_string"])}
        if scope["method"] == "POST":
            if view not in POSTED:
                raise ProtocolError(405, "不支持这种方法 (method not allowed)", "可用 GET")
            if headers.get(b"content-type", b"").partition(b";")[0].strip().lower() != _FORM.encode():
                raise ProtocolError(415, "不支持这种内容类型 (unsupported content type)", f"请用 {_FORM}")
            args["form"] = _pairs(await body_of(scope, receive, self._settings.body))
            args["part"] = headers.get(b"tjkg-part", b"") == b"1"
        elif scope["method"] not in ("GET", "HEAD"):
            raise ProtocolError(405, "不支持这种方法 (method not allowed)", "可用 GET、HEAD、POST")
        lang = language(scope)
        args |= {"lang": lang, "carry": _carry(scope, lang)}
        client = scope["client"][0] if scope["client"] else ""
        reply = await ask(self._pool, "view", args, client, gone(receive))
        more = [(b"vary", b"Accept-Language")]
        if view in POSTED:
            await respond(scope, send, 200, reply.body, reply.media, [*more, (b"cache-control", b"no-store")])
            return
        tag = b'"' + sha256(reply.body).hexdigest()[:24].encode() + b'"'
        more += [(b"etag", tag), (b"cache-control", b"no-cache")]
        if "." in view:
            ending = view.partition(".")[2]
            more.append((b"content-disposition", f"attachment; filename*=UTF-8''{quote(name)}.{ending}".encode()))
        if tag in headers.get(b"if-none-match", b""):
            await respond(scope, send, 304, b"", reply.media, more)
            return
        await respond(scope, send, 200, reply.body, reply.media, more)
