"""How a page comes from a template: words, links into the plan, names in the reader's language."""

from __future__ import annotations

import re
from typing import Any

from markupsafe import Markup, escape

from tjkg.messages import Lang
from tjkg.web.pages.asked import Asked
from tjkg.web.pages.meanings import Meanings, meaning_id, meanings
from tjkg.web.pages.shelf import Shelf
from tjkg.web.render import page
from tjkg.web.replies import Reply

__all__ = ["amount", "ranges", "shown"]

Json = dict[str, Any]


def _chinese(text: object, lang: Lang) -> Markup:
    """Words of the plan on an English page are marked as Chinese."""
    return escape(text) if lang == "zh" else Markup('<span lang="zh-Hans">{}</span>').format(text)


def _name(shelf: Shelf, lang: Lang, kind: str, name: str | None) -> Markup:
    """A name; on an English page the English one with the Chinese one behind it."""
    if name is None:
        return Markup("")
    en = shelf.english(kind, name) if lang == "en" else None
    if en:
        return Markup('{} <span class="zh" lang="zh-Hans">{}</span>').format(en, name)
    return _chinese(name, lang)


def amount(benefit: Json) -> str:
    """What a benefit gives, in the plan's own words: 每人每月 1870元."""
    return f"{benefit['per'] or ''}{benefit['period'] or ''}{benefit['text'] or ''}"


def ranges(text: str) -> str:
    """Ranges as people write them: ..17 → ≤17, 18.. → ≥18, 3..6 → 3–6."""
    text = re.sub(r"(\d)\.\.(\d)", r"\1–\2", text)
    return re.sub(r"(\d+(?:\.\d+)?)\.\.", r"≥\1", re.sub(r"\.\.(\d)", r"≤\1", text))


def shown(template: str, asked: Asked, shelf: Shelf, **values: Any) -> Reply:
    """A page of the edition, or the part of it that was asked for."""
    lang = asked.lang
    meaning: Meanings = meanings(shelf, lang, asked.carry)
    ids: set[str] = set()

    def once(node: Json) -> str:
        """The id of a phrase's meaning; where several share a phrase, the first one keeps it."""
        name = meaning_id(node["start"], node["end"])
        while name in ids:
            name += "-more"
        ids.add(name)
        return name

    tools = {
        "once": once, "condition_id": once, "carry": asked.carry, "switch": asked.switch,
        "url": asked.url, "place": meaning.place, "amount": amount, "ranges": ranges,
        "zh": lambda text: _chinese(text, lang), "named": lambda kind, name: _name(shelf, lang, kind, name),
        "plan": shelf.catalogue["plan"],
    }
    return page(f"pages/{template}.html", lang, **tools, **values)
