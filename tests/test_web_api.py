"""The JSON API: the keys of the command line, errors as problem+json, and what schemathesis makes of its document."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import CHECKS, load_all_checks

from tests.web_server import Served, serving
from tjkg.cli import main
from tjkg.web.openapi import document

load_all_checks()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("serve")) as found:
        yield found


@pytest.fixture(scope="module")
def web(served: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=served.url, timeout=30) as client:
        yield client


def _told(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    main([*words, "--format", "json"])
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("path", "params", "words"),
    [
        ("services", {}, ["services"]),
        ("services", {"group": ["残疾人", "老年人"], "some": "true"}, ["services", "--group", "残疾人", "--group", "老年人", "--some"]),
        ("services", {"domain": "基本社会服务", "payer": "中央财政"},
         ["services", "--domain", "基本社会服务", "--payer", "中央财政"]),
        ("show", {"service": "老年人助餐服务"}, ["show", "老年人助餐服务"]),
        ("show", {"service": "低保"}, ["show", "低保"]),
        ("facts", {"about": "employer"}, ["facts", "--about", "employer"]),
        ("screen", {"f": ["age=82", "hukou=天津", "residence=农村"]},
         ["screen", "-f", "age=82", "-f", "hukou=天津", "-f", "residence=农村"]),
        ("diff", {"old": "tianjin-2021", "new": "tianjin-2021"}, ["diff", "tianjin-2021", "tianjin-2021"]),
        ("screen", {"f": "age=80..", "group": "true"}, ["screen", "--group", "-f", "age=80.."]),
    ],
)
def test_it_says_what_the_command_says(
    web: httpx.Client, capsys: pytest.CaptureFixture[str], path: str, params: dict[str, Any], words: list[str]
) -> None:
    response = web.get(f"/api/{path}", params=params)
    assert response.status_code == 200 and response.json() == _told(capsys, *words)


def test_ask(web: httpx.Client) -> None:
    for response in (
        web.get("/api/ask", params={"question": "老年人助餐谁出钱"}),
        web.post("/api/ask", json={"question": "老年人助餐谁出钱"}),
    ):
        found = response.json()
        assert response.status_code == 200 and found["answered"] and found["services"] == ["老年人助餐服务"]
        assert found["evidence"][0]["line"] == 251


def test_a_profile_in_the_body(web: httpx.Client) -> None:
    profile = {"about": "person", "facts": {"age": {"min": 60, "max": 79}}, "others": "unknown"}
    response = web.post("/api/screen", json={"profile": profile})
    assert response.status_code == 200 and {r["verdict"] for r in response.json()["results"]} <= {"eligible", "ineligible", "depends"}


def test_competency_questions(web: httpx.Client, capsys: pytest.CaptureFixture[str]) -> None:
    for question in web.get("/api/queries").json():
        response = web.get("/api/query", params={"name": question["id"], **question["example"]})
        words = [x for name, value in question["example"].items() for x in ("-p", f"{name}={value}")]
        assert response.status_code == 200
        ours = _told(capsys, "query", question["id"], *words)
        assert len(response.json()["results"]["bindings"]) == len(ours["results"]["bindings"])
        assert web.get("/sparql", params={"query": question["filled"]}).status_code == 200


def test_a_citation_is_reproduced_by_the_command(
    web: httpx.Client, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    query = "SELECT ?s WHERE { ?s a tjkg:Payer }".replace("tjkg:Payer", "<https://w3id.org/tjkg/ontology#Payer>")
    found = web.post("/api/cite", json={"query": query, "lang": "zh"}).json()
    assert found["plan"] == "tianjin-2021" and found["rows"] > 10 and found["line"] in found["text"]
    note = tmp_path / "脚注.txt"
    note.write_text(found["text"], "utf-8")
    assert main(["cite", "--check", str(note)]) == 0 and "脚注" in capsys.readouterr().out
    assert web.post("/api/cite", json={"query": "SELECT * { SERVICE <http://127.0.0.1/> {} }"}).status_code == 422
    assert web.post("/api/cite", json={"query": "CONSTRUCT WHERE { ?s ?p ?o }"}).status_code == 422


def test_names_to_complete(web: httpx.Client) -> None:
    terms = web.get("/api/terms").json()
    (meals,) = [t for t in terms if t["label"] == "老年人助餐服务"]
    assert "lnrzcfw" in meals["initials"] and meals["kind"] == "service"
    assert {t["kind"] for t in terms} >= {"group", "payer", "class", "property", "fact", "code", "indicator"}


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/api/show", 400, "service"),
        ("/api/show?service=%E6%97%A0", 404, "没有名为"),
        ("/api/show?service=a&service=b", 400, "不止一次"),
        ("/api/show?service=%E4%BD%8E%E4%BF%9D&colour=red", 400, "colour"),
        ("/api/services?some=maybe", 400, "true"),
        ("/api/screen?f=nonsense", 422, "读不懂"),
        ("/api/screen?about=robot", 400, "person"),
        ("/api/query?name=services-of-group", 422, "group"),
        ("/api/query?name=no-such-question", 404, "no-such-question"),
        ("/api/facts?on=2021-13-77", 400, "on"),
        ("/api/export?plan=nowhere-1999", 404, "nowhere-1999"),
        ("/api/ask?question=%FF", 400, "UTF-8"),
        ("/api/nothing", 404, "/api/nothing"),
    ],
)
def test_errors_are_problems(web: httpx.Client, path: str, status: int, says: str) -> None:
    response = web.get(path)
    assert response.status_code == status and response.headers["content-type"] == "application/problem+json"
    found = response.json()
    assert found["status"] == status and says in found["detail"] and {"type", "title"} <= found.keys()


@pytest.mark.parametrize(
    ("content", "media", "status"),
    [
        (b"{", "application/json", 400),
        (b'{"question": "\\ud800"}', "application/json", 400),
        (b'{"question": NaN}', "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b'{"question": "a", "more": 1}', "application/json", 400),
        (b'{"question": "' + b"a" * 500 + b'"}', "application/json", 400),
        (b'{"question": "' + b"a" * 500_000 + b'"}', "application/json", 413),
        (b"question=a", "application/x-www-form-urlencoded", 415),
        (b"\xff\xfe", "application/json", 400),
    ],
)
def test_bodies_that_are_refused(web: httpx.Client, content: bytes, media: str, status: int) -> None:
    response = web.post("/api/ask", content=content, headers={"content-type": media})
    assert response.status_code == status and response.json()["status"] == status


def test_methods(web: httpx.Client) -> None:
    assert web.head("/api/facts").status_code == 200
    response = web.delete("/api/ask")
    assert response.status_code == 405 and response.headers["allow"] == "GET, POST, HEAD, OPTIONS"
    assert web.post("/api/facts", json={}).status_code == 405


def test_the_document_is_served_and_complete(web: httpx.Client) -> None:
    assert web.get("/api/openapi.json").json() == document()
    for path, methods in document()["paths"].items():
        for operation in methods.values():
            assert operation["summary"] and operation["description"] and path.startswith("/api/")
            if tried := operation.get("x-try"):
                assert web.get(tried).status_code == 200


schema = schemathesis.openapi.from_dict(document())


@schema.parametrize()
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_schemathesis(served: Served, case: schemathesis.Case[Any]) -> None:
    """Every check but one: what follows the document is not always something we can answer (422).

    A body refused for its size alone (413) is not counted as a refusal by `negative_data_rejection`.
    """
    response = case.call(base_url=served.url)
    left_out = {"positive_data_acceptance", *(["negative_data_rejection"] if response.status_code == 413 else [])}
    checks: list[Any] = [c for c in CHECKS.get_all() if c.__name__ not in left_out]
    case.validate_response(response, checks=checks)
