"""What the tables of standards do not hold: places of services, indicators, tasks, projects, prose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from tjkg.diff import figures
from tjkg.diff.cells import unread
from tjkg.diff.change import Change, Quote, quote_of
from tjkg.diff.rows import Cell, spots
from tjkg.edits import Edit, edits, fold, same, similarity

__all__ = ["indicator_changes", "measure_changes", "place_changes", "text_changes"]

Json = dict[str, Any]
_LIKE = 0.5  # likeness from which on a paragraph is the same one, edited


# ---------------------------------------------------------------- where services stand


def place_changes(pairs: Sequence[tuple[Json, Json]]) -> Iterator[Change]:
    """Categories, domains and sections with another name, then services that moved between them."""
    for level in ("category", "domain", "section"):
        renamed = _renamed_places(pairs, level)
        for old, new in sorted(renamed.items()):
            yield Change("renamed", "place", None, new, None, "suggested", old, new, Quote(old), Quote(new), cell=level)
        for a, b in pairs:
            was, now = a.get(level), b.get(level)
            if was is None or now is None or same(was, now) or renamed.get(was) == now:
                continue
            if level == "section" and not same(a.get("domain"), b.get("domain")):
                continue  # told with the domain
            yield Change("moved", "place", b["name"], level, None, "stated", was, now,
                         Quote(str(a["name"]), a.get("line")), Quote(str(b["name"]), b.get("line")),
                         services=(b["name"],), cell=level)


def _renamed_places(pairs: Sequence[tuple[Json, Json]], level: str) -> dict[str, str]:
    """A grouping that is gone and one that is new, with the same services in the main."""
    olds = {a[level] for a, _ in pairs if a.get(level)}
    news = {b[level] for _, b in pairs if b.get(level)}
    found: dict[str, str] = {}
    for old in olds - news:
        members = [b.get(level) for a, b in pairs if a.get(level) == old]
        new = str(max(set(members), key=lambda m: (members.count(m), str(m))))
        if new in news - olds and 2 * members.count(new) > len(members) and not same(old, new):
            found[old] = new
    return found


# ---------------------------------------------------------------- indicators


def _paired(old: Sequence[Json], new: Sequence[Json], name: str, text: str) -> list[tuple[Json | None, Json | None]]:
    """Entries of one name, then the likest ones, then those of one side only."""
    def key(entry: Json) -> tuple[str, str]:
        return fold(entry[name]), fold(entry["domain"])

    known = {key(b): b for b in reversed(new)}
    pairs: list[tuple[Json | None, Json | None]] = []
    left: list[Json] = []
    for a in old:
        b = known.pop(key(a), None)
        if b is None:
            left.append(a)
        else:
            pairs.append((a, b))
    paired = {id(b) for _, b in pairs}
    right = [b for b in new if id(b) not in paired]
    scored = sorted(
        ((similarity(str(a[text]), str(b[text])), i, j) for i, a in enumerate(left) for j, b in enumerate(right)),
        key=lambda s: (-s[0], s[1:]),
    )
    done_left, done_right = set[int](), set[int]()
    for score, i, j in scored:
        if score > _LIKE and i not in done_left and j not in done_right:
            done_left.add(i)
            done_right.add(j)
            pairs.append((left[i], right[j]))
    pairs += [(a, None) for i, a in enumerate(left) if i not in done_left]
    return pairs + [(None, b) for j, b in enumerate(right) if j not in done_right]


def indicator_changes(old: Sequence[Json], new: Sequence[Json]) -> Iterator[Change]:
    """Indicators added, removed, renamed; their values, unit and binding force."""
    for a, b in _paired(old, new, "name", "name"):
        entry = b or a or {}
        base = Change("changed", "indicator", None, str(entry["name"]), None, quote_old=quote_of(a), quote_new=quote_of(b))
        if a is None or b is None:
            yield replace(base, kind="added" if a is None else "removed", old=_both_values(a), new=_both_values(b))
            continue
        if not same(a["name"], b["name"]):
            yield replace(base, kind="renamed", basis="suggested", old=a["name"], new=b["name"])
        for role in ("baseline", "target"):
            change = _value_change(base, a[role], b[role], role)
            if change is not None:
                yield change
        for key in ("property", "unit", "note"):
            if not same(a.get(key), b.get(key)):
                direction = "changed" if key != "note" else None
                kind = "changed" if key != "note" else "wording"
                yield replace(base, kind=kind, direction=direction, old=a.get(key), new=b.get(key), cell=key)
        if not same(a["domain"], b["domain"]):
            yield replace(base, kind="moved", old=a["domain"], new=b["domain"], cell="domain")


def _both_values(indicator: Json | None) -> str | None:
    return None if indicator is None else f"{indicator['baseline']['text']} → {indicator['target']['text']}"


def _value_change(base: Change, old: Json, new: Json, role: str) -> Change | None:
    if same(old["text"], new["text"]) and old["value"] == new["value"]:
        return None
    was, now = old["value"], new["value"]
    direction = figures.direction_of((was, was), (now, now)) or "changed"
    kind = "changed"
    if was is None and now is None and re.findall(r"\d+", old["text"]) == re.findall(r"\d+", new["text"]):
        kind = "changed"
    change = replace(base, kind=kind, direction=direction, old=old["text"], new=new["text"], cell=role,
                     quote_old=quote_of(old), quote_new=quote_of(new))
    return figures.compared(change, old, new)


# ---------------------------------------------------------------- tasks and projects


def measure_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    """Key tasks, guarantee projects and measures: added, removed, retitled, their targets, their words."""
    for key in ("tasks", "projects", "measures"):
        for a, b in _paired(old.get(key, []), new.get(key, []), "title", "text"):
            yield from _measure(a, b, key)


def _measure(a: Json | None, b: Json | None, key: str) -> Iterator[Change]:
    entry = b or a or {}
    base = Change("changed", "task", None, str(entry["title"]), None, cell=key.removesuffix("s"))
    if a is None or b is None:
        quotes = (None if s is None else Quote(str(s["title"]), s.get("line"), s.get("start")) for s in (a, b))
        was, now = quotes
        yield replace(base, kind="added" if a is None else "removed", old=None if a is None else str(a["title"]),
                      new=None if b is None else str(b["title"]),
                      quote_old=was, quote_new=now)
        return
    yield from _text(a, b, base)


def _text(a: Json, b: Json, base: Change) -> Iterator[Change]:
    """The edits of a task's text: its title, a target, else its words."""
    old, new = (Cell(base.cell or "", str(s["text"]), s.get("start") or 0, s.get("line")) for s in (a, b))
    found = edits(old.text, new.text)
    told = figures.deltas(spots(a["targets"], old), spots(b["targets"], new), found, figures.limit)
    for edit in found:
        here = [d for d in told if d.on_number(edit)] or [d for d in told if d.touches(edit)]
        if here:
            change = replace(here[0].change, aspect="task", cell=base.cell)
            change = replace(change, subject=f"{base.subject}：{change.subject}" if change.subject else base.subject)
        elif _title(edit, a, b):
            change = replace(base, kind="renamed", old=a["title"], new=b["title"])
        else:
            loose = unread(edit, old, new)
            number = loose.kind == "changed" and loose.aspect != "text"
            change = replace(loose, aspect="task" if number else "text", subject=base.subject, cell=base.cell,
                             kind=loose.kind if number else "wording", direction=loose.direction if number else None,
                             basis=loose.basis if number else "stated")
        yield replace(change, quote_old=change.quote_old or old.clause(*_near(edit.old)),
                      quote_new=change.quote_new or new.clause(*_near(edit.new)))


def _near(piece: tuple[int, int]) -> tuple[int, int]:
    return piece if piece[0] < piece[1] else (max(piece[0] - 1, 0), max(piece[0], 1))


def _title(edit: Edit, a: Json, b: Json) -> bool:
    return not same(a["title"], b["title"]) and edit.old[1] <= len(a["title"]) and edit.new[1] <= len(b["title"])


# ---------------------------------------------------------------- prose


def text_changes(old: Sequence[Json], new: Sequence[Json], counts: tuple[int, int]) -> Iterator[Change]:
    """Paragraphs, notes and goals: wording, but for numbers; counts: how many services each side has.

    A printed number of services that went along with the services is no change of its own.
    """
    known = {fold(t["text"]) for t in new}
    left = [t for t in old if fold(t["text"]) not in known]
    before = {fold(t["text"]) for t in old}
    right = [t for t in new if fold(t["text"]) not in before]
    _without_breaks(left, right)
    scored = sorted(
        ((similarity(a["text"], b["text"]), i, j) for i, a in enumerate(left) for j, b in enumerate(right)),
        key=lambda s: (-s[0], s[1:]),
    )
    done_left, done_right = set[int](), set[int]()
    for score, i, j in scored:
        if score > _LIKE and i not in done_left and j not in done_right:
            done_left.add(i)
            done_right.add(j)
            yield from _prose(left[i], right[j], counts)
    for i, t in enumerate(left):
        if i not in done_left:
            yield Change("wording", "text", None, "text", None, old=t["text"], quote_old=quote_of(t))
    for j, t in enumerate(right):
        if j not in done_right:
            yield Change("wording", "text", None, "text", None, new=t["text"], quote_new=quote_of(t))


def _counts(edit: Edit, counts: tuple[int, int]) -> bool:
    """Whether only a printed number of services went along with the services."""
    if counts[0] == counts[1] or not (edit.old_text.isdecimal() and edit.new_text.isdecimal()):
        return False
    return int(edit.new_text) - int(edit.old_text) == counts[1] - counts[0]


def _without_breaks(left: list[Json], right: list[Json]) -> None:
    """Takes away paragraphs that are the same but for line breaks: one here, several there."""
    for one, several in ((left, right), (right, left)):
        for text in list(one):
            whole = fold(text["text"])
            for first in range(len(several)):
                for last in range(first + 2, min(first + 6, len(several)) + 1):
                    if fold("".join(t["text"] for t in several[first:last])) == whole:
                        one.remove(text)
                        del several[first:last]
                        break
                else:
                    continue
                break


def _prose(a: Json, b: Json, counts: tuple[int, int]) -> Iterator[Change]:
    old, new = (Cell("text", str(t["text"]), t.get("start") or 0, t.get("line")) for t in (a, b))
    for edit in edits(old.text, new.text):
        if _counts(edit, counts):
            continue
        change = unread(edit, old, new)
        yield replace(change, aspect="text", subject="text", cell="text", quote_old=old.clause(*_near(edit.old)),
                      quote_new=new.clause(*_near(edit.new)))
