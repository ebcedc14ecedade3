"""The methods by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from benchmarks.comparison import by_hand, direct
from benchmarks.comparison.case import Answer, Case, Settings, chosen
from benchmarks.network import flow_over

from matching import engines

ENGINE, NETWORK = "engine", "network"


def this_engine(case: Case, settings: Settings) -> Answer:
    """Solve by this project's engine."""
    return _solved(case, settings, settings.engine)


def cbc(case: Case, settings: Settings) -> Answer:
    """Solve by CBC through PuLP, on the rows as they stand; it gives no bound of a search that was cut short."""
    return _solved(case, settings, "cbc")


def _solved(case: Case, settings: Settings, engine: str) -> Answer:
    found = engines.solve(case.program, engine=engine, time_limit=settings.seconds, workers=settings.threads)
    said = f"{found.status}: {found.message.en}" if found.x is None else found.message.en
    return Answer(None if found.x is None else chosen(found.x, case), [goal.bound for goal in found.goals], said=said)


def network(case: Case, settings: Settings) -> Answer:
    """Solve the plain min-cost flow over the same arcs, the limit: no other rule than seats and one post each."""
    found = flow_over(case)
    return Answer(found.arcs, seconds=found.seconds)


METHODS: Mapping[str, Callable[[Case, Settings], Answer]] = {
    NETWORK: network, ENGINE: this_engine, "highs": direct.highs_plain, "highs-lifted": direct.highs_lifted,
    "cpsat": direct.cpsat, "cbc": cbc, "scip": direct.scip, "greedy": by_hand.greedy, "deferred": by_hand.deferred,
}

TITLES: Mapping[str, str] = {
    NETWORK: "plain min-cost flow, the limit", ENGINE: "this engine", "highs": "HiGHS, plain rows",
    "highs-lifted": "HiGHS, lifted rows", "cpsat": "CP-SAT", "cbc": "CBC through PuLP", "scip": "SCIP",
    "greedy": "nearest first", "deferred": "deferred acceptance",
}
