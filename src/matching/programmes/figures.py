"""A figure held against what came of its case."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from matching.audit.numbers import shown
from matching.domain.plan import RuleLine
from matching.programmes.counting import ALL, Counter, Tally
from matching.programmes.expected import CountFigure, DifferenceFigure, Figure, RuleFigure, StudyFigure
from matching.programmes.numbers import exact, same, same_figure
from matching.programmes.outcome import Check, Outcome, Outcomes

MOST = 5
"""So many groups that fall short are named."""
LISTED = ("unplaced", "unfilled", "reserve")
"""What only a plan lists."""
NONE = "-"
"""What is found where there is nothing to look at."""


def check(figure: Figure, outcome: Outcome, others: Outcomes) -> Check:
    """Return what was expected of a figure and what was found; `others` are the programme's cases."""
    if isinstance(figure, CountFigure):
        expected, (found, ok) = wanted(figure), _counted(figure, outcome)
    elif isinstance(figure, RuleFigure):
        expected, (found, ok) = _said(figure.stated), _ruled(figure, outcome)
    elif isinstance(figure, StudyFigure):
        expected, (found, ok) = wanted(figure), _studied(figure, outcome)
    else:
        expected, (found, ok) = wanted(figure), _compared(figure, outcome, others[figure.other])
    return Check(outcome.case.id, figure.id, figure.title, expected, found, ok)


def wanted(figure: CountFigure | StudyFigure | DifferenceFigure) -> str:
    """Return what a comparison asks for: ``8``, ``≥ 1/5``."""
    signs = {"": figure.equals, "≥ ": figure.at_least, "≤ ": figure.at_most}
    return ", ".join(sign + shown(number) for sign, number in signs.items() if number is not None)


def _counted(figure: CountFigure, outcome: Outcome) -> tuple[str, bool]:
    if (figure.count == "placements" and outcome.audit is None) or (figure.count in LISTED and outcome.plan is None):
        return NONE, False
    tallies = Counter(outcome, figure).tallies() or {ALL: Tally(Fraction(0))}
    short = {group: tally for group, tally in tallies.items() if not _meets(figure, tally)}
    if short and ALL not in short:
        named = [f"{group}: {_written(tally)}" for group, tally in short.items()]
        return "; ".join(named[:MOST]) + (f"; +{len(named) - MOST}" if len(named) > MOST else ""), False
    ends = sorted(tallies.values(), key=lambda tally: tally.value or Fraction(0))
    return " .. ".join(dict.fromkeys(_written(tally) for tally in (ends[0], ends[-1]))), not short


def _meets(figure: CountFigure, tally: Tally) -> bool:
    return tally.value is not None and figure.meets(tally.value)


def _written(tally: Tally) -> str:
    return shown(tally.part) if tally.whole is None else f"{shown(tally.part)}/{shown(tally.whole)}"


def _ruled(figure: RuleFigure, outcome: Outcome) -> tuple[str, bool]:
    rules = outcome.audit.rules if outcome.audit else ()
    lines = [line for line in rules if line.rule == figure.rule and figure.group in (None, line.group)]
    wrong = [line for line in lines if not _is_as(figure, line)]
    told = [f"{line.group}: {_said(_seen(figure, line))}" for line in (wrong or lines)[:MOST]]
    more = len(wrong or lines) - len(told)
    return "; ".join(told) + (f"; +{more}" if more else "") or NONE, bool(lines) and not wrong


def _is_as(figure: RuleFigure, line: RuleLine) -> bool:
    seen = _seen(figure, line)
    return all(stated is seen[key] if key == "ok" else same_figure(stated, seen[key])
               for key, stated in figure.stated.items())


def _seen(figure: RuleFigure, line: RuleLine) -> Mapping[str, Any]:
    return {key: getattr(line, key) for key in figure.stated}


def _said(facts: Mapping[str, Any]) -> str:
    words = {True: "yes", False: "no"}
    return ", ".join(f"{key} {words[value] if isinstance(value, bool) else value}" for key, value in facts.items())


def _studied(figure: StudyFigure, outcome: Outcome) -> tuple[str, bool]:
    from matching.studies import STUDIES
    from matching.studies import Case as Studied

    if outcome.plan is None:
        return NONE, False
    rows = STUDIES[figure.study].rows(Studied(outcome.setting.instance, outcome.setting.policy, outcome.plan))
    n = sum(all(same(stated, getattr(row, key)) for key, stated in figure.where.items()) for row in rows)
    return str(n), figure.meets(Fraction(n))


def _compared(figure: DifferenceFigure, outcome: Outcome, other: Outcome) -> tuple[str, bool]:
    mine, theirs = _amount(figure.difference, outcome), _amount(figure.difference, other)
    if mine is None or theirs is None:
        return NONE, False
    return shown(mine - theirs), figure.meets(mine - theirs)


def _amount(name: str, outcome: Outcome) -> Fraction | None:
    """Return how much of something an outcome has; None without a plan, or without such a goal."""
    if outcome.audit is None:
        return None
    placements = outcome.audit.placements
    if name == "filled":
        return Fraction(len(placements))
    if name in ("km", "yuan"):
        return sum((exact(getattr(p, name) or 0) for p in placements), Fraction(0))
    return next((Fraction(goal.value) for goal in outcome.audit.goals if goal.goal == name), None)
