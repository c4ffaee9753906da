"""Files are written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from tjkg.errors import InputError

__all__ = ["write_atomic"]


def write_atomic(path: Path, data: bytes) -> None:
    """Writes a file aside and renames it. Raises InputError when the place cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise InputError(f"写不进去（{error.strerror}）", where=str(path), cure="请检查目录与权限") from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except OSError as error:
        os.unlink(name)
        raise InputError(f"写不进去（{error.strerror}）", where=str(path), cure="请检查磁盘空间与权限") from None
    except BaseException:
        os.unlink(name)
        raise
