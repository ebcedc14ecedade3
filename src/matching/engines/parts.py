"""A program solved in parts: split, what links them shared out by the relaxation, solved side by side, put together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matching.engines.couplings import Couplings, Floats, chosen, couplings
from matching.engines.exact import box_minimum
from matching.engines.goals import Verdict
from matching.engines.ledger import Ledger
from matching.engines.process import Asked, Ending
from matching.engines.settings import Settings
from matching.engines.shared_out import amounts, joined, shared, together, used
from matching.engines.side_by_side import Runner, nobody_asks, side_by_side
from matching.engines.split import Split
from matching.problem.program import Int64, Program

Bools = npt.NDArray[np.bool_]
NEAR = 0.01
"""A coupling may bind where less than this part of what the parts use of it is left."""
PRICED = 1e-9
RESERVE = 0.05
LARGEST_RESERVE = 1.0
"""Of the time left, and in seconds: what is kept back to put the parts together."""
WORTH_A_START = 2.0
"""Seconds left in which to work a part again."""


class Fractional(NamedTuple):
    """A relaxation's solution.

    Attributes
    ----------
    x : shape (n_columns,)
    prices : shape (n_rows,), or None where they are not known; a row without a price does not bind
    """

    x: Floats
    prices: Floats | None = None


class InParts(NamedTuple):
    """How a solve in parts ended.

    Attributes
    ----------
    verdict : ``done`` where there is a plan of the whole and every part was worked to its end; ``infeasible`` where it
        is proven that there is none; else ``stopped``
    endings : how each part ended
    without : the parts for which no plan was found; under what they were given of couplings there may be none
    exact : whether no coupling was shared out, so that the parts' bounds are the whole's
    given : the couplings that were shared out
    plans : the parts' plans, where they fit together
    """

    verdict: Verdict
    endings: tuple[Ending, ...]
    without: tuple[int, ...]
    exact: bool
    given: Couplings | None = None
    plans: tuple[Int64, ...] = ()


Relax = Callable[[Program, Settings], Fractional | None]


def solve_parts(ledger: Ledger, split: Split, settings: Settings, relax: Relax, *, stop: Asked = nobody_asks,
                run: Runner = side_by_side, engine: str = "highs") -> InParts:
    """Offer `ledger` the parts' best plans as one, as soon as there is one of each, and whenever a part ends.

    Couplings that may bind at the relaxation's solution are shared out; where a plan breaks one that was thought not
    to, it is solved again with that one too. Goals are not closed. Where nothing is shared out, the parts' bounds are
    added up for the whole.

    Parameters
    ----------
    ledger : of the program that `split` was made of, with no goal closed
    relax : asked for a fractional solution only where rows link the parts
    """
    kept = replace(settings, deadline=settings.deadline - _reserve(settings))
    point = relax(split.whole, settings) if len(split.linking) else Fractional(np.zeros(split.whole.n_columns))
    if point is None:
        return InParts("stopped", (), tuple(range(len(split.parts))), False)
    found = couplings(split, point.x)
    binds = _binding(split, found, point)
    while True:
        given = chosen(found, np.flatnonzero(binds))
        attempt = _Attempt(ledger, split, shared(split, given, amounts(split, given, point.x)))
        endings = attempt.worked(run, engine, kept, stop)
        broken = attempt.broken(found) & ~binds
        if attempt.fits or not broken.any():
            return attempt.result(endings, given, exact=not binds.any())
        binds |= broken


def _reserve(settings: Settings) -> float:
    return min(LARGEST_RESERVE, RESERVE * max(0.0, settings.left(settings.deadline)))


def _binding(split: Split, found: Couplings, point: Fractional) -> Bools:
    """Tell which couplings may bind."""
    use = used(split, found, point.x)
    near = np.asarray(found.upper - use.sum(axis=1) < np.maximum(1, NEAR * np.abs(use).sum(axis=1)))
    if point.prices is None:
        return near
    priced = np.abs(point.prices[split.linking]) > PRICED
    return np.asarray(near & ((found.weights != 0) @ priced))


class _Attempt:
    """The parts under one sharing out; each begins with what a known plan has for it, where that keeps to its share."""

    def __init__(self, ledger: Ledger, split: Split, programs: Iterable[Program]) -> None:
        self.ledgers = [Ledger(program) for program in programs]
        self.fits = False
        self._ledger = ledger
        self._split = split
        if ledger.x is not None:
            for own, part in zip(self.ledgers, split.parts, strict=True):
                own.offer(ledger.x[part.columns])

    def worked(self, run: Runner, engine: str, settings: Settings, stop: Asked) -> list[Ending]:
        """Work all parts, and again those that time cut short, where others have left some over."""
        endings = run(self.ledgers, engine, settings, stop, self.heard)
        late = [k for k, ending in enumerate(endings) if ending.verdict == "stopped" or ending.stopped == "time"]
        if not late or settings.left(settings.deadline) < WORTH_A_START:
            return endings
        again = [_begun(self.ledgers[k]) for k in late]
        for k, ledger in zip(late, again, strict=True):
            self.ledgers[k] = ledger
        for k, ending in zip(late, run(again, engine, settings, stop, self.heard), strict=True):
            endings[k] = ending
        return endings

    def heard(self, k: int, ending: Ending) -> None:
        """Put the parts' plans together, where each has one."""
        x = joined(self._split, xs) if (xs := self._plans()) else None
        if x is not None:
            self.fits = True
            self._ledger.offer(x)

    def _plans(self) -> list[Int64]:
        """Return the parts' plans; none where one is missing."""
        xs = [ledger.x for ledger in self.ledgers if ledger.x is not None]
        return xs if len(xs) == len(self.ledgers) else []

    def broken(self, found: Couplings) -> Bools:
        """Tell which couplings the parts' plans break together."""
        xs = self._plans()
        if not xs:
            return np.zeros(len(found.upper), np.bool_)
        return np.asarray(found.matrix @ together(self._split, xs) > found.upper)

    def result(self, endings: Sequence[Ending], given: Couplings, exact: bool) -> InParts:
        """Return how it ended, and add up the bounds where they are `exact`."""
        without = tuple(k for k, ledger in enumerate(self.ledgers) if ledger.x is None)
        verdicts = {ending.verdict for ending in endings}
        verdict: Verdict = "done" if self.fits and verdicts == {"done"} else "stopped"
        if exact:
            self._raise_bounds()
            verdict = "infeasible" if "infeasible" in verdicts else verdict
        return InParts(verdict, tuple(endings), without, exact, given, tuple(self._plans()) if self.fits else ())

    def _raise_bounds(self) -> None:
        """Add up the parts' bounds, of a goal only where those before it are proven in every part and give nothing
        away: else one part might use what another gives up."""
        program, loose = self._split.whole, self._split.loose
        for k, goal in enumerate(program.objectives):
            least = box_minimum(goal.cost[loose], program.lower[loose], program.upper[loose])
            self._ledger.raise_bound(k, sum(ledger.bounds[k] for ledger in self.ledgers) + least + goal.constant)
            if goal.slack_amount or not all(_proven(ledger, k) for ledger in self.ledgers):
                return


def _begun(ledger: Ledger) -> Ledger:
    """Return a ledger at its first goal that begins with the plan of another, and what that proved of this goal."""
    begun = Ledger(ledger.program)
    if ledger.x is not None:
        begun.offer(ledger.x)
    begun.raise_bound(0, ledger.bounds[0])
    return begun


def _proven(ledger: Ledger, k: int) -> bool:
    return ledger.goal > k and ledger.outcomes()[k].gap == 0
