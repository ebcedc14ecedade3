"""The search for conflicts in a process of its own: it may take long, and a solver may end its process."""

from __future__ import annotations

import pickle
import subprocess
import sys

from matching.domain.instance import Instance
from matching.explain.conflicts.search import SECONDS, Conflicts, conflicts
from matching.policy.model import Policy

GRACE = 10.0
"""Seconds beyond its own deadline after which the process is ended."""


def conflicts_apart(instance: Instance, policy: Policy, seconds: float = SECONDS) -> Conflicts:
    """Return what `conflicts` finds; nothing where its process does not live to tell."""
    asked = pickle.dumps((instance, policy, seconds), pickle.HIGHEST_PROTOCOL)
    try:
        told = subprocess.run([sys.executable, "-m", __name__], input=asked, capture_output=True, check=True,
                              timeout=seconds + GRACE).stdout
    except (subprocess.SubprocessError, OSError):
        return Conflicts((), False)
    found: Conflicts = pickle.loads(told)
    return found


def main() -> None:
    """Answer one question on standard input."""
    instance, policy, seconds = pickle.load(sys.stdin.buffer)
    found = conflicts(instance, policy, seconds)
    sys.stdout.buffer.write(pickle.dumps(found, pickle.HIGHEST_PROTOCOL))


if __name__ == "__main__":
    main()
