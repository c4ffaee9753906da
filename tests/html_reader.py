"""A page as a reader without eyes for style has it: text, links, ids, and what must not be in it."""

from __future__ import annotations

from html.parser import HTMLParser

__all__ = ["Page"]

_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Page(HTMLParser):
    """text; links: every href and action; ids in order; faults: inline script or style, unclosed elements."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.faults: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self._open: list[str] = []
        self.feed(markup)
        self.close()
        self.faults += [f"<{tag}> not closed" for tag in self._open]

    @property
    def text(self) -> str:
        """All its words."""
        return "".join(self.pieces)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.tags.append((tag, values))
        self.links += [values[name] for name in ("href", "src", "action") if name in values]
        if "id" in values:
            self.ids.append(values["id"])
        if "style" in values or tag == "style" or any(name.startswith("on") for name in values):
            self.faults.append(f"inline style or handler in <{tag}>")
        if tag == "script" and "src" not in values:
            self.faults.append("inline script")
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        if not self._open or self._open[-1] != tag:
            self.faults.append(f"</{tag}> closes <{self._open[-1] if self._open else 'nothing'}>")
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)
