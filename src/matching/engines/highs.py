"""HiGHS: linear relaxations for bounds, few columns for plans, all of them for proofs.

For each goal the relaxation gives a bound, made exact from its prices. A search among the columns that the prices
favour, led by the later goals, then looks for a plan that attains the bound; where it does, the goal is proven. Else
the search over all columns proves what can be had; only columns whose reduced cost exceeds what is left between plan
and bound stay out of it. A program of many arcs that falls into parts is worked part by part. Nothing asks the clock
before the deadline, so the same seed gives the same plan.
"""

from __future__ import annotations

import math

from matching.domain.text import Text
from matching.engines import refusal
from matching.engines.by_parts import ByParts, has_parts
from matching.engines.exact import EXACT_IN_DOUBLE
from matching.engines.goals import Verdict, lexicographic
from matching.engines.highs_goal import GoalSearch
from matching.engines.ledger import Ledger
from matching.engines.quick_plan import offer_quick_plan
from matching.engines.settings import Settings
from matching.engines.side_by_side import Runner, side_by_side
from matching.engines.split import split
from matching.problem.program import Program

MANY_ARCS = 350_000
"""From so many on a program is worked in parts, where it has any."""
TOO_MANY_ARCS = 350_000
"""From so many on what the parts leave of the gap is not searched for: the whole would take too long."""


class Highs:
    """The default engine."""

    name = "highs"

    def __init__(self, many: int = MANY_ARCS, too_many: int = TOO_MANY_ARCS, run: Runner = side_by_side) -> None:
        self._many = many
        self._too_many = too_many
        self._run = run

    def refusals(self, program: Program) -> tuple[Text, ...]:
        """Say why the engine cannot take `program`; empty where it can."""
        return refusal.too_large(program, EXACT_IN_DOUBLE)

    def run(self, ledger: Ledger, settings: Settings) -> Verdict:
        """Work all goals of the ledger's program; with a deadline, and where it is worked in parts, some plan comes
        first."""
        many = ledger.program.n_arcs >= self._many
        if ledger.x is None and (many or not math.isinf(settings.deadline)):
            offer_quick_plan(ledger)
        if many and not ledger.proven:
            verdict = self._in_parts(ledger, settings)
            if verdict is not None:
                return verdict
        return lexicographic(ledger, GoalSearch(ledger.program, settings), settings)

    def _in_parts(self, ledger: Ledger, settings: Settings) -> Verdict | None:
        """Return how the parts' work ended, None where the whole is yet to be searched."""
        parts = split(ledger.program)
        if not has_parts(parts):
            return None
        work = ByParts(ledger, parts, settings, self._run)
        if work.plan().verdict == "infeasible":
            return "infeasible"
        if ledger.x is not None and ledger.program.n_arcs >= self._too_many:
            return work.close()
        work.close_proven()
        return None
