"""Names in the conditions of rules that nothing in the data bears."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from matching.domain.findings import Finding
from matching.domain.text import Text
from matching.domain.vocabulary import fold
from matching.policy.faults import near
from matching.policy.fields import FIELDS
from matching.policy.model import Rule
from matching.preflight.spot import Spot
from matching.problem import Problem

PLACES = ("county", "prefecture", "township", "zone", "consortium", "site_id", "name")
"""Columns of sites whose values a rule may misname; other texts (a note, a duty) may well occur nowhere."""
OWN = frozenset({"teacher_id", "group", "programme", "home_county", "need.need_id"})


def unknown_names(problem: Problem, spot: Spot) -> Iterator[Finding]:
    """Yield names of places, people and groups that rules speak of and the data does not have."""
    known: dict[str, Mapping[str, str]] = {}
    for rule in (r for r in problem.policy.rules if r.on):
        for key in ("when", "that", "count"):
            for field, name in _names(rule, key):
                if field not in known:
                    known[field] = _known(problem, field)
                if fold(name) not in known[field]:
                    yield _unknown(rule, key, field, name, known[field], problem, spot)


def _names(rule: Rule, key: str) -> Iterator[tuple[str, str]]:
    for condition in getattr(rule, key, ()):
        for clause in condition.clauses:
            if _is_name(clause.field):
                yield from ((clause.field, value) for value in clause.values if isinstance(value, str))


def _is_name(field: str) -> bool:
    side, _, column = field.rpartition(".")
    return field in OWN or (side in ("home", "host") and column in PLACES)


def _known(problem: Problem, field: str) -> Mapping[str, str]:
    """Return all values of a field by how they compare; of places, those of either side."""
    side, _, column = field.rpartition(".")
    if side in ("home", "host"):
        values = [getattr(site, column) for site in problem.instance.sites]
    else:
        values = problem.fields.raw(field)
    return {fold(value): value for value in values if value is not None}


def _unknown(rule: Rule, key: str, field: str, name: str, known: Mapping[str, str], problem: Problem,
             spot: Spot) -> Finding:
    suggest = near(name, known.values())
    title = FIELDS[field].title
    text = Text(f"规则“{rule.title.zh}”（{rule.id}）说到的“{name}”在数据里没有（{title.zh}），这一句不会起作用",
                f"Rule {rule.id} speaks of {name!r}, which is not in the data ({title.en}); that clause has no effect")
    return spot.of_rule("unknown_name", text, rule, key, problem.instance.policy, name, suggest)
