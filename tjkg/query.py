"""The query library: one competency question a .rq file, found by its stem, headed by `#+ key: value`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tjkg.errors import DataError, InputError, NotFoundError
from tjkg.resources import queries_dir
from tjkg.sparql import bind, check_read_only, form, parameters
from tjkg.store.answers import Rows, Store

__all__ = ["Question", "internal", "library", "load", "read", "run"]

_HEADER = re.compile(r"#\+\s*([\w-]+):\s*(.*?)\s*$")
_KEYS = ("summary", "summary_en", "tags", "example")
# a question that `validate` asks too says what a row means to a keeper of the plan
_RULE_KEYS = ("severity", "message", "message_en", "why", "why_en", "fix", "fix_en")
_INTERNAL = "internal"


@dataclass(frozen=True)
class Question:
    """A competency question.

    id: the file's stem; topic: its folder; parameters: name → type; example: name → value; rule: what a
    row means to a keeper of the plan (severity, message, why, fix, in both languages), if `validate` asks it.
    """

    id: str
    topic: str
    summary: str
    summary_en: str
    tags: tuple[str, ...]
    example: dict[str, str]
    text: str
    path: Path
    rule: dict[str, str] = field(default_factory=dict)

    @property
    def parameters(self) -> dict[str, str]:
        """name → type of what the question must be told."""
        return parameters(self.text)

    @property
    def form(self) -> str:
        """SELECT, ASK, CONSTRUCT or DESCRIBE."""
        return form(self.text) or "SELECT"

    def bound(self, values: Mapping[str, str]) -> str:
        """The query text with its parameters as terms. Raises InputError for missing or wrong ones."""
        return bind(self.text, values, self.id)


def read(path: Path) -> Question:
    """A question from its file. Raises DataError for a header that is missing or has unknown keys."""
    text = path.read_text("utf-8")
    header: dict[str, str] = {}
    for line in text.splitlines():
        match = _HEADER.match(line)
        if match is None:
            break
        known = (*_KEYS, *_RULE_KEYS)
        if match[1] not in known or match[1] in header:
            raise DataError(f"查询头不认识或重复的键 {match[1]}", where=str(path), cure=f"可用：{'、'.join(known)}")
        header[match[1]] = match[2]
    if missing := [k for k in _KEYS[:3] if not header.get(k)]:
        raise DataError(f"查询头缺少 {'、'.join(missing)}", where=str(path), cure="请在文件开头补上 #+ 行")
    pairs = re.findall(r"(\w+)=([^,，]+)", header.get("example", ""))
    return Question(
        path.stem, path.parent.name, header["summary"], header["summary_en"],
        tuple(t.strip() for t in header["tags"].split(",")), {k: v.strip() for k, v in pairs}, text, path,
        {k: header[k] for k in _RULE_KEYS if k in header},
    )


def library(folder: Path | None = None) -> dict[str, Question]:
    """All questions by id; the internal ones and those that `validate` asks (run them by name) are left out.

    Raises:
        DataError: two share a stem.
    """
    found: dict[str, Question] = {}
    for path in sorted((folder or queries_dir()).glob("*/*.rq")):
        if path.parent.name == _INTERNAL:
            continue
        if path.stem in found:
            raise DataError(f"两个查询同名 {path.stem}", where=str(path), cure="请改一个文件名")
        question = read(path)
        if not question.rule:
            found[path.stem] = question
    return found


def internal(name: str, values: Mapping[str, str] | None = None) -> str:
    """The text of one of the project's own queries (queries/internal), bound."""
    return bind((queries_dir() / _INTERNAL / f"{name}.rq").read_text("utf-8"), values or {}, name)


def load(name: str) -> str:
    """The SPARQL text of a library question (by id) or of a .rq file (by path), unbound.

    Raises:
        NotFoundError: neither, with the nearest ids. InputError: the file is no read-only query.
    """
    path = Path(name)
    if path.suffix in (".rq", ".sparql"):
        try:
            text = path.read_text("utf-8")
        except FileNotFoundError:
            raise InputError("没有这个查询文件", where=name, cure="请检查路径，或用 tjkg query --list 看现有问题") from None
        except (OSError, UnicodeDecodeError):
            raise InputError("查询文件读不出来", where=name, cure="请存为 UTF-8 文本") from None
        check_read_only(text, name)
        return text
    for path in queries_dir().glob(f"*/{name}.rq" if re.fullmatch(r"[\w-]+", name) else "*/.none"):
        if path.parent.name != _INTERNAL:
            return path.read_text("utf-8")
    from difflib import get_close_matches  # only for a name that is not there

    known = sorted(p.stem for p in queries_dir().glob("*/*.rq") if p.parent.name != _INTERNAL)
    near = get_close_matches(name, known, n=3, cutoff=0.4)
    cure = f"最接近的：{'、'.join(near)}" if near else "用 tjkg query --list 看现有问题"
    raise NotFoundError(f"没有名为 {name} 的问题", cure=cure)


def run(store: Store, name: str, values: Mapping[str, str] | None = None) -> Rows:
    """Rows of a library question.

    name: its id; values: parameters as text.
    """
    return store.select(bind(load(name), values or {}, name))
