"""Reading a SPARQL text by its tokens: its form, forbidden keywords, and binding of parameters.

A token is what the SPARQL 1.1 grammar (§19.8) says it is, so a keyword inside a string, an IRI, a
comment, a variable or a prefixed name is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from tjkg.errors import InputError

__all__ = ["bind", "check_read_only", "form", "parameters", "term", "tokens"]

_TOKEN = re.compile(
    r"""
    (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
  | (?P<string>\"{3}(?:(?!\"{3})(?:[^\\]|\\.))*\"{3}|'{3}(?:(?!'{3})(?:[^\\]|\\.))*'{3}
             |\"(?:[^\"\\\n\r]|\\.)*\"|'(?:[^'\\\n\r]|\\.)*')
  | (?P<comment>\#[^\n\r]*)
  | (?P<variable>[?$]\w+)
  | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<name>(?:[^\W\d_][\w.\-]*)?:(?:[\w:.\-]|%[0-9A-Fa-f]{2}|\\.)*|_:\w[\w.\-]*)
  | (?P<word>[A-Za-z_]\w*)
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_PARAMETER = re.compile(r"\?_(\w+?)_(integer|decimal|string|zh|iri|date)$")
_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")
_XSD = "http://www.w3.org/2001/XMLSchema#"


def tokens(query: str) -> Iterator[tuple[str, str]]:
    """(kind, text) of every token; the texts joined are the query."""
    return ((m.lastgroup or "other", m[0]) for m in _TOKEN.finditer(query))


def _words(query: str) -> list[str]:
    return [text.upper() for kind, text in tokens(query) if kind == "word"]


def form(query: str) -> str | None:
    """SELECT, ASK, CONSTRUCT or DESCRIBE; None when the text is no query."""
    return next((w for w in _words(query) if w in _FORMS), None)


def check_read_only(query: str, where: str = "") -> None:
    """Raises InputError for a text that would change data or call another server."""
    words = _words(query)
    if any("SERVICE" in word for word in words):  # engines read `1e5SERVICE` and `SERVICESILENT` as two tokens
        raise InputError("不允许 SERVICE（不访问其他服务器）", where=where, cure="请去掉 SERVICE 部分")
    first = next((w for w in words if w not in ("PREFIX", "BASE")), "")
    if first in _UPDATES:
        raise InputError(f"不允许更新语句（{first}）", where=where, cure="这里只能查询")
    if form(query) is None:
        raise InputError("不是 SPARQL 查询", where=where, cure="查询以 SELECT、ASK、CONSTRUCT 或 DESCRIBE 开头")


def parameters(query: str) -> dict[str, str]:
    """name → type of the parameters `?_name_type` a query has, in order of appearance."""
    found: dict[str, str] = {}
    for match in _TOKEN.finditer(query):
        if match.lastgroup == "variable" and (p := _PARAMETER.match(match[0])):
            found[p[1]] = p[2]
    return found


def _quoted(text: str) -> str:
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    return '"' + "".join(escapes.get(c, c) for c in text) + '"'


def term(value: str, kind: str, name: str = "") -> str:
    """A value as a SPARQL term of a type: integer, decimal, string, zh (…@zh), iri, date.

    Raises:
        InputError: the value is not of the type.
    """
    patterns = {"integer": r"[+-]?\d+", "decimal": r"[+-]?(\d+\.?\d*|\.\d+)", "date": r"\d{4}-\d{2}-\d{2}"}
    if kind in patterns:
        if not re.fullmatch(patterns[kind], value):
            raise InputError(f"参数 {name}={value} 不是 {kind}", cure=f"例如 -p {name}={'2021-12-06' if kind == 'date' else 60}")
        return f'"{value}"^^<{_XSD}{kind}>'
    if kind == "iri":
        if not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.\-]*:[^<>\"{}|^`\\\x00-\x20]+", value):
            raise InputError(f"参数 {name}={value} 不是 IRI", cure="请给出完整的 IRI")
        return f"<{value}>"
    return _quoted(value) + ("@zh" if kind == "zh" else "")


def bind(query: str, values: Mapping[str, str], where: str = "") -> str:
    """The query with every parameter replaced by its value as a term (never by its bare text).

    Raises:
        InputError: a parameter has no value, a value has no parameter, or a value is not of its type.
    """
    wanted = parameters(query)
    if missing := [n for n in wanted if n not in values]:
        raise InputError(
            f"缺少参数 {'、'.join(missing)}", where=where, cure=" ".join(f"-p {n}=…" for n in missing)
        )
    if extra := [n for n in values if n not in wanted]:
        known = "、".join(wanted) or "没有参数"
        raise InputError(f"没有参数 {'、'.join(extra)}", where=where, cure=f"这个查询的参数：{known}")

    def replaced(match: re.Match[str]) -> str:
        if match.lastgroup == "variable" and (p := _PARAMETER.match(match[0])):
            return term(values[p[1]], p[2], p[1])
        return match[0]

    return _TOKEN.sub(replaced, query)
