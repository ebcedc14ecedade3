"""What a policy asks for beside its variants: alternatives within a loss, and fronts between two criteria."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from matching.domain.text import Text
from matching.domain.vocabulary import Vocabulary
from matching.policy import values as v
from matching.policy.faults import Fault, FaultError, fault, near_words, refusal, word
from matching.policy.model import FrontAsked, Rule, Slack
from matching.policy.tables import known, required
from matching.policy.words import CRITERION, GOAL

EXAMPLE = 'fronts = [{ of = ["fill", "points"], within = "5%", at_most = 9 }]'


def loss(value: object) -> Slack | Mapping[str, Slack]:
    """Return what alternatives may lose of every goal, or of the goals of each kind."""
    if not isinstance(value, Mapping):
        return v.slack(value)
    return {word(key, GOAL, Text("目标类型", "kind of goal")): v.slack(item) for key, item in value.items()}


def fronts(value: object) -> tuple[FrontAsked, ...]:
    """Return the fronts that a policy asks for; a criterion's name is looked up by `criterion_key`."""
    if not isinstance(value, list | tuple):
        raise refusal("not_a_list", value, example=EXAMPLE)
    return tuple(item if isinstance(item, FrontAsked) else _front(item) for item in value)


def _front(item: object) -> FrontAsked:
    pair = item if isinstance(item, list) else None
    raw: Mapping[str, Any] = {"of": pair} if pair is not None else item if isinstance(item, Mapping) else {}
    if not raw:
        raise refusal("not_a_table", item, example=EXAMPLE)
    spec: dict[str, v.Reader] = {"of": _pair, "within": v.slack, "at_most": lambda seen: v.whole(seen, 2)}
    given: dict[str, Any] = {key: known(key, spec)(seen) for key, seen in raw.items()}
    lacking = required(given, ("of",))
    if lacking:
        raise FaultError(*lacking)
    return FrontAsked(**given)


def _pair(value: object) -> tuple[str, str]:
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise refusal("not_a_list", value, example='["fill", "points"]')
    first, second = (v.required_text(name) for name in value)
    return first, second


def front_faults(asked: Sequence[FrontAsked], rules: Sequence[Rule]) -> Iterator[Fault]:
    """Yield what is wrong with the names of the fronts' ends."""
    for name in (name for front in asked for name in front.of):
        try:
            criterion_key(name, rules)
        except FaultError as refused:
            yield from refused.faults


def criterion_key(name: str, rules: Iterable[Rule]) -> str:
    """Return the key of what may be an end of a front: a word of `CRITERION`, ``points.2``, or an elastic rule's id.

    Raises
    ------
    FaultError
        There is none of that name; suggests the nearest.
    """
    elastic = {rule.id for rule in rules if rule.on and rule.enforce == "elastic"}
    kind, dot, number = name.partition(".")
    key = CRITERION.lookup(name)
    if key is None and dot and number.isdecimal() and int(number) and GOAL.lookup(kind):
        key = f"{GOAL.lookup(kind)}.{int(number)}"
    if key is None and name in elastic:
        key = name
    if key is None:
        suggest = near_words(name, Vocabulary("criterion", CRITERION.terms)) or tuple(sorted(elastic))[:3]
        raise FaultError(fault("unknown_criterion", name, suggest))
    return key
