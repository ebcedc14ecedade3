"""What letters tell is recounted by the audit, which knows nothing of arcs, funnels or points of the problem."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cache

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching import policy as policies
from matching.audit import audit, facts, goal_values
from matching.domain.findings import InputError
from matching.domain.plan import Plan
from matching.policy.model import Goal
from matching.report.letters.ground import ALIKE
from matching.report.letters.schools import school_letters
from matching.report.letters.teachers import teacher_letters
from matching.travel import Distances
from tests.policies import random_policies
from tests.report.letters.samples import BY_POINTS, bureau, solved
from tests.strategies import ALL, instances

FEW = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
LAWFUL = instances(features=ALL - {"locks", "mandatory"})


def told(case, policy):
    made = solved(case, policy)
    return None if made is None else (made, made.ground)


def placed_at(ground, teacher, need):
    """The placement of a pair, as the problem decodes it; the audit judges it."""
    x = np.zeros(ground.problem.program.n_columns, np.int64)
    x[ground.problem.columns([(teacher, need)])] = 1
    return ground.problem.decode(x)[0]


def counted(made, placements, name="points"):
    return [g.value for g in goal_values(made.instance, made.policy, placements) if g.goal == name]


def own_points(made, placement):
    """The audit's points of one placement, without those that are alike for all posts."""
    goals = [goal for goal in made.policy.goals if goal.kind == "points"]
    table = made.policy.points if not goals or any(goal.points is None for goal in goals) else goals[0].points
    table = {name: value for name, value in table.items() if name not in ALIKE}
    policy = replace(made.policy, goals=(Goal("points", points=table),), rules=tuple(
        r for r in made.policy.rules if r.kind == "subsidy"))
    return counted(replace(made, policy=policy), (placement,))[0]


def moved(made, teacher, leaves, placement):
    kept = [p for p in made.plan.placements if (p.teacher, p.need) != (teacher, leaves)]
    order = {t.teacher_id: i for i, t in enumerate(made.instance.teachers)}
    return tuple(sorted([*kept, placement], key=lambda p: order[p.teacher]))


def breaks(made, placements):
    found = audit(made.instance, made.policy, Plan("main", "feasible", 0, placements))
    return {breach.rule for breach in found.breaches}


def check_other(made, ground, letter, other):
    """The points, the obstacle and the rule of another post are what the audit finds."""
    who, leaves = letter.teacher_id, letter.compared.need.need_id if letter.compared else None
    placement = placed_at(ground, who, other.post.need.need_id)
    assert other.post.km == placement.km
    if other.points is not None:
        assert other.points == own_points(made, placement)
        assert other.points == sum(t.there if t.there is not None else t.here for t in other.terms)
    taken = sum(p.need == other.post.need.need_id for p in made.plan.placements)
    assert (other.obstacle == "full") == (taken == other.post.need.count)
    if other.obstacle == "full":
        return
    after = moved(made, who, leaves, placement)
    broken = breaks(made, after)
    assert (other.obstacle == "none") == (not broken)
    assert other.rule is None or other.rule in broken
    if other.effect in ("fill", "points"):
        sign = -1 if other.effect == "fill" else 1
        assert sign * (counted(made, after, other.effect)[0] - counted(made, made.plan.placements, other.effect)[0]) > 0
    if other.effect == "earlier":
        assert made.plan.status == "optimal"
        assert changed_for_the_worse(made, after)
    if other.effect == "equal":
        assert [g.value for g in goal_values(made.instance, made.policy, after)] == [
            g.value for g in goal_values(made.instance, made.policy, made.plan.placements)]


def changed_for_the_worse(made, after):
    """The goals that are worse after a move."""
    now = goal_values(made.instance, made.policy, made.plan.placements)
    then = goal_values(made.instance, made.policy, after)
    return [g.goal for g, h in zip(now, then, strict=True)
            if (h.value < g.value if g.goal in ("fill", "fair") else h.value > g.value)]


@FEW
@given(LAWFUL, st.booleans() | random_policies())
def test_every_figure_of_a_teachers_letter_is_recounted(case, policy):
    found = told(case, BY_POINTS if isinstance(policy, bool) else policy)
    if found is None:
        return
    made, ground = found
    judge, distances = facts(made.instance, made.policy), Distances(made.instance, made.policy.detour)
    filled = {n.need_id: sum(p.need == n.need_id for p in made.plan.placements) for n in case.needs}
    for letter in teacher_letters(ground):
        who = letter.teacher_id
        held = [p for p in made.plan.placements if p.teacher == who]
        listed = {line.teacher: line.reason for line in made.plan.unplaced}
        assert letter.taking_part == (bool(held) or who in listed)
        if not letter.taking_part:
            continue
        assert [post.placement for post in letter.posts] == held
        assert letter.reason == listed.get(who)
        open_ = [n.need_id for n in case.needs if judge.eligible(who, n.need_id)]
        assert (letter.posts_in_all, letter.eligible) == (len(case.needs), len(open_))
        assert letter.funnel == () or letter.funnel[-1].left == len(open_)
        others = set(open_) - {p.need for p in held}
        assert letter.full == sum(filled[n] == case.need[n].count for n in others)
        check_points(made, ground, letter, open_)
        check_wishes(made, letter, open_, filled)
        for reserved in letter.reserve:
            order = next(line.teachers for line in made.plan.reserve if line.need == reserved.post.need.need_id)
            assert order[reserved.place - 1] == who
            hectometres = distances.hectometres(letter.home.site_id, reserved.post.site.site_id)
            assert reserved.post.km == (None if hectometres is None else hectometres / 10)


def check_points(made, ground, letter, open_):
    others = [placed_at(ground, letter.teacher_id, n) for n in open_
              if n not in {post.need.need_id for post in letter.posts}]
    if letter.points is not None:
        assert letter.points == max(own_points(made, post.placement) for post in letter.posts)
        assert letter.points == own_points(made, letter.compared.placement)
        assert letter.better.posts == sum(own_points(made, p) < letter.points for p in others)
    for other in filter(None, (letter.first, letter.open)):
        check_other(made, ground, letter, other)
    if letter.first and letter.first.points is not None:
        assert letter.first.points == min(own_points(made, p) for p in others)
    if letter.open and letter.points is not None:
        leaves = letter.compared.need.need_id
        movable = [p for p in others if not breaks(made, moved(made, letter.teacher_id, leaves, p))]
        assert letter.open.points == min(own_points(made, p) for p in movable)


def check_wishes(made, letter, open_, filled):
    case, teacher = made.instance, made.instance.teacher[letter.teacher_id]
    for wish in letter.wishes:
        named = (teacher.pref_1, teacher.pref_2, teacher.pref_3)[wish.place - 1]
        there = [n for n in case.needs if named in (n.need_id, n.site_id)] or [
            n for n in case.needs if named == case.site[n.site_id].county]
        assert (wish.posts, wish.eligible) == (len(there), sum(n.need_id in open_ for n in there))
        held = {post.need.need_id for post in letter.posts}
        if wish.outcome == "met":
            assert held & {n.need_id for n in there}
        if wish.outcome == "full":
            assert all(filled[n.need_id] == n.count for n in there if n.need_id in open_)
        assert (wish.outcome == "no_post") == (not there)


@FEW
@given(LAWFUL, random_policies())
def test_every_figure_of_a_schools_letter_is_recounted(case, policy):
    found = told(case, policy)
    if found is None:
        return
    made, ground = found
    judge = facts(made.instance, made.policy)
    taking_part = {p.teacher for p in made.plan.placements} | {u.teacher for u in made.plan.unplaced}
    for letter in school_letters(ground):
        own = [n for n in case.needs if n.site_id == letter.site.site_id]
        assert [post.post.need for post in letter.posts] == own
        come = [p for p in made.plan.placements if p.need in {n.need_id for n in own}]
        assert sorted(who.name for who in letter.coming) == sorted(case.teacher[p.teacher].name for p in come)
        assert letter.out == len({p.teacher for p in made.plan.placements
                                  if case.teacher[p.teacher].home_site == letter.site.site_id})
        for post in letter.posts:
            need = post.post.need
            assert (post.filled, post.empty) == (sum(p.need == need.need_id for p in come),
                                                 need.count - sum(p.need == need.need_id for p in come))
            open_ = {t.teacher_id for t in case.teachers if judge.eligible(t.teacher_id, need.need_id)}
            assert post.candidates == len(open_)
            assert post.teachers == len(taking_part)
            assert post.waiting == len(open_ - {p.teacher for p in made.plan.placements})


@FEW
@given(instances(features=ALL - {"locks", "mandatory", "groups"}))
def test_what_one_rule_alone_keeps_out_is_what_it_alone_refuses(case):
    found = told(case, BY_POINTS)
    if found is None:
        return
    _made, ground = found
    problem = ground.problem
    for letter in teacher_letters(ground):
        if letter.taking_part and not letter.eligible:
            alone = [problem.refusals(letter.teacher_id, n.need_id) for n in case.needs]
            for near in letter.nearly:
                assert near.number == sum(refused == (near.rule,) for refused in alone)
            assert len(letter.nearly) == min(3, len({r for r in alone if len(r) == 1}))


NEAR = {"km": 2, "preference": (0, 20, 40, 80), "alt_subject": 30}


@FEW
@given(instances(features=frozenset({"alternatives", "distances", "facts", "wishes"})))
def test_what_would_have_to_be_otherwise_gives_the_other_post_fewer_points(case):
    policy = replace(BY_POINTS, points=NEAR)
    made, ground = told(case, policy)
    for letter in teacher_letters(ground):
        if letter.open is None or not letter.posts:
            continue
        who, here, there = letter.teacher_id, letter.compared.need.need_id, letter.open.post.need.need_id
        if letter.open.wished:
            asked = tuple(t._replace(pref_1=there) if t.teacher_id == who else t for t in case.teachers)
            assert points_with(made, asked, who, there) < points_with(made, asked, who, here)
        if letter.open.nearer:
            less = letter.open.nearer * NEAR["km"]
            assert letter.open.points - less < letter.points <= letter.open.points - less + NEAR["km"]


def points_with(made, teachers, who, need):
    """The points of a placement if the teachers were these: the plan itself may then no longer be the best."""
    changed = replace(made, instance=replace(made.instance, teachers=teachers), plan=replace(
        made.plan, status="feasible", placements=(), goals=(), unplaced=(), unfilled=(), reserve=()))
    return own_points(changed, placed_at(changed.ground, who, need))


def test_a_plan_in_breach_gets_no_letters():
    made = bureau()
    doubled = replace(made.plan, placements=(*made.plan.placements, made.plan.placements[0]._replace(need="N3")))
    with pytest.raises(InputError) as caught:
        replace(made, plan=doubled).ground  # noqa: B018
    assert caught.value.findings[0].code == "plan_in_breach"


def test_several_posts_of_one_teacher_stand_in_one_letter():
    made = bureau()
    one_post = replace(made.policy.rule("one-post"), at_most=Fraction(2))
    two = replace(made.policy, rules=tuple(one_post if r.id == "one-post" else r for r in made.policy.rules))
    again = solved(made.instance, two)
    letters = teacher_letters(again.ground)
    several = [letter for letter in letters if len(letter.posts) > 1]
    assert several
    for letter in several:
        assert letter.points == max(own_points(again, post.placement) for post in letter.posts)


def test_without_points_posts_are_compared_by_distance():
    made = solved(bureau().instance, replace(policies.load("base"), goals=(Goal("fill"),)))
    letters = [letter for letter in teacher_letters(made.ground) if letter.posts]
    assert all(letter.points is None and letter.better is None and letter.terms == () for letter in letters)


@cache
def letters():
    return {letter.name: letter for letter in teacher_letters(bureau().ground)}


def test_what_becomes_of_wishes():
    assert [w.outcome for w in letters()["王春兰"].wishes] == ["met"]
    assert next((w.name, w.outcome) for w in letters()["李志强"].wishes) == ("石桥小学", "refused")


def test_who_does_not_take_part_is_told_no_reason():
    for name in ("张桂英", "刘建国"):
        letter = letters()[name]
        assert not letter.taking_part
        assert letter.funnel == ()
        assert letter.reason is None


def test_nothing_is_said_of_goals_where_more_than_goals_chose_the_plan():
    made = bureau()
    assert made.ground.best_by_goals
    for plan in (replace(made.plan, plan="alternative-1"), replace(made.plan, status="feasible", goals=())):
        assert not replace(made, plan=plan).ground.best_by_goals
