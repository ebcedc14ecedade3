"""The posts that a teacher could take, best first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from matching.domain.text import Text
from matching.explain.funnel import Step
from matching.explain.inquiry import Inquiry
from matching.explain.people.points import arcs_of_teacher, totals
from matching.problem.coarse import allowed
from matching.problem.conditions import Pairs
from matching.problem.problem import hard_requires


class Post(NamedTuple):
    """A post that no rule refuses a teacher.

    `points` holds what the placement would add to each points goal of the plan; `free` how many seats the plan leaves
    empty; `yuan` is over the post's term.
    """

    need: str
    km: float | None
    preference: int | None
    yuan: int
    points: tuple[int, ...]
    free: int

    def to_dict(self) -> dict[str, Any]:
        """Return the post's entry in a machine-readable answer."""
        return self._asdict() | {"points": list(self.points)}


class Screened(NamedTuple):
    """What the hard require rules leave a teacher of some posts: `left` by position, and how many after each rule."""

    left: tuple[int, ...]
    steps: tuple[Step, ...]

    @property
    def last(self) -> str | None:
        """The rule that refused the last posts; None where some are left."""
        return next((step.rule for step in self.steps if not step.left), None)


def screened(inquiry: Inquiry, teacher: str, needs: Sequence[int]) -> Screened:
    """Hold a teacher against some posts, by position, rule by rule in the policy's order."""
    at, left, steps = inquiry.teacher_at[teacher], np.array(needs, np.int64), []
    for rule in hard_requires(inquiry.policy):
        left = left[allowed(rule, inquiry.fields, Pairs(np.full(len(left), at), left))]
        steps.append(Step(rule.id, len(left)))
    return Screened(tuple(left.tolist()), tuple(steps))


def ranked_posts(inquiry: Inquiry, teacher: str, needs: Sequence[int]) -> tuple[Post, ...]:
    """Return posts that are open to a teacher, by position, fewest points first, then nearest."""
    arcs, facts = arcs_of_teacher(inquiry.fields, inquiry.teacher_at[teacher], needs)
    points = totals(inquiry.policy, inquiry.fields, arcs, facts)
    order = np.lexsort((np.arange(len(arcs)), facts.costed_hectometres, *points[::-1]))
    wish = inquiry.fields.on_pairs("preference", arcs.teacher, arcs.need).array
    return tuple(_post(inquiry, needs[k], int(facts.hectometres[k]), int(wish[k]), int(facts.yuan[k]), points[:, k])
                 for k in order.tolist())


def _post(inquiry: Inquiry, need: int, hectometres: int, wish: int, yuan: int, points: Any) -> Post:
    found = inquiry.instance.needs[need]
    return Post(found.need_id, None if hectometres < 0 else hectometres / 10, wish if wish <= 3 else None, yuan,
                tuple(points.tolist()), found.count - inquiry.filled.get(found.need_id, 0))


def place_words(inquiry: Inquiry, need: str) -> Text:
    """Return where a post is: county, school and the post's id."""
    site = inquiry.instance.site[inquiry.instance.need[need].site_id]
    return Text(f"{site.county}{site.name}（岗位 {need}）" if not site.name.startswith(site.county)
                else f"{site.name}（岗位 {need}）", f"{site.name}, {site.county} (post {need})")


def km_words(km: float | None) -> Text:
    """Return a distance in words."""
    return Text("距离未知", "distance unknown") if km is None else Text(f"{km:g} 公里", f"{km:g} km")


def wish_words(preference: int | None) -> Text:
    """Return which wish a placement meets; empty where none."""
    return Text(f"第 {preference} 意向", f"wish no. {preference}") if preference else Text("", "")
