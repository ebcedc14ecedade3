"""A simulation as plain numbers and lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matching.scenarios.arrivals.result import Chance, Spread, Variant

if TYPE_CHECKING:
    from matching.scenarios.arrivals.result import Simulation


def simulation_to_dict(found: Simulation) -> dict[str, Any]:
    """Return what ``simulation.json`` holds."""
    return {
        "plan": found.plan.plan, "draws": found.draws, "seed": found.seed, "chance": found.chance,
        "seats": {"asked_for": found.seats, "planned": found.planned},
        "expected_arrived": {"mean": found.expected[0], "sd": found.expected[1]},
        "arrived": _spread(found.arrived), "filled": _spread(found.filled), "asked": _spread(found.asked),
        "sure": {"seats": found.sure.seats, "tested": found.sure.tested.to_dict()},
        "any_hard_rule_broken": found.any_hard.to_dict(),
        "rules": [_line(rule) for rule in found.rules],
        "counties": [_line(county) for county in found.counties],
        "reserve": _line(found.reserve),
        "posts": [_line(post) | {"teachers": [_line(stand) for stand in post.teachers]} for post in found.posts],
        "number": _line(found.number),
        "kinds": {"number": found.kinds.number, **_line(found.kinds),
                  "kinds": [_line(kind) for kind in found.kinds.kinds]},
        "variant": None if found.variant is None else _variant(found.variant),
    }


def _spread(spread: Spread) -> dict[str, Any]:
    return spread._asdict() | {"counts": [[value, count] for value, count in spread.counts.items()]}


def _line(record: Any) -> dict[str, Any]:
    return {key: _value(value) for key, value in record._asdict().items()}


def _value(value: Any) -> Any:
    if isinstance(value, Chance):
        return value.to_dict()
    return list(value) if isinstance(value, tuple) else value


def _variant(variant: Variant) -> dict[str, Any]:
    return {
        "method": variant.method, "scenarios": variant.scenarios, "status": variant.status,
        "better": variant.better, "moved": variant.moved,
        "placed": None if variant.plan is None else len(variant.plan.placements),
        "filled": None if variant.filled is None else _spread(variant.filled),
        "plain": None if variant.plain is None else _spread(variant.plain),
        "worth": None if variant.worth is None else variant.worth._asdict(),
        "seats": None if variant.seats is None else variant.seats._asdict(),
        "goals": [goal._asdict() for goal in variant.goals],
        "note": None if variant.note is None else variant.note._asdict(),
    }
