"""Min-cost flow, for programs that are a pure network."""

from __future__ import annotations

from matching.domain.text import Text
from matching.engines.flow import solve_parts
from matching.engines.goals import Verdict
from matching.engines.ledger import Ledger
from matching.engines.settings import Settings
from matching.problem.program import Int64, Program


class MinCostFlow:
    """All goals in order, by exact costs: a network's linear optimum is whole, so it is the proof as well."""

    name = "mcf"

    def refusals(self, program: Program) -> tuple[Text, ...]:
        """Say why `program` is no pure network, or its numbers too large; empty where it can be taken."""
        from matching.engines.network import NotANetworkError, network_of

        try:
            network_of(program)
        except NotANetworkError as refusal:
            return (refusal.text,)
        return ()

    def run(self, ledger: Ledger, settings: Settings) -> Verdict:
        """Solve the network; a time limit is the caller's to hold, since the algorithm cannot be cut short."""
        from matching.engines.flow_parts import parts_of
        from matching.engines.network import network_of

        return settle(ledger, solve_parts(parts_of(network_of(ledger.program))))


def settle(ledger: Ledger, x: Int64 | None) -> Verdict:
    """Take up the optimum of all goals in order, which is proof of each; None says that there is no plan."""
    if x is None:
        return "infeasible"
    ledger.offer(x)
    while not ledger.done:
        ledger.raise_bound(ledger.goal, ledger.values[ledger.goal])
        ledger.close()
    return "done"
