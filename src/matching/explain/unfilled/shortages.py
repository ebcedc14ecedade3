"""Where posts of one kind have fewer teachers than seats, whatever the plan: by subject, stage and county."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from matching.domain.text import Lang, Text
from matching.explain.naming import kind_name, many
from matching.explain.unfilled.rivals import Network
from matching.problem import Problem


class Shortage(NamedTuple):
    """Posts of one subject and stage in a county, or everywhere where `county` is None.

    Attributes
    ----------
    posts, seats, filled : how many posts, their seats, and how many of these the plan fills
    teachers : how many are eligible for some of them
    can : the most of the seats that can be filled at once, under the caps of schools
    name : the subject and stage in words
    """

    subject: str
    stage: str
    county: str | None
    posts: int
    seats: int
    filled: int
    teachers: int
    can: int
    name: Text

    @property
    def short(self) -> int:
        """How many seats stay empty at least, whatever the plan."""
        return self.seats - self.can

    def to_dict(self) -> dict[str, Any]:
        """Return the figures."""
        return {"subject": self.subject, "stage": self.stage, "county": self.county, "posts": self.posts,
                "seats": self.seats, "filled": self.filled, "teachers": self.teachers, "can": self.can,
                "short": self.short}

    def words(self, lang: Lang) -> str:
        """Return the figures in one sentence."""
        where = Text("全部", "everywhere") if self.county is None else Text(self.county, f"in {self.county}")
        capped = self.can < self.teachers
        zh = f"{where.zh}{self.name.zh}：{self.seats} 个席位，能去的教师 {self.teachers} 人"
        en = f"{self.name.en} {where.en}: {many(self.seats, 'seat')}, {many(self.teachers, 'eligible teacher')}"
        zh += f"，受各级上限所限至多补 {self.can} 个" if capped else ""
        en += f", of whom caps let no more than {self.can} come" if capped else ""
        return Text(f"{zh}，无论怎样安排至少空 {self.short} 个。",
                    f"{en}: at least {self.short} stay empty whatever the plan.").get(lang)


def shortages(problem: Problem, network: Network, needs: Iterable[int], filled: Any) -> tuple[Shortage, ...]:
    """Return the kinds of posts that are short, the greatest shortage first; those of a county before those everywhere.

    Parameters
    ----------
    needs : positions of needs with empty seats; only their kinds are looked at
    filled : how many seats of each need the plan fills
    """
    mine = _by_kind(problem)
    kinds = dict.fromkeys(kind for n in needs for kind in _kinds(problem, n))
    found = [_shortage(problem, network, kind, mine[kind], filled) for kind in kinds]
    return tuple(sorted((s for s in found if s.short > 0), key=lambda s: (s.county is None, -s.short)))


class _Kind(NamedTuple):
    subject: str
    stage: str
    county: str | None


def _kinds(problem: Problem, need: int) -> tuple[_Kind, _Kind]:
    post = problem.instance.needs[need]
    county = problem.instance.site[post.site_id].county
    return _Kind(post.subject, post.stage, county), _Kind(post.subject, post.stage, None)


def _by_kind(problem: Problem) -> dict[_Kind, list[int]]:
    found: dict[_Kind, list[int]] = {}
    for n in range(len(problem.instance.needs)):
        for kind in _kinds(problem, n):
            found.setdefault(kind, []).append(n)
    return found


def _shortage(problem: Problem, network: Network, kind: _Kind, mine: list[int], filled: Any) -> Shortage:
    most = network.among(frozenset(mine))
    return Shortage(*kind, len(mine), most.seats, sum(int(filled[n]) for n in mine), len(most.teachers), most.can,
                    kind_name(problem.instance, kind.stage, kind.subject))
