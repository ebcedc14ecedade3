"""Presets, files, and what a child inherits."""

import pickle
from datetime import date
from fractions import Fraction

import pytest

from matching.domain.text import Text
from matching.policy import load, presets
from matching.policy.conditions import FieldRef
from matching.policy.model import FrontAsked, Goal, Quota, Require, Slack, Together, Weight
from matching.policy.toml import to_toml
from tests.policy.helpers import HEAD, findings, quota, rule, write

BASE = ["status", "deferred", "subject", "stage", "post-type", "mode", "not-own-site", "pairing", "avoid", "max-km",
        "min-title", "backbone-required", "language", "lock", "seats", "one-post", "send-max", "send-max-subject",
        "receive-max", "beds", "beds-men", "beds-women", "pairing-min", "pairing-max", "mandatory", "locked", "group"]


def test_presets_load_and_have_titles_in_both_languages():
    assert next(iter(presets())) == "base"
    assert {"base", "gansu_2014", "national_10_20"} <= set(presets())
    for name, title in presets().items():
        policy = load(name)
        assert policy.id == name
        for text in (title, *(r.title for r in policy.rules), *(v.title for v in policy.variants)):
            assert text.zh
            assert text.en
        assert pickle.loads(pickle.dumps(policy)) == policy


def test_base_holds_one_rule_for_each_limit_of_the_workbook():
    base = load("base")
    assert [r.id for r in base.rules] == BASE
    assert [r.id for r in base.rules if r.enforce != "hard"] == ["language"]
    assert all(r.on for r in base.rules)
    assert base.rule("beds").at_most == FieldRef("host.beds")
    assert base.rule("group") == Together(id="group", title=Text("同行组同去一县", "A group goes to one county"),
                                          when=base.rule("group").when)
    assert [g.kind for g in base.goals] == ["fill", "shortfall", "points"]
    assert base.points["preference"] == (0, 20, 40, 80)


def test_national_shares_have_their_own_denominators():
    policy = load("national_10_20")
    exchange, backbone = policy.rule("exchange-share"), policy.rule("backbone-share")
    assert (exchange.of, exchange.at_least, exchange.when[0].text) == (
        "eligible", Fraction(1, 10), "home.rural = no; host.rural = yes")
    assert (backbone.of, backbone.at_least, backbone.count[0].text) == ("placed", Fraction(1, 5), "backbone = yes")
    assert exchange.enforce == backbone.enforce == "hard"


def test_gansu_states_the_sources_figures():
    policy = load("gansu_2014")
    assert [(r.item, r.amount) for r in policy.rules if r.kind == "subsidy"] == [("workpay", 30000), ("workpay", 25000)]
    assert policy.rule("backbone-share").enforce == "hard"
    assert policy.rule("backbone-share-county").enforce == "elastic"
    assert policy.rule("budget").measure == "yuan"
    assert len(policy.variants) >= 3


def test_numbers_are_exact(tmp_path):
    policy = load(write(tmp_path, HEAD + "detour = 1.25\n" + quota(of='"placed"', at_most="0.333333333333333333")))
    assert policy.detour == Fraction(5, 4)
    assert policy.rule("q").at_most == Fraction(333333333333333333, 10**18)


def test_a_file_without_extends_extends_base(tmp_path):
    policy = load(write(tmp_path, HEAD + quota()))
    assert [r.id for r in policy.rules] == ["q", *BASE]
    assert policy.points == load("base").points


def test_extends_nothing(tmp_path):
    policy = load(write(tmp_path, HEAD + 'extends = ""\n' + quota()))
    assert [r.id for r in policy.rules] == ["q"]
    assert policy.goals == (Goal("fill"), Goal("shortfall"), Goal("points"))


def test_a_child_replaces_field_by_field_and_key_by_key(tmp_path):
    parent = HEAD + "backbone = '市级'\n" + quota(per='"host.county"', source='"甲"') + rule(
        id='"r"', kind='"require"', that='"age <= 45"') + (
        "[[goal]]\nkind = 'fill'\nslack = '1%'\n[points]\nkm = 7\n[[variant]]\nid = 'v'\n"
        "points = { km = 3, yuan = 1 }\n[[variant]]\nid = 'w'\ngoals = ['fill']\n")
    write(tmp_path, parent, "parent.toml")
    (tmp_path / "sub").mkdir()
    text = '[policy]\nid = "c"\nextends = "../parent.toml"\n' + rule(id='"n"', kind='"place"') + rule(
        id='"q"', at_most="5", on="false") + "[points]\nyuan = 2\n[[variant]]\nid = 'v'\npoints = { km = 4 }\n" + (
        "[[variant]]\nid = 'w'\non = false\n[ranking]\nweights = { fill = 1 }\n")
    child = write(tmp_path / "sub", text, "child.toml")
    policy = load(child)
    assert (policy.id, policy.backbone, policy.reference_date) == ("c", "city", date(2026, 9, 1))
    assert [r.id for r in policy.rules] == ["n", "q", "r", *BASE]
    changed = policy.rule("q")
    assert (changed.at_most, changed.on, changed.per, changed.source) == (5, False, ("host.county",), "甲")
    assert [policy.rule(name).origin for name in ("q", "r", "beds")] == ["child.toml", "parent.toml", "base"]
    assert policy.goals == (Goal("fill", slack=Slack(Fraction(1), percent=True)),)
    assert (policy.points["km"], policy.points["yuan"], policy.points["alt_subject"]) == (7, 2, 30)
    assert [(v.id, v.points) for v in policy.variants] == [("v", {"km": 4, "yuan": 1})]
    assert policy.ranking["fill"] == 1
    assert policy.ranking["km"] == 15


def test_a_list_of_conditions_any_of_which_suffices(tmp_path):
    made = rule(id='"r"', kind='"require"', that='["age <= 45", "title >= 高级"]', when='""')
    policy = load(write(tmp_path, HEAD + made))
    assert isinstance(policy.rule("r"), Require)
    assert [c.text for c in policy.rule("r").that] == ["age <= 45", "title >= 高级"]
    assert policy.rule("r").when == ()


def test_chinese_words_in_a_file(tmp_path):
    made = quota(kind='"配额"', enforce='"弹性"', measure='"课时"', per='"home.学校编号 * need.学科"', title='"题"')
    policy = load(write(tmp_path, HEAD + made))
    assert policy.rule("q") == Quota(id="q", title=Text("题", "题"), enforce="elastic", measure="class_hours",
                                     per=("home.site_id", "need.subject"), at_most=Fraction(3))


def test_goals_and_variants(tmp_path):
    policy = load(write(tmp_path, HEAD + """
[[goal]]
kind = "fill"
weights = [{ when = ["rural_years = 0", "age <= 30"], weight = 4 }, { weight = 1 }]
[[goal]]
kind = "points"
slack = 20
points = { yuan = 1 }
[[variant]]
id = "v"
goals = ["points", { kind = "fill", weights = [1, 1, 1, 1, 1] }, "shortfall"]
"""))
    fill, points = policy.goals
    assert [(len(w.when), w.weight) for w in fill.weights] == [(2, 4), (0, 1)]
    assert isinstance(fill.weights[0], Weight)
    assert (points.points, points.slack) == ({"yuan": 1}, Slack(Fraction(20)))
    assert policy.variants[0].goals == (points, Goal("fill", weights=(1, 1, 1, 1, 1)), Goal("shortfall"))


@pytest.mark.parametrize("text", [
    "alternatives = 2\ndiffer = 5\n" + HEAD, HEAD + "alternatives = 2\ndiffer = 5\n",
    HEAD + "[ranking]\nalternatives = 2\ndiffer = 5\n",
])
def test_alternatives_wherever_they_stand(tmp_path, text):
    policy = load(write(tmp_path, text))
    assert (policy.alternatives, policy.differ) == (2, 5)


def test_losses_and_fronts(tmp_path):
    text = """[policy]
reference_date = 2026-09-01
loss = { fill = "1%", "积分" = 100 }
fronts = [["fill", "points"], { of = ["公里", "points.2"], within = 5, at_most = 4 }]
"""
    policy = load(write(tmp_path, text))
    assert policy.loss == {"fill": Slack(Fraction(1), True), "points": Slack(Fraction(100))}
    assert policy.fronts == (FrontAsked(("fill", "points")), FrontAsked(("公里", "points.2"), Slack(Fraction(5)), 4))
    assert load(write(tmp_path, to_toml(policy), "again.toml")) == policy
    assert load(write(tmp_path, text.replace('{ fill = "1%", "积分" = 100 }', "5"))).loss == Slack(Fraction(5))


def test_a_byte_order_mark_is_no_matter(tmp_path):
    path = tmp_path / "t.toml"
    path.write_text(HEAD, "utf-8-sig")
    assert load(path).id == "t"


def test_the_id_is_the_files_name_where_none_is_given(tmp_path):
    assert load(write(tmp_path, "", "mine.toml")).id == "mine"


def test_a_circle_is_named(tmp_path):
    write(tmp_path, '[policy]\nextends = "b.toml"\n', "a.toml")
    write(tmp_path, '[policy]\nextends = "a.toml"\n', "b.toml")
    (finding,) = findings(tmp_path / "a.toml")
    assert finding.code == "circle"
    assert "a.toml" in finding.text.zh


KINDS = (
    rule(id='"b"', kind='"平衡"', per='"home * subject"', at_least="-1", at_most="2"),
    rule(id='"c"', kind='"折算"', activity='"听课"', unit='"课时"', amount="1", min_per_term="10", at_most="40.5"),
    rule(id='"y"', kind='"credit"', activity='"安置"', unit='"years"', amount="2", when='"km > 100"'),
    rule(id='"s"', kind='"staffing"', stage='"初中"', pupils_per_post="13.5"),
    rule(id='"h"', kind='"quota"', measure='"class_hours"', per='"teacher_id"', at_least="120", plus='"credited_hours"',
         from_seats="1"),
    quota(id='"one-site"', measure='"sites"', per='"teacher_id"', at_most="1"),
    "[[goal]]\nkind = 'fair'\nper = 'host'\nleximin = true\n",
)


def test_every_kind_loads_and_its_toml_loads_back_equal(tmp_path):
    policy = load(write(tmp_path, HEAD + "".join(KINDS)))
    b, c, y, s, h = (policy.rule(name) for name in "bcysh")
    assert (b.per, b.at_least, b.at_most) == (("home.site_id", "subject"), -1, 2)
    assert (c.activity, c.unit, c.min_per_term, c.at_most) == ("听课", "class_hours", 10, Fraction(81, 2))
    assert (y.activity, y.unit, y.amount) == ("placement", "years", 2)
    assert (s.stage, s.pupils_per_post) == ("junior", Fraction(27, 2))
    assert h.plus == FieldRef("credited_hours")
    assert policy.goals == (Goal("fair", per="host.site_id", leximin=True),)
    (tmp_path / "again.toml").write_text(to_toml(policy), "utf-8")
    assert load(tmp_path / "again.toml") == policy


SAMPLE = """
[policy]
id = "national_10_20"
title = { zh = "交流轮岗 10%/20%", en = "Rotation, 10% and 20%" }
extends = "base"
reference_date = 2026-09-01
backbone = "county"
detour = 1.3
unknown = "refuse"

[[rule]]
id = "backbone-share"
kind = "quota"
title = { zh = "骨干教师占比", en = "Backbone share" }
count = "backbone = yes"
of = "placed"
at_least = 0.20
per = "plan"
enforce = "hard"

[[variant]]
id = "nearest"
title = { zh = "就近优先", en = "Nearest" }
points = { km = 10 }
[[variant]]
id = "fairest"
goals = ["fair", "fill", "points"]

[ranking]
weights = { fill = 30, backbone = 10, km = 15, preference = 15, fair = 15, yuan = 5, envy = 10 }
"""


def test_the_contracts_own_sample(tmp_path):
    policy = load(write(tmp_path, SAMPLE))
    assert [g.kind for g in policy.variants[1].goals] == ["fair", "fill", "points"]
    assert policy.ranking["envy"] == 10
