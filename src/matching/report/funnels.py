"""How many teachers are left for a post after each rule, in words."""

from __future__ import annotations

from itertools import takewhile

from matching.domain.text import Lang
from matching.report.content import Report


class Funnels:
    """Words for a report's funnels; the first steps that are the same for every post tell nothing and are left out."""

    def __init__(self, report: Report, lang: Lang) -> None:
        self._funnels = report.funnels
        self._titles = {rule.id: rule.title.get(lang) for rule in report.policy.rules}
        self._everyone = len(report.instance.teachers)
        abreast = zip(*report.funnels.values(), strict=False) if len(report.funnels) > 1 else iter(())
        self._shared = sum(1 for _ in takewhile(lambda steps: len(set(steps)) == 1, abreast))

    def words(self, need: str) -> str:
        """Return the rules at which candidates drop out, each with how many are left; nothing where none is known."""
        before, told = self._everyone, []
        for at, (rule, left) in enumerate(self._funnels.get(need, ())):
            if left < before and at >= self._shared:
                told.append(f"{self._titles.get(rule, rule)} {left}")
            before = left
        return " → ".join(told)
