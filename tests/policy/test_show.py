"""A policy shown whole, and what differs between two."""

import tomllib

from matching.policy import diff, load, replace, show
from tests.policy.helpers import HEAD, quota, write


def test_each_line_names_its_file_and_the_whole_is_toml(tmp_path):
    path = write(tmp_path, HEAD + quota(title='"乙"') + '\n[[rule]]\nid = "beds"\nat_most = 3\n', "mine.toml")
    lines = show(path, "zh")
    assert {line.rsplit("# ", 1)[1] for line in lines if " = " in line} == {"mine.toml", "base"}
    start = next(i for i, line in enumerate(lines) if line.startswith('id = "beds"'))
    beds = dict(line.split(" = ", 1) for line in lines[start:start + 6])
    assert beds["at_most"].endswith("# mine.toml")
    assert beds["per"].endswith("# base")
    document = tomllib.loads("\n".join(lines))
    assert [r["id"] for r in document["rule"]] == [r.id for r in load(path).rules]


def test_equal_policies_do_not_differ(tmp_path):
    assert diff("gansu_2014", load("gansu_2014")) == []
    one = write(tmp_path, HEAD + quota(at_most='"50%"', of='"placed"'), "a.toml")
    two = write(tmp_path, HEAD + quota(at_most="0.50", of='"已安置"'), "b.toml")
    assert diff(one, two) == []


def test_differences():
    base = load("base")
    changed = replace(base, {"beds.at_most": 3, "beds.per": None, "points.km": 2, "group": False})
    assert diff(base, changed) == [
        "~ [[rule]] beds  # 宿舍床位", '    - per = "host.dorm"', '    ~ at_most = "host.beds" -> 3',
        "~ [[rule]] group  # 同行组同去一县", "    + on = false", "~ [points]", "    ~ km = 1 -> 2"]
    lines = diff("base", "national_10_20", "en")
    assert "+ [[rule]] exchange-share  # Share of urban teachers who go to rural schools" in lines
    assert "- [[rule]] exchange-share  # 城镇学校交流到农村的比例" in diff("national_10_20", "base")


def test_a_condition_with_quotes_is_shown_as_it_was_written():
    (when,) = (line for line in show("gansu_2014") if "玛曲县" in line and line.startswith("when"))
    assert when.startswith("""when = 'host.county in "玛曲县"|"碌曲县"|""")


def test_another_order_of_rules_is_a_difference(tmp_path):
    one = write(tmp_path, HEAD + quota() + quota(id='"r"'), "a.toml")
    two = write(tmp_path, HEAD + quota(id='"r"') + quota(), "b.toml")
    assert diff(one, two, "en") == ["~ the rules stand in another order"]
