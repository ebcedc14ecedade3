"""OR-Tools' min-cost flow, for programs that are a pure network."""

from __future__ import annotations

from typing import Any

import numpy as np

from matching.domain.text import Text
from matching.engines.goals import Verdict
from matching.engines.ledger import Ledger
from matching.engines.network import Network, NotANetworkError, network_of
from matching.engines.settings import Settings
from matching.problem.program import Int64, Program


class MinCostFlow:
    """All goals at once as one exact weighted cost: a network's linear optimum is whole, so it is the proof as well."""

    name = "mcf"

    def refusals(self, program: Program) -> tuple[Text, ...]:
        """Say why `program` is no pure network, or too large for exact weights; empty where it can be taken."""
        try:
            network_of(program)
        except NotANetworkError as refusal:
            return (refusal.text,)
        return ()

    def run(self, ledger: Ledger, settings: Settings) -> Verdict:
        """Solve the network; a time limit is the caller's to hold, since the algorithm cannot be cut short."""
        network = network_of(ledger.program)
        x = _solve(network)
        if x is None:
            return "infeasible"
        ledger.offer(x)
        while not ledger.done:
            ledger.raise_bound(ledger.goal, ledger.values[ledger.goal])
            ledger.close()
        return "done"


def _solve(network: Network) -> Int64 | None:
    """Return the flow on the arcs of the cheapest circulation, None where there is none.

    A lower bound L on an edge from u to v is L units that v has and u needs beforehand.
    """
    from ortools.graph.python import min_cost_flow

    flow: Any = min_cost_flow.SimpleMinCostFlow()
    e = network.edges
    added = flow.add_arcs_with_capacity_and_unit_cost(e.tail, e.head, e.upper - e.lower, e.cost)
    supplies = np.zeros(network.n_nodes, np.int64)
    np.add.at(supplies, e.head, e.lower)
    np.subtract.at(supplies, e.tail, e.lower)
    flow.set_nodes_supplies(np.arange(network.n_nodes, dtype=np.int32), supplies)
    if flow.solve() != flow.OPTIMAL:
        return None
    flows = np.asarray(flow.flows(added), np.int64) + e.lower
    return flows[:network.n_arcs]
