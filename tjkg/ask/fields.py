"""Parts of the plan that a question names: domains, categories, sections, or a word that is part of their names."""

from __future__ import annotations

import re

from tjkg.ask.reading import Reading
from tjkg.ask.snapshot import Snapshot

__all__ = ["places", "themes"]

# Words after a short name that say it means a field.
_FIELDS = "领域", "方面", "这块", "那块", "那章", "这章", "那一章", "这一章", "章", "类", "标准表", "这一块", "那一块", "服务里", "里头", "口的", "的重点", "的保障工程"
# Words that say that what stands before them is a field: 养老这块, 救助类的, 教育服务.
_THEME = r"([\u4e00-\u9fff]{2,8})(?:这块|那块|这一块|那一块|方面|领域|口的|类(?!别)|服务(?!对象)|补贴|补助|里头|这里)"
_NARROW = ("section", "category", "domain")
_NO_THEME = frozenset(("基本公共", "公共", "基本", "服务", "社会", "保障", "管理", "老年", "残疾", "残疾人", "老年人", "公共服务"))


def places(reading: Reading, snapshot: Snapshot) -> list[tuple[str, str]]:
    """(domain, category or section; its name) that are named; a short name (残疾人, 教育) only where the
    question says that it means a field (那章, 这块, 领域) or asks for its tasks."""
    found = reading.of("domain", "category", "section")
    groups = {(m.start, m.end) for m in reading.of("group", "word")}
    kept = []
    for m in found:
        after = reading.text[m.end : m.end + 4]
        field_said = after.startswith(_FIELDS) or reading.has("tasks", "projects")
        if m.how == "name" or field_said or (m.length >= 3 and (m.start, m.end) not in groups):
            kept.append(m)
    kept = [m for m in kept if not any(o.holds(m) for o in kept)]
    exact = [m for m in kept if m.how == "name"]
    found = sorted(exact or kept, key=lambda m: _NARROW.index(m.kind))  # 基本社会服务标准表“社会救助”类: the part of it
    return list(dict.fromkeys((m.kind, m.key) for m in found)) or _loosely(reading, snapshot)


def _loosely(reading: Reading, snapshot: Snapshot) -> list[tuple[str, str]]:
    """A longer name said with a 的 in it: 优军的服务保障."""
    text = reading.text.replace("的", "")
    names = {(kind, str(s[kind])) for s in snapshot.services.values() for kind in _NARROW if s[kind]}
    return sorted((kind, name) for kind, name in names if len(name) > 5 and name in text and name not in reading.text)


def themes(reading: Reading, snapshot: Snapshot) -> tuple[set[str], set[str]]:
    """Names that a word before 这块, 方面, 类 is part of, and those words."""
    names = list(dict.fromkeys(s[k] for s in snapshot.services.values() for k in ("section", "domain", "category") if s[k]))
    for match in re.finditer(_THEME, reading.text):
        for size in (4, 3, 2):
            word = match[1][-size:]
            if word in _NO_THEME:
                break
            if len(word) < size:
                continue
            found = [n for n in names if n.startswith(word)] or [n for n in names if word in n]
            if found:
                return set(found), {word}
    return set(), set()
