"""The other posts that a teacher could have had: the best of them, and what stood in the way."""

from __future__ import annotations

import numpy as np

from matching.problem.program import Int64
from matching.report.letters.facts import Better, Effect, Obstacle, Other, Post, Term
from matching.report.letters.ground import FULL, OPEN, TAKEN, Ground


class Others:
    """Answers about one teacher at a time."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    def post(self, arc: int) -> Post:
        """Return the post of an arc, with how far it is from the teacher's own school."""
        problem = self._ground.problem
        need = problem.instance.needs[problem.arcs.need[arc]]
        hectometres = int(problem.facts.hectometres[arc])
        return Post(need, problem.instance.site[need.site_id], None if hectometres < 0 else hectometres / 10)

    def terms(self, here: int, there: int | None = None) -> tuple[Term, ...]:
        """Return the points at one arc, or at two, name by name; without the names that count at neither."""
        found = (Term(name, int(points[here]), None if there is None else int(points[there]))
                 for name, points in self._ground.terms.items())
        return tuple(term for term in found if term.here or term.there)

    def best(self, arcs: Int64) -> int | None:
        """Return the arc with the fewest points, the nearest of them."""
        ground = self._ground
        if not len(arcs):
            return None
        order = np.lexsort((ground.problem.facts.costed_hectometres[arcs], ground.points[arcs]))
        return int(arcs[order[0]])

    def better(self, teacher: int) -> Better | None:
        """Return how many other posts have fewer points than the one that the teacher has; None without points."""
        ground, here = self._ground, int(self._ground.leaves[teacher])
        if not ground.terms or here < 0:
            return None
        arcs = self.alternatives(teacher)
        stands = ground.stands[arcs[ground.points[arcs] < ground.points[here]]]
        return Better(len(stands), int((stands == FULL).sum()), int((stands >= 0).sum()))

    def alternatives(self, teacher: int) -> Int64:
        """Return the arcs of the teacher that are not in the plan."""
        arcs = self._ground.arcs_of(teacher)
        return np.asarray(arcs[self._ground.stands[arcs] != TAKEN])

    def open_to(self, teacher: int) -> Int64:
        """Return the arcs that the teacher alone could have moved to."""
        arcs = self._ground.arcs_of(teacher)
        return np.asarray(arcs[self._ground.stands[arcs] == OPEN])

    def told(self, teacher: int, arc: int) -> Other:
        """Return what there is to tell of another post of the teacher."""
        ground, here = self._ground, int(self._ground.leaves[teacher])
        stands = int(ground.stands[arc])
        obstacle: Obstacle = "full" if stands == FULL else "rule" if stands >= 0 else "none"
        rule = ground.problem.policy.rules[stands].id if stands >= 0 else None
        points = int(ground.points[arc]) if ground.terms else None
        told = Other(self.post(arc), points, self.terms(here, arc) if here >= 0 else self.terms(arc), obstacle, rule)
        if here < 0 or obstacle != "none":
            return told
        return told._replace(effect=self._effect(here, arc), nearer=self._nearer(here, arc),
                             wished=self._wished(teacher, here, arc))

    def _effect(self, here: int, there: int) -> Effect:
        """Return the first goal that is sure to be worse if `there` is taken in place of `here`."""
        sure = True
        for goal, plain in self._ground.plain_goals:
            change = int(goal.cost[there] - goal.cost[here])
            if plain and change > 0:
                return self._named(goal.name, change, here, there)
            if plain and change < 0 and not goal.slack_amount:
                return "earlier" if self._ground.best_by_goals and not sure else "unknown"
            sure = sure and plain
        return "equal" if sure else "unknown"

    def _named(self, goal: str, change: int, here: int, there: int) -> Effect:
        """Return a goal that is worse; of several goals by points, the one that the letter's points belong to."""
        points = self._ground.points
        if goal == "points" and change != points[there] - points[here]:
            return "unknown"
        return goal  # type: ignore[return-value]

    def _nearer(self, here: int, there: int) -> int | None:
        """Return how many whole kilometres nearer give fewer points: whole ones change points by whole numbers."""
        ground = self._ground
        each, known = ground.table.get("km", 0), int(ground.problem.facts.hectometres[there])
        more = int(ground.points[there] - ground.points[here])
        host = ground.problem.fields.pairs.host[ground.problem.arcs.need[[here, there]]]
        if isinstance(each, tuple) or each <= 0 or known < 0 or more < 0 or host[0] == host[1]:
            return None
        km = more // each + 1
        return km if 10 * km <= known else None

    def _wished(self, teacher: int, here: int, there: int) -> bool:
        """Tell whether naming the other post as first wish, and nothing else changed, would give it fewer points."""
        ground, wished = self._ground, self._ground.table.get("preference", ())
        fields = ground.problem.fields
        need = ground.problem.arcs.need[np.array([here, there])]
        met = fields.on_pairs("preference", np.full(2, teacher), need).array
        if not isinstance(wished, tuple) or not wished or (met < 4).any():
            return False
        named = bool(fields.pairs.named_wish()[teacher])
        spared = (wished[3] if named else 0) - wished[0] + (0 if named else wished[3])
        return int(ground.points[there] - ground.points[here]) < spared

