"""What would refuse one placement more, whoever it is: of a post, and of a teacher wherever a seat is free."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

import numpy as np
from scipy import sparse

from matching.explain.caps import receiving_caps
from matching.report.letters.ground import Ground


class Held(NamedTuple):
    """Rules, by id, that placing a teacher would break at every free seat open to them, and at every post at all."""

    free: tuple[str, ...] = ()
    anywhere: tuple[str, ...] = ()


class Doors:
    """Answers for one plan."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    @cached_property
    def full(self) -> tuple[tuple[str, ...], ...]:
        """For each post, by position, the rules whose caps on the receiving side let nobody else come."""
        arcs, (caps, matrix) = self._ground.problem.arcs, receiving_caps(self._ground.problem)
        x = np.zeros(len(arcs), np.int64)
        x[self._ground.chosen] = 1
        met = np.flatnonzero(matrix @ x >= np.array([cap.limit for cap in caps], np.int64))
        counted = sparse.csr_array(matrix[met]).tocoo()
        size = np.bincount(arcs.need, minlength=arcs.n_needs)
        key, times = np.unique(counted.row.astype(np.int64) * arcs.n_needs + arcs.need[counted.col],
                               return_counts=True)
        found: list[dict[str, None]] = [{} for _ in range(arcs.n_needs)]
        for at in key[times == size[key % arcs.n_needs]].tolist():
            found[at % arcs.n_needs][str(caps[met[at // arcs.n_needs]].rule)] = None
        return tuple(map(tuple, found))

    @cached_property
    def held(self) -> Mapping[str, Held]:
        """What holds back those, by id, whose plan says that a rule does."""
        ground, instance = self._ground, self._ground.instance
        rules = {rule.id for rule in ground.problem.policy.rules}
        waiting = {line.teacher for line in ground.plan.unplaced if line.reason in rules}
        who = [at for at, teacher in enumerate(instance.teachers) if teacher.teacher_id in waiting]
        arcs = np.concatenate([np.zeros(0, np.int64), *map(ground.arcs_of, who)])
        number = np.repeat(np.arange(len(who)), [len(ground.arcs_of(at)) for at in who])
        seat = ground.free[ground.problem.arcs.need[arcs]] > 0
        free = ground.standing.broken_by_each(arcs[seat], number[seat], len(who))
        anywhere = ground.standing.broken_by_each(arcs, number, len(who))
        return {instance.teachers[at].teacher_id: Held(*found)
                for at, *found in zip(who, free, anywhere, strict=True)}
