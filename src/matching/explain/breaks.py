"""Which hard rules on numbers a change of a plan would break, with their figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np
from scipy import sparse

from matching.policy.model import Place, Together
from matching.problem import Problem
from matching.problem.balance import Balanced
from matching.problem.bases import plus_values
from matching.problem.checks import Check, checks
from matching.problem.counts import UNITS, Cast
from matching.problem.program import Int64
from matching.problem.together import travelling

Figure = int | float | str


class Break(NamedTuple):
    """A bound of a rule that holds in a group before a change and not after it.

    Attributes
    ----------
    bound : ``at_least``, ``at_most`` or ``together``
    before, after : what counts there; of a share ``numerator/denominator``
    limit : of a share the share, else in the unit of the counts; of ``together`` the members of the group
    """

    rule: str
    group: str
    bound: str
    before: Figure
    after: Figure
    limit: Figure

    def to_dict(self) -> dict[str, Any]:
        """Return the fields by name."""
        return self._asdict()


class Change(NamedTuple):
    """Arcs that a plan would take up and give up, by position."""

    added: tuple[int, ...]
    dropped: tuple[int, ...] = ()


class Breaks:
    """The hard rules on numbers as they stand in a plan.

    Parameters
    ----------
    chosen : positions of the plan's arcs
    """

    def __init__(self, problem: Problem, chosen: Int64) -> None:
        self._problem = problem
        x = np.zeros(len(problem.arcs), np.int64)
        x[chosen] = 1
        self._checks = tuple(check for check in checks(problem, x) if not isinstance(check.of, Place))
        self._order = {rule.id: at for at, rule in enumerate(problem.policy.rules)}

    def of(self, changes: Sequence[Change]) -> list[tuple[Break, ...]]:
        """Return for each change what it would break, in the order of the policy's rules."""
        found: list[list[Break]] = [[] for _ in changes]
        if changes:
            moved = _moved(changes, len(self._problem.arcs))
            for check in self._checks:
                for at, one in self._broken(check, moved):
                    found[at].append(one)
        return [tuple(sorted(each, key=lambda b: self._order[b.rule])) for each in found]

    def _broken(self, check: Check, moved: sparse.csr_array) -> Iterator[tuple[int, Break]]:
        if isinstance(check.of, Together):
            return self._split(check, check.of, moved)
        found = check.breaks(moved)
        shown = self._of_balance(check.of) if isinstance(check.of, Balanced) else _Shown(check, self._problem).broken
        rows = zip(found.group.tolist(), found.change.tolist(), np.array(found.before).T.tolist(),
                   np.array(found.after).T.tolist(), strict=True)
        return ((change, shown(group, before, after)) for group, change, before, after in rows)

    @staticmethod
    def _of_balance(balance: Balanced) -> Callable[[int, list[int], list[int]], Break]:
        def shown(group: int, before: list[int], after: list[int]) -> Break:
            low = balance.at_least
            if low is not None and after[0] < low:
                return Break(balance.rule.id, balance.labels[group], "at_least", before[0], after[0], low)
            assert balance.at_most is not None
            return Break(balance.rule.id, balance.labels[group], "at_most", before[0], after[0], balance.at_most)

        return shown

    def _split(self, check: Check, rule: Together, moved: sparse.csr_array) -> Iterator[tuple[int, Break]]:
        """Yield the breaks where some of a group would be left behind, or go elsewhere."""
        assert check.party is not None
        groups, (now,) = travelling(rule, self._problem.fields), check.now
        apart = np.bincount(check.party, ~check.holds(np.arange(len(now)), now), minlength=len(groups))
        goes = np.bincount(check.party, now, minlength=len(groups)).astype(np.int64)
        found, (effect,) = check.breaks(moved), check.effect(moved)
        for party, change in sorted({*zip(check.party[found.group].tolist(), found.change.tolist(), strict=True)}):
            if not apart[party]:
                name, members = groups[party]
                more = int(effect[np.flatnonzero(check.party == party)][:, [change]].sum())
                yield change, Break(rule.id, name, "together", int(goes[party]), int(goes[party]) + more, len(members))


class _Shown:
    """Writes a quota's figures as people count them."""

    def __init__(self, check: Check, problem: Problem) -> None:
        assert isinstance(check.of, Cast)
        assert check.form is not None
        self._quota, self._form, self._unit = check.of, check.form, UNITS[check.of.rule.measure]
        plus = plus_values(self._quota.rule, self._quota.groups, problem.fields)
        self._plus = [Fraction(int(n), plus.denominator) for n in plus.numerators]

    def broken(self, at: int, before: list[int], after: list[int]) -> Break:
        """Return the break of the form's group at that position."""
        rule, form = self._quota.rule, self._form
        group = int(form.groups[at])
        label, bound = self._quota.groups.labels[group], "at_least" if form.sign > 0 else "at_most"
        if form.limit is None:
            return Break(rule.id, label, bound, f"{before[0]}/{before[1]}", f"{after[0]}/{after[1]}", str(form.share))
        figures = (self._figure(n, group) for n in (before[0], after[0], int(form.limit[at])))
        return Break(rule.id, label, bound, *figures)

    def _figure(self, count: int, group: int) -> int | float:
        number = Fraction(count, self._unit) + self._plus[group]
        return number.numerator if number.denominator == 1 else float(number)


def _moved(changes: Sequence[Change], n_arcs: int) -> sparse.csr_array:
    signed = [(a, k, sign) for k, c in enumerate(changes)
              for sign, arcs in ((1, c.added), (-1, c.dropped)) for a in arcs]
    arc, change, sign = np.array(signed, np.int64).reshape(-1, 3).T
    return sparse.csr_array((sign, (arc, change)), shape=(n_arcs, len(changes)))
