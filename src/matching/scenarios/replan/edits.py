"""Changes written into the instance and the policy, so that a run folder of them says all that holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from matching.domain.instance import Instance
from matching.domain.records import Teacher
from matching.domain.text import Text
from matching.policy.build import build
from matching.policy.draft import Place, table
from matching.policy.layers import draft_of
from matching.policy.model import Place as PlaceRule
from matching.policy.model import Policy, Quota, Require
from matching.policy.scan import quote
from matching.scenarios.replan.changes import Before, Changes, Pair

WITHDRAWN = Text("撤回", "withdrawn")
_PLACE = Place("replan")
_FORBID, _PIN, _GONE = "forbid", "pin", "withdrawn"


def edited(before: Before, changes: Changes) -> tuple[Instance, Policy]:
    """Return the instance and the policy as they are after the changes.

    Who withdraws is deferred; a pin is a lock, or a rule where the policy does not keep a teacher to one locked post; a
    forbidden pair is a rule on eligibility; a closed post is gone.
    """
    locked = dict(changes.pin) if _locks_hold(before.policy) else {}
    pins = () if locked else changes.pin
    policy = with_rules(before.policy, before.instance, (*_forbidding(before.policy, changes.forbid),
                                                        *_pinning(before.policy, pins),
                                                        *_withdrawing(before.policy, changes.withdraw)))
    return _instance(before.instance, changes, locked), policy


def _instance(instance: Instance, changes: Changes, locked: Mapping[str, str]) -> Instance:
    gone, closed = frozenset(changes.withdraw), frozenset(changes.close)
    places = {site.site_id for site in instance.sites} | {site.county for site in instance.sites}
    teachers = tuple(_teacher(t, gone, closed - places, closed, locked) for t in instance.teachers)
    return replace(instance, teachers=teachers, needs=tuple(n for n in instance.needs if n.need_id not in closed))


def _teacher(t: Teacher, gone: frozenset[str], wishes: frozenset[str], closed: frozenset[str],
             locked: Mapping[str, str]) -> Teacher:
    if t.teacher_id in gone:
        t = t._replace(deferred=True, deferred_reason=WITHDRAWN.zh, lock_need=None)
    if t.teacher_id in locked:
        t = t._replace(lock_need=locked[t.teacher_id])
    if not closed.isdisjoint((t.pref_1, t.pref_2, t.pref_3, t.last_need)):
        first, second, third = (None if wish in wishes else wish for wish in (t.pref_1, t.pref_2, t.pref_3))
        t = t._replace(pref_1=first, pref_2=second, pref_3=third,
                       last_need=None if t.last_need in closed else t.last_need)
    return t


def _locks_hold(policy: Policy) -> bool:
    """Tell whether the policy's own rules keep a locked teacher to the locked post, and to no other."""
    rules = {rule.id: rule for rule in policy.rules if rule.on and rule.enforce == "hard"}
    one, lock, locked = rules.get("one-post"), rules.get("lock"), rules.get("locked")
    return (isinstance(one, Quota) and one.at_most == 1 and not one.when and not one.count
            and isinstance(lock, Require) and isinstance(locked, PlaceRule))


def _forbidding(policy: Policy, pairs: Iterable[Pair]) -> Iterator[Mapping[str, object]]:
    needs: dict[str, list[str]] = defaultdict(list)
    for teacher, need in pairs:
        needs[teacher].append(need)
    for teacher, forbidden in needs.items():
        yield {"id": _new_id(policy, f"{_FORBID}-{teacher}"), "kind": "require",
               "title": Text(f"{teacher} 不到{'、'.join(forbidden)}", f"{teacher} not at {', '.join(forbidden)}"),
               "when": f"teacher_id = {quote(teacher)}", "that": f"need_id not in {'|'.join(map(quote, forbidden))}"}


def _pinning(policy: Policy, pairs: Iterable[Pair]) -> Iterator[Mapping[str, object]]:
    for teacher, need in pairs:
        yield {"id": _new_id(policy, f"{_PIN}-{teacher}"), "kind": "quota", "at_least": 1,
               "title": Text(f"指定 {teacher} 到 {need}", f"{teacher} pinned to {need}"),
               "when": f"teacher_id = {quote(teacher)}; need_id = {quote(need)}"}


def _withdrawing(policy: Policy, teachers: tuple[str, ...]) -> Iterator[Mapping[str, object]]:
    """Yield a rule where the policy's own does not keep the deferred from being placed."""
    rule = next((r for r in policy.rules if r.id == "deferred"), None)
    if not teachers or (isinstance(rule, Require) and rule.on and rule.enforce == "hard" and not rule.when):
        return
    yield {"id": _new_id(policy, _GONE), "kind": "require", "title": WITHDRAWN,
           "when": f"teacher_id in {'|'.join(map(quote, teachers))}", "that": "deferred = no"}


def _new_id(policy: Policy, wanted: str) -> str:
    taken, number, found = {rule.id for rule in policy.rules}, 2, wanted
    while found in taken:
        found, number = f"{wanted}-{number}", number + 1
    return found


def with_rules(policy: Policy, instance: Instance, rules: Iterable[Mapping[str, object]]) -> Policy:
    """Return `policy` with further rules behind its own, each as a policy file would state it."""
    raw = {str(rule["id"]): table(rule, _PLACE) for rule in rules}
    if not raw:
        return policy
    draft = draft_of(policy)
    return build(replace(draft, rules={**draft.rules, **raw}), instance.vocabularies)
