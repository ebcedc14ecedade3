"""One method on one case: ``python -m benchmarks.comparison.child METHOD CASE ANSWER SETTINGS``, files by pickle."""

from __future__ import annotations

import json
import pickle
import sys
import time
from dataclasses import replace
from pathlib import Path

from benchmarks.comparison.case import Answer, Case, NotInstalledError, Settings
from benchmarks.comparison.methods import METHODS


def main(method: str, case_file: str, answer_file: str, settings_json: str) -> None:
    """Answer, and say how long it took."""
    settings = Settings(**json.loads(settings_json))
    if settings.extra:
        sys.path.append(settings.extra)
    case: Case = pickle.loads(Path(case_file).read_bytes())
    began = time.perf_counter()
    try:
        answer = METHODS[method](case, settings)
    except NotInstalledError as missing:
        answer = Answer(None, said=f"not installed: {missing}")
    answer = replace(answer, seconds=answer.seconds or time.perf_counter() - began)
    Path(answer_file).write_bytes(pickle.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
