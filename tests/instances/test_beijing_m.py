"""The figures of the source, in the roster and in the plan that was carried out."""

from collections import Counter

import pytest
from instances.beijing_m.generate import HERE, build_year
from instances.generator.plans import plan_of

from matching.audit import audit
from matching.policy import load
from matching.tables import read, read_plan


@pytest.fixture(scope="module")
def year():
    return build_year()


def test_the_files_are_what_the_generator_makes(year):
    reading = read(HERE / "beijing_m.xlsx")
    assert reading.instance == year.instance
    assert reading.findings == ()
    assert read_plan(HERE / "plan-sent.json", year.instance) == plan_of(year.instance, "beijing_m", year.sent, "sent")


def test_those_who_were_sent_have_the_titles_and_levels_of_the_source(year):
    sent = [year.instance.teacher[teacher] for teacher, _ in year.sent]
    titles, levels = Counter(t.title for t in sent), Counter(t.backbone for t in sent)
    assert len(sent) == 100
    assert (titles["first"], titles["senior"]) == (58, 18)
    assert (levels["none"], levels["city"]) == (75, 1)


@pytest.mark.parametrize(("level", "value", "ok"), [
    ("school", "25/100", True), ("county", "21/100", True), ("city", "1/100", False),
])
def test_the_share_holds_or_breaks_with_the_level_that_counts(year, level, value, ok):
    plan = read_plan(HERE / "plan-sent.json", year.instance)
    found = audit(year.instance, load(HERE / f"level_{level}.toml"), plan)
    (line,) = [line for line in found.rules if line.rule == "backbone-share"]
    assert (line.value, line.ok, found.ok) == (value, ok, ok)
    assert [b.rule for b in found.breaches] == ([] if ok else ["backbone-share"])
