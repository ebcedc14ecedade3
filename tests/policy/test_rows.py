"""The sheets 政策, 目标 and 积分 say what the same change in TOML says."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.domain.findings import InputError
from matching.domain.records import DictionaryRow, GoalRow, PointsRow, PolicyRow
from matching.policy import load, load_with_rows, with_rows
from matching.policy.model import Goal, Slack
from matching.policy.toml import to_toml
from tests import builders
from tests.policy.helpers import rule, write

GANSU = load("gansu_2014")
EMPTY = builders.instance([builders.site("A")], [builders.need("N", "A")], [builders.teacher("T", "A")])


def row(rule_id, kind, **cells):
    """A row of 政策 with only those cells filled."""
    return PolicyRow(**(dict.fromkeys(PolicyRow._fields) | {"id": rule_id, "kind": kind} | cells))


def laid(*rows, goals=(), points=(), policy=GANSU):
    """The policy with rows laid over it."""
    return with_rows(policy, replace(EMPTY, policy=rows, goals=tuple(goals), points=tuple(points)))


def refused(*rows, places=None, **sheets):
    """What is wrong with the rows."""
    with pytest.raises(InputError) as caught:
        with_rows(GANSU, replace(EMPTY, policy=rows, **sheets), places=places)
    return caught.value.findings


def child(folder, text):
    """The same change in a file."""
    return load(write(folder, '[policy]\nid = "gansu_2014"\nextends = "gansu_2014"\n' + text))


def meaning(policy):
    """The policy without the words in which its conditions of application are written."""
    rules = [(replace(r, when=()), [c.clauses for c in r.when]) for r in policy.rules]
    return replace(policy, rules=()), rules


def test_without_rows_nothing_changes():
    assert with_rows(GANSU, EMPTY) is GANSU


@pytest.mark.parametrize(("rows", "text"), [
    ([row("backbone-share", "quota", at_least="25%")], rule(id='"backbone-share"', at_least="0.25")),
    ([row("backbone-share", "配额", at_least="0.25", enforce="弹性", penalty="3", title="骨干")],
     rule(id='"backbone-share"', at_least="0.25", enforce='"elastic"', penalty="3", title='"骨干"')),
    ([row("stage", "资格", on="否")], rule(id='"stage"', on="false")),
    ([row("old", "资格", when="gender = 男 或 gender = 女", that="age <= 50； km <= 80 || title >= 高级",
          enforce="仅统计")],
     rule(id='"old"', kind='"require"', when='["gender = 男", "gender = 女"]', enforce='"report"',
          that='["age <= 50; km <= 80", "title >= 高级"]')),
    ([row("hours", "quota", per="host * need.学科", at_most="40", other="measure = class_hours; from_seats = 3")],
     rule(id='"hours"', kind='"quota"', per='"host * need.subject"', at_most="40", measure='"class_hours"',
          from_seats="3")),
    ([row("hours", "配额", per="host.县", of="需求", at_least="50%", other="计量 = 人数；起算人数 = 2")],
     rule(id='"hours"', kind='"quota"', per='"host.county"', of='"demand"', at_least="0.5", from_seats="2")),
    ([row("far", "补助", when='host.县 = "玛曲县"', other='补助项目 = "交通;住宿"; 金额 = 600')],
     rule(id='"far"', kind='"subsidy"', when="'host.county = \"玛曲县\"'", item='"交通;住宿"', amount="600")),
    ([row("pairs", "同行", when="status = 通过", per="host", other="同行依据 = programme")],
     rule(id='"pairs"', kind='"together"', when='"status = 通过"', per='"host"', by='"programme"')),
    ([row("due", "必派", when="晋升需要 = 是"), row("budget", "quota", at_most="1000000")],
     rule(id='"due"', kind='"place"', when='"promotion_need = yes"') + rule(id='"budget"', at_most="1000000")),
])
def test_rows_equal_the_same_change_in_toml(tmp_path, rows, text):
    in_sheet, in_file = laid(*rows), child(tmp_path, text)
    assert meaning(in_sheet) == meaning(in_file)


def test_a_dash_clears_and_an_empty_cell_inherits():
    policy = laid(row("beds", "quota", at_most="-", at_least="1", per=" "), row("group", "together", when="－"),
                  row("subsidy-far", "subsidy", when="—"))
    beds = policy.rule("beds")
    assert (beds.at_most, beds.at_least, beds.per) == (None, 1, ("host.dorm",))
    assert policy.rule("group").when == policy.rule("subsidy-far").when == ()


def test_other_cleared_by_name_and_as_a_whole():
    base = laid(row("beds", "quota", other="from_seats = 3; measure = class_hours"))
    one = with_rows(base, replace(EMPTY, policy=(row("beds", "quota", other="from_seats = -"),)))
    all_of_it = with_rows(base, replace(EMPTY, policy=(row("beds", "quota", other="-"),)))
    assert (one.rule("beds").from_seats, one.rule("beds").measure) == (None, "class_hours")
    assert all_of_it.rule("beds") == GANSU.rule("beds")


def test_origins():
    policy = laid(row("beds", "quota", at_most="3"), row("n", "place"))
    origins = {name: policy.rule(name).origin for name in ("n", "beds", "budget", "seats")}
    assert origins == {"n": "政策", "beds": "政策", "budget": "gansu_2014", "seats": "base"}
    assert policy.rules[0].id == "n"


def test_goals_replace_all_goals_in_their_order():
    goals = [GoalRow(20, "积分", "5%", None, "points = { yuan = 1 }"),
             GoalRow(10, "补足岗位", None, "-", "weights = 9|7|5|3|1"),
             GoalRow(15, "shortfall", "2", None, "rules = backbone-share-county|language")]
    assert laid(goals=goals).goals == (
        Goal("fill", weights=(9, 7, 5, 3, 1)),
        Goal("shortfall", slack=Slack(Fraction(2)), rules=("backbone-share-county", "language")),
        Goal("points", slack=Slack(Fraction(5), percent=True), points={"yuan": 1}))


def test_weights_by_condition_in_a_cell():
    other = 'weights = [{ when = "rural_years = 0; age <= 40", weight = 4 }, { weight = 1 }]'
    (fill,) = laid(goals=[GoalRow(1, "fill", None, None, other)], policy=replace(GANSU, variants=())).goals
    weights = [(w.weight, [c.text for c in w.when]) for w in fill.weights]
    assert weights == [(4, ["rural_years = 0; age <= 40"]), (1, [])]


def test_points_name_by_name():
    rows = [PointsRow("公里", 3), PointsRow("意向2", 25), PointsRow("preference.other", 99), PointsRow("yuan", -1)]
    policy = laid(points=rows)
    assert policy.points == {**GANSU.points, "km": 3, "yuan": -1, "preference": (0, 25, 40, 99)}


def test_words_of_the_workbooks_dictionary(tmp_path):
    rows = (row("go", "place", when="subject = 围棋课"),)
    made = replace(EMPTY, dictionary=(DictionaryRow("subject", "围棋课", "围棋"),), policy=rows)
    policy, toml = load_with_rows("gansu_2014", made)
    assert policy.rule("go").when[0].clauses[0].values == ("围棋",)
    assert load(write(tmp_path, toml), vocabularies=made.vocabularies) == policy


def test_a_file_of_the_run_says_what_the_rows_changed(tmp_path):
    rows = (row("beds", "quota", at_most="-", at_least="2"),)
    policy, toml = load_with_rows("gansu_2014", replace(EMPTY, policy=rows))
    assert load(write(tmp_path, toml)) == policy


@pytest.mark.parametrize(("made", "code", "column", "suggested"), [
    (row("x", "quotta"), "unknown_word", "类型", "quota"),
    (row("x", "配额度", at_most="3"), "unknown_word", "类型", "配额"),
    (row("beds", "require"), "kind_changed", "类型", "quota"),
    (row("beds", "quota", at_most="许多"), "unknown_field", "上限", None),
    (row("beds", "quota", at_most="-3"), "negative", "上限", None),
    (row("x", "require", that="titel = 一级"), "unknown_field", "要求", "title"),
    (row("x", "place", when="name = '甲"), "open_quote", "适用", None),
    (row("x", "place", other="amount = 3"), "unknown_key", "其他", None),
    (row("beds", "quota", other="at_most = 3"), "has_column", "其他", "上限"),
    (row("beds", "quota", other="上限 = 3"), "has_column", "其他", "上限"),
    (row("beds", "quota", other="from_seats"), "bad_pair", "其他", None),
    (row("beds", "quota", other="from_seats = [3"), "bad_pair", "其他", None),
    (row("beds", "quota", other="from_seats = 3; from_seats = 4"), "repeated_id", "其他", None),
    (row("beds", "quota", on="也许"), "not_yes_no", "启用", None),
    (row("beds", "quota", penalty="半"), "not_a_number", "罚分", None),
    (row("x", "quota"), "no_bound", None, "下限"),
])
def test_mistakes_name_the_cell(made, code, column, suggested):
    (finding,) = refused(row("budget", "quota"), made, places={("policy", 1): ("上报.xlsx", 17)})
    assert (finding.code, finding.sheet, finding.row, finding.file) == (code, "policy", 17, "上报.xlsx")
    assert column is None or finding.column == column
    assert made.id in finding.text.zh
    assert suggested is None or suggested in finding.suggest


def test_rows_are_counted_as_excel_does_where_no_places_are_given():
    (finding,) = refused(row("budget", "quota"), row("x", "quotta"))
    assert (finding.sheet, finding.row) == ("policy", 3)


def test_mistakes_in_goals_and_points():
    goals = (GoalRow(1, "fil", None, None, None), GoalRow(1, "fill", "多", None, None),
             GoalRow(2, "points", None, None, "slack = 3"))
    found = refused(goals=goals, points=(PointsRow("公理", 3), PointsRow("意向", 3)))
    assert {(f.sheet, f.row, f.column, f.code) for f in found} == {
        ("goals", 2, "类型", "unknown_word"), ("goals", 3, "松弛", "not_a_number"),
        ("goals", 3, "顺序", "repeated_order"), ("goals", 4, "其他", "has_column"),
        ("points", 2, "名称", "unknown_word"), ("points", 3, "名称", "bad_preference")}


CELLS = st.none() | st.text(max_size=6) | st.sampled_from([
    "-", "", "3", "20%", "host", "plan", "placed", "是", "age > 3 或 km < 2", "a = 1; b", "[", "= ;", "quota",
    "require", "'", "item = x; amount = 3", "host.beds"])
IDS = st.sampled_from(["beds", "x", "group"])
KINDS = st.sampled_from(["quota", "place", "together", "", "?"])


@settings(max_examples=150, deadline=None)
@given(st.builds(PolicyRow, IDS, CELLS, KINDS, *[CELLS] * 12))
def test_any_row_is_read_or_refused(made):
    found = ()
    try:
        laid(made)
    except InputError as refusal:
        found = refusal.findings
    assert all((f.sheet, f.row) == ("policy", 2) for f in found)


@pytest.mark.parametrize(("made", "code", "named", "suggested"), [
    (row("x", "折算", other="活动 = 听课；金额 = 2"), "missing_key", "单位", ("单位",)),
    (row("x", "credit", other="activity = 听课; unit = 课时"), "missing_key", "金额", ("金额",)),
    (row("x", "补助", other="金额 = 600"), "missing_key", "补助项目", ("补助项目",)),
    (row("x", "staffing", other="学段 = 小学"), "missing_key", "每岗学生数", ("每岗学生数",)),
    (row("x", "资格"), "missing_key", "要求", ("要求",)),
    (row("x", "折算", other="活动 = 听课; 单位 = 课时; 金鹅 = 2; 金额 = 2"), "unknown_key", "金鹅", ("金额",)),
    (row("x", "折算", other="活动 = 听课; 单位 = 课时; amonut = 2; 金额 = 2"), "unknown_key", "amonut", ("金额",)),
    (row("x", "平衡"), "no_bound", "下限", ("下限", "上限")),
])
def test_what_a_row_lacks_has_the_name_that_is_written_in_the_sheet(made, code, named, suggested):
    (finding,) = refused(made)
    assert (finding.code, finding.suggest[:len(suggested)]) == (code, suggested)
    assert named in finding.text.zh
    assert not any(key in finding.text.zh for key in ("unit", "amount", "item", "pupils_per_post", "that"))


def test_a_goal_that_takes_no_such_thing_is_told_in_the_names_of_the_sheet():
    (finding,) = refused(goals=[GoalRow(1, "补足岗位", None, None, "规则 = beds")])
    assert (finding.code, finding.value) == ("unknown_key", "规则")
    assert {"权重", "松弛"} <= set(finding.suggest)
    assert "“规则”" in finding.text.zh


def test_a_file_keeps_its_keys(tmp_path):
    with pytest.raises(InputError) as caught:
        child(tmp_path, rule(id='"c"', kind='"credit"', activity='"听课"', unit='"课时"'))
    (finding,) = caught.value.findings
    assert (finding.suggest, finding.text.zh) == (("amount",), "c：缺少“amount”这一项")


@pytest.mark.parametrize(("told", "price"), [("否", 0), ("no", 0), ("是", 1), ("0", 0), ("3", 3)])
def test_whether_a_rule_may_bend_and_at_what_price(tmp_path, told, price):
    made = laid(row("budget", None, other=f"可放宽 = {told}"))
    assert made.rule("budget").bend == price
    assert laid(row("budget", None, other="bend = -"), policy=made).rule("budget").bend is None
    shown = to_toml(made)
    assert f"bend = {price}" in shown
    assert load(write(tmp_path, shown)).rule("budget").bend == price


@pytest.mark.parametrize(("told", "price"), [('"no"', 0), ("true", 1), ("2", 2)])
def test_a_file_says_the_same(tmp_path, told, price):
    assert child(tmp_path, rule(id='"budget"', bend=told)).rule("budget").bend == price


def test_a_price_below_nothing_is_refused():
    (found,) = refused(row("budget", None, other="可放宽 = -1"))
    assert found.code == "too_small"
