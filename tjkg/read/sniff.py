"""What a file is, by its bytes: the suffix is only believed where the bytes say nothing.

Signatures: ZIP (APPNOTE 4.3.7), OLE compound file (MS-CFB 2.2), PDF (ISO 32000-1, 7.5.2), RTF 1.9.1.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO

from tjkg.errors import InputError

__all__ = ["kind_of"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OFFICE = (".docx", ".xlsx", ".doc", ".xls", ".docm", ".xlsm", ".wps", ".et")
_LARGEST = 400 * 1024 * 1024  # bytes unpacked; a document of text needs a hundredth of it
_HTML = re.compile(rb"<(!doctype\s+html|html|head|meta|body|table|div|p|title|script|style)[\s>/]", re.I)
_AS_WORD = "请用 Word 或 WPS 打开，另存为 .docx 后再试"
_AS_EXCEL = "请用 Excel 或 WPS 打开，另存为 .xlsx 后再试"
# what an OLE file holds: the name of a stream (UTF-16), what it is, what to do
_STREAMS = (
    ("EncryptedPackage", "文件设了打开密码", "请去掉密码后另存再试"),
    ("WordDocument", "这是旧版 Word 文件（.doc）", _AS_WORD),
    ("Workbook", "这是旧版 Excel 文件（.xls）", _AS_EXCEL),
    ("Book", "这是旧版 Excel 文件（.xls）", _AS_EXCEL),
)
_OTHER = (
    (b"%PDF-", "这是 PDF 文件", "请取得 Word、Excel 或网页版，或转换为 .docx 并核对表格后再试"),
    (b"{\\rtf", "这是 RTF 文件", _AS_WORD),
    (b"\x89PNG", "这是图片", "请给出可以选中文字的文件"),
    (b"\xff\xd8\xff", "这是图片", "请给出可以选中文字的文件"),
    (b"Rar!", "这是压缩包", "请先解压"),
    (b"7z\xbc\xaf", "这是压缩包", "请先解压"),
    (b"\x1f\x8b", "这是压缩包", "请先解压"),
)


def _ole(data: bytes, name: str) -> InputError:
    for stream, what, cure in _STREAMS:
        if stream.encode("utf-16-le") in data:
            return InputError(what, where=name, cure=cure)
    return InputError("这是旧版 Office 文件", where=name, cure="请另存为 .docx 或 .xlsx 后再试")


def _in_zip(data: bytes, name: str) -> str:
    broken = InputError("文件不完整或已损坏", where=name, cure="请重新下载或重新另存后再试")
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            names = set(packed.namelist())
            if any(entry.flag_bits & 1 for entry in packed.infolist()):
                raise InputError("压缩包设了密码", where=name, cure="请去掉密码后再试")
            if sum(entry.file_size for entry in packed.infolist()) > _LARGEST:
                raise InputError("文件解开后过大", where=name, cure="请删去图片等附件后另存再试")
            if packed.testzip() is not None:
                raise broken
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError,
            IndexError):  # what zipfile raises on damaged directories and streams
        raise broken from None
    if "word/document.xml" in names:
        return "docx"
    if "xl/workbook.xml" in names:
        return "xlsx"
    if any(n.startswith(("ppt/", "Object", "content.xml", "OFD.xml")) for n in names):
        raise InputError("这种文件读不了", where=name, cure="请另存为 .docx、.xlsx、.html 或 .txt 后再试")
    raise InputError("这是压缩包，不是文档", where=name, cure="请先解压，给出其中的文档")


def kind_of(data: bytes, name: str, suffix: str) -> str:
    """docx | xlsx | html | txt.

    data: the whole file; name: how messages tell it; suffix: its ending with the dot, any case.

    Raises:
        InputError: empty, broken, locked, or of a kind that cannot be read; says what to do instead.
    """
    if not data.strip():
        raise InputError("文件是空的", where=name, cure="请给出含正文的文件")
    if data.startswith(_OLE):
        raise _ole(data, name)
    if data.startswith(_ZIP):
        return _in_zip(data, name)
    for sign, what, cure in _OTHER:
        if data.startswith(sign):
            raise InputError(what, where=name, cure=cure)
    head = data[:4096].replace(b"\x00", b"")  # UTF-16 as well
    if _HTML.search(head):
        return "html"
    if suffix.lower() in _OFFICE and b"\x00" in data[:4096]:
        raise InputError(f"内容不是 {suffix} 文件", where=name, cure="请重新下载或重新另存后再试")
    return "txt"
