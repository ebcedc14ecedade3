"""Two recorded runs side by side: how each was asked for, what it came to, and who is elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from matching.report.run_files import json_object
from matching.store.folders import digest
from matching.store.recorded import Recorded

Posts = Mapping[str, tuple[str, ...]]
"""By a teacher's id, the ids of their posts in order."""


class Move(NamedTuple):
    """A teacher whose posts differ; empty where there are none."""

    teacher: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """What differs between two runs.

    Attributes
    ----------
    facts : by a name such as ``policy.id`` or ``goal.fill``, the first run's value and the second's, where they differ
    plans : the ids of the plans whose placements are compared: those ranked first
    moves : who has another post, in the order of ids; None where a folder does not hold its plan any more
    policies : the folders' policy files, where both are there and differ
    """

    first: Recorded
    second: Recorded
    facts: Mapping[str, tuple[Any, Any]]
    plans: tuple[str | None, str | None]
    moves: tuple[Move, ...] | None
    policies: tuple[Path, Path] | None

    def to_dict(self) -> dict[str, Any]:
        """Return the answer for machines."""
        moves = None if self.moves is None else [
            {"teacher": move.teacher, "from": list(move.before), "to": list(move.after)} for move in self.moves]
        return {"runs": [self.first.id, self.second.id], "differ": {k: list(v) for k, v in self.facts.items()},
                "plans": list(self.plans), "moves": moves}


def compare_runs(first: Recorded, second: Recorded) -> Comparison:
    """Compare two runs by what the store knows of them and, where their folders are there, by their plans."""
    one, other = _facts(first.body), _facts(second.body)
    facts = {name: (one.get(name), other.get(name)) for name in {**one, **other} if one.get(name) != other.get(name)}
    plans = _first(first.body), _first(second.body)
    before, after = _posts(first, plans[0]), _posts(second, plans[1])
    moves = None if before is None or after is None else _moves(before, after)
    return Comparison(first, second, facts, plans, moves, _policies(first, second))


def _facts(body: Mapping[str, Any]) -> dict[str, Any]:
    best: Mapping[str, Any] = next(iter(body.get("plans") or []), {})
    return {"command": body.get("command"), **_under("input", body), **_under("policy", body),
            **{name: body.get(name) for name in ("engine", "seed", "status", "stopped")}, **_under("versions", body),
            "plan": best.get("id"), "placed": best.get("placed"), "seats": best.get("seats"),
            **{f"goal.{at}.{line['goal']}": line["value"] for at, line in enumerate(best.get("goals") or [], 1)}}


def _under(name: str, body: Mapping[str, Any]) -> dict[str, Any]:
    return {f"{name}.{key}": value for key, value in (body.get(name) or {}).items()}


def _first(body: Mapping[str, Any]) -> str | None:
    return next((plan.get("id") for plan in body.get("plans") or []), None)


def _posts(run: Recorded, plan: str | None) -> Posts | None:
    """Return who is where in a plan of a run; None where it is not there as it was recorded."""
    path = run.folder / f"plan-{plan}.json"
    if not path.is_file() or run.files is None or digest(path) != run.files.get(path.name):
        return None
    found: dict[str, tuple[str, ...]] = {}
    for line in json_object(path).get("placements", []):
        found[line["teacher"]] = tuple(sorted((*found.get(line["teacher"], ()), line["need"])))
    return found


def _moves(before: Posts, after: Posts) -> tuple[Move, ...]:
    return tuple(Move(teacher, before.get(teacher, ()), after.get(teacher, ())) for teacher in sorted({*before, *after})
                 if before.get(teacher) != after.get(teacher))


def _policies(first: Recorded, second: Recorded) -> tuple[Path, Path] | None:
    one, other = first.folder / "policy.toml", second.folder / "policy.toml"
    if not (one.is_file() and other.is_file()) or one.read_bytes() == other.read_bytes():
        return None
    return one, other
