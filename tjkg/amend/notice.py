"""An amendment notice → what it orders: sentences and tables that change single standards.

Read are the usual forms of such notices: 将“X”的保障标准由“A”调整为“B”; 《…》中“X”的服务对象修改为“B”;
“X”服务对象中的“A”修改为“B”; 取消“X”; tables of changed rows in the columns of the plan, or with a column
before and one after the change. A sentence that orders a change and is not read is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from tjkg.parse.form.columns import aspects
from tjkg.parse.text.flat import Flat, clauses, flat
from tjkg.parse.text.names import Found, Name, find, fold
from tjkg.read.blocks import Paragraph, Row, SubHeading, Table, blocks
from tjkg.records import Finding, Passage, Source, Span

__all__ = ["Instruction", "Notice", "read_notice"]


@dataclass(frozen=True)
class Instruction:
    """One ordered change. kind: replace | remove | add.

    aspect: target | guarantee | funding | coverage | content | lead, of an indicator baseline | aim.
    old: the words to be replaced (None: the whole cell); hint: words that tell which row or place is
    meant; row: the cells of a table's row by aspect (add).
    """

    kind: str
    service: str | None
    aspect: str | None
    old: str | None
    new: str
    hint: str
    passage: Passage
    row: dict[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Notice:
    """What a notice orders, from when on and when it was issued (ISO dates), and what of it was not understood."""

    valid_from: str | None
    issued: str | None
    instructions: tuple[Instruction, ...]
    findings: tuple[Finding, ...]


_INDICATOR = "indicator"
_BASELINE = re.compile(r"基期|基准|现状|\d{4}年(?!\d*.*目标)")
_DAY = r"(\d{4})年(\d{1,2})月(\d{1,2})日"
_FROM = re.compile(rf"[自从]{_DAY}(?:起|之日起|开始)(?:施行|执行|实施|生效|正式施行)?，?")
_ISSUED = re.compile(r"自(?:印发|发布|公布|发文)之日起(?:施行|执行|实施|生效)?")
_DATE_LINE = re.compile(_DAY)
_INSIDE = "\ue000"  # stands for a character inside quotation marks
_DATED = "\ue001"  # … of a date of effect
_Q = f"“{_INSIDE}+”"
_VERB = r"(?:统一|相应|分别)?(?:调整|修改|变更|修订|更正|替换|提高|提升|上调|降低|下调|改)(?:为|到|至|成):?"
_ORDER = re.compile(
    rf"(?:由|从)(?:原来的|原|现行的?)?(?P<from>{_Q}|[^，；。“”]+?){_VERB}(?P<to>{_Q}|[^，；。“”]+)"
    rf"|(?P<word>{_Q}){_VERB}(?P<by>{_Q})"
    rf"|{_VERB}(?P<whole>{_Q}|[^。“”]+)"
)
_REMOVE = re.compile(r"(?:取消|删除|停止实施|不再实施|废止)(?P<after>[^，；。]+)|(?:予以)?(?:取消|删除|废止)$|不再(?:实施|列入)")
_CUT = re.compile(rf"(?:删除|删去)(?:其中的?)?(?P<cut>{_Q})")
_CHANGES = re.compile(rf"{_VERB}|取消|删除|删去|新增|增设|废止|增加{_Q}")
_ASPECTS: tuple[tuple[str, str], ...] = (
    ("target", "服务对象|保障对象|享受对象|补贴对象|救助对象"),
    ("funding", "支出责任|经费保障|资金来源|分担比例|负担比例"),
    ("coverage", "覆盖水平|覆盖目标|覆盖率|覆盖范围"),
    ("guarantee", "[保服][障务]标准|[^，；。“”]{0,4}标准"),
)
_BEFORE = re.compile(r"^(?:原来?|现行|调整前|修改前|修订前|变更前)|[（(]?(?:调整|修改|修订|变更)前[）)]?$")
_AFTER = re.compile(r"^(?:新|调整后|修改后|修订后|变更后|现)|[（(]?(?:调整|修改|修订|变更)后[）)]?$")
_WHAT = ("项目内容", "调整内容", "修改内容", "变更内容", "栏目", "事项内容", "内容")


def _masked(text: str, names: frozenset[str]) -> str:
    """The text with what stands in quotation marks covered (names of services are not) and dates of effect too."""
    text = _FROM.sub(lambda m: _DATED * len(m[0]), text)
    out, depth, start = list(text), 0, 0
    for i, c in enumerate(text):
        if c == "“":
            start = i if not depth else start
            depth += 1
        elif c == "”" and depth:
            depth -= 1
            if not depth and text[start + 1 : i] not in names:
                out[start + 1 : i] = _INSIDE * (i - start - 1)
    return "".join(out)


def _iso(match: re.Match[str]) -> str:
    return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}"


def _dates(source: Source) -> tuple[list[tuple[str, Passage]], str | None, bool]:
    """Dates of effect with their places; the day of issue; whether the notice counts from it."""
    found: list[tuple[str, Passage]] = []
    day: str | None = None
    for match in _FROM.finditer(source.text):
        found.append((_iso(match), source.span(match.start(), match.end()).passage()))
    issued = _ISSUED.search(source.text) is not None
    for line in source.text.split("\n"):
        if (alone := _DATE_LINE.fullmatch(line.strip())) is not None:
            day = _iso(alone)
    return found, day, issued


class _Reader:
    """Walks the notice; the service spoken of goes on until another is named."""

    def __init__(self, source: Source, title: str, services: Sequence[str], others: Sequence[str]) -> None:
        self.source, self.title = source, fold(title)
        self.known = {fold(n): n for n in services}
        indicators = {fold(n): n for n in others}
        self.names = (
            *(Name(f, n) for f, n in self.known.items()),
            *(Name(f, n, _INDICATOR) for f, n in indicators.items() if f not in self.known),
        )
        self.quoted = frozenset(n.label for n in self.names)
        self.out: list[Instruction] = []
        self.findings: list[Finding] = []
        self.heading = ""

    def read(self) -> None:
        for block in blocks(self.source):
            if isinstance(block, Table):
                self.table(block)
            elif isinstance(block, Paragraph):
                self.paragraph(block.span)

    # ------------------------------------------------------------ sentences

    def paragraph(self, span: Span) -> None:
        line = flat(span)
        masked = _masked(line.text, self.quoted)
        service: Found | None = None
        for sentence in clauses(line.text, "。"):
            service = self.sentence(line, masked, sentence.start, sentence.end, service)
        self.heading = line.text

    def sentence(self, line: Flat, masked: str, start: int, end: int, above: Found | None) -> Found | None:
        """Reads one sentence; returns the service that the next one goes on with."""
        if (other := self._other_document(line.text[start:end])) is not None:
            self.finding("amend-other-document", line.passage(start, end), title=other)
            return above
        bare = masked[start:end]
        here = [replace(f, start=f.start + start, end=f.end + start) for f in find(bare, self.names)]
        before, told = len(self.out), len(self.findings)
        at = start
        for order in _ORDER.finditer(masked, start, end):
            service = self._nearest(here, order.start(), above)
            self._order(line, masked, order, service, at)
            at = order.end()
        if len(self.out) == before:
            self._removals(line, masked, start, end, here)
        silent = len(self.out) == before and len(self.findings) == told
        if silent and _CHANGES.search(bare) and not self._adds(line, start, end):
            self.finding("amend-not-understood", line.passage(start, end))
        return here[-1] if here else above

    def _other_document(self, text: str) -> str | None:
        """The document whose words a sentence changes (《…》中…), where it is not the plan at hand."""
        match = re.search(r"《([^《》]+)》(?:（[^）]*）)?(?:中|的|第|附)", text)
        if match is None or not _CHANGES.search(text, match.end()) or '“' in text[: match.start()]:
            return None
        name = match[1]
        return None if name in self.title or self.title in name else name

    def _nearest(self, here: list[Found], at: int, above: Found | None) -> Found | None:
        return next((f for f in reversed(here) if f.end <= at), above if not here else None)

    def _order(self, line: Flat, masked: str, order: re.Match[str], service: Found | None, after: int) -> None:
        words = masked[max(after, service.end if service and service.end <= order.start() else after) : order.start()]
        old = order["from"] or order["word"]
        place = "from" if order["from"] else "word"
        new_place = next(k for k in ("to", "by", "whole") if order[k])
        new = self._printed(line, masked, *order.span(new_place))
        passage = line.passage(order.start(), order.end())
        if new_place == "whole" and not order["whole"].startswith("“") and "；" in order["whole"]:
            self.finding("amend-not-understood", passage)
            return
        if service is None and not old:
            self.finding("amend-unknown-service", passage)
            return
        aspect = _aspect(words)
        if service is not None and service.name.kind == _INDICATOR:
            aspect = "baseline" if _BASELINE.search(words) and "目标" not in words else "aim"
        printed = self._printed(line, masked, *order.span(place)) if old else None
        name = service.name.id if service else None
        self.out.append(Instruction("replace", name, aspect, printed, new, words, passage))

    def _printed(self, line: Flat, masked: str, start: int, end: int) -> str:
        """The words as printed, without the quotation marks around them."""
        if masked[start] == "“" and masked[end - 1] == "”":
            start, end = start + 1, end - 1
        return line.passage(start, end).quote if end > start else ""

    def _removals(self, line: Flat, masked: str, start: int, end: int, here: list[Found]) -> None:
        for cut in _CUT.finditer(masked, start, end):
            service = self._nearest(here, cut.start(), None)
            words = self._printed(line, masked, *cut.span("cut"))
            if service is not None:
                aspect = _aspect(masked[service.end : cut.start()])
                passage = line.passage(cut.start(), cut.end())
                self.out.append(Instruction("replace", service.name.id, aspect, words, "", "", passage))
                return
        match = _REMOVE.search(masked[start:end])
        if match is not None and here:
            chosen = [f for f in here if match["after"] is None or f.start >= start + match.start()]
            chosen = [f for f in chosen if f.name.kind != _INDICATOR]
            for found in chosen:
                passage = line.passage(found.start, found.end)
                self.out.append(Instruction("remove", found.name.id, None, None, "", "", passage))

    def _adds(self, line: Flat, start: int, end: int) -> bool:
        """Whether a sentence announces new services, whose rows a table must give."""
        return re.search(r"新增|增设|增加", line.text[start:end]) is not None and any(
            isinstance(b, Table) for b in blocks(self.source)
        )

    # ------------------------------------------------------------ tables

    def table(self, table: Table) -> None:
        names = [re.sub(r"\s", "", c.text) for c in table.header.cells]
        rows, heading = [], self.heading
        name = ""
        at = aspects(names)
        if "name" not in at:
            self.finding("table-unknown", table.header.span.passage(), header="、".join(names))
            return
        for row in table.rows:
            if isinstance(row, SubHeading):
                heading = row.span.text
                continue
            if len(row.cells) != len(names):
                have, want = str(len(row.cells)), str(len(names))
                self.finding("row-width", row.span.passage(), have=have, want=want)
                continue
            name = row.cells[at["name"]].text.strip() or name
            rows.append((name, heading, row))
        for name, heading, row in rows:
            self._row(name, heading, row, names, at)

    def _row(self, name: str, heading: str, row: Row, names: list[str], at: dict[str, int]) -> None:
        service = self.known.get(fold(name))
        pairs = list(_pairs(names, row))
        if pairs:
            for aspect, old, new in pairs:
                if service is None:
                    self.finding("amend-unknown-service", row.span.passage())
                else:
                    self.out.append(Instruction("replace", service, aspect, old or None, new, old, row.span.passage()))
            return
        cells = {a: row.cells[i].text for a, i in at.items() if row.cells[i].text.strip()}
        if service is None:
            self.out.append(Instruction("add", name, None, None, "", heading, row.span.passage(), cells))
            return
        for aspect, text in cells.items():
            if aspect in ("target", "guarantee", "funding", "coverage", "content", "lead"):
                place = row.cells[at[aspect]].passage()
                hint = cells.get("target", "")
                self.out.append(Instruction("replace", service, aspect, None, text, hint, place))

    def finding(self, rule: str, passage: Passage, **values: str) -> None:
        self.findings.append(Finding("violation", rule, values, passage))


def _aspect(words: str) -> str | None:
    """The column that the words before an order speak of: the last one named."""
    found = [(m.end(), aspect) for aspect, form in _ASPECTS for m in re.finditer(form, words)]
    return max(found)[1] if found else None


def _pairs(names: list[str], row: Row) -> Iterator[tuple[str | None, str, str]]:
    """(aspect, before, after) of a row with a column before and one after the change."""
    old = next((i for i, n in enumerate(names) if _BEFORE.search(n)), None)
    new = next((i for i, n in enumerate(names) if _AFTER.search(n) and i != old), None)
    if old is None or new is None:
        return
    what = next((row.cells[i].text for i, n in enumerate(names) if n in _WHAT), "")
    aspect = _aspect(re.sub(r"\s", "", what) or _AFTER.sub("", names[new]) or _BEFORE.sub("", names[old]))
    yield aspect, row.cells[old].text.strip(), row.cells[new].text.strip()


def read_notice(source: Source, title: str, services: Sequence[str], others: Sequence[str] = ()) -> Notice:
    """What a notice orders.

    title: the title of the plan at hand (orders on another document are findings); services: the names
    of its services; others: names of its indicators.
    """
    reader = _Reader(source, title, services, others)
    reader.read()
    dates, day, counts = _dates(source)
    days = sorted({d for d, _ in dates})
    findings = list(reader.findings)
    if len(days) > 1:
        findings.append(Finding("violation", "amend-dates", {"dates": "、".join(days)}, dates[1][1]))
    if not days and not (counts and day):
        first = source.span(0, min(len(source.text), 40)).passage()
        findings.append(Finding("violation", "amend-no-date", {}, first))
    return Notice(days[0] if days else day if counts else None, day, tuple(reader.out), tuple(findings))
