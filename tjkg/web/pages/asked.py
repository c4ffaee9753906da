"""What a page is asked, as it comes from the server to a worker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from tjkg.messages import Lang

__all__ = ["Asked", "address"]


def address(carry: str | None, path: str, fragment: str = "", **query: str | None) -> str:
    """A link to a page of ours; parameters that are None are left out.

    carry: the language that links must say because the reader's browser asks for the other one.
    """
    pairs = [(k, v) for k, v in (*query.items(), ("lang", carry)) if v is not None]
    return quote(path, safe="/") + ("?" + urlencode(pairs) if pairs else "") + (f"#{quote(fragment)}" if fragment else "")


@dataclass(frozen=True)
class Asked:
    """lang, carry (see `address`); name: what of the path (a service, a group); query, form: pairs, empty values left out.

    part: only the part of the page that changes is wanted (a script puts it in its place).
    """

    lang: Lang
    carry: str | None = None
    name: str = ""
    query: Mapping[str, str] = field(default_factory=dict)
    form: Sequence[tuple[str, str]] = ()
    part: bool = False

    @classmethod
    def of(cls, args: Mapping[str, Any]) -> Asked:
        """From a task's arguments."""
        return cls(
            "en" if args["lang"] == "en" else "zh", args.get("carry"), str(args.get("name", "")), dict(args.get("query", ())),
            [(str(k), str(v)) for k, v in args.get("form", ())], bool(args.get("part")),
        )

    def url(self, path: str, fragment: str = "", **query: str | None) -> str:
        """A link in the language of this page."""
        return address(self.carry, path, fragment, **query)

    @property
    def switch(self) -> str:
        """The link to this page in the other language; what was posted stays behind."""
        other = "zh" if self.lang == "en" else "en"
        return "?" + urlencode([(k, v) for k, v in self.query.items() if k != "lang"] + [("lang", other)])

    def value(self, key: str) -> str:
        """The last value of a field of the form, else of the query; empty when there is none."""
        return next((v.strip() for k, v in reversed(self.form) if k == key and v.strip()), self.query.get(key, "").strip())
