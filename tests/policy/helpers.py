"""Writing small policy files, and the findings of those that are wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from matching.domain.findings import Finding, InputError
from matching.policy import load

HEAD = '[policy]\nid = "t"\nreference_date = 2026-09-01\n'


def write(folder: Path, text: str, name: str = "t.toml") -> Path:
    """Write `text` as a policy file and return its path."""
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def rule(**fields: str) -> str:
    """One rule; values are TOML."""
    return "\n[[rule]]\n" + "".join(f"{key} = {value}\n" for key, value in fields.items())


def quota(**fields: str) -> str:
    """A quota of id ``q`` with an absolute bound unless `fields` say otherwise."""
    return rule(**({"id": '"q"', "kind": '"quota"', "at_most": "3"} | fields))


def findings(path: Path) -> tuple[Finding, ...]:
    """Return what is wrong with a policy file."""
    with pytest.raises(InputError) as caught:
        load(path)
    return caught.value.findings
