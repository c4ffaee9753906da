"""Linked data: a table of content negotiation, names that lead to documents, links that all answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import quote, urljoin, urlsplit

import httpx
import pytest
from rdflib import DCAT, DCTERMS, RDF, Graph, Literal, URIRef
from rdflib.namespace import SKOS, VOID

from tests.web_server import Served, serving

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own JSON-LD reader
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
SERVICE = "tianjin/service/老年人助餐服务"
NAMES = {"ttl": "turtle", "nt": "nt", "jsonld": "json-ld", "rdf": "xml"}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("serve")) as found:
        yield found


@pytest.fixture
def web(served: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=served.url, timeout=30) as client:
        yield client


@pytest.mark.parametrize(
    ("path", "accept", "status", "what"),
    [
        (f"/id/{SERVICE}", BROWSER, 303, f"/doc/{SERVICE}"),
        (f"/id/{SERVICE}", "text/turtle", 303, f"/doc/{SERVICE}.ttl"),
        (f"/id/{SERVICE}", "application/ld+json", 303, f"/doc/{SERVICE}.jsonld"),
        (f"/id/{SERVICE}", "application/rdf+xml", 303, f"/doc/{SERVICE}.rdf"),
        (f"/id/{SERVICE}", "application/n-triples", 303, f"/doc/{SERVICE}.nt"),
        (f"/id/{SERVICE}", "*/*", 303, f"/doc/{SERVICE}"),
        (f"/id/{SERVICE}", "text/turtle;q=0.3, text/html;q=0.2", 303, f"/doc/{SERVICE}.ttl"),
        (f"/id/{SERVICE}", "image/png", 406, "text/plain; charset=utf-8"),
        (f"/doc/{SERVICE}", BROWSER, 200, "text/html; charset=utf-8"),
        (f"/doc/{SERVICE}.ttl", BROWSER, 200, "text/turtle; charset=utf-8"),
        ("/doc/tianjin/service/没有的服务", BROWSER, 404, "text/html; charset=utf-8"),
        ("/doc/tianjin/service/没有的服务", "*/*", 404, "text/plain; charset=utf-8"),
        ("/doc/tianjin/service/没有的服务.ttl", "*/*", 404, "text/plain; charset=utf-8"),
        ("/doc/a b<c>\"d", "*/*", 400, "text/plain; charset=utf-8"),
        ("/ontology", BROWSER, 200, "text/html; charset=utf-8"),
        ("/ontology", "text/turtle", 200, "text/turtle; charset=utf-8"),
        ("/ontology", "application/ld+json", 200, "application/ld+json"),
        ("/ontology.rdf", "*/*", 200, "application/rdf+xml"),
        ("/ontology/1.0.0", BROWSER, 200, "text/html; charset=utf-8"),
        ("/fact", BROWSER, 200, "text/html; charset=utf-8"),
        ("/code", "text/turtle", 200, "text/turtle; charset=utf-8"),
        ("/list", BROWSER, 200, "text/html; charset=utf-8"),
        ("/shape", "application/n-triples", 200, "application/n-triples"),
        ("/graph/shared", "application/n-triples", 200, "application/n-triples"),
        ("/graph/shared", BROWSER, 303, "/dumps/"),
        ("/graph/none", "text/turtle", 404, "text/plain; charset=utf-8"),
        ("/.well-known/void", "text/turtle", 200, "text/turtle; charset=utf-8"),
        ("/.well-known/void", BROWSER, 200, "text/turtle; charset=utf-8"),
        ("/.well-known/void", "application/rdf+xml", 200, "application/rdf+xml"),
        ("/.well-known/other", "*/*", 404, "text/plain; charset=utf-8"),
        ("/dumps/tjkg.trig", "*/*", 200, "application/trig"),
        ("/dumps/tianjin-2021.nt", "*/*", 200, "application/n-triples"),
        ("/dumps/tianjin-2021.trig", "*/*", 404, "text/plain; charset=utf-8"),
        ("/dumps/tianjin-2021.docx", "*/*", 404, "text/plain; charset=utf-8"),
        ("/assets/../app.py", "*/*", 404, "text/plain; charset=utf-8"),
        ("/assets/%2e%2e/app.py", "*/*", 404, "text/plain; charset=utf-8"),
    ],
)
def test_negotiation(web: httpx.Client, path: str, accept: str, status: int, what: str) -> None:
    response = web.get(quote(path, safe="/%"), headers={"accept": accept})
    assert response.status_code == status
    if status == 303:
        assert response.headers["location"] == quote(what) and "Accept" in response.headers["vary"]
    else:
        assert response.headers["content-type"] == what


def test_the_formats_of_a_node_are_one_graph(web: httpx.Client) -> None:
    graphs = {
        extension: Graph().parse(data=web.get(quote(f"/doc/{SERVICE}.{extension}")).content, format=name)
        for extension, name in NAMES.items()
    }
    service = URIRef("https://w3id.org/tjkg/id/" + SERVICE)
    assert (service, SKOS.prefLabel, Literal("老年人助餐服务", "zh")) in graphs["ttl"]
    assert len({frozenset(graph) for graph in graphs.values()}) == 1


def test_the_page_of_a_statement_shows_its_sentence(web: httpx.Client) -> None:
    page = web.get(quote("/doc/tianjin-2021/benefit/老年人助餐服务_1_1"), headers={"accept": BROWSER}).text
    assert "<blockquote" in page and "每餐3元" in page and "第251行" in page
    english = web.get(quote("/doc/tianjin-2021/benefit/老年人助餐服务_1_1"), headers={"accept": BROWSER, "accept-language": "en"}).text
    assert '<html lang="en">' in english and "line 251" in english


def test_the_ontology_reads_in_both_languages(web: httpx.Client) -> None:
    for parameter, words in (("zh", ("公共服务规划知识图谱词汇", "服务标准")), ("en", ("Vocabulary of plans of public services",))):
        page = web.get("/ontology", params={"lang": parameter}, headers={"accept": BROWSER}).text
        assert all(word in page for word in words)
        assert 'id="ServiceStandard"' in page and 'id="statedIn"' in page


def test_void_and_dcat(web: httpx.Client, served: Served) -> None:
    void = Graph().parse(data=web.get("/.well-known/void").content, format="turtle")
    dataset = URIRef(served.url + "/.well-known/void#tjkg")
    assert (dataset, RDF.type, DCAT.Dataset) in void and (dataset, RDF.type, VOID.Dataset) in void
    assert (dataset, VOID.sparqlEndpoint, URIRef(served.url + "/sparql")) in void
    assert (dataset, DCTERMS.license, URIRef("https://creativecommons.org/licenses/by/4.0/")) in void
    (triples,) = void.objects(dataset, VOID.triples)
    dumps = [str(o) for o in void.objects(dataset, VOID.dataDump)]
    assert len(dumps) == 5
    for dump in dumps:
        assert httpx.head(dump).status_code == 200
    nt = next(d for d in dumps if d.endswith(".nt"))
    assert len(Graph().parse(data=httpx.get(nt).content, format="nt")) <= int(str(triples))


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src", "action") and value:
                self.found.append(value)
            if name == "id" and value:
                self.ids.add(value)


def _links(text: str) -> _Links:
    parser = _Links()
    parser.feed(text)
    return parser


def test_every_link_answers(web: httpx.Client, served: Served) -> None:
    """From each kind of page every link of ours, with its fragment; on nodes a sample."""
    pages = ["/", "/about", "/api/", "/dumps/", "/ontology", "/fact", "/code", "/list", "/shape", quote(f"/doc/{SERVICE}"),
             "/doc/tianjin-2021", quote("/doc/group/残疾人"), quote("/doc/tianjin-2021/standard/老年人助餐服务_1")]
    answers: dict[str, httpx.Response] = {}
    for page in pages:
        response = web.get(page, headers={"accept": BROWSER})
        assert response.status_code == 200, page
        links = [urljoin(str(response.url), link) for link in _links(response.text).found]
        ours = [link for link in dict.fromkeys(links) if link.startswith(served.url)]
        assert ours
        for link in ours[:120]:
            bare, _, fragment = link.partition("#")
            if bare.startswith(served.url + "/static/"):
                continue  # bundled third-party parts: tests/system
            if bare not in answers:
                answers[bare] = web.get(bare, headers={"accept": BROWSER}, follow_redirects=True)
            assert answers[bare].status_code == 200, f"{page} → {link}"
            if fragment and "text/html" in answers[bare].headers["content-type"]:
                known = _links(answers[bare].text).ids
                assert re.sub("%.*", "", fragment) == "" or fragment in known or quote(fragment) in {quote(k) for k in known}, link
    assert len(answers) > 150


def test_no_page_needs_another_site(web: httpx.Client) -> None:
    for page in ("/", "/about", "/sparql", "/ontology", "/dumps/", "/api/", quote(f"/doc/{SERVICE}")):
        text = web.get(page, headers={"accept": BROWSER}).text
        for element in re.findall(r"<(?:script|link|img|iframe|source|form)\b[^>]*>", text):
            for target in re.findall(r'(?:src|href|action)="([^"]*)"', element):
                assert not urlsplit(target).netloc, element
        assert "<style" not in text and " style=" not in text and not re.search(r"<script(?![^>]*src=)", text)
        assert not re.search(r"\son\w+=", text)
