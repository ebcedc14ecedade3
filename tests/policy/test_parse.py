"""Condition text, read by the grammar of the contract."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.domain.findings import InputError
from matching.domain.instance import extended_vocabularies
from matching.domain.records import DictionaryRow
from matching.policy.conditions import Clause, FieldRef
from matching.policy.fields import FIELDS
from matching.policy.parse import condition, read_condition


@pytest.mark.parametrize(("text", "clauses"), [
    ("", ()),
    (" ; ；", ()),
    ("age <= 45", [Clause("age", "<=", (Fraction(45),))]),
    ("home.share_50plus >= 20%", [Clause("home.share_50plus", ">=", (Fraction(1, 5),))]),
    ("need.term=0.5", [Clause("need.term", "=", (Fraction(1, 2),))]),
    ("title >= 一级；need.学科 ＝ 语文",
     [Clause("title", ">=", ("first",)), Clause("need.subject", "=", ("chinese",))]),
    ("title ≥ 中学一级", [Clause("title", ">=", ("first",))]),
    ("subject_fit ≠ none", [Clause("subject_fit", "!=", ("none",))]),
    ("pairing not in closed|forbid", [Clause("pairing", "not in", ("closed", "forbid"))]),
    ("backbone = yes", [Clause("backbone", "=", (True,))]),
    ("骨干级别 >= 市级", [Clause("backbone", ">=", ("city",))]),
    ("backbone = 无", [Clause("backbone", "=", ("none",))]),
    ("backbone >= need.须骨干", [Clause("backbone", ">=", (FieldRef("need.backbone_required"),))]),
    ("preference <= 2", [Clause("preference", "<=", (Fraction(2),))]),
    ("preference = none", [Clause("preference", "=", ("none",))]),
    ("host not in avoid_sites", [Clause("host.site_id", "not in", (FieldRef("avoid_sites"),))]),
    ("subject in 数学|need.alt_subjects", [Clause("subject", "in", ("math", FieldRef("need.alt_subjects")))]),
    ("host.县 in “玛曲县”|'碌 曲 县'", [Clause("host.county", "in", ("玛曲县", "碌 曲 县"))]),
    ("host.county = 玛曲县", [Clause("host.county", "=", ("玛曲县",))]),
    ("name = '甲;乙|丙 = 丁'", [Clause("name", "=", ("甲;乙|丙 = 丁",))]),
    ("birth < 1980年3月", [Clause("birth", "<", ("1980-03",))]),
    ("rural_until is given; lock_need IS EMPTY", [Clause("rural_until", "is given"), Clause("lock_need", "is empty")]),
    ("same_county = 是", [Clause("same_county", "=", (True,))]),
    ("mandatory = 否", [Clause("mandatory", "=", (False,))]),
    ("stages = need.stage", [Clause("stages", "=", (FieldRef("need.stage"),))]),
    ("need.subject = \"语文\"", [Clause("need.subject", "=", ("chinese",))]),
])
def test_clauses(text, clauses):
    assert condition(text).clauses == tuple(clauses)


@pytest.mark.parametrize(("text", "code", "suggested"), [
    ("titel >= 一级", "unknown_field", "title"),
    ("title >= 一极", "bad_value", "一级"),
    ("title >= frist", "bad_value", "first"),
    ("need.subject = 数学课", "bad_value", "数学"),
    ("host.county = home.conty", "bad_value", "home.county"),
    ("programme = progamme", "bad_value", "programme"),
    ("host.county = 甘州 区", "bad_value", '"甘州 区"'),
    ("host = S1|S2", "bad_value", '"S1|S2"'),
    ("age == 3", "unknown_operator", "="),
    ("age <> 3", "unknown_operator", "!="),
    ("age => 3", "unknown_operator", ">="),
    ("age", "bad_clause", "="),
    ("age >", "missing_value", None),
    ("age in 1||2", "missing_value", None),
    ("age = 一级", "bad_value", None),
    ("age = title", "not_comparable", None),
    ("preference = 4", "bad_value", "none"),
    ("subject < 语文", "no_order", "="),
    ("stages >= 小学", "no_order", "="),
    ("title >= honours", "not_comparable", None),
    ("backbone >= yes", "yes_no_operator", "="),
    ("mandatory = 好", "bad_value", "yes"),
    ("birth < 1980-13", "bad_value", None),
    ("pairing.min > 3", "row_field", None),
    ("name = '甲", "open_quote", None),
    ("__import__('os').system('x') = 1", "unknown_field", None),
])
def test_faults(text, code, suggested):
    with pytest.raises(InputError) as caught:
        condition(text)
    (finding,) = caught.value.findings
    assert finding.code == code
    assert finding.text.zh != finding.text.en
    assert suggested is None or suggested in finding.suggest


def test_every_fault_of_a_text_is_found():
    read, faults = read_condition("titel = 1; age <= 45; km >> 3; subject = 数学课")
    assert [f.code for f in faults] == ["unknown_field", "unknown_operator", "bad_value"]
    assert [c.field for c in read.clauses] == ["age"]


def test_words_of_an_instances_dictionary():
    rows = (DictionaryRow("subject", "围棋课", "围棋"), DictionaryRow("title", "特聘", "正高级"))
    words = extended_vocabularies(rows)
    assert condition("subject = 围棋课; title = 特聘", vocabularies=words).clauses == (
        Clause("subject", "=", ("围棋",)), Clause("title", "=", ("full_senior",)))
    with pytest.raises(InputError):
        condition("subject = 围棋课")


def test_text_has_plain_punctuation_and_the_writers_words():
    assert condition("need.学科＝语文；host.县 in “甲县”|乙县； ").text == 'need.学科 = 语文; host.县 in "甲县"|"乙县"'


ODD = st.sampled_from([
    "=", "!=", "<=", ">", "≥", " in ", " not in ", " is given", " is empty", ";", "；", "|", '"', "'", "“", "”", "host",
    "need.学科", "km", "title", "一级", "yes", "3", "20%", "2026-09", "\x00", "{", "%s", " "])


@given(st.lists(ODD | st.text(max_size=3) | st.sampled_from(sorted(FIELDS)), max_size=9).map("".join))
def test_any_text_is_read_or_refused_in_both_languages(text):
    read, faults = read_condition(text)
    assert all(f.text.zh and f.text.en for f in faults)
    if not faults:
        again, none = read_condition(read.text)
        assert (again, none) == (read, ())
