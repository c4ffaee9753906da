"""Pages from templates: Chinese or English, no inline script or style."""

from __future__ import annotations

from functools import lru_cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tjkg import __version__
from tjkg.namespaces import BASE, PREFIXES
from tjkg.web.pages.asked import address
from tjkg.web.replies import Reply
from tjkg.web.sentences import SENTENCES
from tjkg.web.words import WORDS

__all__ = ["link", "page", "short"]


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )
    environment.filters |= {"link": link, "short": short}
    environment.globals |= {"version": __version__}
    return environment


def link(iri: str) -> str:
    """Where a page sends a reader for an IRI: ours by path on this server, others as they are."""
    if iri.startswith(BASE):
        path, hash_, fragment = iri.removeprefix(BASE).partition("#")
        return "/" + quote(path, safe="/") + (hash_ and "#" + quote(fragment))
    return iri if iri.startswith(("http://", "https://")) else "#"


def short(iri: str) -> str:
    """An IRI as a prefixed name where a prefix fits, else itself."""
    name, base = max(
        ((n, b) for n, b in PREFIXES.items() if iri.startswith(b)), key=lambda pair: len(pair[1]), default=("", "")
    )
    return f"{name}:{iri.removeprefix(base)}" if base else iri


def page(template: str, lang: str, **values: Any) -> Reply:
    """A page. lang: zh or en; values: of the template."""
    place = 1 if lang == "en" else 0
    values.setdefault("url", partial(address, "en" if lang == "en" else None))

    def say(key: str, **filled: Any) -> str:
        return SENTENCES[key][place].format(**filled)

    def words(key: str, **filled: Any) -> str:
        return WORDS[key][place].format(**filled)

    text = _environment().get_template(template).render(lang=lang, say=say, t=words, **values)
    return Reply(text.encode(), "text/html; charset=utf-8")
