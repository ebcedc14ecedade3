"""What the parts leave over of what links them, given out again where the first goal lost most by rounding."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from matching.engines.couplings import Couplings, Floats
from matching.engines.ledger import Ledger
from matching.engines.settings import Settings
from matching.engines.shared_out import joined, shared, together, used
from matching.engines.side_by_side import Runner, nobody_asks
from matching.engines.split import Split
from matching.problem.program import Int64

MOST_ROUNDS = 4
WORTH_TRYING = 0.5
"""How much of the first goal, in its own units, a part must have lost to be worked again."""


class Leftovers:
    """The parts' plans, and what they leave over.

    Parameters
    ----------
    ledger : of the whole, with no goal closed; better plans are offered to it
    given : the couplings that were shared out
    x : shape (n_columns,), the relaxation's solution by which they were
    plans : of the parts, in order
    """

    def __init__(self, ledger: Ledger, split: Split, given: Couplings, x: Floats, plans: Sequence[Int64]) -> None:
        self._ledger = ledger
        self._split = split
        self._given = given
        self._plans = list(plans)
        cost = split.whole.objectives[0].cost
        self._cost = [cost[part.columns] for part in split.parts]
        self._hoped = [float(mine @ x[part.columns]) for mine, part in zip(self._cost, split.parts, strict=True)]
        self._tried: set[int] = set()

    def give_out(self, run: Runner, engine: str, settings: Settings) -> None:
        """Work again the parts that lost most, with what is left over, while there is something to give and to gain."""
        for _ in range(MOST_ROUNDS):
            if self._ledger.proven or settings.left(settings.deadline) <= 0:
                return
            again, more = self._choice()
            if not again:
                return
            self._work(again, more, run, engine, settings)

    def _choice(self) -> tuple[list[int], Int64]:
        """Return the parts to work again, and what each coupling has left for each of them."""
        spare = self._given.upper - self._given.matrix @ together(self._split, self._plans)
        lost = np.array([float(cost @ plan) - hoped
                         for cost, plan, hoped in zip(self._cost, self._plans, self._hoped, strict=True)])
        worth = [k for k in np.argsort(-lost, kind="stable").tolist()
                 if lost[k] >= WORTH_TRYING and k not in self._tried]
        if not spare.any():
            return [], spare
        step = np.maximum(1, abs(self._given.matrix).max(axis=1).toarray().reshape(-1))
        most = max(1, int((spare // step)[spare > 0].min()))
        return worth[:most], spare // max(1, min(most, len(worth)))

    def _work(self, again: Sequence[int], more: Int64, run: Runner, engine: str, settings: Settings) -> None:
        """Work the parts `again`, each from its plan, with `more` of each coupling than that uses."""
        use = used(self._split, self._given, together(self._split, self._plans))
        programs = list(shared(self._split, self._given, use + more[:, None]))
        ledgers = [Ledger(programs[k]) for k in again]
        for k, ledger in zip(again, ledgers, strict=True):
            ledger.offer(self._plans[k])
        run(ledgers, engine, settings, nobody_asks)
        self._tried |= set(again)
        for k, ledger in zip(again, ledgers, strict=True):
            if ledger.x is not None and int(self._cost[k] @ ledger.x) < int(self._cost[k] @ self._plans[k]):
                self._tried -= {k}
                self._plans[k] = ledger.x
        x = joined(self._split, self._plans)
        if x is not None:
            self._ledger.offer(x)
