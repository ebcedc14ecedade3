"""A run recorded when its folder is written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from matching.store.chain import Entry
from matching.store.folders import digests, from_store
from matching.store.store import Store, open_store

OF_RUN = ("status", "stopped", "engine", "seed", "versions")
"""What is kept of ``run.json`` as it stands there."""


def record_run(folder: Path, command: str, *, who: str | None = None, why: str | None = None,
               summary: Mapping[str, Any] | None = None, store: Store | None = None) -> Entry:
    """Append a run whose folder is written, to the store beside it unless another is given.

    Parameters
    ----------
    command : what wrote the folder: solve, whatif, replan and so on
    summary : what else is to be kept; of teachers nothing but ids

    Raises
    ------
    InputError
        Where a file of the folder cannot be read, or the store is damaged or cannot be written.
    """
    kept = store or open_store(folder.parent, create=True)
    found = _told(folder)
    body = {"command": command, "folder": from_store(folder, kept.folder), **found, **(summary or {}),
            "files": digests(folder)}
    return kept.append("run", body, about=folder.resolve().name, who=who, why=why)


def _told(folder: Path) -> dict[str, Any]:
    """Return what the folder says of itself, as far as it does."""
    run = _object(folder / "run.json")
    told = {name: run[name] for name in OF_RUN if name in run}
    given, policy = run.get("input"), run.get("policy")
    if isinstance(given, dict):
        files = given.get("files")
        names = [file.get("name") for file in files if isinstance(file, dict)] if isinstance(files, list) else []
        told["input"] = {"sha256": given.get("sha256"), "files": names}
    if isinstance(policy, dict):
        told["policy"] = {"id": policy.get("id"), "sha256": policy.get("sha256")}
    plans = _object(folder / "plans.json").get("plans")
    if isinstance(plans, list):
        told["plans"] = [_plan(plan) for plan in plans if isinstance(plan, dict)]
    return told


def _plan(plan: Mapping[str, Any]) -> dict[str, Any]:
    metrics = plan.get("metrics") or {}
    return {"id": plan.get("id"), "variant": plan.get("variant"), "status": plan.get("status"),
            "goals": [{"goal": line.get("goal"), "value": line.get("value")} for line in plan.get("goals") or []],
            "placed": metrics.get("placed"), "seats": metrics.get("seats")}


def _object(path: Path) -> Mapping[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def record_found(store: Store, folder: Path, *, who: str | None = None, why: str | None = None) -> Entry:
    """Append a run whose folder was there before anybody recorded it.

    Raises
    ------
    InputError
        As `record_run` does.
    """
    words = _object(folder / "run.json").get("command")
    command = words[0] if isinstance(words, list) and words and isinstance(words[0], str) else "solve"
    return record_run(folder, command, who=who, why=why, summary={"found": True}, store=store)


def accept(store: Store, number: int, folder: Path, *, who: str | None = None, why: str | None = None,
           run: str | None = None) -> Entry:
    """Append that a run's folder is meant to be as it is now, or to be gone."""
    files = digests(folder) if folder.is_dir() else None
    body = {"run": number, "folder": from_store(folder, store.folder), "files": files}
    return store.append("accepted", body, about=run, who=who, why=why)
