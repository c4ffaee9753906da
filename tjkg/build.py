"""Document → data/<edition>/*.ttl, and the proof that what is committed is what the source yields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, PROV, RDF, RDFS, SKOS, XSD
from rdflib.term import Node

from tjkg.criteria_source import criteria_graph
from tjkg.errors import DataError, InputError
from tjkg.files import write_atomic
from tjkg.graph import new_graph, plan_graph, read_turtle, write_turtle
from tjkg.iris import ID, Edition
from tjkg.messages import FINDINGS
from tjkg.namespaces import TJKG
from tjkg.parse.plan import parse
from tjkg.read import read
from tjkg.records import Agency, Finding, Mandate, Plan, Source, Term, Vocabulary
from tjkg.resources import data_dir, ontology_dir

__all__ = [
    "Built", "build", "build_document", "built", "check", "dated", "edition_of", "edition_turtle", "parse_source", "sentence",
    "sources", "vocabulary", "write",
]

_SOURCES = ("source.txt", "source.docx", "source.xlsx", "source.html")


@dataclass(frozen=True)
class Built:
    """What a document yields: the plan, and file name → bytes.

    carried: how many conditions of a base were carried over as reviewed, and how many are suggested.
    """

    folder: Path
    plan: Plan
    files: dict[str, bytes]
    carried: tuple[int, int] | None = None


# ---------------------------------------------------------------- what is given


def vocabulary(shared: Path) -> Vocabulary:
    """Groups, payers, agencies and names of services of data/shared as plain records."""
    graph = Graph()
    for path in sorted(shared.glob("*.ttl")):
        graph += read_turtle(path)
    return Vocabulary(
        groups=tuple(_terms(graph, graph.subjects(RDF.type, URIRef(TJKG.TargetGroup)))),
        payers=tuple(_terms(graph, graph.subjects(RDF.type, URIRef(TJKG.Payer)))),
        services=tuple(_services(graph)),
        agencies=tuple(
            Agency(t.id, t.label, t.labels, _level(graph, t.id), t.hidden, _region(graph, t.id))
            for t in _terms(graph, graph.subjects(RDF.type, URIRef(TJKG.Agency)))
        ),
        mandates=tuple(_mandates(graph)),
        regions=tuple(_regions(graph)),
    )


def _labels(graph: Graph, node: Node, predicate: URIRef) -> list[str]:
    """The Chinese labels of a node, sorted."""
    return sorted(str(o) for o in graph.objects(node, predicate) if isinstance(o, Literal) and o.language == "zh")


def _terms(graph: Graph, nodes: Iterable[Node]) -> Iterator[Term]:
    for node in sorted(nodes, key=str):
        pref = _labels(graph, node, SKOS.prefLabel)
        if pref:
            broader = sorted(str(o).rsplit("/", 1)[-1] for o in graph.objects(node, SKOS.broader))
            labels = tuple(dict.fromkeys([*pref, *_labels(graph, node, SKOS.altLabel)]))
            hidden = tuple(_labels(graph, node, SKOS.hiddenLabel))
            printed = tuple(_labels(graph, node, URIRef(TJKG.printedForm)))
            whole = (node, URIRef(TJKG.wholePopulation), Literal(True)) in graph
            yield Term(str(node).rsplit("/", 1)[-1], pref[0], labels, tuple(broader), hidden, printed, whole)


def _services(graph: Graph) -> Iterator[Term]:
    """Names services are known by, the notation being the name in the plan."""
    for node in sorted({s for s in graph.subjects(SKOS.notation) if "/service/" in str(s)}, key=str):
        name = str(graph.value(node, SKOS.notation))
        other, hidden = _labels(graph, node, SKOS.altLabel), _labels(graph, node, SKOS.hiddenLabel)
        yield Term(str(node).rsplit("/", 1)[-1], name, (name, *other), (), tuple(hidden))


def _mandates(graph: Graph) -> Iterator[Mandate]:
    for node in sorted(graph.subjects(RDF.type, URIRef(TJKG.Mandate)), key=str):
        agencies = sorted(str(o).rsplit("/", 1)[-1] for o in graph.objects(node, URIRef(TJKG.agency)))
        citations = _labels(graph, node, URIRef(TJKG.citation))
        words = tuple(_labels(graph, node, URIRef(TJKG.fieldWord)))
        yield Mandate(words, tuple(agencies), citations[0] if citations else None)


def _level(graph: Graph, name: str) -> str | None:
    """The level of an agency; of a kind of agency that has several the first by name."""
    levels = sorted(str(o) for o in graph.objects(URIRef(f"{ID}agency/{name}"), URIRef(TJKG.level)))
    return levels[0] if levels else None


def _region(graph: Graph, name: str) -> str | None:
    """The code of the place an agency is in charge of."""
    places = sorted(str(o).rsplit("/", 1)[-1] for o in graph.objects(URIRef(f"{ID}agency/{name}"), DCTERMS.spatial))
    return places[0] if places else None


def _regions(graph: Graph) -> Iterator[Term]:
    """The places that agencies are in charge of, by their code."""
    for node in sorted(graph.subjects(RDF.type, DCTERMS.Location), key=str):
        labels = _labels(graph, node, RDFS.label)
        if labels:
            yield Term(str(graph.value(node, DCTERMS.identifier)), labels[0], tuple(labels))


def _edition(folder: Path) -> tuple[Edition, Graph]:
    """The edition of a folder, from its edition.ttl."""
    graph = read_turtle(folder / "edition.ttl")
    node = URIRef(ID + folder.name)
    identifier, place = graph.value(node, DCTERMS.identifier), graph.value(node, URIRef(TJKG.place))
    if str(identifier) != folder.name or place is None:
        raise DataError(
            f"edition.ttl 里没有 {folder.name} 的标识或地区", where=str(folder / "edition.ttl"),
            cure="请写明 dct:identifier（与文件夹同名）与 tjkg:place",
        )
    return Edition(folder.name, str(place)), graph


def sources(data: Path) -> list[Path]:
    """The folders of data/ that hold an edition."""
    return sorted(p.parent for p in data.glob("*/edition.ttl"))


def _source(folder: Path) -> Source:
    for name in _SOURCES:
        if (folder / name).exists():
            return read(folder / name)
    raise InputError("没有原文", where=str(folder), cure=f"请放入 {'、'.join(_SOURCES)} 之一")


# ---------------------------------------------------------------- building


def _refuse(plan: Plan, name: str) -> None:
    """Raises DataError for a document whose form is broken: nothing is built of it."""
    broken = [f for f in plan.findings if f.severity == "violation"]
    if broken:
        first = broken[0]
        more = f"（另有{len(broken) - 1}处）" if len(broken) > 1 else ""
        raise DataError(
            f"{sentence(first)}{more}", where=f"{name} 第{first.passage.line if first.passage else '?'}行",
            cure="用 tjkg validate 看全部发现；旧的数据没有动",
        )


def sentence(finding: Finding) -> str:
    """A finding on a document's form, in Chinese, with its quote."""
    text = FINDINGS[finding.rule][0].format(**finding.values)
    quote = finding.passage.quote if finding.passage else ""
    return f"{text}：“{quote[:40]}”" if quote else text


def build(folder: Path, data: Path | None = None) -> Built:
    """What an edition's folder yields. Nothing is written.

    Raises:
        InputError: no readable source. DataError: edition.ttl or the document's form is broken.
    """
    data = data or data_dir()
    edition, region, source = edition_of(folder)
    plan = parse_source(source, data, region)
    files = {"plan.ttl": write_turtle(plan_graph(plan, edition))}
    if (folder / "criteria.ttl").exists():
        criteria = criteria_graph(folder / "criteria.ttl", ontology_dir() / "facts.ttl", plan, edition)
        files["eligibility.ttl"] = write_turtle(criteria)
    return Built(folder, plan, files)


def build_document(path: Path, data: Path | None = None) -> Built:
    """What a loose document yields; it gets a piece of its hash as id. Nothing is written.

    Raises:
        InputError: unreadable. DataError: its form is broken.
    """
    source = read(path)
    name = f"document-{source.sha256[:12]}"
    plan = parse_source(source, data or data_dir())
    return built(plan, Edition(name, name), dated(name, plan.date))


def parse_source(source: Source, data: Path, region: str | None = None) -> Plan:
    """A plan read with the words of data/shared. Raises DataError for a document whose form is broken."""
    plan = parse(source, vocabulary(data / "shared"), region)
    _refuse(plan, source.name)
    return plan


def built(plan: Plan, edition: Edition, given: Graph) -> Built:
    """Graph and text of a plan; given: what its keeper would say in edition.ttl."""
    graph = plan_graph(plan, edition)
    graph += given
    return Built(Path(edition.id), plan, {"plan.ttl": write_turtle(graph), "source.txt": plan.source.text.encode()})


def dated(name: str, day: str | None) -> Graph:
    """The least that is given of an edition: its id, and from when it holds (ISO date)."""
    graph, node = new_graph(), URIRef(ID + name)
    graph.add((node, DCTERMS.identifier, Literal(name)))
    if day is not None:
        graph.add((node, DCTERMS.valid, Literal(day, datatype=XSD.date)))
    return graph


def edition_of(folder: Path) -> tuple[Edition, str | None, Source]:
    """An edition's names, its region's code and its text. Raises InputError or DataError: none there."""
    edition, given = _edition(folder)
    region = given.value(URIRef(edition.plan), URIRef(TJKG.region))
    return edition, None if region is None else str(region), _source(folder)


def edition_turtle(name: str, title: str, valid: str, issued: str, base: Path) -> bytes:
    """edition.ttl of an edition that amends another: its own dates and title of source, the rest as the base has it."""
    _, known = _edition(base)
    old, node = URIRef(ID + base.name), URIRef(ID + name)
    graph = dated(name, valid)
    graph.add((node, DCTERMS.issued, Literal(issued, datatype=XSD.date)))
    graph.add((node, DCTERMS.source, Literal(title, lang="zh")))
    graph.add((node, PROV.wasRevisionOf, old))
    for term in (URIRef(TJKG.region), URIRef(TJKG.place), DCTERMS.publisher, DCTERMS.description):
        for value in known.objects(old, term):
            graph.add((node, term, value))
    return write_turtle(graph)


def write(built: Built, out: Path | None = None) -> list[Path]:
    """Writes what was built into its folder (or another); the paths written."""
    folder = out or built.folder
    for name, data in built.files.items():
        write_atomic(folder / name, data)
    return [folder / name for name in built.files]


def check(built: Built) -> list[str]:
    """Names of the committed files that are not, byte for byte, what the source yields."""
    return [
        name
        for name, data in built.files.items()
        if not (built.folder / name).exists() or (built.folder / name).read_bytes() != data
    ]
