"""What a node is called and where the plan speaks of it: a finding says labels and quotes, not IRIs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from tjkg.messages import TEXT
from tjkg.namespaces import TJKG
from tjkg.query import internal
from tjkg.store.answers import Store, Value
from tjkg.validation.finding import Spot, Words

__all__ = ["About", "Places"]

# which cell a property of a standard is about
CELLS = {"target": "target", "guarantee": "standard", "funding": "funding", "coverage": "coverage"}
_CELL_OF = {
    **{TJKG[f"{aspect}{what}"]: cell for aspect, cell in CELLS.items() for what in ("Text", "Cell")},
    TJKG.hasAudience: "target", TJKG.hasCriterion: "target", TJKG.hasBenefit: "standard", TJKG.hasLimit: "standard",
    TJKG.hasFunding: "funding", TJKG.hasContribution: "funding", TJKG.hasCoverageTarget: "coverage",
}


@dataclass
class About:
    """A node: what it is called, the service it is of, its quote, and its cells if it is a row."""

    label: Words
    service: str | None = None
    spot: Spot | None = None
    cells: dict[str, Spot] = field(default_factory=dict)


def _first(values: Iterable[str]) -> str:
    return next(iter(values), "")


class Places:
    """Looks nodes up in a store, each once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, About] = {}
        self._cells: list[tuple[int, int, str]] | None = None
        self._passages: dict[str, Spot] | None = None

    def about(self, node: str) -> About:
        """What is known of a node (IRI). Unknown nodes are called by the last piece of their IRI."""
        if node not in self._known:
            self._known[node] = About(Words(_tail(node), _tail(node)))  # so that a circle ends
            self._known[node] = self._look(node)
        return self._known[node]

    def _look(self, node: str) -> About:
        texts: dict[str, list[str]] = {}
        spots: dict[str, Spot] = {}
        for kind, value, line, start, end in self._rows(node):
            texts.setdefault(kind, []).append(str(value))
            spots.setdefault(kind, Spot(str(value), _number(line), _number(start), _number(end)))
        about = About(_label(node, texts), _first(texts.get("service", ())) or None)
        about.spot = spots.get("quote") or spots.get("itself")
        about.cells = {c: spots[c] for c in CELLS.values() if c in spots}
        if not ({"label-zh", "title-zh", "service"} & texts.keys()):
            self._from_owner(node, about, texts)
        return about

    def _from_owner(self, node: str, about: About, texts: dict[str, list[str]]) -> None:
        """A node without a name of its own is told by the one it belongs to."""
        owner = _first(texts.get("of", ())) or _first(texts.get("owner", ()))
        if not owner or owner == node:
            return
        above = self.about(owner)
        about.service = about.service or above.service
        about.spot = about.spot or above.spot
        about.label = Words(f"{above.label.zh} · {about.label.zh}", f"{above.label.en} · {about.label.en}")

    def _rows(self, node: str) -> list[tuple[str, Value, Value, Value, Value]]:
        if not _bindable(node):
            return []
        rows = self._store.select(internal("about-node", {"node": node})).rows
        return [(str(k), v, line, start, end) for k, v, line, start, end in rows]

    def spot(self, node: str, path: str | None) -> Spot | None:
        """The quote for a finding on a property of a node: the cell it is about, else the node's own."""
        about = self.about(node)
        cell = about.cells.get(_CELL_OF.get(path or "", ""))
        if cell is not None:
            return cell
        if about.spot is None and about.cells:
            return next(iter(about.cells.values()))
        return about.spot

    def passage(self, node: str) -> Spot | None:
        """A passage by its IRI (all are read at the first call)."""
        if self._passages is None:
            self._passages = {
                str(at): Spot(str(exact), _number(line), _number(start), _number(end))
                for at, exact, start, end, line in self._store.select(internal("passages")).rows
            }
        return self._passages.get(node)

    def cell(self, spot: Spot | None) -> str | None:
        """Which cell of a table a quote stands in."""
        if spot is None or spot.start is None or spot.end is None:
            return None
        if self._cells is None:
            rows = self._store.select(internal("cells")).rows
            self._cells = [
                (s, e, CELLS[str(aspect)]) for _, aspect, s, e in rows if isinstance(s, int) and isinstance(e, int)
            ]
        return next((cell for s, e, cell in self._cells if s <= spot.start and spot.end <= e), None)


def _bindable(node: str) -> bool:
    return ":" in node and not node.startswith("_:") and not any(c in node for c in '<>"{}|^`\\ ')


def _number(value: Value) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _tail(node: str) -> str:
    return node.rstrip("/").rsplit("/", 1)[-1].rsplit("#", 1)[-1]


def _label(node: str, texts: dict[str, list[str]]) -> Words:
    """Its own label; a row by its service and number; else its class and, if it is a service's, whose."""
    zh = _first(texts.get("label-zh", ())) or _first(texts.get("title-zh", ()))
    service = _first(texts.get("service", ()))
    if zh and not service:
        return Words(zh, _first(texts.get("label-en", ())) or _first(texts.get("title-en", ())) or zh)
    if service:
        if zh == service or not ({"class-zh"} & texts.keys()):
            return Words(service, _first(texts.get("label-en", ())) or service)
        if "number" in texts and not zh:
            row = TEXT["row"]
            number = texts["number"][0]
            return Words(f"{service} · {row[0].format(number=number)}", f"{service} · {row[1].format(number=number)}")
        what = zh or texts["class-zh"][0]
        return Words(f"{service} · {what}", f"{service} · {zh or _first(texts.get('class-en', ())) or what}")
    kind = _first(texts.get("class-zh", ()))
    tail = _tail(node)
    return Words(f"{kind} {tail}" if kind else tail, f"{_first(texts.get('class-en', ())) or kind} {tail}".strip())
