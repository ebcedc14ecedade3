"""Every programme shows its figures: each instance with an expected.json is solved, audited and held against it."""

from __future__ import annotations

from pathlib import Path

import pytest

from matching.programmes import FILE, run_programme

FOLDERS = sorted(path.parent for path in (Path(__file__).parents[2] / "instances").glob(f"*/{FILE}"))
LIMIT = 300.0
"""Seconds for a case, so that none can hang; every one is solved in far less."""


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_programme_meets_its_figures(folder):
    programme = run_programme(folder, time_limit=LIMIT)
    assert [finding.text.zh for finding in programme.findings] == []
    assert [check for check in programme.checks if not check.ok] == []
    assert programme.checks
    judged = [o for o in programme.outcomes if o.audit is not None]
    assert all(o.audit.ok == o.case.audit for o in judged)
    assert all(o.audit is not None for o in programme.outcomes if o.status in ("optimal", "feasible"))
