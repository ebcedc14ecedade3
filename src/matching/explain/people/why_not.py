"""Why a teacher is not at a post: refused, and by which rule; or possible, and what it would cost the whole plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

from matching.domain.text import Text
from matching.explain.inquiry import Inquiry
from matching.explain.moves import Move, moves
from matching.explain.people import why_not_words as say
from matching.explain.people.forced import Forcing, GoalChange
from matching.explain.people.forced_clash import clashing
from matching.explain.people.pair_rules import PairRule, pair_rules
from matching.explain.told import InAParagraph
from matching.problem import RowLabel

Verdict = Literal["placed", "refused", "possible"]


@dataclass(frozen=True)
class WhyNot(InAParagraph):
    """Whether a teacher could be at a post, and at what price.

    Attributes
    ----------
    verdict : ``placed`` there by the plan; ``refused`` by `rules`; or ``possible`` at the `cost`
    text : the answer in sentences
    rules : what refuses: require rules, or rules that cannot hold together with the teacher there
    clash : the latter, each with its group
    pair : every require rule that concerns the pair, with its values
    cost : what forcing it changes in each goal of the plan
    exact : whether the answer is proven, by solving again
    moves : the other teachers whose posts change in the plan found
    """

    plan: str
    teacher: str
    need: str
    verdict: Verdict
    text: Text
    rules: tuple[str, ...] = ()
    clash: tuple[RowLabel, ...] = ()
    pair: tuple[PairRule, ...] = ()
    cost: tuple[GoalChange, ...] = ()
    exact: bool = True
    moves: tuple[Move, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the answer as ``explain --teacher T --need N --json`` prints it (Contract 3)."""
        return {
            "verdict": self.verdict, "rules": list(self.rules), "cost": [c._asdict() for c in self.cost],
            "exact": self.exact, "plan": self.plan, "teacher": self.teacher, "need": self.need,
            "clash": [label._asdict() for label in self.clash], "pair": [rule.to_dict() for rule in self.pair],
            "moves": [{"teacher": m.teacher, "from": list(m.before), "to": list(m.after)} for m in self.moves],
            **self.text._asdict(),
        }


def why_not(inquiry: Inquiry, teacher: str, need: str, time_limit: float | None = None) -> WhyNot:
    """Return whether `teacher` could be at `need`, and what that would cost the plan, by solving again.

    Parameters
    ----------
    time_limit : seconds for the solve; None for as long as the proof takes

    Raises
    ------
    InputError
        Where there is no such teacher or post; the nearest ids are suggested.
    """
    teacher, need = inquiry.teacher(teacher), inquiry.need(need)
    known = without_solving(inquiry, teacher, need)
    if known is not None:
        return known
    return why_not_each(inquiry, teacher, [need], time_limit)[0]


def why_not_each(inquiry: Inquiry, teacher: str, needs: Sequence[str], time_limit: float | None = None
                 ) -> tuple[WhyNot, ...]:
    """Return what forcing a teacher onto each of some posts that are open to them would cost the plan, one at a time.

    Parameters
    ----------
    time_limit : seconds for all solves together; None for as long as the proofs take
    """
    with Forcing(inquiry.problem, inquiry.plan, time_limit, inquiry.start) as forcing:
        return tuple(by_solving(inquiry, teacher, need, forcing) for need in needs)


def without_solving(inquiry: Inquiry, teacher: str, need: str) -> WhyNot | None:
    """Return the answer where the teacher has the post, or a rule on eligibility refuses it; else None."""
    pair = pair_rules(inquiry.facts, teacher, need)
    answer = partial(WhyNot, inquiry.plan.plan, teacher, need, pair=pair)
    refusing = tuple(rule for rule in pair if rule.refuses)
    if need in (p.need for p in inquiry.placements(teacher)):
        none = tuple(GoalChange(line.goal, 0) for line in inquiry.plan.goals)
        return answer("placed", say.told_placed(inquiry, teacher, need), cost=none)
    if refusing:
        rules = tuple(rule.rule for rule in refusing)
        return answer("refused", say.told_refused(inquiry, teacher, need, refusing), rules)
    return None


def by_solving(inquiry: Inquiry, teacher: str, need: str, forcing: Forcing) -> WhyNot:
    """Return what forcing an eligible pair into the plan costs it, or which rules could not hold then."""
    answer = partial(WhyNot, inquiry.plan.plan, teacher, need, pair=pair_rules(inquiry.facts, teacher, need))
    forced = forcing.cost(teacher, need)
    if forced.placements is None and forced.exact:
        clash = clashing(inquiry.problem, teacher, need)
        rules = tuple(dict.fromkeys(label.rule for label in clash))
        return answer("refused", say.told_clashing(inquiry, teacher, need, clash), rules, clash=clash)
    found = () if forced.placements is None else moves(inquiry.plan.placements, forced.placements)
    others = tuple(move for move in found if move.teacher != teacher)
    return answer("possible", say.told_possible(inquiry, teacher, need, forced, others), cost=forced.goals,
                  exact=forced.exact, moves=others)
