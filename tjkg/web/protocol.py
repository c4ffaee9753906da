"""The SPARQL 1.1 Protocol (§2.1): what a request asks, read from its parts; no HTTP library here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl

from tjkg.errors import TjkgError
from tjkg.web.negotiate import GRAPH_TYPES, RESULT_TYPES, best, named

__all__ = ["Asked", "ProtocolError", "formats", "read"]

_FIELDS = 64
_SAME = {"json": "jsonld", "xml": "rdfxml"}  # a syntax by its short name, for triples
_FORM, _QUERY, _UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"


class ProtocolError(TjkgError):
    """A request that is not what the protocol says; status: of HTTP."""

    def __init__(self, status: int, what: str, cure: str = "") -> None:
        self.status = status
        super().__init__(what, cure=cure)


@dataclass(frozen=True)
class Asked:
    """A query (None: none was sent), the graphs of its dataset (None: not named), the `format` parameter."""

    query: str | None
    default: tuple[str, ...] | None
    named: tuple[str, ...] | None
    format: str | None
    plan: str | None


def _pairs(data: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(data.decode("utf-8"), keep_blank_values=True, max_num_fields=_FIELDS, errors="strict")
    except UnicodeDecodeError:
        raise ProtocolError(400, "请求不是 UTF-8 (not UTF-8)", "请用 UTF-8 并作百分号编码") from None
    except ValueError:
        raise ProtocolError(400, "参数太多 (too many parameters)", f"最多 {_FIELDS} 个") from None


def _asked(pairs: Sequence[tuple[str, str]], query: str | None) -> Asked:
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    if "update" in values:
        raise ProtocolError(403, "这里只能查询，不能更新 (read only, no updates)", "请用 query 参数")
    queries = values.get("query", []) + ([query] if query is not None else [])
    if len(queries) > 1:
        raise ProtocolError(400, "query 给了不止一次 (more than one query)", "请只给一个")
    if any(name.startswith("using-") for name in values):
        raise ProtocolError(400, "using-graph-uri 只用于更新 (only for updates)", "请用 default-graph-uri")
    return Asked(
        queries[0] if queries else None,
        tuple(values["default-graph-uri"]) if "default-graph-uri" in values else None,
        tuple(values["named-graph-uri"]) if "named-graph-uri" in values else None,
        next((f for v in values.get("format", []) + values.get("output", []) if (f := named(v))), None),
        values.get("plan", [None])[0],
    )


@lru_cache(maxsize=1024)
def _of_query_string(query_string: bytes) -> Asked:
    return _asked(_pairs(query_string), None)


def read(method: str, query_string: bytes, content_type: str, body: bytes) -> Asked:
    """What a GET or POST asks.

    Raises:
        ProtocolError: 400 malformed, 403 an update, 415 another content type.
    """
    if method in ("GET", "HEAD"):
        return _of_query_string(query_string) if len(query_string) < 8192 else _asked(_pairs(query_string), None)
    media, _, parameters = content_type.partition(";")
    media = media.strip().lower()
    if media == _UPDATE:
        raise ProtocolError(403, "这里只能查询，不能更新 (read only, no updates)", "请用 query")
    charset = parameters.lower().partition("charset=")[2].split(";")[0].strip(' "')
    if charset not in ("", "utf-8", "utf8"):
        raise ProtocolError(415, f"不支持字符集 {charset[:20]} (charset)", "请用 UTF-8")
    if media == _FORM:
        asked = _asked([*_pairs(query_string), *_pairs(body)], None)
    elif media == _QUERY:
        try:
            asked = _asked(_pairs(query_string), body.decode("utf-8"))
        except UnicodeDecodeError:
            raise ProtocolError(400, "查询不是 UTF-8 (the query is not UTF-8)", "请存为 UTF-8") from None
    else:
        raise ProtocolError(415, "不支持这种内容类型 (unsupported content type)", f"请用 {_FORM} 或 {_QUERY}")
    if asked.query is None:
        raise ProtocolError(400, "没有 query (no query)", "请给出 query 参数")
    return asked


def formats(asked: Asked, accept: str | None) -> tuple[str | None, str | None]:
    """(format for rows, format for triples) a client accepts; the `format` parameter beats the header."""
    rows, triples = best(accept, RESULT_TYPES), best(accept, GRAPH_TYPES)
    if asked.format in RESULT_TYPES.values():
        rows = asked.format
    if asked.format in GRAPH_TYPES.values():
        triples = asked.format
    elif asked.format in _SAME and (triples is None or (accept or "*/*") == "*/*"):
        triples = _SAME[asked.format]
    return rows, triples
