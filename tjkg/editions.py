"""New editions: a document beside a reviewed edition, or an edition and a notice that amends it.

Conditions are carried over where the target text is unchanged, and suggested where it is not.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from tjkg.amend import Amended, amend
from tjkg.build import (
    Built,
    build_document,
    built,
    dated,
    edition_of,
    edition_turtle,
    parse_source,
    sentence,
    vocabulary,
)
from tjkg.criteria_source import Carried, carried_graph
from tjkg.diff.side import of_plan, of_store
from tjkg.diff.suggest import criteria_of
from tjkg.errors import DataError, InputError
from tjkg.graph import new_graph, read_turtle, write_turtle
from tjkg.iris import ID, Edition, graph
from tjkg.parse.plan import structure
from tjkg.read import read
from tjkg.resources import data_dir
from tjkg.store import open_local
from tjkg.store.cache import edition_folders, files

__all__ = ["Revised", "amended", "base_of", "beside"]

_CONDITIONS = "eligibility.ttl"


@dataclass(frozen=True)
class Revised:
    """An edition that a notice makes: its files, its id, and what was done and not done."""

    built: Built
    id: str
    base: str
    done: Amended


def base_of(plan: str, data: Path | None = None) -> Path:
    """The folder of an edition by its id, or a folder that is one. Raises InputError: neither."""
    for folder in ((data or data_dir()) / plan, Path(plan)):
        if (folder / "edition.ttl").exists():
            return folder
    known = "、".join(f.name for f in edition_folders(data or data_dir()))
    raise InputError(f"没有版本 {plan}", cure=f"现有：{known}")


def beside(path: Path, base: str | None = None, data: Path | None = None) -> Built:
    """A document with the conditions that a reviewed edition gives it.

    base: id of the edition; None: the latest one of the document's own region, none if there is none.
    With an edition of another region every condition is suggested.

    Raises:
        InputError: unreadable, or no such edition. DataError: its form is broken, or the base has no conditions.
    """
    data = data or data_dir()
    loose = build_document(path, data)
    region = loose.plan.region
    folder = base_of(base, data) if base is not None else _latest(region, data)
    if folder is None:
        return loose
    old, of, _ = edition_of(folder)
    same = region is not None and region == of
    edition = Edition(str(loose.folder), old.place if same else str(loose.folder))
    if same:  # its services are those of the region
        loose = built(loose.plan, edition, dated(edition.id, loose.plan.date))
    return _with_conditions(loose, edition, folder, data, same=same)


def amended(base: str, path: Path, data: Path | None = None) -> Revised:
    """The edition that a notice makes of another: a full graph, valid from the notice's date.

    Raises:
        InputError: unreadable, no such edition. DataError: nothing to be changed, no date, or a broken form.
    """
    data = data or data_dir()
    folder = base_of(base, data)
    old, region, text = edition_of(folder)
    notice = read(path)
    done = amend(text, notice)
    if 2 * len({c.service for c in done.changes}) > len(structure(text).services):
        raise InputError("这是一份完整的规划，不是修改个别标准的通知", where=path.name, cure="请单独 tjkg build 这份文件")
    if not done.changes or done.valid_from is None:
        told = next((f for f in done.findings if not done.changes or f.rule == "amend-no-date"), None)
        where = f"{path.name} 第{told.passage.line}行" if told and told.passage else path.name
        raise DataError(
            sentence(told) if told else "通知没有改动规划", where=where, cure="请核对通知是否针对这一版本，并写明施行日期",
        )
    name = f"{folder.name}-{done.valid_from}"
    edition = Edition(name, old.place)
    plan = parse_source(done.source, data, region)
    made = built(plan, edition, new_graph())
    title = next((line.strip() for line in notice.text.split("\n") if line.strip()), path.name)
    given = edition_turtle(name, title, done.valid_from, done.issued or done.valid_from, folder)
    made = replace(made, files={**made.files, "edition.ttl": given})
    if (folder / _CONDITIONS).exists():
        made = _with_conditions(made, edition, folder, data, same=True)
    return Revised(made, name, folder.name, done)


def _latest(region: str | None, data: Path) -> Path | None:
    """The newest edition of a region that has conditions."""
    fitting = [
        (edition.id, folder) for edition in open_local(paths=files(data=data)).editions()
        for folder in [data / edition.id]
        if (folder / _CONDITIONS).exists() and edition_of(folder)[1] == region
    ] if region is not None else []
    return fitting[-1][1] if fitting else None


def _with_conditions(made: Built, edition: Edition, folder: Path, data: Path, *, same: bool) -> Built:
    """The edition with eligibility.ttl, from that of the base."""
    if not (folder / _CONDITIONS).exists():
        raise DataError(f"版本 {folder.name} 没有资格条件", where=str(folder), cure="请换一个 --base")
    paths = [(p, g) for p, g in files(data=data) if g in (graph("ontology"), graph("shared"))]
    inside = [(p, graph(folder.name)) for p in sorted(folder.glob("*.ttl")) if p.name != "criteria.ttl"]
    base = of_store(open_local(folder.name, paths=[*paths, *inside]), folder.name)
    side = of_plan(made.plan, vocabulary(data / "shared"), edition, edition.id)
    facts, rows, benefits = criteria_of(side, base)
    if not same:
        rows, benefits = ({iri: (tree, "suggested") for iri, (tree, _) in one.items()} for one in (rows, benefits))
    found = carried_graph(
        Carried(facts, rows, benefits), read_turtle(folder / _CONDITIONS), ID + folder.name, made.plan, edition
    )
    states = [state for one in (rows, benefits) for _, state in one.values()]
    reviewed = states.count("reviewed")
    return replace(made, files={**made.files, _CONDITIONS: write_turtle(found)}, carried=(reviewed, len(states) - reviewed))
