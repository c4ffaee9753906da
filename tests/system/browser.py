"""A real Chromium (the machine's), headless, that keeps a record of what pages ask for and complain of."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, sync_playwright

__all__ = ["Record", "chromium", "opened"]

_ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]


class Record:
    """What a page did: the addresses it asked for, errors in its console, scripts that failed."""

    def __init__(self, page: Page) -> None:
        self.requests: list[str] = []
        self.errors: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.errors.append(str(error)))


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium."""
    path = shutil.which("chromium")
    assert path, "chromium is not installed: sh tests/system/install.sh"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def opened(browser: Browser, url: str, locale: str = "zh-CN") -> Iterator[tuple[Page, Record]]:
    """A page of a fresh profile; at the end it has asked for nothing elsewhere and complained of nothing."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale=locale, base_url=url)
    page = context.new_page()
    page.set_default_timeout(20_000)
    record = Record(page)
    yield page, record
    cookies = context.cookies()
    context.close()
    assert [r for r in record.requests if not r.startswith((url, "data:", "blob:"))] == []
    assert record.errors == []
    assert cookies == []
