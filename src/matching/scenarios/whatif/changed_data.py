"""An instance with the changes of a scenario made, and what was changed in words."""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np

from matching.domain.findings import InputError, error
from matching.domain.instance import Instance
from matching.domain.records import Need, Teacher
from matching.domain.text import Text
from matching.policy.conditions import Condition
from matching.policy.model import Policy
from matching.problem.conditions import Pairs, holds
from matching.problem.fields import Fields
from matching.scenarios.whatif.scenario import Add, Change, Close, Keep, Scenario, Seats

MARK = "NEW"
"""Begins the ids of teachers who are added."""


class Changed(NamedTuple):
    """An instance, and a sentence for each change that was made to it."""

    instance: Instance
    told: tuple[Text, ...]


def changed(instance: Instance, policy: Policy, scenario: Scenario, seed: int) -> Changed:
    """Return the instance with the scenario's changes made, one after another.

    Parameters
    ----------
    policy : by whose date and levels conditions are read
    seed : who stays where only some do

    Raises
    ------
    InputError
        Where a change speaks of nobody and nothing.
    """
    told = []
    for number, change in enumerate(scenario.changes, 1):
        work = _Work(instance, policy, scenario, random.Random(f"{seed} {scenario.id} {number}"), number)
        instance, sentence = work.make(change)
        told.append(sentence)
    return Changed(instance, tuple(told))


class _Work:
    def __init__(self, instance: Instance, policy: Policy, scenario: Scenario, draw: random.Random,
                 number: int) -> None:
        self._instance, self._policy, self._scenario = instance, policy, scenario
        self._draw, self._number = draw, number

    def make(self, change: Change) -> tuple[Instance, Text]:
        if isinstance(change, Keep):
            return self._keep(change)
        if isinstance(change, Close):
            return self._close(change)
        return self._add(change) if isinstance(change, Add) else self._seats(change)

    def _keep(self, change: Keep) -> tuple[Instance, Text]:
        ids = [t.teacher_id for t in self._teachers(change.teachers)]
        many = change.number if change.share is None else _half_up(change.share * len(ids))
        gone = set(ids) - set(self._draw.sample(sorted(ids), min(many, len(ids))))
        said = change.teachers.text
        return without_teachers(self._instance, gone), Text(
            f"教师（{said}）{len(ids)} 人中留下 {len(ids) - len(gone)} 人",
            f"Of {len(ids)} teachers ({said}), {len(ids) - len(gone)} stay")

    def _close(self, change: Close) -> tuple[Instance, Text]:
        instance, sites = self._instance, set(change.sites)
        gone = {t.teacher_id for t in instance.teachers if t.home_site in sites}
        posts = {n.need_id for n in instance.needs if n.site_id in sites}
        left = without_needs(without_teachers(instance, gone), posts, sites)
        kept = replace(left, pairings=tuple(p for p in left.pairings if not sites & {p.origin, p.destination}),
                       staffing=tuple(row for row in left.staffing if row.site_id not in sites))
        names = [f"{instance.site[s].name}（{s}）" for s in change.sites]
        return kept, Text(f"关闭 {'、'.join(names)}：少 {len(posts)} 个岗位、{len(gone)} 名教师",
                          f"Closed: {', '.join(change.sites)} ({len(posts)} posts and {len(gone)} teachers fewer)")

    def _add(self, change: Add) -> tuple[Instance, Text]:
        models = [t for t in self._teachers(change.like) if t.status == "approved" and not t.deferred]
        if not models:
            raise self._nobody("add", change.like)
        known = self._instance.teacher
        head = f"{MARK}-{self._scenario.id}-{self._number}"
        names = [f"{head}-{k}" for k in range(1, change.number + 1)]
        names = [name if name not in known else f"{name}+" for name in names]
        new = [_like(models[k % len(models)], name, change.put) for k, name in enumerate(names)]
        said = change.like.text
        return replace(self._instance, teachers=(*self._instance.teachers, *new)), Text(
            f"增加 {change.number} 名教师，与现有教师（{said}）相仿",
            f"{change.number} more teachers, like those there are ({said})")

    def _seats(self, change: Seats) -> tuple[Instance, Text]:
        which = {n.need_id for n in self._needs(change.needs)}
        old = sum(n.count for n in self._instance.needs if n.need_id in which)
        needs = tuple(_seated(n, change) if n.need_id in which else n for n in self._instance.needs)
        new = sum(n.count for n in needs if n.need_id in which)
        gone = {n.need_id for n in needs if not n.count}
        said = change.needs.text
        return without_needs(replace(self._instance, needs=needs), gone), Text(
            f"岗位（{said}）{len(which)} 个：席位由 {old} 个变为 {new} 个",
            f"{len(which)} posts ({said}): {new} seats instead of {old}")

    def _teachers(self, whom: Condition) -> list[Teacher]:
        staff = self._instance.teachers
        pairs = Pairs(np.arange(len(staff)), np.zeros(len(staff), np.int64))
        found = self._where(whom, pairs, bool(self._instance.needs))
        if not found:
            raise self._nobody("teachers", whom)
        return [staff[k] for k in found]

    def _needs(self, which: Condition) -> list[Need]:
        needs = self._instance.needs
        found = self._where(which, Pairs(np.zeros(len(needs), np.int64), np.arange(len(needs))),
                            bool(self._instance.teachers))
        if not found:
            raise self._nobody("needs", which)
        return [needs[k] for k in found]

    def _where(self, which: Condition, pairs: Pairs, any_other: bool) -> list[int]:
        if not len(pairs.teacher) or not any_other:
            return []
        return [int(k) for k in np.flatnonzero(holds((which,), Fields(self._instance, self._policy), pairs))]

    def _nobody(self, key: str, which: Condition) -> InputError:
        place = f"{self._scenario.id}.change {self._number}.{key}"
        return InputError([error("matches_nothing", f"{place}：没有符合“{which.text}”的教师或岗位",
                                 f"{place}: nobody and nothing matches {which.text!r}", column=place,
                                 value=which.text)])


def without_teachers(instance: Instance, gone: Collection[str]) -> Instance:
    """Return the instance without some teachers, and without what is stated of them."""
    return replace(instance, teachers=tuple(t for t in instance.teachers if t.teacher_id not in gone),
                   ledger=tuple(row for row in instance.ledger if row.teacher_id not in gone))


def without_needs(instance: Instance, gone: Collection[str], sites: Collection[str] = ()) -> Instance:
    """Return the instance without some posts; wishes, locks and former posts that name them, or `sites`, go too."""
    lost = {*gone, *sites}
    return replace(instance, needs=tuple(n for n in instance.needs if n.need_id not in gone),
                   teachers=tuple(_forgetting(t, lost) for t in instance.teachers))


def _forgetting(teacher: Teacher, lost: Collection[str]) -> Teacher:
    keys = ("pref_1", "pref_2", "pref_3", "lock_need", "last_need")
    named: dict[str, Any] = {key: None for key in keys if getattr(teacher, key) in lost}
    return teacher._replace(**named, avoid_sites=tuple(s for s in teacher.avoid_sites if s not in lost))


def _like(model: Teacher, name: str, put: Mapping[str, Any]) -> Teacher:
    """Return a teacher like another, without what is theirs alone."""
    bare = model._replace(teacher_id=name, name=name, pref_1=None, pref_2=None, pref_3=None, avoid_sites=(),
                          max_km=None, group=None, mandatory=False, lock_need=None, last_need=None)
    return bare._replace(**put)


def _seated(need: Need, change: Seats) -> Need:
    if change.number is not None:
        return need._replace(count=change.number)
    return need._replace(count=max(0, _half_up(change.times * need.count) + change.more))


def _half_up(value: Fraction) -> int:
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)
