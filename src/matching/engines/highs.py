"""HiGHS: linear relaxations for bounds, few columns for plans, all of them for proofs.

For each goal the relaxation gives a bound, made exact from its prices. A search among the columns that the prices
favour, led by the later goals, then looks for a plan that attains the bound; where it does, the goal is proven. Else
the search over all columns proves what can be had; only columns whose reduced cost exceeds what is left between plan
and bound stay out of it. Nothing asks the clock before the deadline, so the same seed gives the same plan.
"""

from __future__ import annotations

from matching.domain.text import Text
from matching.engines import refusal
from matching.engines.exact import EXACT_IN_DOUBLE
from matching.engines.goals import Verdict, lexicographic
from matching.engines.highs_goal import GoalSearch
from matching.engines.ledger import Ledger
from matching.engines.settings import Settings
from matching.problem.program import Program


class Highs:
    """The default engine."""

    name = "highs"

    def refusals(self, program: Program) -> tuple[Text, ...]:
        """Say why the engine cannot take `program`; empty where it can."""
        return refusal.too_large(program, EXACT_IN_DOUBLE)

    def run(self, ledger: Ledger, settings: Settings) -> Verdict:
        """Work all goals of the ledger's program."""
        return lexicographic(ledger, GoalSearch(ledger.program, settings), settings)
