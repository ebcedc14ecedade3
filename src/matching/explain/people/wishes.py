"""A teacher's wishes, each with what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from matching.domain.text import Text
from matching.explain.inquiry import Inquiry
from matching.explain.naming import many
from matching.explain.people.posts import Post, place_words, screened


@dataclass(frozen=True)
class Wish:
    """A place that a teacher named.

    Attributes
    ----------
    rank : 1 to 3
    place : the id of a post or site, or a county's name
    met : whether the plan places the teacher there
    posts : how many posts there are
    open : those that no rule refuses the teacher, best first
    refused_by : where none is open, the rule that refuses the last; None where posts are open
    """

    rank: int
    place: str
    met: bool
    posts: int
    open: tuple[Post, ...]
    refused_by: str | None

    @property
    def free(self) -> int:
        """How many seats of the posts open to the teacher the plan leaves empty."""
        return sum(post.free for post in self.open)

    def to_dict(self) -> dict[str, Any]:
        """Return the wish's entry in a machine-readable answer."""
        return {"rank": self.rank, "place": self.place, "met": self.met, "posts": self.posts,
                "open": [post.need for post in self.open], "free": self.free, "refused_by": self.refused_by}


def wishes(inquiry: Inquiry, teacher: str, posts: Sequence[Post]) -> Iterator[Wish]:
    """Yield the teacher's wishes that name something known.

    Parameters
    ----------
    posts : those that no rule refuses the teacher, best first
    """
    person = inquiry.instance.teacher[teacher]
    taken = {p.need for p in inquiry.placements(teacher)}
    for rank, place in enumerate((person.pref_1, person.pref_2, person.pref_3), 1):
        there = _needs_at(inquiry, place) if place else ()
        if place and there:
            ids = {inquiry.instance.needs[n].need_id for n in there}
            mine = tuple(post for post in posts if post.need in ids)
            yield Wish(rank, place, bool(taken & ids), len(there), mine,
                       None if mine else screened(inquiry, teacher, there).last)


def _needs_at(inquiry: Inquiry, place: str) -> tuple[int, ...]:
    sites = inquiry.instance.site
    return tuple(at for at, need in enumerate(inquiry.instance.needs)
                 if place in (need.need_id, need.site_id, sites[need.site_id].county))


def wish_told(inquiry: Inquiry, wish: Wish) -> Text:
    """Return what became of a wish, as a clause of a sentence."""
    place = place_name(inquiry, wish.place)
    if wish.met:
        return Text(f"第 {wish.rank} 意向 {place.zh}：已满足", f"Wish no. {wish.rank}, {place.en}: met")
    return Text(f"第 {wish.rank} 意向 {place.zh}：{_why_not(inquiry, wish).zh}",
                f"Wish no. {wish.rank}, {place.en}: {_why_not(inquiry, wish).en}")


def _why_not(inquiry: Inquiry, wish: Wish) -> Text:
    if not wish.open:
        title = inquiry.policy.rule(wish.refused_by).title if wish.refused_by else Text("规则", "the rules")
        if wish.posts == 1:
            return Text(f"那里只有 1 个岗位，不符合“{title.zh}”", f'its only post is refused by "{title.en}"')
        return Text(f"那里的 {wish.posts} 个岗位，逐条筛选到“{title.zh}”时已没有可去的",
                    f'of its {wish.posts} posts none is left after "{title.en}"')
    can = f"{many(len(wish.open), 'post')} there open to the teacher"
    if not wish.free:
        return Text(f"可去 {len(wish.open)} 个岗位，席位都已安排他人", f"{can}, every seat given to others")
    return Text(f"可去 {len(wish.open)} 个岗位，还有 {wish.free} 个空席，方案没有安排过去",
                f"{can}, with {many(wish.free, 'seat')} left; the plan does not send them there")


def place_name(inquiry: Inquiry, place: str) -> Text:
    """Return what a wish names, in words."""
    if place in inquiry.need_at:
        return place_words(inquiry, place)
    site = inquiry.instance.site.get(place)
    return Text(place, place) if site is None else Text(f"{site.name}（{place}）", f"{site.name} ({place})")
