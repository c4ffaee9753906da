"""The pages over HTTP: forms that leave no trace, files to take away, refusals a person can read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from tests.web_server import Served, serving

HTML = {"accept": "text/html", "accept-language": "zh-CN"}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("serve")) as found:
        yield found


@pytest.fixture(scope="module")
def web(served: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=served.url, timeout=30, headers=HTML) as client:
        yield client


def test_the_three_stories_can_be_clicked_through(web: httpx.Client) -> None:
    start = web.get("/")
    assert start.status_code == 200 and 'action="/ask"' in start.text
    answer = web.post("/ask", data={"q": "低保这钱谁掏？"})
    assert "/plan#c" in answer.text and "市财政" in answer.text
    assert web.get("/group/残疾人").status_code == web.get("/sparql").status_code == web.get("/changes").status_code == 200


def test_what_is_posted_is_kept_nowhere(web: httpx.Client, served: Served) -> None:
    answers = [
        web.post("/ask", data={"q": "我邻居77岁，吃低保，能领什么？"}),
        web.post("/screen", data={"f.age": "77", "f.hukou": "天津"}),
        web.post("/screen", data={"f.age": "77"}, headers={"tjkg-part": "1"}),
    ]
    for answer in answers:
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "no-store"
        assert "etag" not in answer.headers and "set-cookie" not in answer.headers
    log = served.log.read_text("utf-8")
    assert "POST /ask 200" in log and "POST /screen 200" in log
    assert "%E9%82%BB" not in log and "邻居" not in log and "hukou" not in log and "f.age" not in log


def test_a_page_that_is_known_is_not_sent_again(web: httpx.Client) -> None:
    first = web.get("/service/医疗救助")
    again = web.get("/service/医疗救助", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304 and not again.content


@pytest.mark.parametrize(
    ("path", "media"),
    [("/service/医疗救助.xlsx", "spreadsheetml"), ("/service/医疗救助.json", "application/json"),
     ("/service/医疗救助.ttl", "text/turtle"), ("/group/老年人.xlsx", "spreadsheetml"), ("/figures/payers.csv", "text/csv")],
)
def test_files_to_take_away(web: httpx.Client, path: str, media: str) -> None:
    answer = web.get(path)
    assert answer.status_code == 200 and media in answer.headers["content-type"]
    name = quote(path.rsplit("/", 1)[1].rsplit(".", 1)[0])
    assert name in answer.headers["content-disposition"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/service/没有这项", 404), ("GET", "/group/没有这群", 404), ("GET", "/figures/没有", 404), ("GET", "/service/", 404),
     ("POST", "/plan", 405), ("PUT", "/ask", 405), ("GET", "/changes?old=a&new=b", 400)],
)
def test_refusals_are_pages(web: httpx.Client, method: str, path: str, status: int) -> None:
    answer = web.request(method, path)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html") and "<h1>" in answer.text


def test_a_form_of_another_kind_is_refused(web: httpx.Client) -> None:
    assert web.post("/screen", json={"f.age": 3}).status_code == 415
    assert web.post("/ask", content=b"q=\xff", headers={"content-type": "application/x-www-form-urlencoded"}).status_code == 400
    many = "&".join(f"f.x{i}=1" for i in range(500))
    assert web.post("/screen", content=many, headers={"content-type": "application/x-www-form-urlencoded"}).status_code == 400


def test_the_language_goes_along(web: httpx.Client) -> None:
    english = web.get("/services?lang=en").text
    assert '<html lang="en">' in english and 'href="/plan?lang=en"' in english
    asked_for = web.get("/services", headers={"accept-language": "en-GB,en"}).text
    assert '<html lang="en">' in asked_for and 'href="/plan"' in asked_for
    back = web.get("/services?lang=zh", headers={"accept-language": "en"}).text
    assert '<html lang="zh-Hans">' in back and 'href="/plan?lang=zh"' in back


def test_no_page_may_load_from_elsewhere(web: httpx.Client) -> None:
    policy = web.get("/").headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe-inline" not in policy.split("style-src")[0]


def test_assets_are_there(web: httpx.Client) -> None:
    for name in ("site.css", "plan.js", "screen.js", "icon.svg"):
        assert web.get(f"/assets/{name}").status_code == 200, name
    folder = Path(__file__).parent.parent / "tjkg" / "web" / "assets"
    assert not [p for p in folder.glob("*.css") if "http" in p.read_text("utf-8")]
