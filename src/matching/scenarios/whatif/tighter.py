"""The values of one bound in their order, from the loosest on: which comes next that makes a difference."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import ceil, floor

from matching.audit import audit
from matching.domain.plan import Plan
from matching.explain.conflicts.number import neighbour
from matching.policy.fields import FIELDS
from matching.policy.model import Balance, Quota, Rule
from matching.problem import Problem
from matching.problem.counts import UNITS, caps_seats
from matching.scenarios.whatif.knobs import Knob
from matching.scenarios.whatif.point import MAIN

FAR = Fraction(10**6)
LARGEST = Fraction(10**9)
TENTHS = ("km", "max_km")
"""Fields that are counted in tenths; other numbers of conditions are whole."""


def searchable(knob: Knob, rule: Rule) -> bool:
    """Tell whether the exact value can be searched for at which something no longer holds."""
    if not knob.tight:
        return False
    if knob.number is not None:
        return FIELDS[knob.number.field].name in TENTHS or knob.number.field in _WHOLE
    return knob.field in ("at_least", "at_most") and isinstance(rule, Quota | Balance)


_WHOLE = ("age", "years_in_title", "years_here", "years_since_rural", "host.hardship", "need.priority")


@dataclass(frozen=True)
class Tighter:
    """The order of one knob's values over an instance."""

    problem: Problem
    knob: Knob

    @cached_property
    def rule(self) -> Rule:
        """The rule that is varied."""
        return self.problem.policy.rule(self.knob.rule)

    @property
    def share(self) -> bool:
        """Whether the value is a share."""
        return isinstance(self.rule, Quota) and self.rule.of is not None

    @property
    def loosest(self) -> Fraction:
        """A value that leaves every plan; as near to that as the rule's other bound allows."""
        if self.knob.tight < 0:
            return Fraction(1) if self.share else LARGEST if self.knob.number is None else FAR
        return -FAR if isinstance(self.rule, Balance) else Fraction(0)

    @property
    def end(self) -> Fraction | None:
        """The tightest value that can be asked for; None without such a limit."""
        other = getattr(self.rule, "at_most" if self.knob.tight > 0 else "at_least", None)
        if isinstance(other, Fraction) and self.knob.number is None:
            return other
        if self.knob.tight > 0:
            return Fraction(1) if self.share else FAR if self.knob.number is not None else None
        return None if isinstance(self.rule, Balance) else Fraction(0)

    @property
    def far(self) -> Fraction:
        """A value so tight that no plan keeps to it, where there is no `end`."""
        most = len(self.problem.arcs) if self.quota is None else self.problem_most
        return Fraction(self.knob.tight * (most + 1))

    @property
    def quota(self) -> Quota | None:
        """The rule, where it is a quota."""
        return self.rule if isinstance(self.rule, Quota) else None

    @cached_property
    def problem_most(self) -> int:
        """No group counts more than this, in whole units of the bound."""
        cast = next(c for c in self.problem.quotas if c.rule.id == self.knob.rule)
        return int(cast.count.counted.sum(axis=1).max(initial=0)) + max(self._there, default=0)

    def next(self, value: Fraction) -> Fraction:
        """Return the first value tighter than `value` that makes a difference."""
        sign = self.knob.tight
        if self.quota is not None and self.quota.of == "placed":
            return sign * neighbour(sign * value, self._largest_base)
        if self.share:
            return sign * min((floor(sign * value * base) + 1) / base for base in self._bases or (self.unit,))
        return sign * (floor(sign * value * self.unit) + 1) / self.unit

    def between(self, last: Fraction, beyond: Fraction) -> Fraction | None:
        """Return a value about half-way that makes a difference; None where there is none."""
        found = self.next((last + beyond) / 2)
        return found if self.knob.tight * (beyond - found) > 0 else None

    @property
    def unit(self) -> Fraction:
        """How many whole numbers one of the bound is."""
        if self.knob.number is not None:
            return Fraction(10 if self.knob.number.field in TENTHS else 1)
        return Fraction(UNITS[self.quota.measure] if self.quota is not None else 1)

    @cached_property
    def _lines(self) -> list[str]:
        """What the audit counts in each group of a plan that places nobody."""
        seen = audit(self.problem.instance, self.problem.policy, Plan(MAIN, "feasible", 0, ()))
        return [str(line.value) for line in seen.rules if line.rule == self.knob.rule]

    @property
    def _there(self) -> list[int]:
        return [ceil(Fraction(line.partition("/")[0])) for line in self._lines]

    @cached_property
    def _bases(self) -> list[Fraction]:
        found = {Fraction(line.partition("/")[2] or 1) for line in self._lines}
        return [base * self.unit for base in sorted(found) if base]

    @cached_property
    def _largest_base(self) -> int:
        seats = sum(need.count for need in self.problem.instance.needs)
        one_a_seat = any(caps_seats(rule) for rule in self.problem.policy.active(Quota))
        return max(1, seats if one_a_seat else len(self.problem.arcs))
