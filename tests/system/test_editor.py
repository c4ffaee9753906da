"""The SPARQL editor from end to end in Chromium."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.system.browser import chromium, opened
from tests.web_server import Served, serving
from tjkg.cli import main

pytestmark = pytest.mark.system
RESULT = ".tabPanel.active .yasr"
READY = "#editor[data-ready]"
VALUE = "document.querySelector('.tabPanel.active .CodeMirror').CodeMirror.getValue()"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("serve"), "--time-limit", "30") as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture
def editor(served: Served, browser: Browser) -> Iterator[Page]:
    with opened(browser, served.url) as (page, _):
        page.goto("/sparql")
        page.wait_for_selector(READY)
        yield page


def _until(page: Page, condition: str) -> None:
    """Waits until an expression holds (Playwright's own way needs eval, which our pages forbid)."""
    end = time.monotonic() + 20
    while not page.evaluate(condition):
        assert time.monotonic() < end, condition
        page.wait_for_timeout(50)


def _write(page: Page, query: str) -> None:
    page.click(".tabPanel.active .CodeMirror")
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.keyboard.insert_text(query)


def _run(page: Page) -> None:
    page.keyboard.press("Control+Enter")


def _rows(page: Page) -> int:
    page.wait_for_selector(RESULT + " table tbody tr")
    return page.locator(RESULT + " table tbody tr").count()


def test_an_example_runs_with_its_parameters_filled(editor: Page) -> None:
    assert editor.locator("#examples option").count() > 40
    editor.select_option("#examples", "services-of-group")
    assert _rows(editor) > 20
    expect(editor.locator(RESULT + " table").first).to_contain_text("残疾")
    expect(editor.locator(RESULT)).to_contain_text("表格")
    assert '"残疾人"@zh' in editor.evaluate(VALUE)


@pytest.mark.parametrize(
    ("typed", "label", "written"),
    [
        ("lnrzcfw", "老年人助餐服务", "<https://w3id.org/tjkg/id/tianjin/service/老年人助餐服务>"),
        ("老年人助餐", "老年人助餐服务", "<https://w3id.org/tjkg/id/tianjin/service/老年人助餐服务>"),
        ("低保", "最低生活保障", "<https://w3id.org/tjkg/id/tianjin/service/最低生活保障>"),
        ("服务保障标准", "服务保障标准", "tjkg:ServiceStandard"),
        ("qqqq", None, None),
    ],
)
def test_completion_by_label_alias_and_initials(editor: Page, typed: str, label: str | None, written: str | None) -> None:
    _write(editor, "SELECT * { ?s ?p ")
    editor.keyboard.insert_text(typed)
    editor.keyboard.press("Control+Space")
    if label is None:
        editor.wait_for_timeout(500)
        assert editor.locator(".CodeMirror-hint.tjkg").count() == 0
        return
    hint = editor.locator(".CodeMirror-hint.tjkg").filter(has_text=label).first
    hint.wait_for()
    hint.click()
    _until(editor, f"{VALUE}.includes({json.dumps(written)})")
    if written and written.startswith("tjkg:"):
        assert "PREFIX tjkg: <https://w3id.org/tjkg/ontology#>" in editor.evaluate(VALUE)


def test_inside_a_string_the_name_itself_is_completed(editor: Page) -> None:
    _write(editor, 'SELECT * { ?s ?p "scz" }')
    for _ in range(3):
        editor.keyboard.press("ArrowLeft")
    editor.keyboard.press("Control+Space")
    editor.locator(".CodeMirror-hint.tjkg").filter(has_text="市财政").first.click()
    _until(editor, VALUE + ".includes('\"市财政\"')")


def test_hovering_a_name_shows_its_label(editor: Page) -> None:
    _write(editor, "SELECT * { <https://w3id.org/tjkg/id/payer/市财政> ?p ?o }")
    editor.locator(".CodeMirror .cm-variable-3, .CodeMirror span:has-text('payer')").last.hover()
    expect(editor.locator("#label-tip")).to_contain_text("市财政")


def test_results_lead_to_our_pages(editor: Page) -> None:
    _write(editor, "SELECT ?s { ?s a <https://w3id.org/tjkg/ontology#Payer> } ORDER BY ?s LIMIT 4")
    _run(editor)
    assert _rows(editor) == 4
    link = editor.locator(RESULT + " a.iri[data-iri]").first
    link.wait_for()
    assert (link.get_attribute("href") or "").startswith("/id/payer/")
    link.click()
    editor.wait_for_url("**/doc/payer/**")
    expect(editor.locator("h1")).not_to_be_empty()


def test_export_share_and_cite(
    editor: Page, served: Served, browser: Browser, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    query = "SELECT ?s { ?s a <https://w3id.org/tjkg/ontology#Payer> } ORDER BY ?s LIMIT 5"
    _write(editor, query)
    with editor.expect_download() as waiting:
        editor.click(".exports a[data-format=csv]")
    assert len(waiting.value.path().read_text("utf-8").splitlines()) == 6
    editor.click("#share")
    link = editor.input_value("#told-text")
    assert link == served.url + "/sparql#query=" + quote(query, safe="*").replace("%20", "+")
    editor.click("#told-close")
    editor.click("#cite")
    _until(editor, "document.getElementById('told-text').value.includes('tjkg:tianjin-2021@')")
    note = tmp_path / "脚注.txt"
    note.write_text(editor.input_value("#told-text"), "utf-8")
    assert main(["cite", "--check", str(note)]) == 0 and capsys.readouterr().out
    with opened(browser, served.url) as (other, _):
        other.goto(link)
        assert _rows(other) == 5


def test_a_wrong_query_is_told(served: Served, browser: Browser) -> None:
    with opened(browser, served.url) as (page, record):
        page.goto("/sparql")
        page.wait_for_selector(READY)
        _write(page, "SELECT * { ?s ?p }")
        _run(page)
        expect(page.locator(RESULT)).to_contain_text("SPARQL 语法不对")
        record.errors.clear()  # the browser itself reports the status 400


def test_english(served: Served, browser: Browser) -> None:
    with opened(browser, served.url, "en-GB") as (page, _):
        page.goto("/sparql")
        page.wait_for_selector(READY)
        expect(page.locator("#cite")).to_have_text("Cite this result")
        page.select_option("#examples", "universal-services")
        assert _rows(page) > 3


@pytest.mark.parametrize("path", ["/", "/about", "/api/", "/dumps/", "/ontology", "/doc/tianjin/service/老年人助餐服务", "/shape"])
def test_pages_ask_for_nothing_elsewhere(served: Served, browser: Browser, path: str) -> None:
    with opened(browser, served.url) as (page, record):
        page.goto(path)
        page.wait_for_load_state("networkidle")
        assert record.requests and page.locator("h1").count() == 1
        assert page.locator("nav a:visible").count() >= 5
