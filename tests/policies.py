"""Random policies for property tests: the base preset with further rules of every kind laid over it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import strategies as st

from matching import policy as policies
from matching.domain.text import Text
from matching.policy.conditions import FieldRef
from matching.policy.model import (
    Balance,
    Credit,
    Goal,
    Place,
    Policy,
    Quota,
    Require,
    Slack,
    Staffing,
    Subsidy,
    Together,
    Weight,
)

TITLE = Text("随机", "Random")
WHEN = ("", "home.county = '甲县'", "backbone = yes", "host.county in '乙县'|'丙县'", "mode = resident", "gender = 女",
        "subject_fit = main", "km <= 60", "preference <= 2", "host in lock_need|host.dorm",
        "host not in avoid_sites|host.dorm", "need.backbone_required = yes", "need.backbone_required is empty",
        "backbone >= need.backbone_required", "languages != '藏语'", "host.language is given; language_ok = yes",
        "pairing in must|prefer", "moved = no", "served_since_title = no", "years_since_rural >= 5",
        "host in ledger_sites", "credited_hours >= 6", "host.exchange_staff >= 2", "home.exchange_staff is given")
SIDE_WHEN = ("", "backbone = yes", "gender = 男", "age <= 45", "title >= first")
PERS = ((), ("host.county",), ("host.site_id",), ("home.site_id",), ("need.subject",), ("subject",),
        ("home.site_id", "subject"), ("need.need_id",), ("teacher_id",), ("home.site_id", "host.county"),
        ("pairing.row",), ("staffing.row",), ("host.dorm",))
SHARES = (Fraction(1, 5), Fraction(1, 3), Fraction(1, 2), Fraction(2, 3), Fraction(1))


def _conditions(texts: tuple[str, ...]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.sampled_from([(policies.condition(t),) if t else () for t in texts])


def _common(kind: str) -> dict[str, st.SearchStrategy[object]]:
    return {"id": st.integers(1, 999).map(lambda n: f"{kind}-{n}"), "title": st.just(TITLE),
            "enforce": st.sampled_from(("hard", "elastic", "report")), "penalty": st.integers(1, 3)}


@st.composite
def quotas(draw: st.DrawFn) -> Quota:
    """A quota of any lawful pair of `of` and `per`."""
    per = draw(st.sampled_from(PERS))
    common = {k: draw(v) for k, v in _common("quota").items()}
    measure = draw(st.sampled_from(("seats", "seats", "seats", "km", "yuan", "class_hours", "sites")))
    of = draw(st.sampled_from(_bases(per))) if measure == "seats" else None
    plus = draw(st.sampled_from(_pluses(per))) if of != "placed" else None
    numbers = SHARES if of else tuple(map(Fraction, (0, 1, 2, 3)))
    if measure in ("km", "yuan"):
        numbers = tuple(n * (40 if measure == "km" else 30_000) for n in numbers)
    if plus is not None and of is None:
        numbers += tuple(map(Fraction, ("5.5", "12", "20")))
    low, high = (draw(st.none() | st.sampled_from(numbers)) for _ in range(2))
    if low is None and high is None:
        low = numbers[0]
    if low is not None and high is not None and low > high:
        low, high = high, low
    return Quota(**common, when=draw(_conditions(WHEN)), count=draw(_conditions(WHEN)), measure=measure, of=of, per=per,
                 at_least=low, at_most=high, from_seats=draw(st.none() | st.integers(1, 3)), plus=plus)


def _bases(per: tuple[str, ...]) -> tuple[str | None, ...]:
    hosts = all(name.startswith(("host.", "need.")) for name in per)
    homes = not any(name.startswith(("host.", "need.", "pairing.")) for name in per)
    fixed = [*(["demand"] if hosts else []), *(["teachers", "eligible"] if homes else [])]
    return (None, None, "placed", "placed", *fixed)


def _pluses(per: tuple[str, ...]) -> tuple[FieldRef | None, ...]:
    """Numeric fields that every group of `per` has one value of."""
    if per == ("teacher_id",):
        return (None, FieldRef("credited_hours"), FieldRef("rural_years"))
    if per in (("host.site_id",), ("home.site_id",)):
        side = per[0].partition(".")[0]
        return (None, FieldRef(f"{side}.exchange_staff"), FieldRef(f"{side}.staff"))
    return (None,)


@st.composite
def _balances(draw: st.DrawFn) -> Balance:
    common = {k: draw(v) for k, v in _common("balance").items()}
    per = draw(st.sampled_from((("home.site_id",), ("home.site_id", "subject"), ("home.county",),
                                ("home.county", "subject"))))
    low, high = draw(st.sampled_from(((0, 0), (-1, 1), (None, 0), (0, None), (-1, 0), (1, None), (None, -1))))
    return Balance(**common, when=draw(_conditions(WHEN)), per=per, at_least=None if low is None else Fraction(low),
                   at_most=None if high is None else Fraction(high))


@st.composite
def _credits(draw: st.DrawFn) -> Credit:
    common = {k: draw(v) for k, v in _common("credit").items()}
    return Credit(**common, when=draw(_conditions(SIDE_WHEN)),
                  activity=draw(st.sampled_from(("听课", "教研", "placement"))),
                  unit=draw(st.sampled_from(("class_hours", "class_hours", "years"))),
                  amount=draw(st.sampled_from((Fraction(1), Fraction(3), Fraction(1, 2)))),
                  at_most=draw(st.none() | st.sampled_from((Fraction(2), Fraction(9, 2)))))


@st.composite
def _staffings(draw: st.DrawFn) -> Staffing:
    common = {k: draw(v) for k, v in _common("staffing").items()}
    return Staffing(**common, stage=draw(st.sampled_from(("primary", "junior"))),
                    pupils_per_post=draw(st.sampled_from((Fraction(19), Fraction(27, 2)))))


@st.composite
def _requires(draw: st.DrawFn) -> Require:
    common = {k: draw(v) for k, v in _common("require").items()}
    return Require(**common, when=draw(_conditions(WHEN)), that=draw(_conditions(WHEN[1:])))


@st.composite
def _places(draw: st.DrawFn) -> Place:
    common = {k: draw(v) for k, v in _common("place").items()}
    return Place(**common, when=draw(_conditions(SIDE_WHEN[1:])))


@st.composite
def _togethers(draw: st.DrawFn) -> Together:
    common = {k: draw(v) for k, v in _common("together").items()}
    return Together(**common, when=draw(_conditions(SIDE_WHEN)), by="group",
                    per=draw(st.sampled_from(("host.county", "host.site_id", "host.township"))))


@st.composite
def _subsidies(draw: st.DrawFn) -> Subsidy:
    common = {k: draw(v) for k, v in _common("subsidy").items()}
    return Subsidy(**common, when=draw(_conditions(WHEN)), item=draw(st.sampled_from("ab")),
                   amount=Fraction(draw(st.sampled_from(("25000", "30000", "210.5", "0")))))


GOALS = (
    (),
    (Goal("fill"), Goal("points")),
    (Goal("fill", slack=Slack(Fraction(10), percent=True)), Goal("shortfall"), Goal("points", points={"yuan": 1})),
    (Goal("points", points={"moved": 5, "km": 2}, slack=Slack(Fraction(20))), Goal("fill", weights=(1, 1, 1, 1, 1))),
    (Goal("fair"), Goal("fill"), Goal("points")),
    (Goal("fair", per="host.site_id", leximin=True), Goal("fill"), Goal("shortfall")),
    (Goal("fill", slack=Slack(Fraction(30), percent=True)), Goal("fair", per="host.site_id", leximin=True),
     Goal("points")),
    (Goal("fair", per="need.subject", slack=Slack(Fraction(20), percent=True)), Goal("points")),
    (Goal("fill", weights=(Weight((policies.condition("rural_years = 0"),), 4), Weight((), 1))), Goal("points")),
)
POINTS = {"km": 1, "preference": (0, 20, 40, 80), "alt_subject": 30, "other_stage": 15, "other_mode": 7,
          "other_county": 3, "not_paired": 5, "promotion_need": -20, "home_county_match": -9, "backbone": 2,
          "hardship": 6, "language_missing": 11, "score": -1, "yuan": 2, "moved": 8}
BASE = policies.load("base")


@st.composite
def random_policies(draw: st.DrawFn, most: int = 4) -> Policy:
    """The base preset with up to `most` random rules before its own, random goals and points."""
    kinds = st.one_of(quotas(), quotas(), quotas(), _requires(), _places(), _togethers(), _subsidies(), _balances(),
                      _balances(), _credits(), _staffings())
    extra = draw(st.lists(kinds, max_size=most, unique_by=lambda r: r.id))
    off = draw(st.sets(st.sampled_from([r.id for r in BASE.rules if r.id not in ("one-post", "seats")]), max_size=3))
    rules = tuple(replace(r, on=False) if r.id in off else r for r in BASE.rules)
    points = {k: v for k, v in POINTS.items() if draw(st.booleans())}
    return replace(BASE, rules=(*extra, *rules), goals=draw(st.sampled_from(GOALS)), points=points,
                   unknown=draw(st.sampled_from(("refuse", "accept"))))
