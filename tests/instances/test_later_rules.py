"""The later rules: presets with the figures of their list, and rosters that reach their limits."""

from importlib import import_module

import pytest

from matching.policy import load
from matching.tables import read

LATER = ("pucheng", "dalian", "yinling_65")


@pytest.mark.parametrize("name", LATER)
def test_the_workbook_is_what_the_generator_makes(name):
    generate = import_module(f"instances.{name}.generate")
    reading = read(generate.HERE / f"{name}.xlsx")
    assert reading.instance == generate.build()
    assert reading.findings == ()


@pytest.mark.parametrize(("name", "rule", "that"), [
    ("pucheng", "age-limit", ["性别 = 男; age < 50", "性别 = 女; age < 45"]),
    ("pucheng", "years-here", ["years_here >= 6"]),
    ("pucheng", "term", ["need.期限 >= 2"]),
    ("dalian", "age-limit", ["性别 = 男; age < 55", "性别 = 女; age < 50"]),
    ("dalian", "years-here", ["years_here >= 9"]),
    ("yinling_65", "retired", ['职务 = "退休"']),
    ("yinling_65", "age-limit", ["age <= 65"]),
    ("yinling_65", "title", ["职称 >= 一级"]),
])
def test_who_may_go(name, rule, that):
    found = load(name).rule(rule)
    assert [c.text for c in found.that] == that
    assert found.source


def test_pucheng_bounds_two_shares_of_different_bases():
    policy = load("pucheng")
    exchange, strong = policy.rule("exchange-share"), policy.rule("strong-share")
    assert (exchange.of, float(exchange.at_least)) == ("eligible", 0.15)
    assert (strong.of, float(strong.at_least), len(strong.count)) == ("placed", 0.3, 2)
