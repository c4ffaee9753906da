"""A release of an edition: a folder with its data, their hashes, a DCAT/VoID description and a change log.

Everything is written aside and renamed: the folder is there whole or not at all, and never changed later.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from tjkg.cite import data_hash
from tjkg.diff.change import Change, Changes
from tjkg.diff.words import sentence
from tjkg.errors import InputError, NotFoundError
from tjkg.files import write_atomic
from tjkg.iris import ID, graph, local
from tjkg.namespaces import PREFIXES, TJKG
from tjkg.query import internal
from tjkg.report.changes import face
from tjkg.resources import data_dir
from tjkg.steady import skolemised
from tjkg.store.cache import edition_folders, files
from tjkg.store.memory import Memory, open_memory

__all__ = ["Release", "release", "stamp"]

_VERSION = re.compile(r"\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.-]+)?")  # Semantic Versioning 2.0.0
_LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_VOID, _SPDX = "http://rdfs.org/ns/void#", "http://spdx.org/rdf/terms#"
_MEDIA = "https://www.iana.org/assignments/media-types/"
_DCT, _DCAT, _PROV, _SCHEMA = (PREFIXES[p] for p in ("dct", "dcat", "prov", "schema"))
_TYPE, _LABEL, _XSD = PREFIXES["rdf"] + "type", PREFIXES["rdfs"] + "label", PREFIXES["xsd"]
_STAMP = "release.ttl"


@dataclass(frozen=True)
class Release:
    """What was released: the folder, and file name → SHA-256."""

    folder: Path
    version: str
    data: str
    hashes: Mapping[str, str]


# ---------------------------------------------------------------- triples by hand (few, no blank nodes)


def _iri(value: str) -> str:
    return f"<{value}>"


def _text(value: str, lang: str = "", kind: str = "") -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
    return f'"{escaped}"' + (f"@{lang}" if lang else f"^^<{kind}>" if kind else "")


def _dump(store: Memory) -> bytes:
    """All graphs as TriG, blank nodes skolemised: the same bytes for the same data."""
    named = skolemised((store.dump("nt", [name]), name) for name in store.graph_names())
    return _steady(open_memory(named).dump("trig"))


Statement = tuple[str, str, str]


def _turtle(statements: Iterable[Statement]) -> bytes:
    """Statements as Turtle with the project's prefixes, always the same bytes."""
    lines = "".join(sorted({f"{_iri(s)} {_iri(p)} {o} .\n" for s, p, o in statements}))
    return _steady(open_memory([(lines.encode(), graph("release"))]).dump("ttl", [graph("release")]))


def _steady(data: bytes) -> bytes:
    """Turtle or TriG with its prefixes in order: the same bytes each time."""
    lines = data.decode().splitlines(keepends=True)
    prefixes = [line for line in lines if line.startswith("@prefix ")]
    return "".join([*sorted(prefixes), *(line for line in lines if not line.startswith("@prefix "))]).encode()


# ---------------------------------------------------------------- what is said of a release


def _description(store: Memory, node: str, version: str, day: str, name: str, hashes: Mapping[str, str]) -> Iterator[Statement]:
    """The release as dcat:Dataset and void:Dataset, its files as distributions with their hashes."""
    plan, title, issued, publisher, _ = store.select(internal("stamp")).rows[0]
    for cls in (_DCAT + "Dataset", _VOID + "Dataset", _PROV + "Entity"):
        yield node, _TYPE, _iri(cls)
    yield node, _DCT + "title", _text(f"{title} {version}", "zh")
    yield node, _DCT + "identifier", _text(name)
    yield node, _DCAT + "version", _text(version)
    yield node, _DCT + "isVersionOf", _iri(str(plan))
    yield str(plan), _DCAT + "hasVersion", _iri(node)
    yield node, _DCT + "issued", _text(day, kind=_XSD + "date")
    if issued is not None:
        yield str(plan), _DCT + "issued", _text(str(issued), kind=_XSD + "date")
    if publisher is not None:
        yield node, _DCT + "source", _iri(str(plan))
    yield node, _DCT + "license", _iri(_LICENCE)
    counts = store.select(internal("release-counts")).rows[0]
    for term, count in zip(("triples", "entities", "distinctSubjects", "properties", "classes"), counts, strict=True):
        yield node, _VOID + term, _text(str(count), kind=_XSD + "integer")
    for vocabulary in sorted(PREFIXES[p] for p in ("cpsv", "cv", "skos", "prov", "qb", "eli", "oa", "org", "sh")):
        yield node, _VOID + "vocabulary", _iri(vocabulary)
    yield node, _VOID + "vocabulary", _iri(PREFIXES["tjkg"])
    yield node, _VOID + "uriSpace", _text(ID)
    for file, media in ((f"{name}.trig", "application/trig"), ("changes.ttl", "text/turtle"), ("CHANGES.md", "text/markdown")):
        if file in hashes:
            yield from _distribution(node, file, media, hashes[file])


def _distribution(node: str, file: str, media: str, digest: str) -> Iterator[Statement]:
    own, checksum = f"{node}/{local(file)}", f"{node}/{local(file)}/sha256"
    yield node, _DCAT + "distribution", _iri(own)
    yield own, _TYPE, _iri(_DCAT + "Distribution")
    yield own, _DCT + "title", _text(file)
    yield own, _DCAT + "mediaType", _iri(_MEDIA + media)
    yield own, _SPDX + "checksum", _iri(checksum)
    yield checksum, _TYPE, _iri(_SPDX + "Checksum")
    yield checksum, _SPDX + "algorithm", _iri(_SPDX + "checksumAlgorithm_sha256")
    yield checksum, _SPDX + "checksumValue", _text(digest)


def _log(changes: Changes, node: str, place: str, day: str) -> Iterator[Statement]:
    """The change log as activities, each with its sentence in two languages and what it touched."""
    activity = f"{node}/changes"
    yield activity, _TYPE, _iri(_PROV + "Activity")
    yield activity, _LABEL, _text(f"{changes.old} → {changes.new}", "zh")
    yield activity, _PROV + "generated", _iri(node)
    yield activity, _PROV + "endedAtTime", _text(f"{day}T00:00:00Z", kind=_XSD + "dateTime")
    for number, change in enumerate(changes.changes, 1):
        own = f"{node}/change/{number}"
        yield own, _TYPE, _iri(_SCHEMA + "ReplaceAction")
        yield own, _DCT + "isPartOf", _iri(activity)
        yield own, TJKG.order, _text(str(number), kind=_XSD + "integer")
        for lang in ("zh", "en"):
            yield own, _LABEL, _text(_told(change, lang), lang)
        yield own, _DCT + "type", _text(f"{change.aspect}-{change.direction or change.kind}")
        if change.service is not None:
            yield own, _SCHEMA + "object", _iri(f"{ID}{place}/service/{local(change.service)}")
        for quote, term in ((change.quote_old, "replacee"), (change.quote_new, "replacer")):
            if quote is not None:
                yield own, _SCHEMA + term, _text(quote.text)


def _told(change: Change, lang: str) -> str:
    said = sentence(change, "zh" if lang == "zh" else "en")
    return f"{change.service}：{said}" if change.service else said


# ---------------------------------------------------------------- making one


def _folder_of(plan: str, data: Path) -> Path:
    for folder in edition_folders(data):
        if folder.name == plan:
            return folder
    known = "、".join(f.name for f in edition_folders(data)) or "（无）"
    raise NotFoundError(f"没有版本 {plan}", cure=f"现有：{known}")


def release(plan: str, version: str, day: str, out: Path, changes: Changes | None = None) -> Release:
    """Writes a release folder.

    plan: id of an edition under data/. version: as Semantic Versioning. day: ISO date. out: a folder that
    does not exist yet. changes: since the last release (None: the first one).

    Raises:
        NotFoundError: no such edition. InputError: no such version, or the folder is there already.
    """
    if not _VERSION.fullmatch(version):
        raise InputError(f"版本号 {version} 不对", cure="请写成 1.0.0 这样（主版本.次版本.修订）")
    folder = _folder_of(plan, data_dir())
    if out.exists():
        raise InputError("这个发布已经存在，发布过的不再改动", where=str(out), cure="请换一个版本号或目录")
    parts = [(p, g) for p, g in files() if g in (graph("ontology"), graph("shared"), graph(plan)) and p.name != _STAMP]
    store = open_memory(parts, plan)
    store.settle()
    name = f"{plan}-{version}"
    node = f"{ID}{plan}/release/{version}"
    place = next((str(s).split("/")[-3] for (s,) in store.select(internal("release-place")).rows), plan)
    contents: dict[str, bytes] = {f"{name}.trig": _dump(store)}
    contents |= {f"edition/{p.name}": p.read_bytes() for p, g in parts if g == graph(plan)}
    if (folder / "source.txt").exists():
        contents["edition/source.txt"] = (folder / "source.txt").read_bytes()
    if changes is not None:
        contents["changes.ttl"] = _turtle(_log(changes, node, place, day))
        contents["CHANGES.md"] = face(changes, "md", "zh")
    hashes = {file: sha256(data).hexdigest() for file, data in contents.items()}
    contents["catalog.ttl"] = _turtle(_description(store, node, version, day, name, hashes))
    hashes["catalog.ttl"] = sha256(contents["catalog.ttl"]).hexdigest()
    contents["SHA256SUMS"] = "".join(f"{hashes[f]}  {f}\n" for f in sorted(hashes)).encode()
    _write(out, contents)
    return Release(out, version, data_hash(store), hashes)


def _write(out: Path, contents: Mapping[str, bytes]) -> None:
    """A folder, whole or not at all."""
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
    except OSError as error:
        raise InputError(f"写不进去（{error.strerror}）", where=str(out), cure="请检查目录与权限") from None
    try:
        for name, data in contents.items():
            write_atomic(aside / name, data)
        aside.chmod(0o755)
        aside.rename(out)
    except OSError as error:
        raise InputError(f"写不进去（{error.strerror}）", where=str(out), cure="请检查磁盘空间与权限") from None
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def stamp(made: Release, plan: str, day: str) -> Path:
    """Writes the version of a release beside the edition's data, so that answers and footnotes can name it."""
    node = ID + plan
    path = _folder_of(plan, data_dir()) / _STAMP
    write_atomic(path, _turtle([
        (node, _DCAT + "version", _text(made.version)), (node, _DCT + "modified", _text(day, kind=_XSD + "date")),
    ]))
    return path
