"""Strategies for the further kinds: balance, what is there already, sites, credit, fair shares."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from hypothesis import strategies as st

from matching import policy as policies
from matching.domain.records import LedgerRow
from matching.domain.text import Text
from matching.policy.conditions import FieldRef
from matching.policy.model import Balance, Credit, Goal, Policy, Quota, Slack
from tests.builders import staffing
from tests.policies import WHEN, random_policies
from tests.strategies import STAGES, SUBJECTS, instances

TITLE = Text("更多", "Further")
MORE_WHEN = (*WHEN, "credited_hours >= 10", "host in ledger_sites", "home.exchange_staff >= 2", "ledger_sites is given")
NUMBERS = ("staff", "exchange_staff", "eligible_count", "beds", "hardship")
PERS = ((), ("home.county",), ("teacher_id",), ("host.county",), ("need.subject",), ("home.site_id", "host.county"))
HALVES = tuple(Fraction(n, 2) for n in range(-4, 5))


def _conditions(texts):
    return st.sampled_from([(policies.condition(t),) if t else () for t in texts])


def _common(kind):
    return {"id": st.integers(1, 999).map(lambda n: f"{kind}-{n}"), "title": st.just(TITLE),
            "enforce": st.sampled_from(("hard", "elastic", "report")), "penalty": st.integers(1, 3)}


def _drawn(draw, fields):
    return {key: draw(value) for key, value in fields.items()}


def _bounds(draw, numbers):
    low, high = (draw(st.none() | st.sampled_from(numbers)) for _ in range(2))
    if low is None and high is None:
        low = numbers[0]
    return (high, low) if low is not None and high is not None and low > high else (low, high)


@st.composite
def balances(draw):
    """Balance by any home field, with or without the subject."""
    first = draw(st.sampled_from(("home.site_id", "home.county", "home.consortium", "home.dorm", "home.weak")))
    low, high = _bounds(draw, HALVES)
    return Balance(**_drawn(draw, _common("balance")), when=draw(_conditions(MORE_WHEN)), at_least=low, at_most=high,
                   per=(first, *draw(st.sampled_from(((), ("subject",))))))


@st.composite
def quotas(draw):
    """Quotas of sites, and quotas with what is there already."""
    plain, at = draw(st.booleans()), draw(st.sampled_from(("host", "home")))
    per = draw(st.sampled_from(PERS)) if plain else (f"{at}.site_id",)
    field = st.sampled_from(NUMBERS).map(lambda n: FieldRef(f"{at}.{n}"))
    measure = draw(st.sampled_from(("sites",) if plain else ("seats", "seats", "sites", "km", "yuan", "class_hours")))
    of = None if plain else draw(st.none() | field)
    numbers = tuple(Fraction(n, 2) for n in range(3)) if of else tuple(Fraction(n) for n in range(5))
    scale = 1 if of else {"km": 10, "yuan": 9_000, "class_hours": 9}.get(measure, 1)
    low, high = _bounds(draw, tuple(n * scale for n in numbers))
    when, count = draw(_conditions(MORE_WHEN)), draw(_conditions(MORE_WHEN))
    return Quota(**_drawn(draw, _common("quota")), when=when, count=count, measure=measure, of=of, per=per,
                 at_least=low, at_most=high, from_seats=draw(st.none() | st.integers(2, 3)),
                 plus=None if plain else draw(st.none() | field))


@st.composite
def credits(draw):
    """What lectures, lessons and placements are credited."""
    return Credit(**_drawn(draw, _common("credit")), activity=draw(st.sampled_from(("讲座", "听课", "placement"))),
                  unit=draw(st.sampled_from(("class_hours", "class_hours", "years"))),
                  amount=Fraction(draw(st.sampled_from(("1", "0.5", "3")))),
                  at_most=draw(st.none() | st.sampled_from((Fraction(4), Fraction("2.5")))),
                  when=draw(_conditions(("", "gender = 男", "title >= first", "home.exchange_staff is given"))))


def fair_goals():
    """The goal `fair`, by any receiver's field."""
    return st.builds(Goal, st.just("fair"), per=st.sampled_from(("host.county", "host.site_id", "host.weak",
                     "host.consortium", "need.subject", "need.need_id", "host.dorm")), leximin=st.booleans(),
                     slack=st.sampled_from((Slack(), Slack(Fraction(10), True), Slack(Fraction(200_000)))))


@st.composite
def further_policies(draw) -> Policy:
    """A random policy with rules of the further kinds before its own, and fair goals among its goals."""
    policy = draw(random_policies(most=1))
    rules = draw(st.lists(st.one_of(balances(), quotas(), quotas(), credits()), max_size=3, unique_by=lambda r: r.id))
    fair = draw(st.lists(fair_goals(), max_size=2))
    at = draw(st.integers(0, len(policy.goals)))
    goals = (*policy.goals[:at], *fair, *(policy.goals[at:] or ((Goal("fill"),) if fair else ())))
    mine = {rule.id for rule in rules}
    return replace(policy, rules=(*rules, *(r for r in policy.rules if r.id not in mine)), goals=goals)


@st.composite
def further_instances(draw, **sizes):
    """A small instance with a ledger and exchange staff."""
    made = draw(instances(**sizes))
    row = st.builds(LedgerRow, st.sampled_from([t.teacher_id for t in made.teachers]),
                    st.none() | st.sampled_from([s.site_id for s in made.sites]),
                    st.none() | st.just(date(2026, 3, 2)), st.sampled_from(("讲座", "讲座 ", "听课")),
                    st.sampled_from((1.0, 2.2, 7.0, 30.0)), st.none())
    staff = st.builds(staffing, st.sampled_from([s.site_id for s in made.sites]), st.sampled_from(STAGES),
                      subject=st.none() | st.sampled_from(SUBJECTS), exchange_staff=st.none() | st.integers(0, 4),
                      staff=st.none() | st.integers(0, 9))
    rows = draw(st.lists(staff, max_size=4, unique_by=lambda r: r[:3]))
    return replace(made, ledger=tuple(draw(st.lists(row, max_size=5))), staffing=(*made.staffing, *rows))
