"""Mints every instance IRI: Chinese local names of letters, digits, `_` and `-` only."""

from __future__ import annotations

import re

__all__ = ["GRAPH", "ID", "Edition", "concept", "graph", "local"]

ID = "https://w3id.org/tjkg/id/"
GRAPH = "https://w3id.org/tjkg/graph/"


def local(name: str) -> str:
    """The characters of a name that may stand in a prefixed name (`“12333”人力…` → `12333人力…`)."""
    return re.sub(r"[^\w-]", "", name)


def concept(kind: str, name: str) -> str:
    """A thing of data/shared: concept("group", "残疾人")."""
    return f"{ID}{kind}/{local(name)}"


def graph(name: str) -> str:
    """The named graph of ontology, shared or an edition's id."""
    return GRAPH + name


class Edition:
    """The IRIs of one edition of one region: `Edition("tianjin-2021", "tianjin")`."""

    def __init__(self, plan_id: str, place: str) -> None:
        self.id, self.place = plan_id, place
        self.plan = ID + plan_id

    def node(self, kind: str, *keys: object) -> str:
        """A node of the edition: node("benefit", "老年人助餐服务", 1, 2) → …/benefit/老年人助餐服务_1_2."""
        return f"{self.plan}/{kind}/" + "_".join(local(str(k)) for k in keys)

    def service(self, name: str) -> str:
        """The stable identity of a service of the region; it outlives editions."""
        return f"{ID}{self.place}/service/{local(name)}"

    def agency(self, name: str) -> str:
        """An organisation that only the region's own plan names: 市民政局 of one city is not another's."""
        return f"{ID}{self.place}/agency/{local(name)}"

    def passage(self, start: int, end: int) -> str:
        """One node a distinct span of the text."""
        return f"{self.plan}/passage/{start}-{end}"

    def part(self, path: tuple[int, ...]) -> str:
        """A chapter, section or paragraph: part((3, 1, 2)) → …/part/3-1-2."""
        return f"{self.plan}/part/" + "-".join(map(str, path))

    @property
    def text(self) -> str:
        """The canonical text as a thing."""
        return self.plan + "/text"
