"""The two SHACL engines: holosdb (the default, pinned) and pyshacl (the reference).

Both are given N-Triples and a Turtle file of shapes and give the same results (tests/test_validate.py
holds them against each other). holosdb was measured against pyshacl-turbo, pyshifty and pyshacl on the
real plan: equal results, 25 ms against 300, 500 and 1,400.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from tjkg.errors import DataError, InputError

__all__ = ["ENGINES", "Result", "run"]

_SH = "http://www.w3.org/ns/shacl#"
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)")  # N-Triples, §2.4
_ESCAPED = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}
_SEVERITY = {"Violation": "violation", "Warning": "warning", "Info": "information"}


class Result(NamedTuple):
    """One validation result: the shape it is of, the node, and what is wrong with it.

    shape, focus, path, value, component are IRIs (value: or the text of a literal); severity is
    violation | warning | information.
    """

    shape: str
    focus: str
    path: str | None
    value: str | None
    component: str
    severity: str


def _text(term: str | None) -> str | None:
    """A term as text: an IRI as it is, of a literal in N-Triples form its characters."""
    if term is None or not term.startswith('"'):
        return term
    return _ESCAPE.sub(_character, term[1 : term.rindex('"')])


def _character(match: re.Match[str]) -> str:
    code = match[1]
    return chr(int(code[1:], 16)) if code[0] in "uU" else _ESCAPED.get(code, code)


def _holos(data: Sequence[Path], shapes: Path) -> list[Result]:
    import holosdb

    store = holosdb.Store()
    try:
        for path in data:
            store.load(str(path), bulk=True)
        found = store.validate(str(shapes))
    except (holosdb.HolosError, holosdb.SyntaxError, OSError, ValueError) as error:
        raise DataError(f"检查引擎没有完成：{error}", where=str(shapes), cure="可改用 --engine pyshacl") from None
    return [
        Result(
            r["shape"] or "", r["focus"], r["path"], _text(r["value"]), r["component"].removeprefix(_SH),
            _SEVERITY[r["severity"]],
        )
        for r in found["results"]
    ]


def _pyshacl(data: Sequence[Path], shapes: Path) -> list[Result]:
    import pyshacl
    from rdflib import Graph, URIRef
    from rdflib.namespace import SH

    graph, rules = Graph(), Graph().parse(shapes, format="turtle")
    for path in data:
        graph.parse(path, format="turtle" if path.suffix == ".ttl" else "nt")
    _, report, _ = pyshacl.validate(graph, shacl_graph=rules)

    def text(node: object, predicate: URIRef) -> str | None:
        value = report.value(node, predicate)
        return None if value is None else str(value)

    return [
        Result(
            text(node, SH.sourceShape) or "", text(node, SH.focusNode) or "", text(node, SH.resultPath),
            text(node, SH.value), (text(node, SH.sourceConstraintComponent) or "").removeprefix(_SH),
            _SEVERITY[(text(node, SH.resultSeverity) or "").removeprefix(_SH)],
        )
        for node in report.objects(None, SH.result)
    ]


_ENGINES: dict[str, Callable[[Sequence[Path], Path], list[Result]]] = {"fast": _holos, "pyshacl": _pyshacl}
ENGINES = tuple(_ENGINES)


def run(engine: str, ntriples: Iterable[bytes], shapes: Path) -> list[Result]:
    """The results of a file of shapes over data.

    engine: fast | pyshacl (fast is pyshacl too where holosdb has no build for the machine). ntriples:
    pieces of N-Triples text, one graph together.

    Raises:
        InputError: no such engine. DataError: the engine could not read data or shapes.
    """
    if engine not in _ENGINES:
        raise InputError(f"没有检查引擎 {engine}", cure="可用 " + "、".join(ENGINES))
    if engine == "fast" and find_spec("holosdb") is None:
        engine = "pyshacl"
    with tempfile.TemporaryDirectory(prefix="tjkg-validate-") as folder:
        data = Path(folder) / "data.nt"
        data.write_bytes(b"".join(ntriples))
        return _ENGINES[engine]([data], shapes)
