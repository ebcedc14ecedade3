"""From raw tables to goals, points, variants and the ranking's weights."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from matching.domain.text import Text
from matching.policy import values as v
from matching.policy.draft import Cell, Place, Table, first_place, table
from matching.policy.faults import Fault, FaultError, fault, near, refusal, word
from matching.policy.fields import FIELDS, RECEIVING
from matching.policy.model import Goal, Rule, Variant, Weight
from matching.policy.tables import Desk, known, required, unknown_key
from matching.policy.values import Reader
from matching.policy.variants import NUMBERED
from matching.policy.words import CRITERIA, GOAL, METHOD, POINTS

DEFAULT_GOALS = (Goal("fill"), Goal("shortfall"), Goal("points"))
Points = Mapping[str, int | tuple[int, ...]]


def point_name(name: str) -> str:
    """Return the key of a name of the points table."""
    return word(name, POINTS, Text("积分项目", "name of the points table"))


def point_value(name: str, value: object) -> int | tuple[int, ...]:
    """Return the points of `name`: four whole numbers for ``preference``, else one."""
    if name != "preference":
        return v.whole(value)
    if not isinstance(value, list | tuple) or len(value) != 4:
        raise refusal("bad_preference", value, ("[0, 20, 40, 80]",))
    return tuple(v.whole(item) for item in value)


def points(value: object) -> Points:
    """Return a points table."""
    if not isinstance(value, Mapping):
        raise refusal("not_a_table", value, example="{ km = 10 }")
    return {key: point_value(key, item) for key, item in ((point_name(k), i) for k, i in value.items())}


def criterion(name: str) -> str:
    """Return the key of a criterion of the ranking."""
    return word(name, CRITERIA, Text("排名指标", "criterion"))


def weights(value: object, desk: Desk) -> tuple[int, ...] | tuple[Weight, ...]:
    """Return the weights of a fill goal: five by priority, or by condition."""
    if isinstance(value, tuple) and value and isinstance(value[0], Weight):
        return value
    if not isinstance(value, list | tuple) or not value:
        raise _bad_weights(value)
    if all(isinstance(item, Mapping) for item in value):
        return tuple(_weight(item, desk) for item in value)
    if len(value) != 5:
        raise _bad_weights(value)
    return tuple(v.count(item) for item in value)


def _bad_weights(value: object) -> FaultError:
    return refusal("bad_weights", value, ("[5, 4, 3, 2, 1]",))


def _weight(item: Mapping[str, object], desk: Desk) -> Weight:
    for key in item:
        known(key, {"when": 0, "weight": 0})
    if "weight" not in item:
        raise FaultError(*required(item, ("weight",)))
    return Weight(v.conditions(item.get("when", ""), desk.vocabularies), v.count(item["weight"]))


def goal_kind(value: object) -> str:
    """Return the key of a goal's kind."""
    return word(v.text(value), GOAL, Text("目标类型", "kind of goal"))


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise refusal("not_a_list", value, example='["backbone-share"]')
    return tuple(v.required_text(item) for item in value)


def _receiving(value: object) -> str:
    name = v.one_field(value)
    if FIELDS[name].side not in RECEIVING or FIELDS[name].many:
        raise refusal("not_of_receiver", value, ("host.county", "host"))
    return name


_TAKES = {"fill": {"weights"}, "shortfall": {"rules"}, "points": {"points"}, "fair": {"per", "leximin"}}


def build_goal(raw: Table, owner: str, place: Place, desk: Desk) -> Goal | None:
    """Return the goal that `raw` states; what is wrong is noted at `desk`, and then there is none."""
    before = len(desk.findings)
    spec: dict[str, Reader] = {
        "kind": goal_kind, "slack": v.slack, "rules": _texts, "weights": partial(weights, desk=desk),
        "per": _receiving, "leximin": v.yes, "points": points,
    }
    given: dict[str, Any] = desk.read(raw, spec, owner)
    desk.report(required(raw, ("kind",), place.sheet), place, owner)
    if "kind" in given:
        takes = {"kind", "slack"} | _TAKES[given["kind"]]
        for key in sorted(given.keys() - takes):
            at = raw[key].place
            desk.report((unknown_key(key, takes, at.sheet),), at, owner, key)
    return None if len(desk.findings) > before else Goal(**given)


def build_goals(raw: Iterable[Table] | None, place: Place, desk: Desk) -> tuple[Goal, ...]:
    """Return the policy's goals, by default fill, shortfall, points; a goal that says nothing stands in `place`."""
    built = [build_goal(t, f"goal {i}", first_place(t, place), desk) for i, t in enumerate(raw or (), 1)]
    return tuple(g for g in built if g is not None) or DEFAULT_GOALS


def build_named(raw: Table, owner: str, name: Any, value: Any, desk: Desk) -> dict[str, Any]:
    """Return a table whose keys are read by `name` and whose values by ``value(key, value)``."""
    built = {}
    for key, cell in raw.items():
        try:
            known_key = name(key)
            built[known_key] = value(known_key, cell.value)
        except FaultError as refused:
            desk.report(refused.faults, cell.place, owner, key)
    return built


def build_variants(raw: Mapping[str, Table], goals: tuple[Goal, ...], desk: Desk) -> tuple[Variant, ...]:
    """Return the variants that are on; goals that they only name are the policy's own of that kind."""
    built = [_variant(key, table_, goals, desk) for key, table_ in raw.items()]
    return tuple(b for b in built if b is not None)


def _variant(variant_id: str, raw: Table, goals: tuple[Goal, ...], desk: Desk) -> Variant | None:
    owner, place = f"variant {variant_id}", raw["id"].place
    spec: dict[str, Reader] = {
        "id": v.required_text, "title": v.title, "points": points, "on": v.yes, "method": method,
        "goals": lambda value: _variant_goals(value, goals, owner, raw["goals"], desk),
    }
    before = len(desk.findings)
    given: dict[str, Any] = desk.read(raw, spec, owner)
    if variant_id == "main":
        desk.report((fault("reserved_id"),), place, owner)
    if NUMBERED.fullmatch(variant_id):
        desk.report((fault("reserved_number", variant_id),), place, owner)
    if not given.pop("on", True) or len(desk.findings) > before:
        return None
    return Variant(**{"title": Text(variant_id, variant_id), **given})


def method(value: object) -> str:
    """Return the key of a variant's method."""
    return word(v.text(value), METHOD, Text("求解方式", "method"))


def _variant_goals(value: object, goals: tuple[Goal, ...], owner: str, cell: Cell, desk: Desk) -> tuple[Goal, ...]:
    if isinstance(value, tuple):
        return value
    if not isinstance(value, list) or not value:
        raise refusal("not_a_list", value, example='["fill", "points"]')
    return tuple(_each_goal(value, goals, owner, cell, desk))


def _each_goal(value: list[object], goals: tuple[Goal, ...], owner: str, cell: Cell, desk: Desk) -> Iterator[Goal]:
    for item in value:
        if isinstance(item, Mapping):
            built = build_goal(table(item, cell.place), f"{owner}.goals", cell.place, desk)
            if built is not None:
                yield built
        else:
            kind: Any = goal_kind(item)
            yield next((g for g in goals if g.kind == kind), Goal(kind))


def goal_faults(goals: tuple[Goal, ...], rules: tuple[Rule, ...]) -> Iterator[Fault]:
    """Yield what is wrong between goals and rules: names of no rule, or a share of placed without a fill goal."""
    ids = {rule.id for rule in rules}
    for name in (n for goal in goals for n in goal.rules or ()):
        if name not in ids:
            yield fault("unknown_rule", name, near(name, ids))
    shares = [r.id for r in rules if r.on and r.enforce != "report" and getattr(r, "of", None) == "placed"]
    if shares and all(goal.kind != "fill" for goal in goals):
        yield fault("no_fill_goal", suggest=("fill",), rules=", ".join(shares))
