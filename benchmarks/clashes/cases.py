"""Clashing cases: those that the shipped instances expect, and others forced on the shipped instances."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import numpy as np

from matching import engines
from matching.domain.instance import Instance
from matching.domain.text import Text
from matching.policy.changes import replace as changed
from matching.policy.model import Policy, Quota
from matching.problem import compile
from matching.problem.program import Objective
from matching.programmes.expected import Case
from matching.programmes.reading import read_expected
from matching.programmes.run import Folder

INSTANCES = Path(__file__).parents[2] / "instances"
YEJI = {"mandatory.when": "status = approved; deferred = no"}
LARGE = "gansu_2014"
FORCED: Mapping[str, tuple[int, Mapping[str, object]]] = {
    "backbone": (1300, {"backbone-share.at_least": 0.6}),
    "budget": (1330, {"budget.at_most": 25_000_000}),
    "county": (1340, {"backbone-share-county.enforce": "hard", "backbone-share-county.at_least": 0.3}),
}
"""Of the large instance: how many must be placed at least, and what else its policy then says."""


class Clash(NamedTuple):
    """An instance and a policy whose rules clash."""

    name: str
    instance: Instance
    policy: Policy


def expected() -> Iterator[Clash]:
    """Yield every case that an instance's expected.json calls infeasible, and one of a shipped policy made hard."""
    for path in sorted(INSTANCES.glob("*/expected.json")):
        for case in read_expected(path).cases:
            if case.status == "infeasible":
                yield _clash(path.parent, case, case.id)
    yeji = INSTANCES / "yeji"
    yield _with(_clash(yeji, read_expected(yeji / "expected.json").cases[0], "all-due"), YEJI)


def one_more() -> Iterator[Clash]:
    """Yield each small shipped instance with one placement more called for than there can be."""
    for path in sorted(INSTANCES.glob("*/expected.json")):
        case = read_expected(path).cases[0]
        if path.parent.name != LARGE and case.status == "optimal" and case.plan is None:
            clash = _clash(path.parent, case, "one-more")
            yield _floor(clash, _most(clash) + 1)


def large() -> Iterator[Clash]:
    """Yield the clashes forced on the large instance."""
    base = Folder(INSTANCES / LARGE).setting(Case(id="main", policy="policy.toml", status="optimal"))
    for name, (floor, changes) in FORCED.items():
        yield _floor(_with(Clash(f"{LARGE}/{name}", base.instance, base.policy), changes), floor)


def _clash(folder: Path, case: Case, name: str) -> Clash:
    setting = Folder(folder).setting(case)
    return Clash(f"{folder.name}/{name}", setting.instance, replace(setting.policy, variants=(), fronts=()))


def _with(clash: Clash, changes: Mapping[str, object]) -> Clash:
    return clash._replace(policy=changed(clash.policy, changes))


def _floor(clash: Clash, least: int) -> Clash:
    rule = Quota(id="floor", title=Text("至少安置", "Placed at least"), at_least=Fraction(least))
    return clash._replace(policy=replace(clash.policy, rules=(rule, *clash.policy.rules), variants=()))


def _most(clash: Clash) -> int:
    problem = compile(clash.instance, clash.policy)
    cost = np.zeros(problem.program.n_columns, np.int64)
    cost[:len(problem.arcs)] = -1
    found = engines.solve(replace(problem.program, objectives=(Objective("placed", cost, -1),)))
    assert found.status == "optimal"
    return found.goals[0].best
