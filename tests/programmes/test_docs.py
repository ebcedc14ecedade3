"""What docs/programmes.md shows is true."""

from __future__ import annotations

import re
from pathlib import Path

from matching.programmes.expected import Case, CountFigure, DifferenceFigure, Expected, RuleFigure, StudyFigure

TEXT = (Path(__file__).parents[2] / "docs" / "programmes.md").read_text(encoding="utf-8")


def test_the_example_is_read():
    (example,) = re.findall(r"```json\n(.*?)```", TEXT, re.DOTALL)
    read = Expected.model_validate_json(example)
    assert [case.id for case in read.cases] == ["main", "without"]


def test_every_key_is_explained():
    models = (Expected, Case, CountFigure, RuleFigure, StudyFigure, DifferenceFigure)
    keys = {field.alias or name for model in models for name, field in model.model_fields.items()}
    named = set(re.findall(r"[`\"](\w+)[`\"]", TEXT))
    assert keys - named - {"note"} == set()
    assert set(CountFigure.model_fields["count"].annotation.__args__) <= named
    assert set(DifferenceFigure.model_fields["difference"].annotation.__args__) <= named
