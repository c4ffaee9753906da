"""A document as it comes → one canonical text: `read` chooses by content, each format has its room."""

from __future__ import annotations

from pathlib import Path

from tjkg.errors import InputError
from tjkg.read.sniff import kind_of
from tjkg.read.text import decode
from tjkg.records import Source

__all__ = ["read", "read_bytes"]


def read(path: Path) -> Source:
    """The canonical text of a .txt, .docx, .xlsx or .html file, whatever its suffix says.

    Raises:
        InputError: missing, empty, locked, broken or of another kind; one sentence with the cure.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise InputError("没有这个文件", where=str(path), cure="请检查文件名") from None
    except IsADirectoryError:
        raise InputError("这是文件夹，不是文件", where=str(path), cure="请给出其中的文件") from None
    except OSError as error:
        raise InputError(f"文件读不出来（{error.strerror}）", where=str(path), cure="请检查权限") from None
    return read_bytes(data, str(path), path.suffix)


def read_bytes(data: bytes, name: str, suffix: str = "") -> Source:
    """As `read`, of a file's bytes; name is how messages and the source are told."""
    text = _text_of(kind_of(data, name, suffix), data, name)
    if not text.strip():
        raise InputError("文件里没有文字", where=name, cure="请给出可以选中文字的文件（扫描件要先识别）")
    return Source(text, Path(name).name)


def _text_of(kind: str, data: bytes, name: str) -> str:
    if kind == "txt":
        return decode(data, name)
    if kind == "docx":
        from tjkg.read import docx

        return docx.text_of(data, name)
    if kind == "xlsx":
        from tjkg.read import xlsx

        return xlsx.text_of(data, name)
    from tjkg.read import html

    return html.text_of(data, name)
