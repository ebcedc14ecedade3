"""A quota's lines, group by group, are those of a plain recount of its placements."""

from collections import Counter
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching.audit import facts
from matching.audit.measures import class_hours
from tests.audit.helpers import judge_pairs
from tests.policies import BASE, quotas
from tests.strategies import instances

SETTINGS = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
ROWS = {"pairing.row", "staffing.row", "host.dorm"}


def recounted(found, rule, pairs):
    """What counts of some placements in every group that has any."""
    when, count = (found.reader.criteria(texts, rule.id) for texts in (rule.when, rule.count))
    fields = [found.reader.field(name, rule.id) for name in rule.per if name != "plan"]
    resident = any(field.sides == {"home"} for field in fields)
    amounts, seats, hosts = Counter(), Counter(), set()
    for one in pairs:
        pair = found.pair(*one)
        if not when.hold(pair) or (resident and found.get("mode", pair) != "resident"):
            continue
        labels = [field.show(pair) for field in fields]
        if None in labels:
            continue
        group = " * ".join(labels) or "plan"
        seats[group] += 1
        if count.hold(pair):
            km = found.roads.hectometres(pair.home.site_id, pair.need.site_id)
            amounts[group] += {
                "seats": 1, "yuan": found.yuan(pair), "class_hours": class_hours(found, pair),
                "km": found.roads.distances.largest if km is None else km,
                "sites": (group, pair.need.site_id) not in hosts}[rule.measure]
            hosts.add((group, pair.need.site_id))
    return amounts, seats


@SETTINGS
@given(instances(), quotas().filter(lambda rule: not ROWS & set(rule.per) and rule.plus is None), st.data())
def test_lines_are_those_of_a_plain_recount(instance, rule, data):
    policy = replace(BASE, rules=(*BASE.rules, replace(rule, enforce="report")))
    every = [(t.teacher_id, n.need_id) for t in instance.teachers if t.status == "approved" for n in instance.needs]
    pairs = data.draw(st.lists(st.sampled_from(every), unique=True)) if every else []
    found = facts(instance, policy)
    amounts, seats = recounted(found, rule, pairs)
    lines = {line.group: line for line in judge_pairs(instance, policy, pairs).rules if line.rule == rule.id}
    assert rule.of is not None or set(amounts) <= set(lines)
    for group, line in lines.items():
        amount, _, base = str(line.value).partition("/")
        assert round(float(amount) * (10 if rule.measure == "km" else 1)) == amounts[group]
        assert rule.of != "placed" or int(base) == seats[group]
