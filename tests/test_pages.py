"""The pages as a worker makes them: whole, linked, in two languages, and saying what the library says."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from openpyxl import load_workbook

from tests.conftest import ROOT
from tests.html_reader import Page
from tjkg.applicant import Statement
from tjkg.diff import diff
from tjkg.errors import NotFoundError
from tjkg.store.answers import Edition
from tjkg.web.pages.asked import Asked
from tjkg.web.pages.figures import FIGURES
from tjkg.web.pages.meanings import meanings
from tjkg.web.pages.paths import is_page, read_path
from tjkg.web.pages.shelf import Shelf, shelf
from tjkg.web.pages.table import VIEWS
from tjkg.web.pages.view import ranges
from tjkg.web.stores import Stores
from tjkg.web.words import WORDS

PLAIN = ("/", "/ask", "/services", "/groups", "/screen", "/plan", "/findings", "/changes", "/figures",
         *(f"/figures/{name}" for name in FIGURES))


@pytest.fixture(scope="module")
def edition() -> Shelf:
    return shelf(Stores().of(None))


def _asked(lang: str, name: str = "", query: dict[str, str] | None = None, **form: str) -> Asked:
    return Asked.of({
        "lang": lang, "carry": "en" if lang == "en" else None, "name": name, "query": list((query or {}).items()),
        "form": [(k.replace("__", "."), v) for k, v in form.items()],
    })


def _page(edition: Shelf, address: str, lang: str = "zh") -> Page:
    parts = urlsplit(address)
    view, name = read_path(unquote(parts.path))
    return Page(VIEWS[view](edition, _asked(lang, name, dict(parse_qsl(parts.query)))).body.decode())


def _samples(edition: Shelf) -> Iterator[str]:
    """Every plain page, every tenth service and group, and what their links filter by."""
    yield from PLAIN
    for i, (name, service) in enumerate(edition.services.items()):
        if i % 10 == 0 or len(service["standards"]) > 2:
            yield f"/service/{name}"
    for name in edition.scheme.labels[::12]:
        yield f"/group/{name}"
    yield from ("/services?q=助餐", "/services?category=老有所养&payer=市财政", "/ask?q=低保谁出钱", "/services?q=没有这种服务")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_pages_are_whole_and_their_links_answer(edition: Shelf, lang: str) -> None:
    ids: dict[str, set[str]] = {}
    wanted: list[tuple[str, str, str]] = []
    for address in _samples(edition):
        page = _page(edition, address, lang)
        assert not page.faults, (address, page.faults)
        assert len(page.ids) == len(set(page.ids)), address
        path = urlsplit(address).path
        ids.setdefault(path, set()).update(page.ids)
        for link in page.links:
            assert not link.startswith(("http:", "https:", "//")), (address, link)
            parts = urlsplit(link)
            target = unquote(parts.path) or path
            if is_page(target):
                assert read_path(target)[0] in VIEWS, link
                if lang == "en" and parts.path and not link.startswith("/services") and "lang" not in dict(parse_qsl(parts.query)):
                    assert link in ("/groups", "/changes"), (address, link)  # forms carry it in a field
                if parts.fragment and "at" not in dict(parse_qsl(parts.query)):
                    wanted.append((target, unquote(parts.fragment), address))
    missing = [(path, name, of) for path, name, of in wanted if path in ids and name not in ids[path]]
    assert not missing
    assert len(wanted) > 1000


def test_every_phrase_that_the_services_state_has_a_place_in_the_plan(edition: Shelf) -> None:
    page = _page(edition, "/plan")
    places = set(page.ids)
    for service in edition.services.values():
        for key in ("benefits", "funding", "coverage_targets", "limits", "groups", "contributions"):
            for entry in service[key]:
                if entry["start"] is not None:
                    assert f"c{entry['start']}-{entry['end']}" in places, entry
    text = re.sub(r"\s", "", page.text)
    for block in re.split(r"[\t\n]+", edition.text.text):
        assert re.sub(r"\s", "", block) in text  # nothing of the plan is lost on the way


def test_a_place_that_is_no_phrase_is_lit_by_the_address(edition: Shelf) -> None:
    known = meanings(edition, "zh")
    assert not known.is_place(100, 104)
    address = known.place(100, 104)
    assert address == "/plan?at=100-104#c100-104"
    assert "c100-104" in _page(edition, address).ids


def test_facets_count_what_they_lead_to(edition: Shelf) -> None:
    page = VIEWS["services"](edition, _asked("zh", query={"category": "弱有所扶"})).body.decode()
    for href, count in re.findall(r'<a href="(/services\?[^"]+)"[^>]*>[^<]*(?:<[^>]+>[^<]*</span>)? *<span class="count">(\d+)</span>', page)[:12]:
        query = dict(parse_qsl(urlsplit(href.replace("&amp;", "&")).query))
        led_to = VIEWS["services"](edition, _asked("zh", query=query)).body.decode()
        assert led_to.count('<li><h3><a href="/service/') == int(count), query


@pytest.mark.parametrize("words", ["老年人助餐", "饭补", "lnrzc", "农家书屋"])
def test_search_by_name_spoken_name_initials_and_words_of_the_standards(edition: Shelf, words: str) -> None:
    assert "/service/" in " ".join(_page(edition, f"/services?q={words}").links)


def test_an_answer_shows_its_quote_where_it_stands(edition: Shelf) -> None:
    page = VIEWS["ask"](edition, _asked("zh", q="老年人助餐补多少钱？")).body.decode()
    assert re.search(r'<span class="lit hit">[^<]*3元', page)
    assert re.search(r'href="/plan[^"]*#c\d+-\d+"', page)


def test_whatever_is_asked_gives_a_whole_page(edition: Shelf) -> None:
    questions = [q["text"] for q in tomllib.loads((ROOT / "tests" / "questions.toml").read_text("utf-8"))["question"]]
    for question in [*questions[::9], "", "。。。", "😀", "<b>&amp;", "我邻居77岁，吃低保，能领什么？", "长" * 5000]:
        page = Page(VIEWS["ask"](edition, _asked("zh", q=question)).body.decode())
        assert not page.faults, question


def test_what_is_asked_in_a_form_stands_in_no_link(edition: Shelf) -> None:
    question = "我奶奶82岁，天津农村户口，吃低保，助餐补多少钱？"
    page = Page(VIEWS["ask"](edition, _asked("zh", q=question)).body.decode())
    assert not [link for link in page.links if "82岁" in unquote(link)]
    form = VIEWS["screen"](edition, _asked("zh", f__age="82", f__hukou="天津")).body.decode()
    assert not [link for link in Page(form).links if "82" in link and "screen" in link]


def test_screening_says_what_the_library_says(edition: Shelf) -> None:
    screener = edition.edition.screener
    who = screener.applicant([Statement("age", "82", "82"), Statement("hukou", values=("天津",))], "person")
    results = screener.screen(who)["results"]
    page = VIEWS["screen"](edition, _asked("zh", f__age="82岁", f__hukou="天津")).body.decode()
    for verdict in ("eligible", "depends", "ineligible"):
        count = sum(r["verdict"] == verdict for r in results)
        assert re.search(rf'href="#v-{verdict}"><b>{count}</b>', page)
    assert 'value="82岁"' in page


def test_a_set_may_be_closed_and_a_group_stated_by_ranges(edition: Shelf) -> None:
    open_set = VIEWS["screen"](edition, _asked("zh", f__age="30")).body.decode()
    closed = VIEWS["screen"](edition, _asked("zh", f__age="30", x__health="1", x__identity="1")).body.decode()
    counts = [int(re.findall(r'href="#v-ineligible"><b>(\d+)', page)[0]) for page in (open_set, closed)]
    assert counts[0] < counts[1]
    group = VIEWS["screen"](edition, _asked("zh", who="group", f__age="60-79")).body.decode()
    assert 'href="#v-some"' in group and 'href="#v-eligible"' not in group


@pytest.mark.parametrize("age", ["八十", "200..100", "-5"])
def test_a_number_that_cannot_be_is_told_in_one_sentence(edition: Shelf, age: str) -> None:
    page = VIEWS["screen"](edition, _asked("zh", f__age=age)).body.decode()
    assert 'role="alert"' in page


def test_a_part_is_the_verdicts_alone(edition: Shelf) -> None:
    args = {"lang": "zh", "form": [("f.age", "82")], "part": True}
    page = VIEWS["screen"](edition, Asked.of(args)).body.decode()
    assert "<html" not in page and 'href="#v-eligible"' in page


def test_every_standard_is_in_one_section_of_a_group(edition: Shelf) -> None:
    rows = load_workbook(io.BytesIO(VIEWS["group.xlsx"](edition, _asked("zh", "残疾人")).body)).worksheets[0]
    told = [(row[1], row[2]) for row in rows.iter_rows(min_row=2, values_only=True)]
    assert len(told) == len(set(told)) == sum(len(s["standards"]) for s in edition.services.values())


def test_a_service_as_workbook_json_and_turtle(edition: Shelf) -> None:
    name = "医疗救助"
    book = load_workbook(io.BytesIO(VIEWS["service.xlsx"](edition, _asked("zh", name)).body))
    assert book.worksheets[0].cell(2, 2).value == edition.services[name]["standards"][0]["target"]
    assert name in VIEWS["service.json"](edition, _asked("zh", name)).body.decode()
    turtle = VIEWS["service.ttl"](edition, _asked("zh", name)).body.decode()
    assert turtle.count("tjkg:Benefit") >= len(edition.services[name]["benefits"])


def test_a_figure_as_csv_says_what_its_table_says(edition: Shelf) -> None:
    for name in FIGURES:
        body = VIEWS["figure.csv"](edition, _asked("zh", name)).body.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(body)))
        page = _page(edition, f"/figures/{name}").text
        assert len(rows) > 5 and all(row[0] in page for row in rows[1:])


def test_findings_are_those_of_validate(edition: Shelf) -> None:
    page = VIEWS["findings"](edition, _asked("zh")).body.decode()
    assert page.count('<blockquote class="context">') >= 50
    for finding in edition.findings:
        assert finding.message.zh.split("“")[0] in page


def test_changes_between_two_editions_in_policy_words(
    edition: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = tmp_path / "newer.txt"
    newer.write_text(edition.text.text.replace("给予每餐3元", "给予每餐4元"), "utf-8")
    told = diff(edition.store.plan, str(newer))
    monkeypatch.setattr("tjkg.diff.diff", lambda old, new: told)
    monkeypatch.setattr(type(edition.store), "editions", lambda self: [Edition("old", "", ""), Edition("new", "", "")])
    page = VIEWS["changes"](edition, _asked("zh", query={"old": "old", "new": "new"})).body.decode()
    assert "数额提高" in page and "4元" in page and not Page(page).faults


def test_names_that_are_not_there(edition: Shelf) -> None:
    for view in ("service", "group"):
        with pytest.raises(NotFoundError):
            VIEWS[view](edition, _asked("zh", "没有这个"))


def test_an_english_page_marks_chinese_words(edition: Shelf) -> None:
    page = VIEWS["service"](edition, _asked("en", "医疗救助")).body.decode()
    assert '<html lang="en">' in page and 'lang="zh-Hans"' in page and "Who pays" in page


def test_the_words_are_complete_in_two_languages() -> None:
    for key, (zh, en) in WORDS.items():
        assert zh and en, key
        assert set(re.findall(r"{(\w+)}", zh)) == set(re.findall(r"{(\w+)}", en)), key


@pytest.mark.parametrize(
    ("written", "shown"),
    [("..2或7.. → 全不符合", "≤2或≥7 → 全不符合"), ("3..6", "3–6"), ("..1.5", "≤1.5"), ("天津", "天津")],
)
def test_ranges_as_people_write_them(written: str, shown: str) -> None:
    assert ranges(written) == shown
