"""The pages of curves, replanning, arrivals and years, as the commands write them, in a real browser."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from matching.cli.main import run
from tests.report.opened import opened

TINY = Path(__file__).parents[2] / "instances" / "tiny"
INPUT = (TINY / "tiny.xlsx", "--policy", TINY / "policy.toml")
HEADINGS = {"whatif": ("逐点结果", "Every point"), "replan": ("谁动了", "Who moves"),
            "simulate": ("选多少人", "How many"), "roll": ("轮次", "Turns")}


def written(folder: Path, lang: str, *words: object) -> Path:
    assert run([*map(str, words), "-o", str(folder), "--who", "", "--lang", lang]) == 0
    return folder


@pytest.fixture(scope="module", params=["zh", "en"])
def folders(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict[str, Path]]:
    lang, runs = request.param, tmp_path_factory.mktemp("runs")
    solved = written(runs / "solve", lang, "solve", *INPUT)
    first = json.loads((solved / "plans.json").read_text("utf-8"))["plans"][0]["id"]
    gone = json.loads((solved / f"plan-{first}.json").read_text("utf-8"))["placements"][0]["teacher"]
    return lang, {
        "whatif": written(runs / "whatif", lang, "whatif", *INPUT, "--vary", "backbone-share.at_least=0:0.7:0.1"),
        "replan": written(runs / "replan", lang, "replan", solved, "--withdraw", gone),
        "simulate": written(runs / "simulate", lang, "simulate", solved, "--rate", "90%", "--draws", "200"),
        "roll": written(runs / "roll", lang, "roll", *INPUT, "--years", "2"),
    }


@pytest.mark.parametrize("width", [1200, 390])
@pytest.mark.parametrize("command", HEADINGS)
def test_a_page_opens_alone_and_fits(browser: Any, folders: tuple[str, dict[str, Path]], command: str, width: int
                                     ) -> None:
    lang, written_to = folders
    with opened(browser, written_to[command] / "report.html", width) as page:
        assert page.evaluate("document.documentElement.lang").startswith(lang)
        assert HEADINGS[command][lang == "en"].lower() in page.locator("body").inner_text().lower()
