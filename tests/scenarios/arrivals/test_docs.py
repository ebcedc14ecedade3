"""What docs/arrivals.md shows is true."""

from __future__ import annotations

import re
from pathlib import Path

from matching.scenarios.arrivals.rates import shifted
from matching.scenarios.arrivals.read import TOP, read_arrivals

TEXT = (Path(__file__).parents[3] / "docs" / "arrivals.md").read_text("utf-8")


def test_the_example_is_read_and_names_every_key(tmp_path):
    (text,) = re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL)
    path = tmp_path / "rates.toml"
    path.write_text(text, encoding="utf-8")
    model = read_arrivals(path)
    assert len(model.groups) == 2
    assert len(model.distance.bands) == 3
    assert all(f"{key} =" in TEXT or f"[{key}]" in text for key in TOP)


def test_half_the_odds_are_what_is_said():
    import numpy as np

    assert shifted(np.array([0.963]), float(np.log(0.5))).round(3).tolist() == [0.929]
