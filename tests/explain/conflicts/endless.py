"""A search that tells one conflict and then goes on for ever."""

from __future__ import annotations

import os
import threading
from pathlib import Path

from matching.domain.pipes import answer_stream, jobs_asked
from matching.engines.worker import tell_caller
from matching.explain.conflicts.model import Conflict
from matching.explain.conflicts.search import Conflicts
from matching.problem.program import RowLabel

HAS_TOLD = "ENDLESS_HAS_TOLD"
"""The environment's name for a file that is there once the conflict is told."""

if __name__ == "__main__":
    answers = answer_stream()
    jobs_asked().get()
    tell_caller(answers, Conflicts((Conflict((RowLabel("many", "plan"),), False),)))
    if HAS_TOLD in os.environ:
        Path(os.environ[HAS_TOLD]).touch()
    threading.Event().wait()
