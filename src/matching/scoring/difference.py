"""What two plans differ in: who moves, and what each side gains and loses."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import zip_longest
from typing import Any, NamedTuple

from matching.domain.instance import Instance
from matching.domain.plan import Placement, Plan
from matching.domain.terms import BACKBONE
from matching.policy.model import Policy
from matching.policy.variants import weighed
from matching.scoring.criteria import CRITERIA
from matching.scoring.metrics import Metrics, number
from matching.scoring.score import score

Recount = Callable[[Iterable[Placement]], Sequence[tuple[str, int]]]
"""Gives each goal's name and value for some placements, such as `matching.audit.goal_values` bound to a case."""
_RISING = frozenset({"fill", "fair"})


class Move(NamedTuple):
    """A teacher who leaves one need and takes another, None for no post; with the wish met (None: none) and the km."""

    teacher: str
    leaves: str | None
    takes: str | None
    wish: tuple[int | None, int | None]
    km: tuple[float | None, float | None]


class CountyChange(NamedTuple):
    """What a receiving county of `seats` has in the first and in the second plan, and how many come or go.

    Who comes to the county was not there in the first plan; who goes is not there in the second.
    """

    county: str
    seats: int
    filled: tuple[int, int]
    backbone: tuple[int, int]
    come: int
    go: int


class Figure(NamedTuple):
    """A goal or a criterion in both plans; `gain` is what the second is better by, negative where it is worse."""

    name: str
    first: Fraction | None
    second: Fraction | None
    gain: Fraction | None


@dataclass(frozen=True)
class Difference:
    """From the plan `first` to the plan `second`.

    Attributes
    ----------
    moves : in the order of teachers; who has the same post in both is left out
    counties : all receiving counties, in the order of the needs
    goals : by the policy's own goals, or by those that both plans were made by; empty where they cannot be compared
    criteria : those that either plan has a value of
    """

    first: str
    second: str
    moves: tuple[Move, ...]
    counties: tuple[CountyChange, ...]
    goals: tuple[Figure, ...]
    criteria: tuple[Figure, ...]

    @property
    def changed(self) -> tuple[CountyChange, ...]:
        """The counties in which anything differs."""
        return tuple(c for c in self.counties if c.come or c.go or c.filled[0] != c.filled[1])

    @property
    def counts(self) -> tuple[int, int, int]:
        """How many change their post, take one for none, and have none for one."""
        both = sum(m.leaves is not None and m.takes is not None for m in self.moves)
        new = sum(m.leaves is None for m in self.moves)
        return both, new, len(self.moves) - both - new

    def to_dict(self) -> dict[str, Any]:
        """Return the difference as plain numbers, lists and dicts; moves as ``replan --json`` has them, with more."""
        return {
            "plans": [self.first, self.second],
            "moves": [{"teacher": m.teacher, "from": m.leaves, "to": m.takes, "wish": list(m.wish), "km": list(m.km)}
                      for m in self.moves],
            "counties": [c._asdict() | {"filled": list(c.filled), "backbone": list(c.backbone)} for c in self.counties],
            "goals": [_figure(f) for f in self.goals],
            "criteria": [_figure(f) for f in self.criteria],
        }


def difference(instance: Instance, policy: Policy, first: Plan, second: Plan, *,
               metrics: tuple[Metrics, Metrics] | None = None, recount: Recount | None = None) -> Difference:
    """Compare two audited plans of one instance.

    Parameters
    ----------
    metrics : of both plans, where they are known; else they are counted, without envy
    recount : gives the goals of both plans by one measure; without it, goals are compared only where both plans were
        made by the same goals and points

    Raises
    ------
    ValueError
        Where a placement does not state its yuan, as of an edited plan.
    KeyError
        Where a placement names an unknown teacher or post.
    """
    counted = metrics or (score(instance, policy, first), score(instance, policy, second))
    return Difference(first.plan, second.plan, tuple(_moves(instance, first, second)),
                      tuple(_counties(instance, policy, first, second)), _goals(policy, first, second, recount),
                      tuple(_criteria(*counted)))


def _moves(instance: Instance, first: Plan, second: Plan) -> Iterator[Move]:
    before, after = _by_teacher(first), _by_teacher(second)
    for teacher in instance.teacher:
        old, new = before.get(teacher, {}), after.get(teacher, {})
        left = [p for need, p in old.items() if need not in new]
        taken = [p for need, p in new.items() if need not in old]
        for a, b in zip_longest(left, taken):
            yield Move(teacher, a and a.need, b and b.need, (a and a.preference, b and b.preference), (a and a.km,
                       b and b.km))


def _by_teacher(plan: Plan) -> Mapping[str, Mapping[str, Placement]]:
    found: dict[str, dict[str, Placement]] = defaultdict(dict)
    for p in plan.placements:
        found[p.teacher][p.need] = p
    return found


def _counties(instance: Instance, policy: Policy, first: Plan, second: Plan) -> Iterator[CountyChange]:
    county = {n.need_id: instance.site[n.site_id].county for n in instance.needs}
    seats: Counter[str] = Counter()
    for n in instance.needs:
        seats[county[n.need_id]] += n.count
    least = BACKBONE.rank(policy.backbone)
    rank = {t.teacher_id: BACKBONE.rank(instance.backbone_level(t)) for t in instance.teachers}
    there: list[dict[str, Counter[str]]] = [defaultdict(Counter), defaultdict(Counter)]
    for at, plan in zip(there, (first, second), strict=True):
        for p in plan.placements:
            at[county[p.need]][p.teacher] += 1
    for name in seats:
        old, new = (at[name] for at in there)
        backbone = [sum(k for t, k in one.items() if rank[t] >= least) for one in (old, new)]
        yield CountyChange(name, seats[name], (sum(old.values()), sum(new.values())), (backbone[0], backbone[1]),
                           len(new.keys() - old.keys()), len(old.keys() - new.keys()))


def _goals(policy: Policy, first: Plan, second: Plan, recount: Recount | None) -> tuple[Figure, ...]:
    if recount is not None:
        lines = [[(name, value) for name, value in recount(plan.placements)] for plan in (first, second)]
    else:
        one, other = weighed(policy, first.plan), weighed(policy, second.plan)
        alike = (one.goals, one.points) == (other.goals, other.points)
        lines = [[(g.goal, g.value) for g in plan.goals] if alike else [] for plan in (first, second)]
    if [name for name, _ in lines[0]] != [name for name, _ in lines[1]]:
        return ()
    return tuple(_compared(name, Fraction(a), Fraction(b), 1 if name in _RISING and not at else -1)
                 for at, (name, a), (_, b) in zip(levels(name for name, _ in lines[0]), *lines, strict=True))


def levels(goals: Iterable[str]) -> Iterator[int]:
    """Yield for each goal how many fair goals come directly before it: levels of leximin, to be few."""
    last, at = "", 0
    for name in goals:
        at = at + 1 if name == last == "fair" else 0
        last = name
        yield at


def _criteria(first: Metrics, second: Metrics) -> Iterator[Figure]:
    for name, criterion in CRITERIA.items():
        a, b = criterion.value(first), criterion.value(second)
        if a is not None or b is not None:
            yield _compared(name, a, b, criterion.sense)


def _compared(name: str, first: Fraction | None, second: Fraction | None, sense: int) -> Figure:
    gain = None if first is None or second is None else sense * (second - first)
    return Figure(name, first, second, gain)


def _figure(one: Figure) -> dict[str, Any]:
    return {"name": one.name, "first": number(one.first), "second": number(one.second), "gain": number(one.gain)}
