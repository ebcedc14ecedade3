"""What stands on the pages: nothing about other people, and nothing that no letter says."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from fractions import Fraction
from functools import cache

import pytest

from matching import policy as policies
from matching.domain.text import Text
from matching.policy.model import Quota, Require
from matching.report.letters.facts import Better
from matching.report.letters.phrases import Phrases
from matching.report.letters.school_words import SchoolWords
from matching.report.letters.schools import school_letters
from matching.report.letters.teacher_words import TeacherWords
from matching.report.letters.teachers import teacher_letters
from matching.report.letters.write import letter_pages
from tests.report.letters.samples import BASE, NAMES, bureau, solved

LANGS = ("zh", "en")


@cache
def pages(kind, lang):
    return tuple(letter_pages(bureau().ground, kind, lang))


def everything(page):
    """All text of a page, but for its headings."""
    return "\n".join(flat([value for name, value in page.context().items() if name != "labels"]))


def flat(value):
    if isinstance(value, dict):
        return flat(list(value.values()))
    return [text for item in value for text in flat(item)] if isinstance(value, list | tuple) else [str(value)]


def page_of(name, lang="zh"):
    return next(page for page in pages("teachers", lang) if page.name == name)


@pytest.mark.parametrize("lang", LANGS)
def test_a_teachers_letter_names_nobody_else(lang):
    made = bureau()
    for page in pages("teachers", lang):
        text = everything(page)
        assert page.name in text
        assert [name for name in NAMES if name != page.name and name in text] == []
        others = {t.teacher_id for t in made.instance.teachers} - {page.teacher_id}
        assert [who for who in others if who in text] == []


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("kind", ["teachers", "schools"])
def test_no_letter_tells_what_is_private(kind, lang):
    for page in pages(kind, lang):
        text = everything(page)
        for private in ("1987", "87.5", "住院", "手术", "暂缓", "审核", "deferred", "rejected", "Approved", "退回"):
            assert private not in text
        assert not re.search(r"\d{11}", text)


@pytest.mark.parametrize("lang", LANGS)
def test_a_schools_letter_names_those_who_come_and_nobody_else(lang):
    made = bureau()
    for page in pages("schools", lang):
        come = {made.instance.teacher[p.teacher].name for p in made.plan.placements
                if made.instance.site[made.instance.need[p.need].site_id].name == page.school}
        text = everything(page)
        assert {name for name in NAMES if name in text} == come
        assert not re.search(r"T\d\d\d", text)


def test_every_teacher_and_every_school_that_has_to_do_with_the_plan_has_a_letter():
    assert {page.name for page in pages("teachers", "zh")} == set(NAMES)
    assert {page.school for page in pages("schools", "zh")} == {s.name for s in bureau().instance.sites}


def test_letters_of_one_school_stand_together():
    schools = [page.school for page in pages("teachers", "zh")]
    assert len([a for a, b in itertools.pairwise(schools) if a != b]) == len(set(schools)) - 1


def test_a_rule_that_asks_for_what_is_private_is_not_named():
    title, high = Text("听课评分", "Score"), (policies.condition("score >= 80"),)
    rule = Require(id="heard", title=title, that=(policies.condition("score >= 90"),))
    few = Quota(id="few-heard", title=title, when=high, at_most=Fraction(1))
    made = solved(bureau().instance, replace(BASE, rules=(few, *BASE.rules)))
    refused = solved(bureau().instance, replace(BASE, rules=(rule, *BASE.rules)))
    for lang, other in (("zh", "其他个人条件"), ("en", "other personal conditions")):
        for told in (made, refused):
            written = [*letter_pages(told.ground, "teachers", lang), *letter_pages(told.ground, "schools", lang)]
            texts = [everything(page) for page in written]
            assert not any(word in text for text in texts for word in ("评分", "Score", "score"))
            assert any(other in text for text in texts)


def test_where_why_the_best_alternative_and_what_would_have_had_to_be_otherwise():
    page = page_of("王春兰")
    assert page.lead == "您被安置到青山县石桥小学，岗位是小学语文。"
    assert {line.label: line.value for line in page.facts}["符合意向"] == "第一意向"
    assert page.wishes == ("第一意向“石桥小学”：已满足。",)
    assert page.why
    assert page.funnel
    assert page.alternative
    assert page.otherwise
    assert "距派出学校" in {line.label for line in page.facts}


def test_the_same_in_english():
    page = page_of("王春兰", "en")
    assert page.lead == "You are placed at 石桥小学, 青山县: Chinese, primary."
    assert page.wishes == ('First wish "石桥小学": met.',)


def test_who_can_take_no_post_is_told_what_stands_in_the_way():
    page = page_of("陈晓燕")
    assert page.lead.startswith("本次没有为您安排岗位。")
    assert page.funnel[-1].left == "0"
    assert page.otherwise


def test_who_does_not_take_part_reads_no_more_than_that():
    page = page_of("张桂英")
    assert page.lead == "您不在本次安置的范围内，因此没有为您安排岗位。"
    assert not (page.facts)
    assert not (page.why)
    assert not (page.funnel)
    assert not (page.otherwise)


def test_an_unknown_distance_is_said_to_be_unknown():
    made = solved(replace(bureau().instance, distances=()), BASE)
    page = letter_pages(made.ground, "teachers", "zh")[0]
    assert {line.label: line.value for line in page.facts}["距派出学校"] == "距离未知"


def test_control_characters_do_not_reach_the_forms():
    odd = bureau().instance
    staff = (odd.teachers[0]._replace(name="王\x0b<b>&\ud800"), *odd.teachers[1:])
    made = solved(replace(odd, teachers=staff), BASE)
    assert letter_pages(made.ground, "teachers", "zh")[0].context()["name"] == "王 <b>& "


@pytest.mark.parametrize(("lock", "told"), [
    ("N2", "这个岗位是安置之前就为您定下的。"), ("R2", "到这所学校是安置之前就为您定下的。")])
def test_what_was_set_down_before_is_the_post_or_only_the_school(lock, told):
    made = bureau()
    staff = [t._replace(lock_need=lock) if t.teacher_id == "T005" else t for t in made.instance.teachers]
    again = solved(replace(made.instance, teachers=tuple(staff)), BASE)
    page = next(p for p in letter_pages(again.ground, "teachers", "zh") if p.teacher_id == "T005")
    assert page.context()["why"][0] == told


def letters_of(made, kind, lang):
    return {(page.teacher_id if kind == "teachers" else page.school): page
            for page in letter_pages(made.ground, kind, lang)}


def test_a_school_whose_beds_are_full_is_not_told_that_more_teachers_would_do():
    case = bureau().instance
    sites = tuple(site._replace(beds=1) if site.site_id == "R1" else site for site in case.sites)
    made = solved(replace(case, sites=sites), BASE)
    page = letters_of(made, "schools", "zh")["石桥小学"]
    assert "再安排会违反规则“宿舍床位”。" in page.why[0]
    assert "规则“宿舍床位”须还有余地" in page.otherwise[0]
    page = letters_of(made, "schools", "en")["石桥小学"]
    assert 'One more placement would break the rule "Beds".' in page.why[0]
    assert 'the rule "Beds" would have to leave room' in page.otherwise[0]


def test_who_is_left_out_is_told_of_every_rule_that_holds_them_back():
    case = bureau().instance
    one = Quota(id="few", title=Text("总数", "Few"), at_most=Fraction(1))
    sites = tuple(site._replace(send_max=0) if site.site_id == "S2" else site for site in case.sites)
    made = solved(replace(case, sites=sites), replace(BASE, rules=(one, *BASE.rules)))
    page = letters_of(made, "teachers", "zh")["T007"]
    assert page.settled.endswith("但安排您会违反规则“总数”和“派出上限”。")
    assert page.otherwise == ("规则“总数”和“派出上限”都须还有余地。",)
    page = letters_of(made, "teachers", "en")["T007"]
    assert page.otherwise[0].startswith('The rules "Few" and "')


def test_those_who_travel_together_read_so_and_nobody_is_named():
    case = bureau().instance
    staff = tuple(t._replace(group="G") if t.teacher_id in ("T000", "T006") else t for t in case.teachers)
    made = solved(replace(case, teachers=staff), BASE)
    for lang, travel, too in (("zh", "您与人同行：按规则“同行组同去一县”", "与您同行的人也须能去同一处。"),
                              ("en", "You travel with others: by the rule", "Those you travel with would have to")):
        pages = letters_of(made, "teachers", lang)
        assert travel in everything(pages["T000"])
        assert too in everything(pages["T000"])
        assert [name for name in NAMES[1:] if name in everything(pages["T000"])] == []
        assert travel not in everything(pages["T001"])


def test_the_only_other_post_is_said_to_be_the_only_one():
    case = bureau().instance
    staff = tuple(t._replace(lock_need="R2") if t.teacher_id == "T005" else t for t in case.teachers)
    needs = tuple(n._replace(subject="math", count=1) if n.need_id == "N5" else n for n in case.needs)
    made = solved(replace(case, teachers=staff, needs=needs), BASE)
    told = letters_of(made, "teachers", "zh")["T005"].alternative
    assert told[0].startswith("您另外可去的岗位只有积石山")
    assert len(told) == 1
    assert letters_of(made, "teachers", "en")["T005"].alternative[0].startswith("The only other post open to you is ")


@pytest.mark.parametrize(("better", "zh", "en"), [
    ((0, 0, 0), "中，没有一个积分更少。", "none has fewer points."),
    ((1, 1, 0), "有 1 个积分更少，但已经排满。", "1 has fewer points, but is full."),
    ((3, 3, 0), "有 3 个积分更少，但都已经排满。", "3 have fewer points, but are full."),
    ((1, 0, 1), "有 1 个积分更少，但安排您会违反别的规则。", "1 has fewer points, but would break another rule."),
    ((3, 2, 1), "有 3 个积分更少，其中 2 个已经排满，1 个安排您会违反别的规则。",
     "3 have fewer points; of these 2 are full, 1 would break another rule."),
    ((2, 0, 0), "有 2 个积分更少。", "2 have fewer points."),
])
def test_posts_with_fewer_points_are_told_with_what_stands_in_the_way(better, zh, en):
    ground = bureau().ground
    letter = next(one for one in teacher_letters(ground) if one.posts)._replace(
        eligible=9, points=40, better=Better(*better), open=None, first=None)
    for lang, said in (("zh", zh), ("en", en)):
        phrases = Phrases(ground.instance, ground.problem.policy, ground.plan, lang)
        assert said in everything(TeacherWords(phrases).page(letter))


@pytest.mark.parametrize(("applied", "out", "zh", "en"), [
    (15, 13, "15 名教师参加本次安置，13 名已安排岗位", "15 of your teachers took part, 13 of whom have a post"),
    (4, 4, "4 名教师参加本次安置，都已安排岗位", "4 of your teachers took part, all of whom have a post"),
    (1, 1, "1 名教师参加本次安置，1 名已安排岗位", "1 of your teachers took part, 1 of whom has a post"),
])
def test_a_school_reads_how_many_of_those_it_sends_have_a_post(applied, out, zh, en):
    ground = bureau().ground
    letter = school_letters(ground)[0]._replace(applied=applied, out=out)
    for lang, said in (("zh", zh), ("en", en)):
        phrases = Phrases(ground.instance, ground.problem.policy, ground.plan, lang)
        assert said in everything(SchoolWords(phrases).page(letter))
