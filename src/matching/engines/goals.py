"""The goals, one after another: each optimised, then held while the next is."""

from __future__ import annotations

from typing import Literal, Protocol

from matching.engines.ledger import Ledger
from matching.engines.settings import Settings

Reply = Literal["solved", "infeasible", "stopped"]
Verdict = Literal["done", "infeasible", "stopped"]


class Minimiser(Protocol):
    """Optimises one goal."""

    def minimise(self, ledger: Ledger, deadline: float) -> Reply:
        """Work on ``ledger.goal`` within ``ledger.limits``; offer plans and bounds to the ledger until it is proven.

        Answers ``infeasible`` only where no whole x meets the rows and limits, ``stopped`` where the time ran out.
        """


def lexicographic(ledger: Ledger, minimiser: Minimiser, settings: Settings) -> Verdict:
    """Work the goals in order until all are done, the time is up, or it is proven that there is no plan."""
    stopped = False
    while not ledger.done:
        if not ledger.proven:
            reply = minimiser.minimise(ledger, share_of_time(ledger, settings))
            stopped |= reply == "stopped"
            if ledger.x is None:
                return "infeasible" if reply == "infeasible" else "stopped"
        ledger.close()
    return "stopped" if stopped else "done"


def share_of_time(ledger: Ledger, settings: Settings) -> float:
    """Return when the goal at work should end, so that later goals have their turn.

    Of the time left it has 2 / (n + 1) with n goals to go: half for the first of three, two thirds for the second,
    all for the last. Without a plan it has nearly all: any plan is worth more than a bound.
    """
    to_go = len(ledger.program.objectives) - ledger.goal
    if ledger.x is None:
        return settings.after(0.9)
    return settings.after(2 / (to_go + 1))
