"""One case measured: every method on the same arrays, its answer judged by the audit."""

from __future__ import annotations

import pickle
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.comparison.case import Answer, Ints, Settings, case_of
from benchmarks.comparison.methods import NETWORK
from benchmarks.comparison.processes import Ran, run
from benchmarks.synthetic import make
from benchmarks.synthetic.sizes import Supply

from matching.audit import audit
from matching.domain.plan import Plan
from matching.problem import Problem, compile

MOST_NAMED = 6


@dataclass(frozen=True)
class Setting:
    """Which instance."""

    size: str
    seed: int
    backbone: Supply
    budget: Supply

    @property
    def name(self) -> str:
        """The setting without the seed."""
        return f"{self.size}, backbone {self.backbone}, budget {self.budget}"


@dataclass(frozen=True)
class Row:
    """What one method took and gave.

    Attributes
    ----------
    status : proven, stopped (a gap is stated), "no bound" or none (`said` why)
    seconds, audit_seconds : of the solve, and of the audit of its plan; None where there is none
    ratio : solve and audit over the seconds of the network's solve in the same run
    peak_mib : resident memory of the process at its largest, the arrays included
    goals : goal, value as the audit counts it, bound and gap
    holds : whether every hard rule holds; `broken` counts the breaches by rule
    """

    size: str
    seed: int
    backbone: str
    budget: str
    arcs: int
    method: str
    status: str
    seconds: float | None
    audit_seconds: float | None
    ratio: float | None
    peak_mib: int
    placed: int
    goals: Sequence[dict[str, Any]]
    holds: bool | None
    broken: dict[str, int]
    said: str


def measure(setting: Setting, methods: Sequence[str], settings: Settings) -> Iterator[Row]:
    """Yield a row for each method, the network's first."""
    instance, policy = make(setting.size, setting.seed, backbone=setting.backbone, budget=setting.budget)
    problem = compile(instance, policy)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "case"
        file.write_bytes(pickle.dumps(case_of(problem), protocol=5))
        unit: float | None = None
        for method in (NETWORK, *(m for m in methods if m != NETWORK)):
            ran = run(method, file, settings)
            if method == NETWORK and ran.answer is not None:
                unit = ran.answer.seconds
            yield _row(setting, problem, method, ran, unit)


def _row(setting: Setting, problem: Problem, method: str, ran: Ran, unit: float | None) -> Row:
    answer = ran.answer or Answer(None)
    where = {**asdict(setting), "arcs": problem.program.n_arcs, "method": method, "peak_mib": ran.peak_mib}
    if answer.arcs is None:
        return Row(**where, status="none", seconds=answer.seconds or None, audit_seconds=None, ratio=None, placed=0,
                   goals=(), holds=None, broken={}, said=ran.said or answer.said or "no plan in time")
    began = time.perf_counter()
    values, broken = _judged(problem, answer.arcs)
    audit_seconds = time.perf_counter() - began
    goals = _goals(values, answer.bounds)
    return Row(**where, status=_status(goals), seconds=answer.seconds, audit_seconds=audit_seconds,
               ratio=None if unit is None else (answer.seconds + audit_seconds) / unit, placed=len(answer.arcs),
               goals=goals, holds=not broken, broken=broken, said=answer.said)


def _judged(problem: Problem, arcs: Ints) -> tuple[list[tuple[str, int]], dict[str, int]]:
    """Return the goals' values and how often each hard rule is broken, as the audit counts them."""
    x = np.zeros(problem.program.n_columns, np.int64)
    x[arcs] = 1
    found = audit(problem.instance, problem.policy, Plan("main", "feasible", 0, problem.decode(x), edited=True))
    broken = Counter(breach.rule for breach in found.breaches)
    return [(goal.goal, goal.value) for goal in found.goals], dict(broken.most_common(MOST_NAMED))


def _goals(values: Sequence[tuple[str, int]], bounds: Sequence[int]) -> list[dict[str, Any]]:
    if not bounds:
        return [{"goal": goal, "value": value, "bound": None, "gap": None} for goal, value in values]
    return [{"goal": goal, "value": value, "bound": bound, "gap": abs(bound - value) / max(1, abs(value))}
            for (goal, value), bound in zip(values, bounds, strict=True)]


def _status(goals: Sequence[dict[str, Any]]) -> str:
    if any(goal["gap"] is None for goal in goals):
        return "no bound"
    return "proven" if all(goal["gap"] == 0 for goal in goals) else "stopped"
