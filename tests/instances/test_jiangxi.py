"""The figures of the source, in the roster and in the plan in force."""

import pytest
from instances.generator.plans import plan_of
from instances.jiangxi import figures as f
from instances.jiangxi.generate import HERE, build_year

from matching.audit import audit
from matching.policy import load
from matching.policy.model import Subsidy
from matching.tables import read, read_plan


@pytest.fixture(scope="module")
def year():
    return build_year()


def test_the_files_are_what_the_generator_makes(year):
    reading = read(HERE / "jiangxi.xlsx")
    assert reading.instance == year.instance
    assert reading.findings == ()


@pytest.mark.parametrize(("name", "policy", "yuan"), [
    ("in-force", "jiangxi", 78840), ("in-force-proposal", HERE / "proposal.toml", 104904),
])
def test_the_plan_in_force_keeps_the_rules_and_costs_more_by_the_proposal(year, name, policy, yuan):
    plan = read_plan(HERE / f"plan-{name}.json", year.instance)
    assert plan == plan_of(year.instance, policy, year.in_force, name)
    assert audit(year.instance, load(policy), plan).ok
    assert sum(p.yuan for p in plan.placements) == yuan


def test_the_shares_over_50_are_the_sources_by_kind_and_in_all(year):
    sites = year.instance.sites
    shares = {s.school_type: s.share_50plus for s in sites}
    assert (shares["中心小学"], shares["村小"], shares["教学点"]) == (0.385, 0.3898, 0.5724)
    assert {s.pupils <= 10 for s in sites if s.school_type == "教学点"} == {True}
    whole = sum(s.staff * s.share_50plus for s in sites) / sum(s.staff for s in sites)
    assert round(whole, 4) == f.ALL == 0.2836


def test_the_allowances_are_the_sources():
    amounts = {r.id: r.amount for r in load("jiangxi").active(Subsidy)}
    assert amounts == {"allowance-remotest": 360 * 12, "allowance-remote": 210 * 12}


def test_the_proposal_adds_20_percent_a_tier_and_10_percent_for_three_years():
    rules = load(HERE / "proposal.toml").active(Subsidy)
    base = {"remotest": 4320, "remote": 2520}
    more = {r.id: r.amount / base[r.id.rsplit("-", 1)[1]] for r in rules if r.item != "allowance"}
    assert sorted(float(m) for name, m in more.items() if "distance" in name) == [0.2, 0.2, 0.4, 0.4, 0.6, 0.6]
    assert sorted(float(m) for name, m in more.items() if "years" in name) == [0.1, 0.1, 0.2, 0.2, 0.3, 0.3]
