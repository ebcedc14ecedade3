"""What a quota asks of its groups, whatever a plan does (Contract 2, Quotas)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

import numpy as np

from matching.audit.conditions import Criteria
from matching.audit.factbook import Facts
from matching.audit.groups import NO_GROUPS, Cast, Groups, Whom, meaningless
from matching.audit.members import Key
from matching.audit.over import holds
from matching.audit.pair import RECEIVER, SENDER, Pair
from matching.audit.values import Flags, Ints, Values, always, numbered
from matching.policy.conditions import FieldRef
from matching.policy.model import Quota


class Asked(NamedTuple):
    """What a quota asks of each of some groups: bounds, a base (None: what is placed there), what is there already."""

    groups: Cast
    low: Values
    high: Values
    base: Values | None
    there: Values


class Demands:
    """The bounds and bases of one quota; those of all its groups are kept.

    Parameters
    ----------
    when : the rule's `when`, read
    """

    def __init__(self, facts: Facts, rule: Quota, groups: Groups, when: Criteria) -> None:
        self._facts, self._rule, self._groups, self._when = facts, rule, groups, when

    @cached_property
    def of_all(self) -> Asked:
        """What is asked of all groups."""
        return self.of(self._groups.all())

    def of(self, some: Sequence[Key]) -> Asked:
        """Return what the rule asks of those groups that have a bound, and a base where it takes a share of one."""
        rule, every = self._rule, Cast(self._facts, self._groups, self._rule.id, some)
        if not some:
            return Asked(every, NO_GROUPS, NO_GROUPS, NO_GROUPS, NO_GROUPS)
        low, high, base = self._bound(rule.at_least, every), self._bound(rule.at_most, every), self._base(every)
        kept = low.given() | high.given() if self._bounded else np.ones(len(every), np.bool_)
        if rule.of is not None and base is not None:
            kept &= base.given()
        groups, base = every.only(kept), None if base is None else base.only(kept)
        there = self._bound(rule.plus, groups).map(lambda found: found or 0)
        return Asked(groups, low.only(kept), high.only(kept), base, there)

    @property
    def _bounded(self) -> bool:
        """Whether the rule states a bound; one that is only reported need not."""
        return self._rule.at_least is not None or self._rule.at_most is not None

    def _bound(self, bound: Fraction | FieldRef | None, groups: Cast) -> Values:
        return groups.number(bound.name) if isinstance(bound, FieldRef) else always(bound, len(groups))

    def _base(self, groups: Cast) -> Values | None:
        """Return the base of each group, None where it is what is placed there."""
        of = self._rule.of
        if of is None or isinstance(of, FieldRef):
            return self._bound(of, groups)
        if of == "placed":
            return None
        whom = groups.whom("receiver" if of == "demand" else "sender")
        if whom is None:
            raise meaningless(self._rule.id, of, groups.labels[0])
        return numbered(self._many(of, whom)[whom.part])

    def _many(self, of: str, whom: Whom) -> Ints:
        """Return how many seats, teachers or eligible teachers there are by part of the groups."""
        if of == "demand":
            return whom.members.sums(self._seats_asked, whom.parts)
        chosen = whom.members.only(self._chosen[whom.members.which])
        if of == "teachers":
            return chosen.many(whom.parts)
        return np.array([self._eligible(some.tolist()) for some in chosen.split(whom.parts)], np.int64)

    @cached_property
    def _seats_asked(self) -> Ints:
        """The seats of each need that matches what `when` says of needs and hosts alone (reading 17)."""
        seats = np.array([need.count for need in self._facts.instance.needs], np.int64)
        return np.where(holds(self._when.only(RECEIVER), self._facts.posts), seats, 0)

    @cached_property
    def _chosen(self) -> Flags:
        """Of each approved teacher, whether they match what `when` says of teachers and homes alone (reading 17)."""
        return holds(self._when.only(SENDER), self._facts.approved)

    def _eligible(self, members: Sequence[int]) -> int:
        """Count those with an eligible post, or as their site states (符合交流条件人数)."""
        stated = self._groups.whole_homes and not _speaks_of_teacher(self._when)
        by_site: dict[str, list[Pair]] = {}
        for half in map(self._facts.approved.pair, members):
            assert half.home is not None
            by_site.setdefault(half.home.site_id, []).append(half)
        total = 0
        for halves in by_site.values():
            given = halves[0].home.eligible_count if stated and halves[0].home else None
            total += sum(map(self._facts.has_post, halves)) if given is None else given
        return total


def _speaks_of_teacher(criteria: Criteria) -> bool:
    return any("teacher" in clause.sides for clause in criteria.clauses)
