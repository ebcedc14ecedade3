"""Runs that were solved and recorded once, and copies that a test may spoil."""

from __future__ import annotations

import shutil

import pytest

from tests.cli.calling import run
from tests.tables.books import save, sheets


@pytest.fixture(scope="session")
def recorded(tmp_path_factory):
    """A folder with a workbook and two runs of it, by two seeds."""
    folder = tmp_path_factory.mktemp("recorded")
    save(folder / "in.xlsx", sheets())
    for name, seed in (("one", 0), ("two", 1)):
        words = ["solve", str(folder / "in.xlsx"), "-o", str(folder / "runs" / name), "--seed", str(seed)]
        assert run([*words, "--who", "li", "--why", f"第 {seed} 稿", "--lang", "en"]) == 0
    return folder


@pytest.fixture
def runs(recorded, tmp_path):
    """A copy of the folder that holds the runs and the store."""
    shutil.copytree(recorded, tmp_path / "copy")
    return tmp_path / "copy" / "runs"
