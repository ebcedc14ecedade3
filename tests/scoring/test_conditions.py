from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import partial
from typing import Any

import pytest

from matching.domain.instance import Instance
from matching.domain.text import Text
from matching.policy.conditions import Clause, Condition, FieldRef
from matching.policy.model import Goal, Policy, Weight
from matching.scoring.conditions import Reader
from matching.scoring.pairs import PairValues
from matching.scoring.score import score
from tests import builders as b
from tests.scoring.plans import placement, plan

POLICY = Policy("p", Text("", ""), date(2026, 9, 1))
F = Fraction


@pytest.fixture(scope="module")
def instance() -> Instance:
    return b.instance(
        [b.site("A", "sender", prefecture="东市"), b.site("H", "receiver", county="Y", hardship=3, language="藏语")],
        [b.need("N1", "H", subject="math", alt_subjects=("physics",), min_title="first", priority=2, term=0.5,
                backbone_required="yes"), b.need("N2", "H")],
        [b.teacher("T1", "A", birth=date(1986, 10, 1), title="senior", backbone="city", subject="math", duty="校长",
                   languages=("藏语",), alt_subjects=("it",), last_need="N2", score=80.5,
                   appraisals=("pass", "excellent", "pass"), rural_years=2.0, rural_until=date(2023, 9, 1),
                   title_since=date(2020, 9, 1)),
         b.teacher("T2", "A")],
        distances=[b.distance("A", "Y", 33.3, minutes=50)])


@pytest.mark.parametrize(("field", "op", "values", "expected"), [
    ("duty", "in", ("校长", "副校长"), True),
    ("duty", "not in", ("校长",), False),
    ("age", "<", (F(40),), True),
    ("age", "<=", (F(38),), False),
    ("score", ">=", (F(161, 2),), True),
    ("title", ">=", (FieldRef("need.min_title"),), True),
    ("title", "=", ("first",), False),
    ("backbone", "=", (True,), True),
    ("backbone", ">", ("city",), False),
    ("backbone", ">=", (FieldRef("need.backbone_required"),), True),
    ("need.alt_subjects", "=", ("physics",), True),
    ("alt_subjects", "!=", (FieldRef("need.subject"),), True),
    ("need.subject", "in", (FieldRef("alt_subjects"), FieldRef("subject")), True),
    ("need.term", "=", (F(1, 2),), True),
    ("host.hardship", ">", (F(2),), True),
    ("gender", "!=", ("male",), False),
    ("gender", "is empty", (), True),
    ("birth", "is given", (), True),
    ("birth", "<", ("1986-11",), True),
    ("max_km", ">", (F(1),), False),
    ("km", "<=", (FieldRef("max_km"),), True),
    ("km", ">", (F(10),), False),
    ("minutes", "=", (F(50),), True),
    ("preference", ">", (F(3),), True),
    ("preference", "=", ("none",), True),
    ("pairing", "=", ("open",), True),
    ("language_ok", "=", (True,), True),
    ("same_prefecture", "=", (True,), False),
    ("same_county", "=", (False,), True),
    ("moved", "=", (True,), True),
    ("appraisals_ok", "=", (True,), True),
    ("years_since_rural", ">=", (F(3),), True),
    ("served_since_title", "=", (True,), True),
    ("mode", "=", ("resident",), True),
    ("home.county", "=", ("x",), True),
])
def test_a_clause_of_a_placement(instance: Instance, field: str, op: Any, values: tuple[Any, ...],
                                 expected: bool) -> None:
    facts = PairValues(instance, POLICY)
    value = partial(facts.value, pair=facts.pair(placement("T1", "N1")))
    assert Reader("county").holds((Condition("", (Clause(field, op, values),)),), value) is expected


@pytest.mark.parametrize(("field", "op", "values", "expected"), [
    ("years_since_rural", ">", (F(50),), True),
    ("served_since_title", "=", (False,), True),
    ("appraisals_ok", "=", (False,), False),
    ("need.backbone_required", "=", (False,), True),
    ("backbone", ">=", (FieldRef("need.backbone_required"),), True),
    ("language_ok", "=", (True,), False),
])
def test_a_clause_where_little_is_stated(instance: Instance, field: str, op: Any, values: tuple[Any, ...],
                                         expected: bool) -> None:
    facts = PairValues(instance, POLICY)
    value = partial(facts.value, pair=facts.pair(placement("T2", "N2")))
    assert Reader("county").holds((Condition("", (Clause(field, op, values),)),), value) is expected


def condition(*clauses: Clause) -> tuple[Condition, ...]:
    return (Condition("", clauses),)


HEAD = Clause("duty", "=", ("校长",))
URGENT = Clause("need.priority", "<=", (F(2),))


@pytest.mark.parametrize(("rows", "filled", "whole"), [
    ([Weight(condition(HEAD), 7), Weight((), 2)], 7 + 2, 7 + 7),
    ([Weight(condition(URGENT), 3)], 3 + 0, 3 + 0),
    ([Weight(condition(HEAD, URGENT), 9), Weight((), 2)], 9 + 2, 9 + 2),
    ([Weight(condition(URGENT), 1), Weight((), 5)], 1 + 5, 1 + 5),
])
def test_weights_by_condition(instance: Instance, rows: list[Weight], filled: int, whole: int) -> None:
    policy = Policy("p", Text("", ""), date(2026, 9, 1), goals=(Goal("fill", weights=tuple(rows)),))
    figures = score(instance, policy, plan("main", placement("T1", "N1"), placement("T2", "N2")))
    assert figures.fill == (filled, whole)
