"""English questions of the main kinds, over English labels: golden cases that anybody can add to."""

from __future__ import annotations

import pytest

from tests.conftest import PLAN
from tests.golden import Case, cases
from tjkg.ask import Asker
from tjkg.cli import main


def _expected(case: Case) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in case.expected.splitlines())


@pytest.mark.parametrize("case", cases("english", "ask"), ids=lambda case: case.title)
def test_english_questions(case: Case, asker: Asker) -> None:
    found = asker.ask(case.given, "en")
    want = _expected(case)
    assert found.text
    told = {"intent": found.intent, "silence": found.silence, "verdict": found.verdict, "services": "、".join(found.services)}
    assert {k: told[k] for k in want if k in told} == {k: v for k, v in want.items() if k in told}
    assert want.get("text", "") in found.text
    assert set(filter(None, want.get("includes", "").split("、"))) <= set(found.services)
    assert not set(filter(None, want.get("excludes", "").split("、"))) & set(found.services)


def test_quotes_of_english_answers_stay_in_the_plans_words(asker: Asker) -> None:
    source = (PLAN / "source.txt").read_text("utf-8")
    for case in cases("english", "ask"):
        for e in asker.ask(case.given, "en").evidence:
            assert source[e["start"] : e["end"]] == e["quote"]


def test_english_on_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "Who pays for the minimum living allowance?", "--lang", "en"]) == 0
    told = capsys.readouterr().out
    assert "City finance shares the cost" in told and "市、区财政负担" in told
