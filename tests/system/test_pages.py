"""The pages in a real browser: a clerk's ways through them, with and without script, on a phone, in print, by axe."""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.web_server import serving

pytestmark = pytest.mark.system

PAGES = {
    "start": "/", "ask": "/ask", "answer": "/ask?q=我奶奶82岁，天津农村户口，吃低保，助餐补多少钱？", "services": "/services",
    "search": "/services?q=助餐&category=老有所养", "service": "/service/医疗救助", "rows": "/service/残疾人职业培训和就业服务",
    "groups": "/groups", "group": "/group/残疾人", "screen": "/screen", "plan": "/plan", "place": "/plan#c24580-24616",
    "figures": "/figures", "payers": "/figures/payers", "indicators": "/figures/indicators",
    "completeness": "/figures/completeness", "findings": "/findings", "changes": "/changes", "about": "/about",
    "english": "/service/老年人助餐服务?lang=en", "missing": "/service/没有",
}
WIDTHS = {"wide": 1280, "zoomed": 640, "phone": 390, "narrow": 320}
_AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")  # axe-core as that package carries it
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(tmp_path_factory.mktemp("serve")) as served:
        yield served.url


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"]
        )
        yield chromium
        chromium.close()


def _context(browser: Browser, width: int = 1280, **more: Any) -> BrowserContext:
    return browser.new_context(viewport={"width": width, "height": 900}, locale="zh-CN", **more)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with _context(browser) as context:
        yield context.new_page()


def _open(page: Page, url: str, path: str) -> None:
    page.goto(url + quote(path, safe="/?=&#"))


def _faults(page: Page) -> list[tuple[str, str]]:
    """(rule, the first element that breaks it) of what axe finds."""
    page.evaluate(_AXE)
    found: dict[str, Any] = page.evaluate("rules => axe.run({runOnly: rules})", _RULES)
    return [(fault["id"], fault["nodes"][0]["html"]) for fault in found["violations"]]


@pytest.fixture(scope="session")
def shots() -> Path:
    """Where the screenshots go: a build artefact (out/ is not in the repository)."""
    folder = Path(__file__).parents[2] / "out" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


# ---------------------------------------------------------------- every page


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_fit_ask_nobody_else_and_have_no_fault(browser: Browser, url: str, shots: Path, width: str) -> None:
    asked: list[str] = []
    said: list[str] = []
    with _context(browser, WIDTHS[width]) as context:
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
        for name, path in PAGES.items():
            said.clear()
            _open(page, url, path)
            page.wait_for_load_state("networkidle")
            assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS[width], name
            assert not [text for text in said if name != "missing" or "404" not in text], (name, said)
            assert not _faults(page), (name, _faults(page))
            if width in ("wide", "phone"):
                page.screenshot(path=shots / f"{name}-{width}.png", full_page=name not in ("plan", "place"))
    assert not [address for address in asked if not address.startswith((url, "data:"))]


def test_dark_pages_have_no_fault(browser: Browser, url: str) -> None:
    with _context(browser, color_scheme="dark") as context:
        page = context.new_page()
        for name in ("start", "answer", "service", "group", "screen", "plan", "payers", "completeness"):
            _open(page, url, PAGES[name])
            assert not _faults(page), (name, _faults(page))


# ---------------------------------------------------------------- ways through them


def test_ask_and_follow_the_quote_into_the_plan(page: Page, url: str) -> None:
    _open(page, url, "/")
    page.get_by_label("您想问什么？").fill("老年人助餐补多少钱？")
    page.get_by_role("button", name="查一查").click()
    expect(page.locator(".answer")).to_contain_text("3元")
    assert "?" not in page.url  # what was asked is in no address
    page.get_by_role("link", name="在规划中看").first.click()
    here = page.locator(".at.here").first
    expect(here).to_contain_text("每餐3元")
    expect(here).to_be_in_viewport()


def test_a_lit_phrase_of_the_plan_leads_to_its_meaning_and_back(page: Page, url: str) -> None:
    _open(page, url, "/plan#c24580-24616")
    page.locator("#c24580-24616 a.lit.amount").first.click()
    row = page.locator(":target")
    expect(row).to_contain_text("3元")
    row.get_by_role("link", name="第251行").click()
    expect(page.locator(".at.here").first).to_contain_text("每餐3元")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_screen_a_person_by_the_next_best_question(browser: Browser, url: str, script: bool) -> None:
    with _context(browser, java_script_enabled=script) as context:
        page = context.new_page()
        _open(page, url, "/screen")
        page.locator("#f-age").fill("82")
        page.locator("#f-hukou").select_option("天津")
        if not script:
            page.get_by_role("button", name="算出结果").click()
        depends = page.locator("a[href='#v-depends'] b")
        expect(page.locator("a[href='#v-eligible'] b")).to_have_text("14")
        before, question = int(depends.inner_text()), page.locator(".next .question").inner_text()
        page.locator(".next button").first.click()
        expect(page.locator(".next .question")).not_to_have_text(question)
        assert int(depends.inner_text()) < before
        assert page.url == f"{url}/screen" and page.locator("#f-age").input_value() == "82"


def test_browse_to_a_group_and_take_its_table_away(page: Page, url: str) -> None:
    _open(page, url, "/")
    page.locator("a[href^='/group/']", has_text="残疾人").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("残疾人")
    with page.expect_download() as told:
        page.get_by_role("link", name="下载 Excel").click()
    assert told.value.suggested_filename == "残疾人.xlsx"


def test_facets_narrow_and_widen(page: Page, url: str) -> None:
    _open(page, url, "/services")
    page.get_by_role("link", name="老有所养 8").click()
    expect(page.locator(".services > li")).to_have_count(8)
    page.get_by_role("link", name="取消“老有所养”").click()
    expect(page.locator(".services > li")).to_have_count(94)


def test_the_language_is_switched_and_stays(page: Page, url: str) -> None:
    _open(page, url, "/service/医疗救助")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", name="Who pays")).to_be_visible()
    page.get_by_role("link", name="Figures").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Figures")
    page.get_by_role("link", name="中文").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("图表")


def test_the_keyboard_reaches_the_content_first(page: Page, url: str) -> None:
    _open(page, url, "/services")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_on_paper_the_menu_is_gone_and_everything_is_unfolded(page: Page, url: str) -> None:
    _open(page, url, "/group/残疾人")
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation").first).to_be_hidden()
    expect(page.locator("details li").first).to_be_visible()


def test_without_script_a_place_is_lit_and_figures_are_tables(browser: Browser, url: str) -> None:
    with _context(browser, java_script_enabled=False) as context:
        page = context.new_page()
        _open(page, url, "/plan#c24580-24616")
        expect(page.locator("#c24580-24616")).to_be_in_viewport()
        _open(page, url, "/figures/payers")
        expect(page.locator("#payers")).to_be_visible()
        expect(page.locator(".chart")).to_be_hidden()


def test_figures_are_drawn(page: Page, url: str) -> None:
    for name in ("payers", "indicators", "completeness"):
        _open(page, url, f"/figures/{name}")
        expect(page.locator(".chart canvas").first).to_be_visible()
        assert page.locator(".chart").get_attribute("aria-label")
