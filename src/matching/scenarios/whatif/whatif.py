"""What would be if a rule or a weight were otherwise: the whole curve, proven point by point."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from matching.domain.instance import Instance
from matching.executors import Executor, Stop
from matching.policy.model import Policy
from matching.scenarios.whatif.call import Call
from matching.scenarios.whatif.chain import Shared, Values
from matching.scenarios.whatif.clashes import Kept, OnKept
from matching.scenarios.whatif.floor import with_floor
from matching.scenarios.whatif.knobs import Knob, turned
from matching.scenarios.whatif.naming import axes
from matching.scenarios.whatif.order import grid, with_own
from matching.scenarios.whatif.point import bare, key_of
from matching.scenarios.whatif.ranked import rankings
from matching.scenarios.whatif.result import WhatIf
from matching.scenarios.whatif.solving import Clock, Tell
from matching.scenarios.whatif.values import Given


def whatif(instance: Instance, policy: Policy, vary: Mapping[str, Given], *, seeds: Sequence[int] = (0,),
           floor: int | None = None, executor: Executor | None = None, time_limit: float | None = None,
           workers: int = 2, stop: Stop | None = None, on_progress: Tell | None = None, known: Kept | None = None,
           on_point: OnKept | None = None, diagnose: bool = False, looked_at: Asked | None = None) -> WhatIf:
    """Solve a policy for every value, or combination of values, of what is varied, each to proof and audited.

    Parameters
    ----------
    vary : by name (``backbone-share.at_least``, ``points.km``, ``goal.fill.slack``) a range ``0:0.5:0.01``, a list
        ``0.1,0.2``, or the values themselves
    seeds : every point is solved under each of them
    floor : teachers who must be placed at the least, in every plan
    executor : who works the points; this process where None. The answer is the same whoever does
    time_limit : seconds for all of it; what was not reached by then is ``unknown``, or ``feasible`` with a gap
    stop : ends the work; what was done is kept
    on_progress : hears of the first solve
    known : what `on_point` was told before, of the same input, policy, floor and version, by key
    on_point : told each point, each exact value and each clash, by its key, as soon as it is final
    diagnose : name the rules that clash where points have no plan, which takes longer than solving them
    looked_at : what `look` made of the same

    Raises
    ------
    InputError
        With every finding: a name that means nothing, values that it cannot take, a rule without meaning.
    AuditFailedError
        Where a plan does not pass the audit.
    """
    held, knobs, points = looked_at or asked(instance, policy, vary, seeds, floor)
    own = tuple(knob.own for knob in knobs)
    ordered = with_own(knobs, points, own)
    deadline = None if time_limit is None else time.time() + time_limit
    call = Call(Shared(instance, held, knobs, {}, workers, deadline), ordered, tuple(seeds), executor, stop,
                on_progress, known or {}, on_point, floor is not None, diagnose)
    stopped = call.work()
    made = [call.found.get(key_of(knobs, values, seed)) or bare(knobs, values, seed, "unknown")
            for seed in seeds for values in points]
    ordered_plans: Mapping[str, Sequence[Mapping[str, Any]]] = {}
    if knobs[0].family == "ranking" and not stopped:
        ordered_plans = rankings(instance, policy, knobs, points, seeds[0], time_limit=Clock(deadline).left,
                                 workers=workers, stop=stop)
    return WhatIf(instance, held, knobs, tuple(made), call.found.get(key_of(knobs, own, seeds[0])), call.edges,
                  tuple(seeds), floor, stopped, ordered_plans, call.clashes)


class Asked(NamedTuple):
    """The policy with its floor, what is varied, and every combination of values, each of which the policy can take."""

    policy: Policy
    knobs: tuple[Knob, ...]
    points: list[Values]


def asked(instance: Instance, policy: Policy, vary: Mapping[str, Given], seeds: Sequence[int], floor: int | None
          ) -> Asked:
    """Look at what is asked.

    Raises
    ------
    InputError
        As `whatif`.
    """
    found = axes(policy, vary)
    knobs, points = tuple(knob for knob, _ in found), grid(found, len(seeds))
    held = replace(with_floor(policy, floor, instance), variants=(), alternatives=0, fronts=())
    for values in points:
        turned(held, knobs, values)
    return Asked(held, knobs, points)
