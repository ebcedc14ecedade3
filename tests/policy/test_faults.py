"""Every mistake is a finding with its file, its rule and field, and what would be right."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching.domain.findings import InputError
from matching.policy import load
from tests.policy.helpers import HEAD, findings, quota, rule, write


@pytest.mark.parametrize(("text", "code", "column", "suggested"), [
    (quota(kind='"qouta"'), "unknown_word", "q.kind", "quota"),
    (quota(kind='"配給"'), "unknown_word", "q.kind", "配额"),
    (rule(id='"b"', kind='"balance"', per='"host"', at_most="0"), "bad_balance", "b.per", "home"),
    (rule(id='"b"', kind='"balance"', per='"home * title"', at_most="0"), "bad_balance", "b.per", "home"),
    (rule(id='"b"', kind='"balance"', at_most="0.5"), "not_whole", "b.at_most", None),
    (rule(id='"b"', kind='"balance"'), "no_bound", "b.at_least", "at_least"),
    (rule(id='"c"', kind='"credit"', activity='"听课"', unit='"hours"', amount="1"), "unknown_word", "c.unit",
     "class_hours"),
    (rule(id='"c"', kind='"credit"', activity='"安置"', unit='"years"', amount="1", min_per_term="2"),
     "no_meaning_activity", "c.min_per_term", None),
    (rule(id='"c"', kind='"credit"', activity='"听课"', unit='"课时"'), "missing_key", "c", "amount"),
    (rule(id='"s"', kind='"staffing"', stage='"小学"', pupils_per_post="0"), "not_above_zero", "s.pupils_per_post",
     "19"),
    (rule(id='"s"', kind='"staffing"', stage='"小学校"', pupils_per_post="19"), "unknown_word", "s.stage", "小学"),
    (rule(id='"q"'), "missing_key", "q", "kind"),
    (rule(kind='"quota"'), "missing_id", "rule 1", "id"),
    (quota() + quota(), "repeated_id", "q", None),
    (quota(at_mots="3"), "unknown_key", "q.at_mots", "at_most"),
    (quota(that='"age < 3"'), "unknown_key", "q.that", None),
    (quota(at_most='"three"'), "unknown_field", "q.at_most", None),
    (quota(at_most='"host.name"'), "not_numeric", "q.at_most", None),
    (quota(at_most="-1"), "negative", "q.at_most", None),
    (quota(at_most="nan"), "not_a_number", "q.at_most", None),
    (quota(at_most="1e400"), "not_a_number", "q.at_most", None),
    (quota(at_most="true"), "not_a_number", "q.at_most", None),
    (quota(at_least="4"), "min_above_max", "q.at_least", None),
    (quota(of='"placed"', at_most="20"), "share_above_one", "q.at_most", "20%"),
    (quota(of='"plced"'), "unknown_word", "q.of", "placed"),
    (quota(of='"placed"', measure='"km"', at_most="1"), "no_meaning_measure", "q.measure", "seats"),
    (quota(of='"demand"', per='"home"', at_most="1"), "no_meaning_of", "q.of", None),
    (quota(of='"teachers"', per='"host.county"', at_most="1"), "no_meaning_of", "q.of", None),
    (quota(of='"eligible"', per='"home * need.subject"', at_most="1"), "no_meaning_of", "q.of", None),
    (quota(of='"host.staff"', at_most="0.5"), "no_meaning_field", "q.of", None),
    (quota(per='"home"', at_most='"host.beds"'), "no_meaning_field", "q.at_most", None),
    (quota(per='"host"', at_most='"pairing.max"'), "no_meaning_field", "q.at_most", None),
    (quota(per='"pairing.rule"'), "bad_group", "q.per", None),
    (quota(per='"km"'), "bad_group", "q.per", None),
    (quota(per='"stages"'), "bad_group", "q.per", None),
    (quota(per='"pairing.row * host"'), "bad_group", "q.per", None),
    (quota(per='"host * host"'), "repeated_group", "q.per", None),
    (quota(per='"host * home * subject"'), "too_many_fields", "q.per", None),
    (quota(per='"hosts"'), "unknown_field", "q.per", "host"),
    (quota(measure='"site"'), "unknown_word", "q.measure", "sites"),
    (quota(plus='"subject"'), "not_numeric", "q.plus", None),
    (quota(plus='"host.exchange_staff"', per='"home"'), "no_meaning_field", "q.plus", None),
    (quota(plus='"host.exchange_staff"', per='"host"', of='"placed"', at_most="0.5"), "no_meaning_plus", "q.plus",
     None),
    (quota(from_seats="2.5"), "not_whole", "q.from_seats", None),
    (quota(from_seats="0"), "too_small", "q.from_seats", "1"),
    (quota(penalty="-1"), "too_small", "q.penalty", "0"),
    (quota(enforce='"herd"'), "unknown_word", "q.enforce", "hard"),
    (quota(on='"maybe"'), "not_yes_no", "q.on", "true"),
    (quota(title="3"), "bad_title", "q.title", None),
    (quota(when="3"), "not_a_condition", "q.when", None),
    (quota(when='"titel = 一级"'), "unknown_field", "q.when", "title"),
    (quota(count='["age > 3", "subject = 数学课"]'), "bad_value", "q.count", "数学"),
    (rule(id='"q"', kind='"quota"'), "no_bound", "q.at_least", "at_most"),
    (rule(id='"r"', kind='"require"'), "missing_key", "r", "that"),
    (rule(id='"p"', kind='"place"', when='"host.rural = yes"'), "not_of_sender", "p.when", None),
    (rule(id='"g"', kind='"together"', by='"host"'), "not_of_sender", "g.by", "group"),
    (rule(id='"g"', kind='"together"', per='"home"'), "not_of_receiver", "g.per", "host.county"),
    (rule(id='"s"', kind='"subsidy"', item='"x"'), "missing_key", "s", "amount"),
    (rule(id='"s"', kind='"subsidy"', item='""', amount="3"), "empty_text", "s.item", None),
    (rule(id='"beds"', kind='"require"'), "kind_changed", "beds.kind", "quota"),
    ("[[goal]]\nkind = 'fil'", "unknown_word", "goal 1.kind", "fill"),
    ("[[goal]]\nkind = 'fair'\nper = 'home'", "not_of_receiver", "goal 1.per", "host.county"),
    ("[[goal]]\nkind = 'fair'\nleximin = 3", "not_yes_no", "goal 1.leximin", "true"),
    ("[[goal]]\nkind = 'fill'\nrules = ['beds']", "unknown_key", "goal 1.rules", None),
    ("[[goal]]\nkind = 'fill'\nweights = [1, 2]", "bad_weights", "goal 1.weights", None),
    ("[[goal]]\nkind = 'fill'\nslack = '-1%'", "negative", "goal 1.slack", None),
    ("[[goal]]\nkind = 'shortfall'\nrules = ['bed']", "unknown_rule", "goal", "beds"),
    (quota(of='"placed"', at_most="1") + "[[goal]]\nkind = 'points'", "no_fill_goal", "goal", "fill"),
    ("[points]\nkms = 3", "unknown_word", "points.kms", "km"),
    ("[points]\npreference = [1, 2]", "bad_preference", "points.preference", None),
    ("[points]\nkm = 1.5", "not_whole", "points.km", None),
    ("[[variant]]\nid = 'main'\npoints = { km = 1 }", "reserved_id", "variant main", None),
    ("[[variant]]\nid = 'alternative-1'\npoints = { km = 1 }", "reserved_number", "variant alternative-1", None),
    ("[[variant]]\nid = 'v'\ngoals = ['fare']", "unknown_word", "variant v.goals", "fair"),
    ("[ranking]\nweights = { envie = 1 }", "unknown_word", "ranking.weights.envie", "envy"),
    ("[ranking]\nweight = { fill = 1 }", "unknown_key", "ranking.weight", "weights"),
    ("[rule]\nid = 'x'", "not_a_list", "rule", "[[rule]]"),
    ("[[rules]]\nid = 'x'", "unknown_key", "rules", "rule"),
])
def test_one_mistake(tmp_path, text, code, column, suggested):
    path = write(tmp_path, HEAD + text)
    (finding,) = findings(path)
    assert (finding.severity, finding.code, finding.column, finding.file) == ("error", code, column, str(path))
    assert suggested is None or suggested in finding.suggest
    assert column.partition(".")[0] in finding.text.zh
    assert column.partition(".")[0] in finding.text.en


@pytest.mark.parametrize(("settings_text", "code", "column"), [
    ("reference_date = 2026", "not_a_date", "policy.reference_date"),
    ("reference_date = 2026-09-01T08:00:00", "not_a_date", "policy.reference_date"),
    ("backbone = '无'", "bad_backbone", "policy.backbone"),
    ("detour = 0.5", "bad_detour", "policy.detour"),
    ("unknown = 'ignore'", "unknown_word", "policy.unknown"),
    ("extends = 'bsae'", "unknown_policy", "policy.extends"),
    ("extends = 3", "not_text", "policy.extends"),
    ("titel = 'x'", "unknown_key", "policy.titel"),
    ("alternatives = -1", "too_small", "policy.alternatives"),
    ("loss = '-1%'", "negative", "policy.loss"),
    ("loss = { fil = 1 }", "unknown_word", "policy.loss"),
    ("fronts = 3", "not_a_list", "policy.fronts"),
    ("fronts = [3]", "not_a_table", "policy.fronts"),
    ("fronts = [['fill']]", "not_a_list", "policy.fronts"),
    ("fronts = [['fill', 'kms']]", "unknown_criterion", "policy.fronts"),
    ("fronts = [['fill', 'beds']]", "unknown_criterion", "policy.fronts"),
    ("fronts = [{ of = ['fill', 'points.0'] }]", "unknown_criterion", "policy.fronts"),
    ("fronts = [{ within = '5%' }]", "missing_key", "policy.fronts"),
    ("fronts = [{ of = ['fill', 'km'], at_most = 1 }]", "too_small", "policy.fronts"),
    ("fronts = [{ of = ['fill', 'km'], most = 3 }]", "unknown_key", "policy.fronts"),
])
def test_settings(tmp_path, settings_text, code, column):
    (finding,) = findings(write(tmp_path, f"[policy]\n{settings_text}\n"))
    assert (finding.code, finding.column) == (code, column)


def test_all_findings_come_at_once(tmp_path):
    wrong = rule(id='"r"', kind='"require"', that='"titel = 1; agee = 3"')
    text = "[[rulez]]\n" + HEAD + quota(at_most="-1", per='"hots"') + wrong + "[points]\nx = 1"
    codes = sorted(f.code for f in findings(write(tmp_path, text)))
    assert codes == ["negative", "unknown_field", "unknown_field", "unknown_field", "unknown_key", "unknown_word"]


def test_a_parents_mistake_names_the_parents_file(tmp_path):
    parent = write(tmp_path, HEAD + quota(at_most="-1"), "parent.toml")
    (finding,) = findings(write(tmp_path, '[policy]\nextends = "parent.toml"\n' + rule(id='"q"', on="false")))
    assert finding.file == str(parent)


@pytest.mark.parametrize(("content", "code"), [
    (b"[policy", "not_toml"), (b"\xff\xfe\x00", "not_utf8"), ("id = '甲'".encode("gb18030"), "not_utf8"),
    (b"x = " + b"[" * 9000, "not_toml"), (b"x = " + b"9" * 9000, "not_toml"), (b"PK\x03\x04", "not_toml"),
])
def test_files_that_are_no_policy(tmp_path, content, code):
    path = tmp_path / "t.toml"
    path.write_bytes(content)
    (finding,) = findings(path)
    assert (finding.code, finding.file) == (code, str(path))


@pytest.mark.parametrize("name", ["bsae", "no/such.toml", "", ".", "a\x00b", "x" * 5000])
def test_names_of_nothing(name):
    with pytest.raises(InputError) as caught:
        load(name)
    assert caught.value.findings[0].code == "unknown_policy"
    assert "base" in caught.value.findings[0].suggest


WILD = st.sampled_from([
    "3", "-1", "0.2", "1e999", "nan", "true", '""', '"x"', '"20%"', '"host.beds"', '"host"', '"plan"', "[]", "{}",
    '["age > 3"]', '"a * b"', '"-"', "2026-09-01", "[1, 2, 3, 4]", '"placed"', "[[]]", '[{ weight = 1 }]', '"quota"',
    '"require"', '"fill"', '"{}"', '"elastic"', '{ zh = 3 }', '"age > 3; km < "'])
KEYS = st.sampled_from([
    "id", "kind", "title", "source", "on", "when", "that", "count", "measure", "of", "per", "at_least", "at_most",
    "from_seats", "enforce", "penalty", "bend", "by", "item", "amount", "slack", "rules", "weights", "points", "goals",
    "km", "preference", "x", "backbone", "detour", "extends", "reference_date"])
HEADS = st.sampled_from(["[policy]", "[[rule]]", "[[goal]]", "[points]", "[[variant]]", "[ranking]", "[rule]", "[x]"])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(HEADS, st.dictionaries(KEYS, WILD, max_size=5)), max_size=4))
def test_any_file_is_read_or_refused(tmp_path, tables):
    text = "\n".join(f"{head}\n" + "".join(f"{k} = {v}\n" for k, v in values.items()) for head, values in tables)
    path = write(tmp_path, text)
    found = None
    try:
        load(path)
    except InputError as refused:
        found = refused.findings
    assert found != ()
    assert all(f.text.zh and f.text.en and f.file for f in found or ())


FIVE = """
[policy]
id = "ours"
title = "本市"
extends = "national_10-20"
[[rule]]
id = "age"
kind = "require"
that = "agee <= 45"
[[rule]]
id = "share"
kind = "quota"
of = "placed"
at_leest = 0.2
at_most = "150%"
[[rule]]
id = "exchange-share"
at_least = 0.12
[[goal]]
kind = "fil"
"""


def test_five_mistakes_are_found_in_one_pass_with_what_would_be_right(tmp_path):
    found = findings(write(tmp_path, FIVE))
    assert [(f.code, f.column, f.value) for f in found] == [
        ("unknown_policy", "policy.extends", "national_10-20"), ("unknown_field", "age.that", "agee"),
        ("unknown_key", "share.at_leest", "at_leest"), ("share_above_one", "share.at_most", "150%"),
        ("unknown_word", "goal 1.kind", "fil")]
    assert [f.suggest[:1] for f in found] == [("national_10_20",), ("age",), ("at_least",), (), ("fill",)]
