"""The wheel: it holds the editor, and serves where there is no Node."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import httpx
import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.system


def test_a_wheel_serves_without_node(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(tmp_path), str(ROOT)],
        check=True, timeout=300,
    )
    (wheel,) = tmp_path.glob("*.whl")
    place = tmp_path / "installed"
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        archive.extractall(place)
    assert {"tjkg/web/static/editor.js", "tjkg/web/static/LICENSES.txt", "tjkg/web/assets/site.css"} <= set(names)
    assert not [name for name in names if "node_modules" in name or name.endswith(".mjs")]
    environment = {
        "PATH": "/nonexistent", "PYTHONPATH": str(place), "HOME": str(tmp_path), "LANG": "C.UTF-8",
        "XDG_CACHE_HOME": os.environ["XDG_CACHE_HOME"],
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "tjkg", "serve", "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env=environment, cwd=tmp_path,
    )
    with process:
        assert process.stdout is not None
        found = re.search(r"http://[\d.]+:\d+", process.stdout.readline().decode())
        assert found
        page = httpx.get(found[0] + "/sparql", headers={"accept": "text/html"})
        assert page.status_code == 200 and "/static/editor.js" in page.text
        for file in ("editor.js", "editor.css"):
            assert len(httpx.get(f"{found[0]}/static/{file}").content) > 10_000
        process.terminate()
        assert process.wait(20) == 0
