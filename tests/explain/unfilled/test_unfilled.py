"""Why a post has empty seats: every statement held against the audit."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from matching import policy as policies
from matching.audit import audit, facts
from matching.domain.findings import InputError
from matching.domain.plan import Plan
from matching.explain.unfilled.brief import brief
from matching.explain.unfilled.unfilled import Unfilled, why_unfilled
from matching.problem import compile
from tests import builders as b
from tests.scoring.plans import placement
from tests.strategies import instances

BASE = policies.load("base")


def broken(instance, policy, pairs):
    """The hard rules that do not hold, by id and group."""
    plan = Plan("main", "feasible", 0, tuple(placement(t, n) for t, n in pairs), edited=True)
    known = {r.id for r in policy.rules}
    return {(x.rule, x.group) for x in audit(instance, policy, plan).breaches if x.rule in known}


@st.composite
def plans(draw):
    """An instance and a choice of eligible pairs, at most one a teacher and no more than seats."""
    instance = draw(instances())
    problem = compile(instance, BASE)
    arcs, free = problem.arcs, [n.count for n in instance.needs]
    pairs = []
    for t in range(arcs.n_teachers):
        open_ = [n for n in arcs.need[arcs.start[t]:arcs.start[t + 1]].tolist() if free[n]]
        taken = draw(st.sampled_from([None, *open_]))
        if taken is not None:
            free[taken] -= 1
            pairs.append((instance.teachers[t].teacher_id, instance.needs[taken].need_id))
    return problem, pairs


@settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
@given(plans())
def test_a_way_fills_one_seat_more_and_breaks_just_what_it_says(made):
    problem, pairs = made
    instance = problem.instance
    before = broken(instance, BASE, pairs)
    asked = Unfilled(problem, [placement(t, n) for t, n in pairs])
    for need, why in asked.of(asked.short).items():
        event(f"ways: {len(why.ways)}")
        for way in why.ways:
            left = [p for p in pairs if p not in {(m.teacher, m.origin) for m in way.moves}]
            after = [*left, *((m.teacher, m.to) for m in way.moves)]
            filled, was = (Counter(n for _, n in some) for some in (after, pairs))
            assert filled == was + Counter([need])
            assert max(Counter(t for t, _ in after).values()) == 1
            names = {(x.rule, x.group) for x in way.breaks}
            asserted = {(rule, group) for rule, group in broken(instance, BASE, after) - before
                        if rule not in {r.rule for r in way.refusals}}
            assert asserted == names


@settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
@given(plans())
def test_what_stands_in_a_candidates_way_is_all_that_does(made):
    problem, pairs = made
    instance, posts = problem.instance, dict(pairs)
    judge, before = facts(instance, BASE), broken(instance, BASE, pairs)
    asked = Unfilled(problem, [placement(t, n) for t, n in pairs])
    for need, why in asked.of(asked.short).items():
        others = [t for t in instance.teachers if not t.deferred and t.status != "rejected"
                  and posts.get(t.teacher_id) != need]
        assert {c.teacher for c in why.candidates} <= {t.teacher_id for t in others}
        assert len({c.teacher for c in why.candidates}) == len(why.candidates) == min(5, len(others))
        for one in why.candidates:
            assert tuple(r.rule for r in one.refusals) == judge.refusals(one.teacher, need)
            assert one.posts == ((posts[one.teacher],) if one.teacher in posts else ())
            after = [*((t, n) for t, n in pairs if t != one.teacher), (one.teacher, need)]
            refused = {r.rule for r in one.refusals}
            new = {(rule, group) for rule, group in broken(instance, BASE, after) - before if rule not in refused}
            assert {(x.rule, x.group) for x in one.breaks} == new


@settings(deadline=None, max_examples=15, suppress_health_check=list(HealthCheck))
@given(plans())
def test_every_answer_has_words_and_figures_in_both_languages(made):
    problem, pairs = made
    asked = Unfilled(problem, [placement(t, n) for t, n in pairs])
    for why in asked.of([n.need_id for n in problem.instance.needs]).values():
        assert json.loads(json.dumps(why.to_dict()))["need"] == why.need
        assert why.seats - why.filled == why.gap
        for lang in ("zh", "en"):
            assert all(why.words(lang))
            told = brief(problem, why)
            assert not why.gap or all(text.get(lang) for text in (told.cause, told.advice, why.cause, why.advice))
            assert bool(told.nearest.get(lang)) == bool(why.candidates)
    for shortage in asked.shortages():
        assert shortage.short > 0
        assert json.dumps(shortage.to_dict())
        assert all(shortage.words(lang) for lang in ("zh", "en"))


def two_posts():
    """Two posts of one seat for one teacher; a second one is too far, a third teaches something else."""
    sites = [b.site("A", "sender", lon=103.0, lat=36.0), b.site("H", "receiver", lon=103.5, lat=36.0)]
    needs = [b.need("N1", "H"), b.need("N2", "H", priority=1)]
    people = [b.teacher("T1", "A"), b.teacher("T2", "A", max_km=40.0), b.teacher("T3", "A", subject="math")]
    instance = b.instance(sites, needs, people)
    return compile(instance, BASE), Plan("main", "optimal", 0, (placement("T1", "N1", km=58.5),))


def test_two_posts_for_one_teacher_compete():
    problem, plan = two_posts()
    why = why_unfilled(problem, plan, "N2")
    assert [(r.posts, r.teachers, r.seats, r.can, r.short) for r in why.rivals] == [(("N1", "N2"), ("T1",), 2, 1, 1)]
    assert why.cause.zh == ("本岗位与 N1（H学校，小学语文）争用同一批教师：共 2 个席位，符合资格的教师一共 1 人"
                            "（教师T1），无论怎样安排至少空 1 个。")
    assert "at least 1 stay empty whatever the plan" in why.cause.en


def test_a_limit_is_told_with_its_figures():
    problem, plan = two_posts()
    near = {c.teacher: c for c in why_unfilled(problem, plan, "N2").candidates}
    miss = near["T2"].refusals[0].misses[0]
    assert (miss.field, miss.value, miss.op, miss.limit, miss.over) == ("km", 58.5, "<=", 40.0, 18.5)
    assert [near[t].standing for t in ("T1", "T2", "T3")] == ["elsewhere", "refused", "refused"]
    assert "“不超过最远公里”（max-km）对教师T2由 40 放宽到 58.5" in why_unfilled(problem, plan, "N2").advice.zh


def test_nobody_is_told_to_be_let_in_who_teaches_something_else():
    problem, plan = two_posts()
    assert {m.teacher for way in why_unfilled(problem, plan, "N2").ways for m in way.moves} == {"T2"}


def test_a_full_post_says_who_is_there():
    problem, plan = two_posts()
    why = why_unfilled(problem, plan, "N1")
    assert (why.gap, why.here, why.rivals, why.ways) == (0, ("T1",), (), ())
    assert why.words("zh")[0] == "岗位 N1（H学校，小学语文）：1 个席位，已补 1 个，空 0 个。"
    assert why.words("zh")[1] == "已安置：教师T1（T1，A学校）。"


def test_a_cap_of_the_home_school_is_named_with_its_figures():
    problem, plan = two_posts()
    instance = problem.instance
    sites = [s._replace(send_max=1) if s.site_id == "A" else s for s in instance.sites]
    people = [t._replace(max_km=None) for t in instance.teachers]
    capped = compile(replace(instance, sites=tuple(sites), teachers=tuple(people)), BASE)
    why = why_unfilled(capped, plan, "N2")
    assert why.rivals[0].caps == (("send-max", "A", 1, 2),)
    assert [(x.rule, x.group, x.before, x.after, x.limit) for x in why.ways[0].breaks] == [("send-max", "A", 1, 2, 1)]
    assert "“派出上限”（A学校）由 1 放宽到 2 人" in why.advice.zh


def test_a_full_house_is_named_before_the_teachers():
    problem, plan = two_posts()
    sites = [s._replace(beds=1) if s.site_id == "H" else s for s in problem.instance.sites]
    why = why_unfilled(compile(replace(problem.instance, sites=tuple(sites)), BASE), plan, "N2")
    assert [r.full for r in why.rivals] == [True, False]
    assert (why.rivals[0].caps, why.rivals[0].can) == ((("beds", "H", 1, 1),), 1)
    assert "接收一方已满（“宿舍床位”（H学校）" in why.cause.zh


def test_rules_across_posts_are_named_where_no_set_of_posts_explains_a_seat():
    problem, _ = two_posts()
    share = policies.load("national_10_20").rule("backbone-share")
    policy = replace(BASE, rules=(replace(share, id="share", per=(), count=(policies.condition("backbone = yes"),)),
                                  *BASE.rules))
    people = tuple(t._replace(max_km=None, subject="chinese") for t in problem.instance.teachers)
    strict = compile(replace(problem.instance, teachers=people), policy)
    why = why_unfilled(strict, Plan("main", "optimal", 0, ()), "N2")
    assert why.rivals == ()
    assert why.met == {"share": 3}
    assert why.ways[0].breaks[0][3:] == ("0/0", "0/1", "1/5")
    assert "至少 20%" in why.cause.zh


def test_an_unknown_post_is_refused_with_the_nearest():
    problem, plan = two_posts()
    with pytest.raises(InputError) as refused:
        why_unfilled(problem, plan, "N3")
    assert refused.value.findings[0].suggest


def test_kinds_that_lack_teachers_are_counted():
    problem, plan = two_posts()
    found = Unfilled(problem, plan.placements).shortages()
    assert [(s.county, s.seats, s.teachers, s.can, s.filled, s.short) for s in found] == [
        ("X", 2, 1, 1, 1, 1), (None, 2, 1, 1, 1, 1)]
    assert found[0].words("zh") == "X小学语文：2 个席位，能去的教师 1 人，无论怎样安排至少空 1 个。"
    assert np.array_equal(Unfilled(problem, ()).short, ("N1", "N2"))
