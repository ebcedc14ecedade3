"""Condition text as the contract and the readings say it is read."""

from datetime import date

import pytest

from matching.audit import Facts
from matching.domain.findings import InputError
from tests import builders as b
from tests.audit.helpers import cond, policy

SITES = [
    b.site("S1", "sender", county="甲县", prefecture="东市", staff=20, share_50plus=0.1),
    b.site("R1", "receiver", county="乙县", prefecture="东市", hardship=3, language="藏语"),
]
NEED = b.need("N1", "R1", subject="math", alt_subjects=("physics",), min_title="senior", backbone_required="yes")
TEACHER = b.teacher(
    "T1", "S1", subject="physics", alt_subjects=("chemistry",), title="senior", backbone="city", birth=date(1980, 9, 1),
    max_km=50.0, avoid_sites=("R9",), duty="校长 A", home_county="乙县", rural_until=date(2020, 8, 1), rural_years=2.0)


def answer(text, teacher=TEACHER, need=NEED, km=50.0, **values):
    sheets = {"distances": [b.distance("S1", "R1", km)]} if km is not None else {}
    facts = Facts(b.instance(SITES, [need], [teacher], **sheets), policy(**values))
    return facts.reader.criterion(text, "r")(facts.pair("T1", "N1"))


@pytest.mark.parametrize("text", [
    "", "subject = physics", "subject=物理", "主教学科 = 物理 ; 职称 >= 一级", "主教学科＝物理；title > first",
    "title in 高级|正高级", "title not in first|second", "title >= need.min_title", "title >= need.最低职称",
    "need.subject not in subject|alt_subjects", "subject in need.alt_subjects", "alt_subjects = chemistry",
    "alt_subjects != math", "alt_subjects not in math|physics", "host not in avoid_sites", "host = R1",
    "host.site_id = \"r1\"", "home != host",
    "need_id = N1", "duty = \"校长 A\"", "duty = 校长 a", "duty != \"a;b|c\"", "home_county = host.county",
    "birth < 1981-01", "birth = 1980-09", "birth <= 1980-09-01", "rural_until >= 2020-08", "age = 46",
    "age<=46;age>=46",
    "km <= 50", "km <= max_km", "km = 50.0", "km > 49.95", "host.hardship >= 3", "host.hardship in 3|4",
    "host.艰苦边远类别 = 3", "home.staff = 20", "home.share_50plus = 0.1", "home.县(市、区) = 甲县",
    "mandatory = no", "应派 = 否", "mandatory != yes", "backbone = yes", "backbone = city", "骨干级别 > county",
    "backbone >= need.backbone_required", "backbone in yes|school", "subject_fit = alt", "preference = none",
    "preference > 3", "preference is given", "pairing = open", "pairing not in closed|forbid", "mode = 驻点",
    "same_prefecture = yes; same_county = no", "language_ok = no", "gender is empty", "max_km is given",
    "appraisals is empty", "moved = no", "served_since_title is empty", "years_since_rural = 6", "need.term = 1",
    "teacher.subject = physics", "need.count >= 1", "stages = primary", "stage_fit = main",
])
def test_holds(text):
    assert answer(text) is True


@pytest.mark.parametrize("text", [
    "subject = math", "title < senior", "title in first|second", "alt_subjects = math",
    "host = home", "backbone = no", "backbone < city", "km > 50", "km < max_km", "age != 46", "mandatory = yes",
    "gender is given", "max_km is empty", "same_county = yes", "preference <= 3", "need.backbone_required = no",
    "subject = physics; title = first", "gender = male; title = first", "host in avoid_sites",
])
def test_does_not_hold(text):
    assert answer(text) is False


@pytest.mark.parametrize("text", [
    "gender = male", "gender != male", "years_here > 1", "subject = physics; gender = male", "languages = 藏语",
    "languages != 藏语", "served_since_title = yes", "appraisals_ok = yes", "same_consortium = yes", "score >= 60",
])
def test_missing_left(text):
    assert answer(text) is None


def test_an_empty_field_on_the_right_holds_even_where_the_left_is_missing():
    free = TEACHER._replace(max_km=None, avoid_sites=())
    assert answer("km <= max_km", free) is True
    assert answer("km <= max_km", free, km=None) is True
    assert answer("km <= max_km", km=None) is None
    assert answer("host in avoid_sites; host not in avoid_sites", free) is True
    assert answer("title >= need.min_title", need=NEED._replace(min_title=None)) is True


def test_backbone_required_by_the_posts_word():
    """No counts as empty, yes as the policy's level, a level as itself."""
    text = "backbone >= need.backbone_required"
    plain, county = TEACHER._replace(backbone="none"), TEACHER._replace(backbone="county")
    assert answer(text, plain, NEED._replace(backbone_required="no")) is True
    assert answer(text, plain) is False
    assert answer(text, county) is True
    assert answer(text, county, backbone="city") is False
    assert answer(text, county, NEED._replace(backbone_required="province")) is False
    assert answer("need.backbone_required = yes") is True


@pytest.mark.parametrize("text", [
    "subjekt = math", "subject = nosuch", "subject like math", "= math", "subject =", "age >= old", "mandatory = maybe",
    "subject < math", "home.title = first", "km", "age >= 1e3", "need = other; x",
])
def test_unreadable_text_names_the_rule(text):
    with pytest.raises(InputError) as caught:
        answer(text)
    assert "r" in caught.value.findings[0].text.en
    assert caught.value.findings[0].code == "unreadable_condition"


def test_any_condition_of_a_list_suffices_and_missing_is_neither():
    facts = Facts(b.instance(SITES, [NEED], [TEACHER]), policy())
    pair = facts.pair("T1", "N1")

    def ask(*texts):
        return facts.reader.criteria(cond(*texts), "r")(pair)

    assert ask() is True
    assert ask("subject = math", "subject = physics") is True
    assert ask("gender = male", "subject = physics") is True
    assert ask("gender = male", "subject = math") is None
    assert ask("subject = math", "subject = art") is False


def test_a_text_is_always_the_same_clause():
    reader = Facts(b.instance(SITES, [NEED], [TEACHER]), policy()).reader
    once, again = reader.criterion("subject = physics; km <= 50", "r"), reader.criterion("km <= 50", "other")
    assert once.clauses[1] is again.clauses[0]
    assert once.clauses[0] is not again.clauses[0]
