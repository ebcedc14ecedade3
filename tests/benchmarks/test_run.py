"""The benchmark of one instance, called as a script."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_a_script_from_the_root():
    command = [sys.executable, "benchmarks/run.py", "instances/tiny", "--main-only", "--time-limit", "20", "--json"]
    found = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout)
    assert found["status"] == "optimal"
    assert found["network"]["placed"] >= found["placed"]
