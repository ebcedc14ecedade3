"""Changing single values of a policy, as a library or a what-if does."""

from __future__ import annotations

from collections.abc import Mapping

from matching.domain.findings import Finding
from matching.domain.terms import VOCABULARIES
from matching.policy.build import build
from matching.policy.draft import CLEAR, Draft, Place, Table, table
from matching.policy.faults import FaultError, near, refusal
from matching.policy.layers import draft_of, lay
from matching.policy.literals import Vocabularies
from matching.policy.model import Policy, Quota

_PLACE = Place("replace")
_TABLES = ("policy", "points", "ranking")


def replace(policy: Policy, changes: Mapping[str, object] | None = None, /, *,
            vocabularies: Vocabularies = VOCABULARIES, **by_rule: object) -> Policy:
    """Return `policy` with single values changed.

    Parameters
    ----------
    changes
        ``{"backbone-share.at_least": 0.25, "policy.backbone": "city", "points.km": 2}``. A rule's id alone takes a
        number for its one stated bound, true or false to switch it on or off, or a mapping of fields. None clears.
    by_rule
        The same with underscores for the hyphens of an id: ``backbone_share=0.25``.

    Raises
    ------
    InputError
        A name that is no rule or field, a number for a rule that has none or two bounds, or a value that is wrong.
    """
    findings: list[Finding] = []
    whole = draft_of(policy)
    for name, value in {**(changes or {}), **by_rule}.items():
        try:
            whole = lay(whole, _change(policy, name, value), findings)
        except FaultError as refused:
            findings += (_PLACE.finding(fault, name) for fault in refused.faults)
    return build(whole, vocabularies, findings)


def _change(policy: Policy, name: str, value: object) -> Draft:
    rule_id = _rule_id(policy, name)
    if rule_id:
        return _rule(rule_id, _fields(policy, rule_id, value))
    head, dot, key = name.rpartition(".")
    rule_id = _rule_id(policy, head) if dot else None
    if rule_id:
        return _rule(rule_id, {key: value})
    if head in _TABLES:
        changed = {name: table({key: _raw(value)} if name == head else {}, _PLACE) for name in _TABLES}
        return Draft(policy=changed["policy"], points=changed["points"], ranking=changed["ranking"])
    ids = [rule.id for rule in policy.rules]
    raise refusal("unknown_rule", head or name, near(head or name, ids) or ids[:8])


def _rule_id(policy: Policy, name: str) -> str | None:
    wanted = (name, name.replace("_", "-"))
    return next((rule.id for rule in policy.rules if rule.id in wanted), None)


def _rule(rule_id: str, values: Mapping[str, object]) -> Draft:
    raw: Table = table({"id": rule_id} | {key: _raw(value) for key, value in values.items()}, _PLACE)
    return Draft(rules={rule_id: raw})


def _raw(value: object) -> object:
    return CLEAR if value is None else value


def _fields(policy: Policy, rule_id: str, value: object) -> Mapping[str, object]:
    if isinstance(value, Mapping):
        return value
    if isinstance(value, bool):
        return {"on": value}
    rule = policy.rule(rule_id)
    stated = [key for key in ("at_least", "at_most") if isinstance(rule, Quota) and getattr(rule, key) is not None]
    if len(stated) != 1:
        raise refusal("which_bound", suggest=[f"{rule_id}.{key}" for key in stated or ("on", "enforce")], rule=rule_id)
    return {stated[0]: value}
