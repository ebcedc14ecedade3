"""Why a teacher is where the plan has them, or has no post."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from matching.domain.text import Text
from matching.explain.funnel import Step
from matching.explain.inquiry import Inquiry
from matching.explain.people.held import held_by
from matching.explain.people.person_words import person_told
from matching.explain.people.placed import PlacedAt, placed_at
from matching.explain.people.posts import Post, ranked_posts, screened
from matching.explain.people.wishes import Wish, wishes
from matching.explain.told import InAParagraph, paragraph


@dataclass(frozen=True)
class Explanation(InAParagraph):
    """Why a teacher is where a plan has them.

    Attributes
    ----------
    placed : the teacher's posts in the plan
    reason : why there is none, a reason code; None where there is one, or where the teacher was not to be placed
    held : the rules that placing them would break at every empty seat open to them
    funnel : rule by rule, how many posts are left to the teacher
    others : the other posts that no rule refuses the teacher, best first
    sentences, text : the answer in words, and as one paragraph
    """

    plan: str
    teacher: str
    placed: tuple[PlacedAt, ...]
    reason: str | None
    held: tuple[str, ...]
    funnel: tuple[Step, ...]
    others: tuple[Post, ...]
    wishes: tuple[Wish, ...]
    sentences: tuple[Text, ...]
    text: Text

    def to_dict(self) -> dict[str, Any]:
        """Return the answer as ``explain --teacher T --json`` prints it."""
        return {
            "plan": self.plan, "teacher": self.teacher, "placed": [p.to_dict() for p in self.placed],
            "reason": self.reason, "held": list(self.held), "funnel": [step._asdict() for step in self.funnel],
            "others": [post.to_dict() for post in self.others], "wishes": [wish.to_dict() for wish in self.wishes],
            **self.text._asdict(),
        }


def explained(inquiry: Inquiry, teacher: str) -> Explanation:
    """Return why `teacher` has their post, or has none.

    Raises
    ------
    InputError
        Where no teacher has that id; the nearest ids are suggested.
    """
    teacher = inquiry.teacher(teacher)
    found = screened(inquiry, teacher, range(len(inquiry.instance.needs)))
    posts = ranked_posts(inquiry, teacher, found.left)
    placed = tuple(placed_at(inquiry, placement) for placement in inquiry.placements(teacher))
    taken = {p.placement.need for p in placed}
    others = tuple(post for post in posts if post.need not in taken)
    reason = next((u.reason for u in inquiry.plan.unplaced if u.teacher == teacher), None)
    wished = tuple(wishes(inquiry, teacher, posts))
    held = held_by(inquiry, teacher) if reason in {rule.id for rule in inquiry.policy.rules} and others else ()
    told = tuple(person_told(inquiry, teacher, placed, (reason, held), found.steps, others, wished))
    return Explanation(inquiry.plan.plan, teacher, placed, reason, held, found.steps, others, wished, told,
                       paragraph(told))
