"""Hypothesis strategies for the further kinds of rules, goals and sheets: balance, plus, sites, fair, the ledger."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import strategies as st

from matching import policy as policies
from matching.domain.instance import Instance
from matching.domain.records import LedgerRow
from matching.domain.text import Text
from matching.policy.conditions import FieldRef
from matching.policy.model import Balance, Credit, Goal, Policy, Quota, Require, Rule, Slack, Staffing
from tests.builders import staffing
from tests.strategies import STAGES, SUBJECTS, instances

TITLE = Text("随机", "Random")
BASE = policies.load("base")
ENFORCE = ("hard", "elastic", "report")
WHEN = ("", "", "backbone = yes", "host.county in '甲县'|'乙县'", "credited_hours >= 20", "host in ledger_sites",
        "home.exchange_staff is given", "host.exchange_staff <= 3", "mode = resident", "km <= 60")
THAT = ("host in ledger_sites", "credited_hours < 40", "host.exchange_staff >= 2", "ledger_sites is given",
        "home.exchange_staff <= host.exchange_staff")
CREDITS = tuple(
    Credit(id=f"credit-{at}", title=TITLE, activity=activity, unit=unit, amount=Fraction(amount), at_most=most,
           when=(policies.condition(when),) if when else ())
    for at, (activity, unit, amount, most, when) in enumerate((
        ("授课", "class_hours", "1", None, ""), ("带徒", "class_hours", "20", Fraction(2), "backbone = yes"),
        ("带徒", "class_hours", "0.5", None, "home.county = '甲县'"), ("授课", "years", "9", None, ""),
        ("placement", "class_hours", "1", None, "host.county = '甲县'"))))
THERE = {("host.site_id",): "host.exchange_staff", ("home.site_id",): "home.exchange_staff",
         ("teacher_id",): "credited_hours",
         ("need.need_id",): "host.exchange_staff"}
GOALS = (
    (Goal("fill"), Goal("points")), (Goal("fair"), Goal("fill")), (Goal("fill"), Goal("fair", leximin=True)),
    (Goal("fair", per="host.site_id", leximin=True, slack=Slack(Fraction(10), percent=True)), Goal("shortfall")),
    (Goal("fair", per="need.subject"), Goal("fair", per="host.dorm", leximin=True), Goal("points")),
    (Goal("fair", per="host.township", leximin=True), Goal("fill")),
)


@st.composite
def with_ledgers(draw: st.DrawFn) -> Instance:
    """An instance with service given already, exchange teachers there already, pupils and staff."""
    instance = draw(instances())
    sites = st.sampled_from([s.site_id for s in instance.sites])
    rows = st.builds(LedgerRow, st.sampled_from([t.teacher_id for t in instance.teachers]), st.none() | sites,
                     st.none(), st.sampled_from((" 授课", "带徒", "placement", "其他")),
                     st.sampled_from((0.5, 3.0, 40.0)), st.none())
    staff = st.builds(staffing, sites, st.sampled_from(STAGES), exchange_staff=st.none() | st.integers(0, 4),
                      subject=st.sampled_from((None, *SUBJECTS)), staff=st.none() | st.integers(1, 9),
                      pupils=st.none() | st.integers(0, 99))
    return replace(instance, ledger=tuple(draw(st.lists(rows, max_size=6))),
                   staffing=(*instance.staffing, *draw(st.lists(staff, max_size=4))))


def _conditions(texts: tuple[str, ...]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.sampled_from([(policies.condition(t),) if t else () for t in texts])


def _common(kind: str) -> dict[str, st.SearchStrategy[object]]:
    return {"id": st.integers(1, 999).map(lambda n: f"{kind}-{n}"), "title": st.just(TITLE),
            "enforce": st.sampled_from(ENFORCE), "penalty": st.integers(1, 3)}


@st.composite
def _bounds(draw: st.DrawFn, numbers: tuple[Fraction, ...]) -> dict[str, Fraction | None]:
    low, high = sorted(draw(st.tuples(st.sampled_from(numbers), st.sampled_from(numbers))))
    side = draw(st.sampled_from(("low", "high", "both")))
    return {"at_least": low if side != "high" else None, "at_most": high if side != "low" else None}


@st.composite
def balances(draw: st.DrawFn) -> Balance:
    """A balance by site, county or what may be empty, with a subject or without."""
    home = draw(st.sampled_from(("home.site_id", "home.county", "home.consortium", "home.dorm")))
    common = {k: draw(v) for k, v in _common("balance").items()}
    bounds = draw(_bounds(tuple(map(Fraction, ("-1.5", "-1", "0", "0", "1", "2")))))
    return Balance(**common, **bounds, when=draw(_conditions(WHEN)),
                   per=(home, *draw(st.sampled_from(((), ("subject",))))))


@st.composite
def already(draw: st.DrawFn) -> Quota:
    """A quota with what is there already."""
    per = draw(st.sampled_from(tuple(THERE)))
    common = {k: draw(v) for k, v in _common("plus").items()}
    measure = draw(st.sampled_from(("seats", "seats", "class_hours", "sites", "km")))
    of = None
    if measure == "seats" and per != ("teacher_id",):
        sides = {name.partition(".")[0] for name in per}
        of = draw(st.sampled_from((None, *(["demand", FieldRef("host.staff")] if sides <= {"host", "need"} else []),
                                   *(["teachers", "eligible"] if sides <= {"home"} else []))))
    numbers = ("1/5", "1/3", "1/2", "1") if of else ("0", "1", "2.5", "4", "20")
    return Quota(**common, **draw(_bounds(tuple(map(Fraction, numbers)))), measure=measure, of=of, per=per,
                 plus=FieldRef(THERE[per]), when=draw(_conditions(WHEN)), count=draw(_conditions(WHEN)),
                 from_seats=draw(st.none() | st.integers(2, 3)))


@st.composite
def visits(draw: st.DrawFn) -> Quota:
    """A quota on how many sites there are placements in."""
    per = draw(st.sampled_from(((), ("home.site_id",), ("host.county",), ("teacher_id",), ("subject",),
                                ("home.site_id", "host.county"), ("pairing.row",))))
    common = {k: draw(v) for k, v in _common("sites").items()}
    return Quota(**common, **draw(_bounds(tuple(map(Fraction, (0, 1, 2, 3))))), measure="sites", per=per,
                 when=draw(_conditions(WHEN)), count=draw(_conditions(WHEN)),
                 from_seats=draw(st.none() | st.integers(2, 3)))


@st.composite
def _others(draw: st.DrawFn) -> Rule:
    common = {k: draw(v) for k, v in _common("other").items()}
    if draw(st.booleans()):
        return Staffing(**common, stage=draw(st.sampled_from(STAGES)), pupils_per_post=Fraction("13.5"))
    return Require(**common, when=draw(_conditions(WHEN)), that=draw(_conditions(THAT)))


@st.composite
def further_policies(draw: st.DrawFn) -> Policy:
    """The base preset with up to three rules of the further kinds, credits, and goals of which some are fair."""
    kinds = st.one_of(balances(), already(), visits(), _others())
    extra = draw(st.lists(kinds, min_size=1, max_size=3, unique_by=lambda r: r.id))
    off = draw(st.sets(st.sampled_from(("one-post", "mode", "subject", "mandatory", "locked", "pairing-min", "group")),
                       max_size=4))
    rules = tuple(replace(r, on=False) if r.id in off else r for r in BASE.rules)
    return replace(BASE, rules=(*extra, *draw(st.permutations(CREDITS)), *rules), goals=draw(st.sampled_from(GOALS)))
