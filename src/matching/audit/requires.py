"""The require rules, read: which pairs each refuses."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from matching.audit.conditions import Clause, Verdict
from matching.audit.over import MISSING, YES, Verdicts, holds, verdicts
from matching.audit.pair import Pair
from matching.audit.reader import Reader
from matching.audit.rolls import Alike, Roll
from matching.audit.values import Flags
from matching.policy.model import Require


class Requirement:
    """One require rule, read; `lenient` is the policy's ``unknown = "accept"``."""

    def __init__(self, rule: Require, reader: Reader, lenient: bool) -> None:
        self.rule = rule
        self.when = reader.criteria(rule.when, rule.id)
        self.that = reader.criteria(rule.that, rule.id)
        self._lenient = lenient

    def verdict(self, pair: Pair) -> Verdict:
        """Return whether the pair meets the rule; None where a missing value leaves it open."""
        return self.that(pair) if self.when.hold(pair) else True

    def refuses(self, pair: Pair) -> bool:
        """Tell whether the pair breaks the rule, missing values read as the policy says."""
        verdict = self.verdict(pair)
        return not (self._lenient if verdict is None else verdict)

    def over(self, roll: Roll) -> Verdicts:
        """Return the verdict on each of a roll, as a code."""
        found = np.full(len(roll), YES, np.int8)
        asked = holds(self.when, roll)
        found[asked] = verdicts(self.that, roll if asked.all() else roll.only(asked))
        return found

    def refused(self, roll: Roll) -> Flags:
        """Tell of each of a roll whether the pair breaks the rule."""
        return np.asarray(self.over(roll) < (MISSING if self._lenient else YES))

    def unmet(self, pair: Pair) -> tuple[Clause, ...]:
        """Return the first clause of each condition of `that` which the pair does not meet."""
        found = (next((c for c in option.clauses if c(pair) is not True), None) for option in self.that.options)
        return tuple(clause for clause in found if clause is not None)

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """Every clause of `when` and `that`."""
        return (*self.when.clauses, *self.that.clauses)

    def looks(self, sides: frozenset[str]) -> Iterable[tuple[str, Alike | None]]:
        """Return what of a half pair the rule looks at: attributes, and which of their values it takes for the same."""
        fields = (field for clause in self.clauses for field in clause.fields)
        looks = {(path, field.alike.get(path)) for field in fields for path in field.uses}
        plain = {path for path, alike in looks if alike is None}
        return [(path, alike) for path, alike in looks
                if path.partition(".")[0] in sides and (alike is None or path not in plain)]
