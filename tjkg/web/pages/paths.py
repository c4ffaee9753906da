"""Which path is which page."""

from __future__ import annotations

from tjkg.web.protocol import ProtocolError

__all__ = ["POSTED", "is_page", "read_path"]

_PLAIN = {"": "start", "ask": "ask", "services": "services", "groups": "groups", "screen": "screen", "plan": "plan",
          "figures": "figures", "findings": "findings", "changes": "changes"}
POSTED = ("ask", "screen")
_NAMED = ("service", "group")
_FILES = {"service": ("xlsx", "json", "ttl"), "group": ("xlsx",), "figures": ("csv",)}
_FIGURES = ("payers", "indicators", "completeness")


def is_page(path: str) -> bool:
    """Whether a path belongs to the pages."""
    first, _, rest = path.removeprefix("/").partition("/")
    return (first in _PLAIN and not rest) or first in _NAMED or (first == "figures" and bool(rest))


def read_path(path: str) -> tuple[str, str]:
    """(view, name) of a path. Raises ProtocolError 404."""
    first, _, rest = path.removeprefix("/").partition("/")
    if not rest:
        if first in _PLAIN:
            return _PLAIN[first], ""
        raise ProtocolError(404, f"没有 {path[:200]} (no such page)", "从 / 开始看")
    name, dot, ending = rest.rpartition(".")
    file = bool(dot) and ending in _FILES[first]
    name = name if file else rest
    if first == "figures":
        if name not in _FIGURES:
            raise ProtocolError(404, f"没有 {path[:200]} (no such figure)", "见 /figures")
        return ("figure.csv" if file else "figure"), name
    return (f"{first}.{ending}" if file else first), name
