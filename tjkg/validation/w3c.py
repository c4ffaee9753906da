"""A report as the W3C validation report (SHACL §3.6) in Turtle, our findings being its results."""

from __future__ import annotations

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, SH, XSD

from tjkg.graph import new_graph, write_turtle
from tjkg.namespaces import BASE, PREFIXES, SHAPE, TJKG
from tjkg.validation.finding import Finding, Report

__all__ = ["report_turtle"]

_SEVERITY = {"violation": SH.Violation, "warning": SH.Warning, "information": SH.Info}
_OA = PREFIXES["oa"]


def report_turtle(report: Report) -> str:
    """Turtle of one sh:ValidationReport: a result a finding, messages, reason and cure in both languages."""
    graph = new_graph()
    node = URIRef(BASE + "report")
    graph.add((node, RDF.type, SH.ValidationReport))
    graph.add((node, SH.conforms, Literal(report.conforms)))
    seen: dict[str, int] = {}
    for finding in report.findings:
        seen[finding.fingerprint] = seen.get(finding.fingerprint, 0) + 1
        result = URIRef(f"{BASE}report/{finding.fingerprint}-{seen[finding.fingerprint]}")
        graph.add((node, SH.result, result))
        _result(graph, result, finding)
    return write_turtle(graph).decode()


def _result(graph: Graph, node: URIRef, f: Finding) -> None:

    def add(predicate: str, value: URIRef | Literal) -> None:
        graph.add((node, URIRef(predicate), value))

    add(str(RDF.type), SH.ValidationResult)
    add(str(RDF.type), URIRef(TJKG.Finding))
    add(str(SH.resultSeverity), _SEVERITY[f.severity])
    add(str(SH.sourceShape), URIRef(SHAPE + f.rule))
    add(str(SH.sourceConstraintComponent), SH[f.component or "SPARQLConstraintComponent"])
    add(str(SH.focusNode), URIRef(f.focus) if f.focus else Literal(f.subject.zh, lang="zh"))
    if f.path and f.path.startswith("http"):
        add(str(SH.resultPath), URIRef(f.path))
    if f.value:
        add(str(SH.value), URIRef(f.value) if f.value.startswith("http") and "、" not in f.value else Literal(f.value))
    for predicate, words in ((str(SH.resultMessage), f.message), (TJKG.why, f.why), (TJKG.fix, f.fix)):
        for lang, text in (("zh", words.zh), ("en", words.en)):
            if text:
                add(predicate, Literal(text, lang=lang))
    if f.spot:
        add(TJKG.quote, Literal(f.spot.quote))
        for predicate, number in ((TJKG.line, f.spot.line), (_OA + "start", f.spot.start), (_OA + "end", f.spot.end)):
            if number is not None:
                add(predicate, Literal(number, datatype=XSD.integer))
