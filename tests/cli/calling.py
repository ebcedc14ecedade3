"""The command line called within the test's own process."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

import pytest

from matching.cli.main import run

Captured = pytest.CaptureFixture[str]


class Answer(NamedTuple):
    """What one call came to."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one object on standard output."""
        return json.loads(self.out)


def call(capsys: Captured, *words: object, lang: str = "zh") -> Answer:
    """Call the command in `lang`."""
    capsys.readouterr()
    code = run([*map(str, words), "--lang", lang])
    return Answer(code, *capsys.readouterr())
