"""What files hold, told by a hash, without reading again what has not changed since.

A file that keeps its size and its time of change keeps its hash, unless it was hashed within two seconds of that
time: a clock may be too coarse to tell two changes apart. What was seen is kept beside the stores.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

__all__ = ["digests"]

_SETTLED = 2_000_000_000  # nanoseconds
_NAME = f"stamps-1.{marshal.version}"

# path → (bytes, time of change in ns, when it was hashed in ns, hash)
_Stamps = dict[str, tuple[int, int, int, str]]


def digests(files: Sequence[tuple[str, int, int]], folder: Path) -> list[str]:
    """The hash of each file.

    files: (path, bytes, time of change in ns); folder: where what was seen is kept (it need not exist; where
    nothing can be written, files are read each time).
    """
    known = _read(folder / _NAME)
    found, fresh = [], False
    for name, size, changed in files:
        stamp = known.get(name)
        if stamp is None or stamp[:2] != (size, changed) or stamp[2] - changed < _SETTLED:
            stamp = (size, changed, time.time_ns(), hashlib.sha256(Path(name).read_bytes()).hexdigest())
            known[name], fresh = stamp, True
        found.append(stamp[3])
    if fresh:
        with suppress(OSError):
            _write(folder, known)
    return found


def _read(path: Path) -> _Stamps:
    """What was seen; nothing where that cannot be read."""
    try:
        stamps: _Stamps = marshal.loads(path.read_bytes())
    except (OSError, ValueError, EOFError, TypeError):
        return {}
    return stamps if isinstance(stamps, dict) else {}


def _write(folder: Path, stamps: _Stamps) -> None:
    """Aside and renamed: another process reads the whole or nothing; files that are gone are forgotten."""
    import tempfile  # only where something changed

    folder.mkdir(parents=True, exist_ok=True)
    handle, aside = tempfile.mkstemp(dir=folder, prefix=_NAME)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(marshal.dumps({name: stamp for name, stamp in stamps.items() if os.path.exists(name)}))
        os.replace(aside, folder / _NAME)
    except OSError:
        Path(aside).unlink(missing_ok=True)
        raise
