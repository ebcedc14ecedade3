"""`matching whatif` killed in the middle goes on from what was done, to the same answer."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from matching.domain.findings import InputError
from matching.store import open_store
from tests.cli.calling import call

TINY = Path(__file__).parents[2] / "instances" / "tiny"
ASKED = ["whatif", str(TINY / "tiny.xlsx"), "--policy", str(TINY / "policy.toml"), "--vary",
         "backbone-share.at_least=0:0.6:0.2"]


def points(folder):
    """The points that the folder's store has, none where it is not made yet."""
    try:
        return open_store(folder).entries("point")
    except InputError:
        return []


@pytest.mark.skipif(os.name == "nt", reason="kill -9")
def test_a_sweep_that_was_killed_goes_on_to_the_same_answer(tmp_path, capsys):
    begun = subprocess.Popen([sys.executable, "-m", "matching", *ASKED, "-o", tmp_path / "runs" / "killed"],
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while not points(tmp_path / "runs") and begun.poll() is None:
        time.sleep(0.05)
    begun.send_signal(signal.SIGKILL)
    assert begun.wait() == -signal.SIGKILL
    assert not (tmp_path / "runs" / "killed").exists()
    assert open_store(tmp_path / "runs").verify().ok
    before = points(tmp_path / "runs")
    again = call(capsys, *ASKED, "-o", tmp_path / "runs" / "again", lang="en")
    assert again.code == 0
    assert f"Going on from before: {len(before)} results" in again.err
    assert call(capsys, *ASKED, "-o", tmp_path / "anew" / "whole").code == 0
    assert (tmp_path / "runs" / "again" / "whatif.json").read_bytes() == (
        tmp_path / "anew" / "whole" / "whatif.json").read_bytes()
    store = open_store(tmp_path / "runs")
    assert store.verify().ok
    assert store.runs()[0].body["command"] == "whatif"
    assert len({entry.body["key"] for entry in points(store.folder)}) == len(points(store.folder))
