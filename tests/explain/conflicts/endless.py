"""A search that tells one conflict and then goes on for ever."""

from __future__ import annotations

import threading

from matching.engines.worker import answer_stream, jobs_asked, tell_caller
from matching.explain.conflicts.model import Conflict
from matching.explain.conflicts.search import Conflicts
from matching.problem.program import RowLabel

if __name__ == "__main__":
    answers = answer_stream()
    jobs_asked().get()
    tell_caller(answers, Conflicts((Conflict((RowLabel("many", "plan"),), False),)))
    threading.Event().wait()
