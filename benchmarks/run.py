"""Every benchmark in turn: `python -m benchmarks.run`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def main() -> None:
    """Runs the modules of this folder one by one; each prints its own tables."""
    for path in sorted(Path(__file__).parent.glob("*.py")):
        if path.stem not in ("__init__", "run", "timing"):
            print(f"\n== {path.stem}", flush=True)
            subprocess.run([sys.executable, "-m", f"benchmarks.{path.stem}"], check=False)


if __name__ == "__main__":
    main()
