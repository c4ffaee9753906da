"""Comunica, an independent engine in JavaScript, over our endpoint."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web_server import Served, serving

pytestmark = pytest.mark.system
HERE = Path(__file__).parent / "comunica"
SCRIPT = """
import { QueryEngine } from "@comunica/query-sparql";
const engine = new QueryEngine();
const [endpoint, type, ...queries] = process.argv.slice(2);
const found = [];
for (const query of queries) {
  const stream = await engine.queryBindings(query, { sources: [{ type, value: endpoint }] });
  found.push((await stream.toArray()).map((row) => Object.fromEntries([...row].map(([k, v]) => [k.value, v.value]))));
}
console.log(JSON.stringify(found));
"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("serve")) as found:
        yield found


def _comunica(folder: Path, endpoint: str, kind: str, *queries: str) -> list[list[dict[str, str]]]:
    (folder / "ask.mjs").write_text(SCRIPT, "utf-8")
    (folder / "node_modules").symlink_to(HERE / "node_modules")
    run = subprocess.run(
        ["node", str(folder / "ask.mjs"), endpoint, kind, *queries], capture_output=True, text=True, timeout=120,
        cwd=folder, check=False,
    )
    assert run.returncode == 0, run.stderr
    found: list[list[dict[str, str]]] = json.loads(run.stdout)
    return found


def test_queries_and_joins(served: Served, tmp_path: Path) -> None:
    prefixes = "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX tjkg: <https://w3id.org/tjkg/ontology#> "
    payers, chinese = _comunica(
        tmp_path, served.url + "/sparql", "sparql",
        prefixes + "SELECT * { ?s a tjkg:Payer } ORDER BY ?s LIMIT 7",
        prefixes + 'SELECT * { ?s skos:prefLabel "市财政"@zh ; a ?class }',
    )
    assert len(payers) == 7 and {row["s"] for row in chinese} == {"https://w3id.org/tjkg/id/payer/市财政"}


def test_it_reads_our_linked_data(served: Served, tmp_path: Path) -> None:
    (rows,) = _comunica(
        tmp_path, served.url + "/doc/payer/%E5%B8%82%E8%B4%A2%E6%94%BF.ttl", "file",
        "SELECT ?name { ?s <http://www.w3.org/2004/02/skos/core#prefLabel> ?name FILTER(LANG(?name) = 'zh') }",
    )
    assert "市财政" in {row["name"] for row in rows}
