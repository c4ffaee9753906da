"""Pages and linked data on HTTP: which task answers which path, in which format and language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from starlette.types import Receive, Scope, Send

from tjkg.errors import TjkgError
from tjkg.web.answers import Headers, problem, respond, status_of
from tjkg.web.ask_pool import ask, gone
from tjkg.web.negotiate import GRAPH_TYPES, PAGE_TYPES, best
from tjkg.web.pool import Pool
from tjkg.web.protocol import ProtocolError
from tjkg.web.settings import MIB, Settings
from tjkg.web.shell import EDITOR_POLICY
from tjkg.web.sparql import base_url

__all__ = ["Site", "language"]

_EXTENSIONS = {"ttl": "ttl", "nt": "nt", "jsonld": "jsonld", "rdf": "rdfxml", "trig": "trig"}
_VOCABULARIES = ("ontology", "code", "fact", "list", "shape")
_METHODS = "GET, HEAD, OPTIONS"

Answer = tuple[str, dict[str, Any]]  # task, arguments


def language(scope: Scope) -> str:
    """zh or en: the `lang` parameter, else the header; Chinese unless English is wanted more."""
    query = scope["query_string"]
    if b"lang=en" in query or b"lang=zh" in query:
        return "en" if b"lang=en" in query else "zh"
    accepted = dict(scope["headers"]).get(b"accept-language", b"").decode("latin-1")
    return best(accepted, {"zh/": "zh", "zh-cn": "zh", "zh": "zh", "zh-hans": "zh", "en": "en", "en-us": "en", "en-gb": "en"}) or "zh"


class _See(Exception):
    """303 to another place."""

    def __init__(self, place: str) -> None:
        self.place = place


class Site:
    """The ASGI application of everything that is neither /sparql nor /api/."""

    def __init__(self, pool: Pool, settings: Settings) -> None:
        self._pool, self._settings = pool, settings
        self._first: dict[str, Callable[[Scope, str], Answer]] = {
            "about": self._about, "api": self._api, "id": self._thing, "doc": self._document,
            "graph": self._graph, "dumps": self._dumps, ".well-known": self._well_known,
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        try:
            if scope["method"] not in _METHODS:
                raise ProtocolError(405, "不支持这种方法 (method not allowed)", f"可用 {_METHODS}")
            task, args = self._task(scope)
            await self.answer(scope, receive, send, task, args)
        except _See as see:
            await respond(scope, send, 303, b"", "text/plain; charset=utf-8", [
                (b"location", see.place.encode()), (b"vary", b"Accept")
            ])
        except TjkgError as error:
            await self.error(scope, send, error)

    async def error(self, scope: Scope, send: Send, error: TjkgError) -> None:
        """A page for a person, a line for a program."""
        status = status_of(error)
        more = [(b"allow", _METHODS.encode())] if status == 405 else []
        accept = dict(scope["headers"]).get(b"accept", b"").decode("latin-1")
        if "text/html" not in accept or best(accept, PAGE_TYPES) != "html" or status == 503:
            await problem(scope, send, error, more)
            return
        from tjkg.web.render import page

        reply = page("error.html", language(scope), title_key=f"error-{status}", text=error.sentence())
        await respond(scope, send, status, reply.body, reply.media, more)

    async def answer(
        self, scope: Scope, receive: Receive, send: Send, task: str, args: dict[str, Any],
        headers: Headers = (),
    ) -> None:
        """The reply of a task, with the language of the request."""
        client = scope["client"][0] if scope["client"] else ""
        reply = await ask(self._pool, task, {"lang": language(scope), **args}, client, gone(receive))
        await respond(scope, send, 200, reply.body, reply.media, [
            (b"vary", b"Accept, Accept-Language"), *headers
        ])

    async def editor(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The page of the SPARQL editor."""
        policy = [(b"content-security-policy", EDITOR_POLICY.encode())]
        await self.answer(scope, receive, send, "editor", {}, policy)

    # ------------------------------------------------------------ paths

    def _task(self, scope: Scope) -> Answer:
        first, _, rest = scope["path"].removeprefix("/").partition("/")
        if first in self._first:
            return self._first[first](scope, rest)
        name, _, extension = first.partition(".")
        if name in _VOCABULARIES and not rest.strip("/") or name == "ontology" and not extension:
            return "vocabulary", {"name": name, "format": self._format(scope, extension)}
        raise self._missing(scope)

    @staticmethod
    def _missing(scope: Scope) -> ProtocolError:
        return ProtocolError(404, f"没有 {scope['path'][:200]} (no such page)", "从 / 开始看")

    @staticmethod
    def _format(scope: Scope, extension: str) -> str:
        """By extension, else by the Accept header."""
        if extension:
            if extension not in _EXTENSIONS:
                raise ProtocolError(404, f"没有 .{extension[:20]} 格式 (no such format)", f"可用 {'、'.join(_EXTENSIONS)}")
            return _EXTENSIONS[extension]
        found = best(dict(scope["headers"]).get(b"accept", b"").decode("latin-1"), PAGE_TYPES)
        if found is None:
            raise ProtocolError(406, "没有可接受的格式 (none of the accepted formats)", "有 HTML、Turtle、N-Triples、JSON-LD、RDF/XML")
        return found

    def _page(self, scope: Scope, rest: str, task: str, **args: Any) -> Answer:
        if rest:
            raise self._missing(scope)
        return task, args

    def _api(self, scope: Scope, rest: str) -> Answer:
        return self._page(scope, rest, "api")

    def _about(self, scope: Scope, rest: str) -> Answer:
        of = self._settings
        return self._page(
            scope, rest, "about", rows=of.rows, size=of.size // MIB, memory=of.memory // MIB,
            time_limit=f"{of.time_limit:g}", base=base_url(scope),
        )

    def _thing(self, scope: Scope, rest: str) -> Answer:
        """A thing is no document: 303 to the document about it (Cool URIs for the Semantic Web, §4.2)."""
        fmt = self._format(scope, "")
        ending = next((f".{e}" for e, f in _EXTENSIONS.items() if f == fmt), "")
        raise _See(f"/doc/{quote(rest, safe='/')}{ending}")

    def _document(self, scope: Scope, rest: str) -> Answer:
        path, dot, extension = rest.rpartition(".")
        if dot and extension in _EXTENSIONS and extension != "trig":
            return "node", {"path": path, "format": _EXTENSIONS[extension]}
        return "node", {"path": rest, "format": "html"}

    def _graph(self, scope: Scope, rest: str) -> Answer:
        accept = dict(scope["headers"]).get(b"accept", b"").decode("latin-1")
        if best(accept, PAGE_TYPES) == "html":
            raise _See("/dumps/")
        fmt = best(accept, GRAPH_TYPES)
        if fmt is None:
            raise ProtocolError(406, "没有可接受的格式 (none of the accepted formats)", "有 Turtle、N-Triples、JSON-LD、RDF/XML")
        return "dump", {"name": rest, "format": fmt}

    def _dumps(self, scope: Scope, rest: str) -> Answer:
        if not rest:
            return "dumps-page", {}
        name, _, extension = rest.partition(".")
        return "dump", {"name": name, "format": self._format(scope, extension or "none")}

    def _well_known(self, scope: Scope, rest: str) -> Answer:
        if rest != "void":
            raise self._missing(scope)
        accept = dict(scope["headers"]).get(b"accept", b"").decode("latin-1")
        fmt = "ttl" if best(accept, PAGE_TYPES) == "html" else best(accept, GRAPH_TYPES)
        if fmt is None:
            raise ProtocolError(406, "没有可接受的格式 (none of the accepted formats)", "有 Turtle、N-Triples、JSON-LD、RDF/XML")
        return "void", {"format": fmt, "base": base_url(scope)}
