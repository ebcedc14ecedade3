"""The exact value of one bound up to which something still holds: the fill, or all rules at once.

For a share of those placed in the whole plan the best ratio is found by W. Dinkelbach's method (On nonlinear fractional
programming, Management Science 13, 1967): with a plan of p in q, the most of ``q numerator - p denominator`` is 0 just
where no plan has a larger ratio, and else belongs to a plan that has. A number of the whole plan is the outcome of one
solve. For other bounds a plan that holds, the next number that could make a difference, and a proof that this one does
not hold, settle the value; between them the range is halved.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Literal, NamedTuple

import numpy as np
from scipy import sparse

from matching.audit import audit
from matching.domain.plan import Plan
from matching.engines import Solution
from matching.executors import Stop, StoppedError
from matching.policy.model import Quota
from matching.problem import Problem, compile
from matching.problem.counts import Cast
from matching.problem.program import Int64, Objective, Program
from matching.scenarios.whatif.chain import Shared
from matching.scenarios.whatif.point import MAIN, attained
from matching.scenarios.whatif.solving import Clock, PointSolver, cold
from matching.scenarios.whatif.tighter import Tighter

Of = Literal["fill", "feasible"]
MOST_SOLVES = 60
_NO_COST = np.zeros(0, np.int64)


class Edge(NamedTuple):
    """Up to which value something holds.

    Attributes
    ----------
    of : ``fill``, as much of the weighted fill (and of the goals before it) as at the loosest value asked for;
        ``feasible``, all hard rules
    last : the tightest value at which it holds, itself included; None where it holds at none, or nobody knows
    first : the next value that makes a difference, at which it does not hold; None for a share, where any tighter value
        does not hold, and where `unlimited`
    proven : whether both are
    unlimited : it holds at every value there is
    solves : how many solves it took
    """

    of: Of
    name: str
    last: Fraction | None
    first: Fraction | None
    proven: bool
    unlimited: bool
    solves: int

    @staticmethod
    def key_of(of: str, name: str) -> str:
        """Return what names an edge among what is kept of a call."""
        return f"edge={of} {name}"

    @property
    def key(self) -> str:
        """Names this one."""
        return self.key_of(self.of, self.name)

    @property
    def beyond(self) -> Fraction | None:
        """The first value that does not hold; of a share the last that holds, any tighter value being beyond."""
        return self.last if self.first is None else self.first

    def to_dict(self) -> dict[str, Any]:
        """Return the edge as plain texts and numbers."""
        return {"key": self.key, "of": self.of, "name": self.name, "last": _text(self.last), "first": _text(self.first),
                "proven": self.proven, "unlimited": self.unlimited, "solves": self.solves}


def edge_from_dict(told: Any) -> Edge:
    """Return the edge that `to_dict` told."""
    return Edge(told["of"], told["name"], _fraction(told["last"]), _fraction(told["first"]), told["proven"],
                told["unlimited"], told["solves"])


def _text(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


def _fraction(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


@dataclass
class EdgeSearch:
    """Looks for the tightest value of the one knob at which something holds.

    Parameters
    ----------
    problem : under a value that leaves every plan that comes into question
    solver : goes on from the root's solution, where it has one
    held : what the first goals have at best, in order; every plan keeps that
    """

    shared: Shared
    of: Of
    problem: Problem
    solver: PointSolver | None
    held: tuple[int, ...] = ()
    stop: Stop | None = None

    def __post_init__(self) -> None:
        (self.knob,) = self.shared.knobs
        self.clock = Clock(self.shared.deadline)
        self.solves = 0
        rule = self.problem.policy.rule(self.knob.rule)
        self.rule: Quota | None = rule if isinstance(rule, Quota) else None
        self.tighter = Tighter(self.problem, self.knob)

    def find(self, start: Fraction | None) -> Edge:
        """Return the edge; `start` is what a plan is known to attain, if any is."""
        cast = self._whole_plan()
        if cast is None:
            return self._halving(start)
        if self.rule is not None and self.rule.of == "placed":
            return self._ratio(cast, start)
        return self._extreme(cast)

    def _whole_plan(self) -> Cast | None:
        """Return the quota's counts where they are of one group and add up; None where the range must be halved."""
        if self.rule is None or self.rule.from_seats is not None or self.rule.measure == "sites":
            return None
        cast = next(c for c in self.problem.quotas if c.rule.id == self.rule.id)
        return cast if cast.count.counted.shape[0] == 1 else None

    def _ratio(self, cast: Cast, start: Fraction | None) -> Edge:
        counted, placed = _dense(cast.count.counted), _dense(cast.count.placed)
        if self._can_do_without(placed):
            return self._edge(None, None, True, unlimited=True)
        last = start
        plan: Int64 | None = None
        while self.solves < MOST_SOLVES:
            ratio = Fraction(0) if last is None else last
            cost = -self.knob.tight * (ratio.denominator * counted - ratio.numerator * placed)
            found = self._best(cost, plan)
            if found.status != "optimal":
                return self._edge(last, None, found.status == "infeasible")
            if last is not None and found.goals[-1].best == 0:
                return self._edge(last, None, True, unlimited=last == self.tighter.end)
            last, plan = self._attains(found), found.x
        return self._edge(last, None, False)

    def _can_do_without(self, placed: Int64) -> bool:
        """Tell whether a plan holds that places nobody whom the share is of: any share holds then."""
        program = self._program(self.problem.program)
        if np.all(placed > 0):
            return not any(self.held) and _nothing_holds(program)
        upper = program.upper.copy()
        upper[:len(placed)][placed > 0] = 0
        return self._keeps(self._solved(replace(program, upper=upper)))

    def _extreme(self, cast: Cast) -> Edge:
        found = self._best(-self.knob.tight * _dense(cast.count.counted))
        if found.x is None:
            return self._edge(None, None, found.status == "infeasible")
        last = self._attains(found)
        if found.status != "optimal" or last is None:
            return self._edge(last, None, False, unlimited=last is None)
        return self._settled(last)

    def _settled(self, last: Fraction) -> Edge:
        """Return the edge at the value that is proven the tightest."""
        unlimited = self.tighter.end is not None and self.knob.tight * (last - self.tighter.end) >= 0
        first = None if self.tighter.share or unlimited else self.tighter.next(last)
        return self._edge(last, first, True, unlimited=unlimited)

    def _halving(self, start: Fraction | None) -> Edge:
        end, last = self.tighter.end, self._tried(self.tighter.loosest) if start is None else start
        if last is None:
            return self._edge(None, None, self._sure)
        if end is not None and (self._tried(end) is not None or not self._sure):
            return self._edge(end if self._sure else last, None, self._sure, unlimited=self._sure)
        return self._narrowed(last, self.tighter.far if end is None else end)

    def _narrowed(self, last: Fraction, beyond: Fraction) -> Edge:
        """Return the edge between a value that holds and one that does not."""
        near = True
        while self.solves < MOST_SOLVES:
            following = self.tighter.next(last)
            if not self._before(following, beyond):
                return self._settled(last)
            middle = following if near else self.tighter.between(last, beyond) or following
            better = self._tried(middle)
            if better is None and not self._sure:
                break
            last, beyond = (last, middle) if better is None else (better, beyond)
            near = better is not None and better != middle
        return self._edge(last, None, False)

    def _before(self, a: Fraction, b: Fraction) -> bool:
        return self.knob.tight * (b - a) > 0

    def _tried(self, value: Fraction) -> Fraction | None:
        """Return what a plan attains that keeps to `value`, at least that; None where there is no plan."""
        made = compile(self.shared.instance, self.knob.put(self.shared.policy, value))
        found = self._solved(self._program(made.program), made)
        self._sure = found.status in ("optimal", "infeasible")
        if not self._keeps(found):
            return None
        reached = self._attains(found, made)
        return value if reached is None or self._before(reached, value) else reached

    def _best(self, cost: Int64, start: Int64 | None = None) -> Solution:
        return self._solved(self._program(self.problem.program, cost), start=start)

    def _keeps(self, found: Solution) -> bool:
        """Tell whether a plan was found that has as much of the first goals as every plan is to keep."""
        return found.x is not None and all(g.best == best for g, best in zip(found.goals, self.held, strict=False))

    def _solved(self, program: Program, made: Problem | None = None, start: Int64 | None = None) -> Solution:
        self.solves += 1
        if self.solver is None:
            found = cold(program, 0, self.shared.workers, self.clock.left, self.stop)
        else:
            found = self.solver.solve_program(program, made or self.problem, self.clock.left, self.held, start)
        if found.stopped == "user":
            raise StoppedError({})
        return found

    def _program(self, program: Program, cost: Int64 = _NO_COST) -> Program:
        """Return the program with the goals that are held, and then the least of `cost` over the arcs."""
        whole = np.zeros(program.n_columns, np.int64)
        whole[:len(cost)] = cost
        first = (replace(goal, slack_amount=Fraction(0)) for goal in program.objectives[:len(self.held)])
        return replace(program, objectives=(*first, Objective("edge", whole)))

    def _attains(self, found: Solution, problem: Problem | None = None) -> Fraction | None:
        """Return the bound that a plan keeps to, counted by the audit."""
        assert found.x is not None
        made = problem or self.problem
        seen = audit(made.instance, made.policy, Plan(MAIN, "feasible", 0, made.decode(found.x)))
        lines = [line.value for line in seen.rules if line.rule == self.knob.rule]
        return attained(made.policy, self.knob, lines)

    def _edge(self, last: Fraction | None, first: Fraction | None, proven: bool, unlimited: bool = False) -> Edge:
        return Edge(self.of, self.knob.name, last, first, proven, unlimited, self.solves)


def _dense(row: sparse.csr_array) -> Int64:
    """Return the one row of a matrix."""
    return np.asarray(row.toarray(), np.int64).reshape(-1)


def _nothing_holds(program: Program) -> bool:
    """Tell whether a plan that places nobody keeps to every row, its further columns at their lowest."""
    rows = program.matrix @ program.lower
    return not program.lower[:program.n_arcs].any() and bool(
        np.all(rows >= program.row_lower) and np.all(rows <= program.row_upper))
