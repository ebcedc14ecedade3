"""Why a wish is not met: no post of it is open, or what the cheapest of them would cost the whole plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from matching.domain.findings import InputError, error
from matching.domain.text import Text
from matching.explain.goal_names import losses
from matching.explain.inquiry import Inquiry
from matching.explain.people.posts import ranked_posts, screened
from matching.explain.people.why_not import Verdict, WhyNot, why_not_each
from matching.explain.people.wishes import Wish, wish_told, wishes
from matching.explain.told import InAParagraph, paragraph


@dataclass(frozen=True)
class WhyNotWish(InAParagraph):
    """Whether a wish could be met, and at what price.

    Attributes
    ----------
    verdict : ``placed`` where the plan meets it, ``refused`` where no post of it can be had, else ``possible``
    answers : one for each post of it that is open to the teacher; empty where it is met
    best : of these the one that costs least, goal by goal in order; None where no post can be had
    exact : whether every answer is proven, so that the best of them is the price of the wish
    """

    plan: str
    teacher: str
    wish: Wish
    verdict: Verdict
    answers: tuple[WhyNot, ...]
    best: WhyNot | None
    exact: bool
    text: Text

    def to_dict(self) -> dict[str, Any]:
        """Return the answer as ``explain --teacher T --wish K --json`` prints it."""
        best = self.best
        return {"verdict": self.verdict, "rules": self.rules, "cost": [c._asdict() for c in best.cost] if best else [],
                "exact": self.exact, "plan": self.plan, "teacher": self.teacher, "need": best.need if best else None,
                "wish": self.wish.to_dict(), **self.text._asdict()}

    @property
    def rules(self) -> list[str]:
        """What refuses every post of the wish; nothing where one can be had."""
        if self.best is not None:
            return []
        if self.wish.refused_by is not None:
            return [self.wish.refused_by]
        return list(dict.fromkeys(rule for answer in self.answers for rule in answer.rules))


def why_not_wish(inquiry: Inquiry, teacher: str, rank: int, time_limit: float | None = None) -> WhyNotWish:
    """Return whether the wish of that rank could be met, and what that would cost the plan, by solving again.

    Every post of the wish that is open to the teacher is forced in turn: what the cheapest costs, the wish costs.

    Parameters
    ----------
    time_limit : seconds for all solves together; None for as long as proof takes

    Raises
    ------
    InputError
        Where there is no such teacher, or they named no known wish of that rank.
    """
    wish = _wish(inquiry, inquiry.teacher(teacher), rank)
    answers: tuple[WhyNot, ...] = ()
    if wish.open and not wish.met:
        answers = why_not_each(inquiry, teacher, [post.need for post in wish.open], time_limit)
    best = _cheapest(inquiry, answers)
    unknown = any(answer.verdict == "possible" for answer in answers)
    verdict: Verdict = "placed" if wish.met else "possible" if best or unknown else "refused"
    return WhyNotWish(inquiry.plan.plan, teacher, wish, verdict, answers, best, all(a.exact for a in answers),
                      _told(inquiry, wish, best, answers))


def _wish(inquiry: Inquiry, teacher: str, rank: int) -> Wish:
    found = screened(inquiry, teacher, range(len(inquiry.instance.needs)))
    mine = {wish.rank: wish for wish in wishes(inquiry, teacher, ranked_posts(inquiry, teacher, found.left))}
    if rank not in mine:
        raise InputError([error("no_wish", f"教师 {teacher} 没有填第 {rank} 意向，或所填的不在数据里。",
                                f"Teacher {teacher} named no wish no. {rank}, or nothing that is known.",
                                value=str(rank), suggest=tuple(map(str, mine)))])
    return mine[rank]


def _cheapest(inquiry: Inquiry, answers: Sequence[WhyNot]) -> WhyNot | None:
    had = [answer for answer in answers if answer.cost]
    return min(had, key=lambda answer: losses(answer.cost, inquiry.policy), default=None)


def _told(inquiry: Inquiry, wish: Wish, best: WhyNot | None, answers: Sequence[WhyNot]) -> Text:
    return paragraph(_sentences(inquiry, wish, best, answers))


def _sentences(inquiry: Inquiry, wish: Wish, best: WhyNot | None, answers: Sequence[WhyNot]) -> Iterator[Text]:
    told = wish_told(inquiry, wish)
    yield Text(f"{told.zh}。", f"{told.en}.")
    if best is not None:
        if len(answers) > 1:
            yield Text("其中代价最小的：", "The cheapest of them:")
        yield best.text
    else:
        yield from (answer.text for answer in answers)
