"""Puts the shipped data into a SPARQL endpoint by the Graph Store Protocol."""

from __future__ import annotations

from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import Request, urlopen

from tjkg.errors import InputError, RemoteError
from tjkg.store.local import Local

__all__ = ["load"]


def load(store: Local, endpoint: str, graph_store: str | None = None, timeout: int = 120) -> tuple[int, int]:
    """Replaces the graphs of the shipped data in a remote store; (graphs, bytes sent).

    endpoint: the query URL or the server's root; graph_store: URL of its Graph Store Protocol
    (default: `store` beside the query URL, as Oxigraph and others have it).

    Raises:
        InputError: not an http(s) address. RemoteError: it refuses or does not answer.
    """
    if urlsplit(endpoint).scheme not in ("http", "https"):
        raise InputError(f"{endpoint} 不是 http 地址", cure="例如 --endpoint http://localhost:7878/query")
    base = graph_store or endpoint.rstrip("/").removesuffix("/query").removesuffix("/sparql") + "/store"
    sent = 0
    names = store.graph_names()
    for name in names:
        data = store.dump("nt", [name])
        request = Request(f"{base}?graph={quote(name, safe='')}", data=data, method="PUT",
                          headers={"Content-Type": "application/n-triples"})
        try:
            with urlopen(request, timeout=timeout):
                sent += len(data)
        except HTTPError as error:
            raise RemoteError(
                f"端点不接受写入（HTTP {error.code}）", where=base, cure="请确认它支持 Graph Store Protocol 且允许写入"
            ) from None
        except (URLError, OSError) as error:
            raise RemoteError(f"端点没有回答（{error}）", where=base, cure="请检查地址与网络") from None
    return len(names), sent
