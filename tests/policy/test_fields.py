"""Every column and derived field is found by its key and its Chinese name."""

import pytest

from matching.domain.sheets import NEEDS, SITES, TEACHERS
from matching.policy.fields import FIELDS, lookup, nearest, resembles


@pytest.mark.parametrize(("prefix", "sheet"), [("", TEACHERS), ("need.", NEEDS), ("host.", SITES), ("home.", SITES)])
def test_every_column_by_key_and_chinese_name(prefix, sheet):
    for column in sheet.columns:
        assert lookup(prefix + column.key) is lookup(prefix + column.zh) is FIELDS[prefix + column.key]


@pytest.mark.parametrize(("name", "canonical"), [
    ("host", "host.site_id"), ("home", "home.site_id"), ("need_id", "need.need_id"), ("need.期限（学年）", "need.term"),
    ("host.县", "host.county"), ("HOST.COUNTY", "host.county"), (" 主教学科 ", "subject"),
    ("pairing.名额下限", "pairing.min"), ("staffing.row", "staffing.row"), ("mode", "mode"), ("km", "km"),
])
def test_lookup(name, canonical):
    assert lookup(name).name == canonical


def test_kinds_and_sides():
    assert (FIELDS["backbone"].kind, FIELDS["backbone"].side) == ("level", "teacher")
    assert (FIELDS["need.backbone_required"].kind, FIELDS["need.backbone_required"].vocabulary) == ("level", "backbone")
    assert FIELDS["stages"].many
    assert not FIELDS["need.stage"].many
    assert FIELDS["birth"].kind == "month"
    assert FIELDS["host.share_50plus"].kind == "number"
    assert FIELDS["same_county"].side == "pair"


@pytest.mark.parametrize(("name", "suggested"), [
    ("titel", "title"), ("need.subjekt", "need.subject"), ("年龄", "age"), ("现聘专业技术职称", "title"),
    ("host.区县", "host.county"),
])
def test_nearest(name, suggested):
    assert lookup(name) is None
    assert suggested in nearest(name)


def test_what_may_be_meant_for_a_field():
    assert resembles("home.conty")
    assert resembles("programe")
    assert not resembles("甘州区")
    assert not resembles("T0001")
