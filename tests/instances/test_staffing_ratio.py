"""The ratios of the source, and a roster that shows needs above, at and below them."""

from fractions import Fraction

from instances.staffing_ratio import figures as f
from instances.staffing_ratio.generate import HERE, build

from matching.policy import load
from matching.policy.model import Staffing
from matching.tables import read


def test_the_workbook_is_what_the_generator_makes():
    reading = read(HERE / "staffing_ratio.xlsx")
    assert reading.instance == build()
    assert reading.findings == ()


def test_the_policy_holds_the_ratios_of_the_source():
    rules = load("staffing_ratio").active(Staffing)
    assert {r.stage: r.pupils_per_post for r in rules} == {"primary": 19, "junior": Fraction(27, 2)}


def test_seats_are_those_that_the_schools_state():
    instance = build()
    stated = sum(s.stated for school in f.SCHOOLS for s in school)
    assert sum(n.count for n in instance.needs) == stated == 22
    assert len(instance.staffing) == 13
