"""Whether a swap keeps to every hard rule, as the audit judges it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from matching.audit import Facts
from matching.audit.recount import Recount
from matching.audit.rulebook import Rulebook
from matching.domain.plan import Placement
from matching.policy.conditions import FieldRef
from matching.policy.model import Credit, Place, Quota, Rule, Subsidy
from matching.problem.conditions import condition_fields
from matching.problem.fields import side
from matching.studies.case import Case

Pair = tuple[str, str]
Swap = Sequence[tuple[Placement, str]]
"""Placements, each with the post that its teacher would take."""


class Trial:
    """Tries swaps in a plan, one at a time.

    The plan may break rules to begin with: a swap then passes where no group falls short by more than before.
    """

    def __init__(self, case: Case) -> None:
        hard = [r for r in case.policy.rules if isinstance(r, Subsidy | Credit) or r.enforce == "hard"]
        self._pairs = [(p.teacher, p.need) for p in case.placements]
        self._modes = {p.mode for p in case.placements}
        self._whole = _Judge(case, hard, self._pairs)
        self._brief = _Judge(case, [r for r in hard if not unmoved(r)], self._pairs)

    def keeps(self, swap: Swap) -> bool:
        """Tell whether every hard rule holds as it did before."""
        facts = self._whole.rulebook.facts
        moved = [(p.teacher, need) for p, need in swap]
        if not all(facts.eligible(*pair) for pair in moved):
            return False
        modes = self._modes | {facts.get("mode", facts.pair(*pair)) for pair in moved}
        to = {(p.teacher, p.need): (p.teacher, need) for p, need in swap}
        judge = self._brief if len(modes) == 1 else self._whole
        return judge.no_worse([to.get(pair, pair) for pair in self._pairs])


class _Judge:
    """The audit of some rules, held against how the plan stood."""

    def __init__(self, case: Case, rules: Sequence[Rule], pairs: Sequence[Pair]) -> None:
        self.rulebook = Rulebook(Facts(case.instance, replace(case.policy, rules=tuple(rules))))
        self._pairs = pairs

    @cached_property
    def _before(self) -> Mapping[Pair, int]:
        return self._short(self._pairs)

    def no_worse(self, pairs: Sequence[Pair]) -> bool:
        """Tell whether no group falls short by more than in the plan."""
        return all(by <= self._before.get(group, 0) for group, by in self._short(pairs).items())

    def _short(self, pairs: Sequence[Pair]) -> Mapping[Pair, int]:
        standings = Recount(self.rulebook, pairs).standings
        return {(s.rule.id, s.group): s.shortfall for s in standings if s.rule.enforce == "hard" and s.shortfall}


def unmoved(rule: Rule) -> bool:
    """Tell whether no swap can change what the rule counts: the same are placed, and the same posts are filled.

    So it is with seats that are counted by facts of the teachers alone, or of the posts alone, as long as all
    placements are of one mode.
    """
    if isinstance(rule, Place):
        return True
    if not isinstance(rule, Quota) or rule.measure != "seats":
        return False
    refs = (rule.of, rule.at_least, rule.at_most, rule.plus)
    bounds = (ref.name for ref in refs if isinstance(ref, FieldRef))
    names = {*rule.per, *condition_fields((*rule.when, *rule.count)), *bounds} - {"mode"}
    return len({side(n) for n in names}) <= 1 and not any(n.startswith("pairing") for n in names)
