"""Which services an indicator measures the coverage of, told by the words their names share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from os.path import commonprefix

from tjkg.parse.links.mentions import core
from tjkg.parse.text.names import fold, loose
from tjkg.records import Term

__all__ = ["measured"]

# How names of coverage rates and counts end; before it stands what is covered.
_MEASURE = re.compile(r"(?:目标人群|人群)?(?:覆盖率|参保人数|参保率|建档率|报告率|接种率|管理率|签约率|人次数?)$")
_HEAD = re.compile(r"^(?:开展|实施|提供)")
_PARTS = re.compile(r"、|和|及|与")
_LEAST, _LONG_BEGINNING = 4, 6


def _forms(service: str, names: Sequence[Term]) -> set[str]:
    """A service's name, its parts (A、B和C), what is left without 服务 or 建立, and its other names."""
    other = [label for t in names if t.label == service for label in t.labels]
    forms = {fold(x) for x in (service, *_PARTS.split(service), *other)}
    return {f for f in (*forms, *(core(f) for f in forms)) if f and len(f) >= _LEAST}


def _same(subject: str, form: str) -> bool:
    """基本康复服务 and 康复服务: the same but for a word put in."""
    return subject == form or bool(loose(form).fullmatch(subject) or loose(subject).fullmatch(form))


def _narrower(subject: str, form: str) -> bool:
    """基本医疗保险参保人数 counts both 职工… and 城乡居民基本医疗保险; …职业技能培训人次 the training."""
    return len(subject) >= _LEAST and (form.endswith(subject) or subject.endswith(form))


def _long_beginning(subject: str, form: str) -> bool:
    """突发公共卫生事件相关信息 and 突发公共卫生事件报告: a long common beginning."""
    return len(commonprefix([subject, form])) >= _LONG_BEGINNING


_RULES: tuple[Callable[[str, str], bool], ...] = (_same, _narrower, _long_beginning)


def measured(indicator: str, services: Iterable[str], names: Sequence[Term] = ()) -> tuple[str, ...]:
    """Names of the services whose coverage an indicator measures, in the order given.

    names: other names of services (the term's label is the service's name). An indicator that counts no
    coverage (a death rate, a share of beds) measures a service only when it bears its very name.
    """
    name = fold(indicator)
    counts = _MEASURE.search(name)
    subject = _HEAD.sub("", name[: counts.start()] if counts else name)
    rules = _RULES if counts else ()

    def covers(service: str) -> bool:
        return any(rule(subject, form) for form in _forms(service, names) for rule in rules)

    return tuple(s for s in services if name == fold(s) or covers(s))
