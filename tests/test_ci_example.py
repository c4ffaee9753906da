"""The sample workflow speaks of commands and options that there are."""

from __future__ import annotations

import re
import shlex

import pytest

from tests.conftest import ROOT
from tjkg.cli import parser

EXAMPLE = ROOT / "examples" / "ci.yml"
COMMANDS = re.findall(r"^\s*(?:run: )?(tjkg [^\n|]+?)(?: \|\| .*)?$", EXAMPLE.read_text("utf-8"), re.M)


@pytest.mark.parametrize("line", COMMANDS)
def test_each_command_is_understood(line: str) -> None:
    words = shlex.split(line.replace("$PLAN", "tianjin-2021").replace("$LAST", "releases/old"))
    assert parser().parse_args(words[1:]).command == words[1]


def test_the_workflow_builds_validates_and_compares() -> None:
    told = {line.split()[1] for line in COMMANDS}
    assert {"build", "validate", "diff"} <= told
