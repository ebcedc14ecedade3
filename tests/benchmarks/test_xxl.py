"""The hundred-thousand case, measured on a small one."""

from __future__ import annotations

import pytest

from benchmarks import xxl


@pytest.mark.parametrize("method", list(xxl.METHODS))
def test_each_method_says_what_it_found(method):
    measured = xxl.measured(method, "S", 1, 60.0)
    assert measured["seconds"] > 0
    assert measured["peak_mib"] > 0
    assert {"network": "placed", "bound": "fill at most 306", "plan": "fill 306 of 306"}[method] in measured["found"]


def test_all_are_printed(capsys):
    assert xxl.main(["S", "--methods", "network", "bound"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["method", "network", "bound"]
    assert "nan" not in lines[2]
