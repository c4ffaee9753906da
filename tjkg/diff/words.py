"""Changes as sentences for people, Chinese or English."""

from __future__ import annotations

from tjkg.change_words import CELLS, CHANGES, HEADINGS
from tjkg.diff.change import Change
from tjkg.messages import Lang

__all__ = ["heading", "sentence", "subject_of"]


def _of(pair: tuple[str, str], lang: Lang) -> str:
    return pair[0 if lang == "zh" else 1]


def heading(key: str, lang: Lang, **values: object) -> str:
    """A heading or label of the report."""
    return _of(HEADINGS[key], lang).format(**values)


def _cell(name: str | None, lang: Lang) -> str:
    return _of(CELLS[name], lang) if name in CELLS else name or ""


def _number(value: float | int) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:g}"


def _by(change: Change, lang: Lang) -> str:
    """How much more or less, with its percentage."""
    if not change.difference:
        return ""
    percent = f"，{abs(change.percent):g}%" if change.percent is not None and change.unit != "%" else ""
    unit = change.unit or ""
    if unit == "%":
        unit = "个百分点" if lang == "zh" else " points"
    key = "by-more" if change.difference > 0 else "by-less"
    return _of(CHANGES[key], lang).format(number=_number(abs(change.difference)) + unit, percent=percent)


def _people(change: Change, lang: Lang) -> str:
    told = [
        _of(CHANGES[key], lang).format(groups="；".join(groups))
        for key, groups in (("gained", change.groups_gained), ("lost", change.groups_lost)) if groups
    ]
    return f"（{'；'.join(told)}）" if told else ""


def _bearing(change: Change, lang: Lang) -> str:
    told = [
        _of(CHANGES[key], lang).format(payers="、".join(payers))
        for key, payers in (("more", change.bears_more), ("less", change.bears_less)) if payers
    ]
    return f"（{'；'.join(told)}）" if told else ""


def sentence(change: Change, lang: Lang = "zh") -> str:
    """What changed, in one sentence (the service is not in it)."""
    what = change.kind if change.kind != "changed" else change.direction or "changed"
    key = f"{change.aspect}-{what}"
    ending = "-less" if change.new is None else "-more" if change.old is None else ""
    template = CHANGES.get(key + ending) or CHANGES.get(key) or CHANGES.get(f"{change.aspect}-changed") or CHANGES["text-changed"]
    nothing = _of(CHANGES["nothing"], lang)
    told = _of(template, lang).format(
        old=change.old or nothing, new=change.new or nothing, subject=_cell(change.subject, lang),
        by=_by(change, lang), people=_people(change, lang), bearing=_bearing(change, lang),
    )
    return told + (_of(CHANGES["suggested"], lang) if change.basis == "suggested" else "")


def subject_of(change: Change, lang: Lang) -> str:
    """Whom the change belongs to: the service with its row, else nothing."""
    if change.service is None:
        return heading("outside", lang)
    rows = "、".join(map(str, change.standards))
    several = rows and change.standards != (1,)
    return change.service + (f"（{_of(CHANGES['rows'], lang).format(rows=rows)}）" if several else "")
