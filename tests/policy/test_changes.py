"""Changing single values, as a library user and a what-if do."""

from decimal import Decimal
from fractions import Fraction

import pytest

import matching
from matching.domain.findings import InputError
from matching.policy import load, replace

NATIONAL = load("national_10_20")


def test_a_bare_number_is_the_rules_one_bound():
    for number in (0.25, Fraction(1, 4), Decimal("0.25"), "25%", "1/4"):
        assert replace(NATIONAL, backbone_share=number).rule("backbone-share").at_least == Fraction(1, 4)
    assert replace(NATIONAL, one_post=2).rule("one-post").at_most == 2


def test_fields_settings_and_points_by_name():
    changed = replace(NATIONAL, {"backbone-share.at_least": 0.1, "backbone_share.enforce": "elastic",
                                 "policy.backbone": "city", "points.km": 9, "ranking.fill": 1})
    share = changed.rule("backbone-share")
    assert (share.at_least, share.enforce, share.per) == (Fraction(1, 10), "elastic", ())
    assert (changed.backbone, changed.points["km"], changed.ranking["fill"]) == ("city", 9, 1)
    assert changed.points["alt_subject"] == NATIONAL.points["alt_subject"]


def test_on_and_off_many_fields_and_clearing():
    changed = replace(NATIONAL, {"beds": {"at_most": 4, "enforce": "elastic"}, "group.when": None}, stage=False)
    assert (changed.rule("beds").at_most, changed.rule("beds").enforce) == (4, "elastic")
    assert not changed.rule("stage").on
    assert changed.rule("group").when == ()


def test_nothing_changed_is_equal():
    assert replace(NATIONAL) == NATIONAL


@pytest.mark.parametrize(("name", "value", "code", "suggested"), [
    ("backbone_shere", 0.2, "unknown_rule", "backbone-share"),
    ("backbone-share.at_leest", 0.2, "unknown_key", "at_least"),
    ("backbone_share", 25, "share_above_one", "25%"),
    ("subject", 3, "which_bound", "subject.on"),
    ("backbone_share", "host.staff", "no_meaning_field", None),
    ("points.kms", 3, "unknown_word", "km"),
    ("policy.titel", "x", "unknown_key", "title"),
    ("goals", "x", "unknown_rule", None),
])
def test_mistakes(name, value, code, suggested):
    with pytest.raises(InputError) as caught:
        replace(NATIONAL, {name: value})
    (finding,) = caught.value.findings
    assert finding.code == code
    assert suggested is None or suggested in finding.suggest


def test_two_bounds_must_be_named():
    both = replace(NATIONAL, {"beds.at_least": 1, "beds.at_most": 2})
    with pytest.raises(InputError) as caught:
        replace(both, beds=1)
    assert caught.value.findings[0].suggest == ("beds.at_least", "beds.at_most")


def test_the_librarys_face():
    policy = matching.policy("gansu_2014").replace(backbone_share=0.25).replace({"points.km": 2})
    assert policy.rule("backbone-share").at_least == Fraction(1, 4)
    assert policy.points["km"] == 2
