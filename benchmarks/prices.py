"""Prices against solving from nothing: ``python -m benchmarks.prices instances/gansu_2014 --units 100 --seed 1``.

Draws units at random from all kinds of teachers, all posts and all bounds that the plan meets, each with one of its two
sides. Each is priced from the plan's basis, and its program, compiled anew, is solved with neither basis nor start. The
goals must agree; and the bound that is stated where a price is not solved for must hold.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from matching import engines
from matching.cli.case import load_case
from matching.domain.plan import GoalLine, Plan
from matching.explain.inquiry import Inquiry
from matching.explain.prices.edits import edited
from matching.explain.prices.pricing import Price, Pricing
from matching.explain.prices.ranks import Ranks
from matching.explain.prices.units import SIDES, Unit
from matching.problem import compile


class Checked(NamedTuple):
    """A unit's price, its bound, and what solving from nothing says; None where no plan is possible."""

    price: Price
    bound: Price
    truth: tuple[int, ...] | None
    bound_seconds: float
    seconds: float

    @property
    def agrees(self) -> bool:
        """Whether the price is exact and what solving from nothing says."""
        told = tuple(goal.value for goal in self.price.goals)
        return self.price.exact and (self.truth == told if self.price.possible else self.truth is None)

    def holds(self, senses: Sequence[int]) -> bool:
        """Tell whether the truth is no better than the bound, goal by goal in order."""
        if self.truth is None:
            return True
        n = len(self.bound.goals)
        return ([s * g.value for s, g in zip(senses, self.bound.goals, strict=False)]
                <= [s * v for s, v in zip(senses, self.truth[:n], strict=False)])


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line for each unit, and the counts."""
    options = _parser().parse_args(arguments)
    inquiry = _inquiry(options.case)
    senses = [goal.sense for goal in inquiry.problem.program.objectives]
    found = []
    for one in _checked(inquiry, options.units, options.seed):
        found.append(one)
        print(f"{'agrees' if one.agrees else 'BOUND' if not one.price.exact else 'WRONG'}  "
              f"{'holds' if one.holds(senses) else 'BROKEN'}  {one.bound_seconds:6.2f} {one.seconds:6.2f} s  "
              f"{[g.value for g in one.price.goals]} {one.truth} bound {[g.value for g in one.bound.goals]}  "
              f"{one.price.unit.side} {one.price.unit.of}", flush=True)
    print(f"{sum(one.agrees for one in found)} of {len(found)} prices agree, {sum(one.holds(senses) for one in found)} "
          f"bounds hold; seconds a bound {median(one.bound_seconds for one in found):.2f}, a price "
          f"{median(one.seconds for one in found):.2f} (median), {max(one.seconds for one in found):.2f} at worst")
    return 0 if all(one.holds(senses) and (one.agrees or not one.price.exact) for one in found) else 1


def _inquiry(case: Path) -> Inquiry:
    policy = case / "policy.toml"
    loaded = load_case([case / f"{case.name}.xlsx"], str(policy) if policy.exists() else case.name)
    problem = compile(loaded.instance, loaded.policy)
    solution = engines.solve(problem.program, workers=1)
    assert solution.x is not None
    goals = tuple(GoalLine(g.name, g.best, g.best, g.bound, g.gap) for g in solution.goals)
    plan = Plan("main", solution.status, 0, problem.decode(solution.x), goals)
    return Inquiry(loaded.instance, loaded.policy, plan)


def _checked(inquiry: Inquiry, n: int, seed: int) -> Iterator[Checked]:
    draw = random.Random(seed)
    with Pricing(inquiry, workers=1) as pricing:
        ranks = Ranks(pricing.problem, pricing.duals, pricing.x)
        sorts = [ranks.kinds(), ranks.posts(), ranks.bounds()]
        for _ in range(n):
            unit = Unit(draw.choice(draw.choice([sort for sort in sorts if sort])), draw.choice(SIDES))
            began = time.perf_counter()
            bound = pricing.price(unit, solve=False)
            there = time.perf_counter()
            price = pricing.price(unit)
            seconds = time.perf_counter() - there
            yield Checked(price, bound, _truth(pricing, unit), there - began, seconds)


def _truth(pricing: Pricing, unit: Unit) -> tuple[int, ...] | None:
    """Return by how much each goal of the best plan changes, found without anything that is known of the plan."""
    assert pricing.base is not None
    found = engines.solve(edited(pricing.problem, unit).program, workers=1)
    assert found.status in ("optimal", "infeasible")
    if found.x is None:
        return None
    return tuple(now.best - was.best for now, was in zip(found.goals, pricing.base.goals, strict=True))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("case", type=Path, help="a programme's folder, such as instances/gansu_2014")
    parser.add_argument("--units", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    return parser


if __name__ == "__main__":
    sys.exit(main())
