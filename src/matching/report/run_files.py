"""Whether the files of a run are what they were when it was written."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from matching.domain.findings import Finding, InputError
from matching.report import run_findings as say
from matching.report.run_folder import sha256


def json_object(path: Path) -> Mapping[str, Any]:
    """Return the object that a file of a run folder holds.

    Raises
    ------
    InputError
        Where the file is missing, or holds no JSON object.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as problem:
        raise InputError([say.missing(path)]) from problem
    except (OSError, ValueError, RecursionError) as problem:
        raise InputError([say.damaged(path)]) from problem
    if not isinstance(found, dict):
        raise InputError([say.damaged(path)])
    return found


def check_unchanged(folder: Path, description: Mapping[str, Any], *, originals: bool = True) -> None:
    """Compare the files of a run, and `originals` of its input where they still are, with their digests.

    Raises
    ------
    InputError
        With every file that is missing or was changed.
    """
    try:
        kept = _kept(description)
        given = [(folder / file["path"], str(file["sha256"])) for file in description["input"]["files"]
                 if "path" in file]
    except (KeyError, TypeError, AttributeError) as problem:
        raise InputError([say.damaged(folder / "run.json")]) from problem
    findings = [*_of_folder(folder, kept), *_of_input(given if originals else [])]
    if findings:
        raise InputError(findings)


def _kept(description: Mapping[str, Any]) -> dict[str, str]:
    """Return the digests by name; a run of an earlier version states none of the plans."""
    return {"input.json": str(description["input"]["sha256"]), "policy.toml": str(description["policy"]["sha256"]),
            **{Path(name).name: str(digest) for name, digest in description.get("files", {}).items()}}


def _of_folder(folder: Path, kept: Mapping[str, str]) -> Iterator[Finding]:
    for name, before in kept.items():
        path = folder / name
        if not path.is_file():
            yield say.missing(path)
        elif (now := _digest(path)) != before:
            yield say.changed_in_folder(path, before, now)


def _of_input(originals: list[tuple[Path, str]]) -> Iterator[Finding]:
    for path, before in originals:
        if path.is_file() and (now := _digest(path)) != before:
            yield say.changed_input(path.resolve(), before, now)


def _digest(path: Path) -> str:
    try:
        return sha256(path)
    except OSError as problem:
        raise InputError([say.unreadable(path, problem)]) from problem
