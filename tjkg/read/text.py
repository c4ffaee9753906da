"""Plain text as it comes: bytes to one canonical text (UTF-8, \\n line ends, otherwise untouched)."""

from __future__ import annotations

from pathlib import Path

from tjkg.errors import InputError
from tjkg.records import Source

__all__ = ["decode", "read_text"]


def decode(data: bytes, name: str) -> str:
    """Text of bytes in UTF-8 or GB18030, or in UTF-16 with its byte order mark.

    Raises:
        InputError: empty, or neither encoding fits (the place of the first bad byte is named).
    """
    if not data.strip():
        raise InputError("文件是空的", where=name, cure="请给出含正文的文件")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _utf16(data, name)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as utf8:
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError as gb:
            raise InputError(
                f"既不是 UTF-8（第{utf8.start}字节）也不是 GB18030（第{gb.start}字节）编码的文本",
                where=name,
                cure="请另存为 UTF-8 文本后再试",
            ) from None
    return _line_ends(text, name)


def _utf16(data: bytes, name: str) -> str:
    try:
        return _line_ends(data.decode("utf-16"), name)
    except UnicodeDecodeError as error:
        raise InputError(
            f"UTF-16 文本在第{error.start}字节处断了", where=name, cure="请另存为 UTF-8 文本后再试"
        ) from None


def _line_ends(text: str, name: str) -> str:
    if "\x00" in text:
        raise InputError("含有空字符，不像文本文件", where=name, cure="请另存为 UTF-8 文本后再试")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_text(path: Path) -> Source:
    """The canonical text of a .txt file. Raises InputError when it is missing or unreadable."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise InputError("没有这个文件", where=str(path), cure="请检查文件名") from None
    except OSError as error:
        raise InputError(f"文件读不出来（{error.strerror}）", where=str(path), cure="请检查权限") from None
    return Source(decode(data, str(path)), path.name)
