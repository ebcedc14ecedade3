"""The answer to why a post has empty seats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from matching.domain.text import Text
from matching.explain.funnel import Step
from matching.explain.told import InLines
from matching.explain.unfilled.candidates import Candidate
from matching.explain.unfilled.ways import Way


@dataclass(frozen=True)
class Competing:
    """Posts of whose `seats` at most `can` can be filled at once, so that `short` stay empty whatever the plan.

    Attributes
    ----------
    posts : ids of needs
    teachers : ids of those who are eligible for some of them
    caps : (rule, group, limit, how many of these teachers count towards it), which let no more than `can` come
    full : whether a cap of the receiving side, such as beds, is what lets no one more come
    """

    posts: tuple[str, ...]
    teachers: tuple[str, ...]
    seats: int
    can: int
    short: int
    caps: tuple[tuple[str, str, int, int], ...]
    full: bool


@dataclass(frozen=True)
class WhyUnfilled(InLines):
    """Why `need` has `gap` empty seats; 0 where it is full.

    Attributes
    ----------
    here : the teachers whom the plan has there
    eligible : how many teachers no rule on eligibility refuses
    funnel : rule by rule, how many teachers are left
    own : what could be filled at most if this post were the only one
    rivals : sets of posts whose seats cannot all be filled, whatever the plan; none where rules across posts are why
    candidates : the nearest, with what stands in each one's way
    ways : what would fill one seat more, with the rules that would have to give way; every other hard rule holds then
    tried, met : of how many ways that were tried each rule stood in the way of how many
    cause, advice : in a sentence or two
    lines : all of it in words
    """

    need: str
    seats: int
    filled: int
    gap: int
    here: tuple[str, ...]
    eligible: int
    funnel: tuple[Step, ...]
    own: Competing
    rivals: tuple[Competing, ...]
    candidates: tuple[Candidate, ...]
    ways: tuple[Way, ...]
    tried: int
    met: Mapping[str, int]
    cause: Text
    advice: Text
    lines: tuple[Text, ...]

    @property
    def lacks_teachers(self) -> bool:
        """Whether more teachers would be needed, or a cap on those there are raised."""
        return not self.eligible or any(not one.full for one in self.rivals)

    def to_dict(self) -> dict[str, Any]:
        """Return the answer as a machine reads it."""
        plain = {name: getattr(self, name) for name in ("need", "seats", "filled", "gap", "eligible", "tried")}
        return {**plain, "here": list(self.here), "funnel": [list(step) for step in self.funnel],
                "own": asdict(self.own), "rivals": [asdict(r) for r in self.rivals],
                "candidates": [c.to_dict() for c in self.candidates], "ways": [w.to_dict() for w in self.ways],
                "met": dict(self.met), "cause": self.cause._asdict(), "advice": self.advice._asdict()}
