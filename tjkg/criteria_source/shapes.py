"""Natural SHACL with quotes, read into parts whose words have a place in the text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from rdflib import Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import RDFS, SH
from rdflib.term import Node

from tjkg.errors import DataError
from tjkg.facts import Fact, Tree
from tjkg.namespaces import CODE, FACT, TJKG
from tjkg.records import Passage, Span

__all__ = ["Part", "Quote", "Reader", "label", "local_name", "tree_of"]

_BOUNDS = {SH.minInclusive: ">=", SH.minExclusive: ">", SH.maxInclusive: "<=", SH.maxExclusive: "<"}


@dataclass(frozen=True)
class Part:
    """A piece of a criterion: all, any or not of parts, or an atom on one fact.

    tests: (op, value) pairs of an atom that hold together. definition: the term it spells out.
    """

    kind: str
    parts: tuple[Part, ...] = ()
    fact: str = ""
    tests: tuple[tuple[str, object], ...] = ()
    passage: Passage | None = None
    definition: str | None = None
    bounds: tuple[tuple[str, str, Decimal | None], ...] = ()  # (op, benefit IRI, factor)

    @property
    def start(self) -> int:
        """Where its first quote stands."""
        own = [self.passage.start] if self.passage else []
        return min([*own, *(p.start for p in self.parts)], default=0)


@dataclass(frozen=True)
class Quote:
    """Words to be found in a cell; the parts of a shape share those of the shape."""

    text: str | None = None
    nth: int = 1
    cell: str = "target"


@dataclass
class Reader:
    """Shapes of one standard, read into parts; `cells` are the places where quotes are looked for."""

    graph: Graph
    facts: dict[str, Fact]
    cells: dict[str, Span]
    where: str = ""
    amount: Callable[[str], tuple[Decimal, str]] | None = None  # standard IRI → its amount, the benefit's IRI
    depth: int = 0

    def shape(self, node: Node | None, quote: Quote) -> Part:
        """A node or property shape as one part."""
        if node is None:
            raise self.error("缺少条件")
        quote = self.quote(node, quote)
        if (node, SH.path, None) in self.graph:
            return self.atom(node, quote)
        parts = [self.atom(p, self.quote(p, quote)) for p in self.graph.objects(node, SH.property)]
        parts += [self.definition(n, quote) for n in self.graph.objects(node, SH.node)]
        for link, kind in ((SH["and"], "all"), (SH["or"], "any")):
            for head in self.graph.objects(node, link):
                members = tuple(self.shape(m, quote) for m in Collection(self.graph, head))
                parts += members if kind == "all" else [Part("any", members)]
        parts += [Part("not", (self.shape(n, quote),)) for n in self.graph.objects(node, SH["not"])]
        if not parts:
            raise self.error("空的条件")
        ordered = sorted(parts, key=lambda p: (p.start, repr(p)))
        return ordered[0] if len(ordered) == 1 else Part("all", tuple(ordered))

    def definition(self, node: Node, quote: Quote) -> Part:
        """What a term stands for, with the words that use it."""
        name = local_name(node)
        if name not in self.facts or self.facts[name].kind != "definition":
            raise self.error(f"没有定义 {name}")
        if self.depth > 8:
            raise self.error(f"定义 {name} 循环")
        self.depth += 1
        part = self.shape(node, quote)
        self.depth -= 1
        return replace(part, definition=name)

    def atom(self, node: Node, quote: Quote) -> Part:
        """A property shape: one fact, one or two bounds, a value, or some values."""
        name = local_name(self.one(node, SH.path))
        fact = self.facts.get(name)
        if fact is None or fact.kind == "definition":
            raise self.error(f"没有事实 {name}")
        tests: list[tuple[str, object]] = [
            (op, self.number(fact, value)) for iri, op in _BOUNDS.items() for value in self.graph.objects(node, iri)
        ]
        value = self.graph.value(node, SH.hasValue)
        if value is not None:
            tests.append(self.value(fact, value))
        chosen = self.graph.value(node, SH["in"])
        if chosen is not None:
            tests.append(("in", tuple(str(self.value(fact, v)[1]) for v in Collection(self.graph, chosen))))
        bounds = []
        start = self.graph.value(node, URIRef(TJKG.boundFrom))
        if start is not None:
            op, number, benefit, factor = self.bound_from(node, start)
            tests.append((op, number))
            bounds.append((op, benefit, factor))
        if not tests:
            raise self.error(f"事实 {name} 没有取值")
        return Part("atom", (), name, tuple(tests), self.find(quote), bounds=tuple(bounds))

    def value(self, fact: Fact, value: Node) -> tuple[str, object]:
        """The test of sh:hasValue: membership of a set, yes or no, or a value."""
        name = local_name(value)
        if fact.type == "boolean":
            if name not in ("true", "false"):
                raise self.error(f"事实 {fact.id} 是“是”或“否”，不是 {name}")
            return "=", name == "true"
        if name not in fact.values:
            raise self.error(f"事实 {fact.id} 没有取值 {name}")
        return ("has" if fact.multiple else "="), name

    def number(self, fact: Fact, value: Node) -> object:
        """A bound, as the JSON tree has it."""
        if not fact.numeric:
            raise self.error(f"事实 {fact.id} 不是数")
        if fact.type == "date":
            return str(value)
        number = Decimal(str(value))
        return int(number) if number == number.to_integral_value() else float(number)

    def bound_from(self, node: Node, standard: Node) -> tuple[str, object, str, Decimal | None]:
        """A bound that is another standard's amount times a factor."""
        kind = self.one(node, URIRef(TJKG.boundAs))
        factor = self.graph.value(node, URIRef(TJKG.boundFactor))
        if self.amount is None or kind not in _BOUNDS:
            raise self.error("boundFrom 要有 tjkg:boundAs")
        amount, benefit = self.amount(str(standard))
        times = None if factor is None else Decimal(str(factor))
        value = amount * (times or 1)
        whole = value == value.to_integral_value()
        return _BOUNDS[URIRef(str(kind))], int(value) if whole else float(value), benefit, times

    # ------------------------------------------------------------ words

    def quote(self, node: Node, above: Quote) -> Quote:
        """The words of a shape, else those of the shape it stands in."""
        text = self.graph.value(node, URIRef(TJKG.quote))
        if text is None:
            return above
        nth, cell = self.graph.value(node, URIRef(TJKG.nth)), self.graph.value(node, URIRef(TJKG.cell))
        return Quote(str(text), int(str(nth)) if nth is not None else 1, str(cell) if cell is not None else "target")

    def find(self, quote: Quote) -> Passage | None:
        """Where the words stand. Raises DataError when they do not."""
        if not self.cells:
            return None
        if quote.text is None:
            raise self.error("条件没有引文")
        cell = self.cells.get(quote.cell)
        if cell is None:
            raise self.error(f"没有单元格 {quote.cell}")
        at = -1
        for _ in range(quote.nth):
            at = cell.text.find(quote.text, at + 1)
            if at < 0:
                which = f"第{quote.nth}处" if quote.nth > 1 else ""
                raise self.error(f"单元格里没有{which}“{quote.text}”：{cell.text}")
        return cell.passage(at, at + len(quote.text))

    def one(self, node: Node, predicate: URIRef) -> Node:
        """The value of a property that must be there."""
        value = self.graph.value(node, predicate)
        if value is None:
            raise self.error(f"缺少 {predicate}")
        return value

    def error(self, what: str) -> DataError:
        """An error that names the standard."""
        return DataError(what, where=self.where, cure="请改正 criteria.ttl（或 facts.ttl）")


# ---------------------------------------------------------------- parts as JSON, names


def tree_of(part: Part, facts: dict[str, Fact]) -> Tree:
    """A part as the JSON tree of the contract; a spelt-out term keeps its name."""
    if part.kind == "atom":
        fact, place = facts[part.fact], part.passage
        said: Tree = {}
        if place:
            said = {"kind": fact.kind, "rule": fact.rule, "quote": place.quote, "line": place.line,
                    "start": place.start, "end": place.end}
        leaves: list[Tree] = [
            {"fact": part.fact, "op": op, "value": list(value) if isinstance(value, tuple) else value, **said}
            for op, value in part.tests
        ]
        tree: Tree = leaves[0] if len(leaves) == 1 else {"all": leaves}
    elif part.kind == "not":
        tree = {"not": tree_of(part.parts[0], facts)}
    else:
        tree = {part.kind: [tree_of(p, facts) for p in part.parts]}
    return {**tree, "definition": part.definition} if part.definition else tree


def label(graph: Graph, node: Node, lang: str, predicate: str = str(RDFS.label)) -> str:
    """The label of a node in a language, or nothing."""
    found = [o for o in graph.objects(node, URIRef(predicate)) if isinstance(o, Literal) and o.language == lang]
    return str(min(found)) if found else ""


def local_name(node: Node) -> str:
    """Local name of a fact or code; the text of a literal."""
    text = str(node)
    return text.removeprefix(FACT).removeprefix(CODE)
