"""How a rule stands in a group, before it becomes a line, a breach or a penalty."""

from __future__ import annotations

from typing import NamedTuple

from matching.domain.plan import RuleLine
from matching.domain.text import Text
from matching.policy.model import Enforce, Rule, Staffing

Figure = int | str


class Standing(NamedTuple):
    """`required` is what the line shows; `broken` is the one bound that does not hold, and `text` says so."""

    rule: Rule
    group: str
    value: Figure
    required: Figure
    shortfall: int = 0
    broken: Figure | None = None
    text: Text | None = None

    @property
    def enforce(self) -> Enforce:
        """How the rule is enforced: staffing is only ever reported (reading 47)."""
        return "report" if isinstance(self.rule, Staffing) else self.rule.enforce

    @property
    def line(self) -> RuleLine:
        """The standing as a plan file lists it."""
        return RuleLine(self.rule.id, self.group, self.value, self.required, self.shortfall == 0, self.shortfall)
