"""What a letter tells, as data: worked out once, put into words afterwards."""

from __future__ import annotations

from typing import Literal, NamedTuple

from matching.domain.plan import Placement
from matching.domain.records import Need, Site

Obstacle = Literal["none", "full", "rule"]
Effect = Literal["fill", "shortfall", "fair", "points", "earlier", "equal", "unknown"]
Outcome = Literal["met", "no_post", "refused", "full", "rule", "open"]


class Post(NamedTuple):
    """A post, with the placement of the addressee there if it is theirs.

    `km` is kilometres from the addressee's own school to 0.1, None where unknown.
    """

    need: Need
    site: Site
    km: float | None = None
    placement: Placement | None = None


class Step(NamedTuple):
    """A rule, by id, at which posts (or teachers) dropped out, and how many were left after it."""

    rule: str
    left: int


class Term(NamedTuple):
    """Points of one name at the post that the teacher has, and at another; None where there is none to compare."""

    name: str
    here: int
    there: int | None


class Other(NamedTuple):
    """Another post that no rule on pairs refuses the teacher.

    Attributes
    ----------
    points : of the teacher there, all names together; None where the plan was not made by points
    terms : name by name, beside the teacher's own post
    obstacle : what stood in the way of taking it: no free seat, a rule on the whole plan, or neither
    rule : that rule
    effect : the first goal, in their order, that moving this teacher alone is sure to make worse; ``earlier`` where it
        must be one that comes before the points, ``equal`` where none changes, ``unknown`` where nothing is sure
    nearer : whole kilometres by which the post would have to be nearer to have fewer points; None where that cannot be
    wished : whether it would have fewer points as the teacher's first wish
    joint : whether those who are kept together with the teacher would have had to go there too
    """

    post: Post
    points: int | None
    terms: tuple[Term, ...]
    obstacle: Obstacle
    rule: str | None = None
    effect: Effect = "unknown"
    nearer: int | None = None
    wished: bool = False
    joint: bool = False


class Better(NamedTuple):
    """How many other posts have fewer points for the teacher, and how many of them are full or held by a rule."""

    posts: int
    full: int
    ruled: int


class Wish(NamedTuple):
    """A wish that names something known, and what became of it.

    `posts` are the posts that it stands for, `eligible` those open to the teacher.
    """

    place: int
    name: str
    outcome: Outcome
    posts: int
    eligible: int
    rule: str | None = None


class Nearly(NamedTuple):
    """How many posts (or teachers) one rule alone keeps out; `km` is the nearest of them, where that is known."""

    rule: str
    number: int
    km: float | None = None


class Reserved(NamedTuple):
    """A place on the reserve list of a post, from 1."""

    post: Post
    place: int


class TeacherLetter(NamedTuple):
    """What one teacher is told.

    Attributes
    ----------
    taking_part : False for those who were not to be placed; the letter then gives no reason
    lock : the post or school where the teacher was locked beforehand; None where nothing was
    posts : what the teacher has, in the order of the plan
    posts_in_all, funnel, eligible : all posts, the rules that took some away, and how many were left
    points, terms : of the post that is compared with others, the one with most points; None and empty without any
    first : the best other post by points, if it is not `open`; open : the best that nothing stood in the way of
    company : the hard rule, by id, that keeps the teacher together with others; None where they go alone
    reason : why there is no post, as the plan says; None for those who have one
    held : the rules, by id, that their placement would break at every free seat open to them
    anywhere : those of them that it would break at every post, free or not
    """

    teacher_id: str
    name: str
    home: Site
    taking_part: bool
    lock: str | None = None
    posts: tuple[Post, ...] = ()
    posts_in_all: int = 0
    funnel: tuple[Step, ...] = ()
    eligible: int = 0
    compared: Post | None = None
    points: int | None = None
    terms: tuple[Term, ...] = ()
    wishes: tuple[Wish, ...] = ()
    better: Better | None = None
    first: Other | None = None
    open: Other | None = None
    full: int = 0
    company: str | None = None
    reason: str | None = None
    held: tuple[str, ...] = ()
    anywhere: tuple[str, ...] = ()
    nearly: tuple[Nearly, ...] = ()
    reserve: tuple[Reserved, ...] = ()


class Coming(NamedTuple):
    """Somebody who comes to a school, as the public list has them."""

    name: str
    home: str
    title: str
    backbone: str
    post: Post


class SchoolPost(NamedTuple):
    """One post of a school: its seats, and where some are empty why.

    `teachers` are those who took part, `candidates` those of them that no rule on pairs refuses, `waiting` those of
    these without a post; `full` the rules, by id, whose caps on the receiving side let nobody else come.
    """

    post: Post
    filled: int
    empty: int
    reason: str | None
    teachers: int
    funnel: tuple[Step, ...]
    candidates: int
    waiting: int
    nearly: tuple[Nearly, ...]
    full: tuple[str, ...] = ()


class SchoolLetter(NamedTuple):
    """What one school is told; `out` and `applied` count its own teachers who are sent out, and who could be."""

    site: Site
    posts: tuple[SchoolPost, ...]
    coming: tuple[Coming, ...]
    out: int
    applied: int
