"""What is so of teachers and posts: eligibility and the facts of a placement, from instance and policy alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

from matching.audit.fields import Field, Fields
from matching.audit.fits import fit_fields
from matching.audit.funnel import Funnel
from matching.audit.journeys import Roads, journey_fields
from matching.audit.ledger import Credits, ledger_fields
from matching.audit.numbers import exact, half_up
from matching.audit.over import holds
from matching.audit.pair import Pair, joined, receiver, sender
from matching.audit.pairings import Pairings
from matching.audit.person import person_fields
from matching.audit.reader import Reader
from matching.audit.requires import Requirement
from matching.audit.rolls import Book, Roll
from matching.audit.values import Values, classes
from matching.domain.instance import Instance
from matching.domain.plan import Placement
from matching.policy.model import Credit, Policy, Require, Subsidy


class Facts:
    """Facts of an instance under a policy, worked out when asked for and kept.

    Parameters
    ----------
    instance, policy : what is and what shall be

    Raises
    ------
    InputError
        Where a condition of the policy cannot be read.
    """

    def __init__(self, instance: Instance, policy: Policy) -> None:
        self.instance = instance
        self.policy = policy
        self.roads = Roads(instance, policy.detour)
        self.pairings = Pairings(instance)
        extra = (*person_fields(instance, policy), *fit_fields(instance), *journey_fields(self.roads, self.pairings),
                 *ledger_fields(instance, self._credited))
        self.fields = Fields(instance.vocabularies, policy.backbone, {field.name: field for field in extra})
        self.reader = Reader(self.fields)
        lenient = policy.unknown == "accept"
        self.requirements = tuple(Requirement(r, self.reader, lenient) for r in policy.active(Require))
        self._subsidies = [(r, self.reader.criteria(r.when, r.id)) for r in policy.active(Subsidy)]

    @cached_property
    def book(self) -> Book:
        """Teachers and needs by row."""
        return Book(self.instance)

    def roll(self, placed: Iterable[tuple[str, str]]) -> Roll:
        """Return teachers beside needs, both by id; KeyError for an unknown id."""
        rows = [(self.book.teacher_at[teacher], self.book.need_at[need]) for teacher, need in placed]
        teachers, needs = np.array(rows, np.int64).reshape(-1, 2).T
        return Roll(self.book, teachers, needs)

    @cached_property
    def people(self) -> Roll:
        """Every teacher alone."""
        return self.book.people

    @cached_property
    def approved(self) -> Roll:
        """Every approved teacher alone, deferred or not (reading 14)."""
        return self.people.only(np.array([t.status == "approved" for t in self.instance.teachers], np.bool_))

    @cached_property
    def posts(self) -> Roll:
        """Every need alone."""
        return self.book.posts

    @cached_property
    def senders(self) -> Mapping[str, Pair]:
        """Every teacher alone, by id."""
        return {t.teacher_id: sender(self.instance, t) for t in self.instance.teachers}

    @cached_property
    def receivers(self) -> Mapping[str, Pair]:
        """Every need alone, by id."""
        return {n.need_id: receiver(self.instance, n) for n in self.instance.needs}

    @cached_property
    def _credits(self) -> Credits:
        return Credits(self.policy.active(Credit), self.reader, self.instance.ledger)

    def _credited(self, teacher_id: str) -> Fraction:
        return self._credits.hours(self.senders[teacher_id])

    @cached_property
    def funnel(self) -> Funnel:
        """The hard require rules over all teachers and needs."""
        hard = [r for r in self.requirements if r.rule.enforce == "hard"]
        return Funnel(hard, self.people, self.posts)

    def pair(self, teacher_id: str, need_id: str) -> Pair:
        """Return a teacher beside a need; KeyError for an unknown id."""
        return joined(self.senders[teacher_id], self.receivers[need_id])

    def field(self, name: str) -> Field:
        """Return a field of the contract, such as ``km``."""
        found = self.fields.find(name)
        assert found is not None
        return found

    def get(self, name: str, pair: Pair) -> Any:
        """Return the raw value of a field of the contract, such as ``km``."""
        return self.field(name).raw(pair)

    def refusals(self, teacher_id: str, need_id: str) -> tuple[str, ...]:
        """Return the ids of the hard require rules that refuse a pair, in the policy's order."""
        pair = self.pair(teacher_id, need_id)
        return tuple(r.rule.id for r in self.requirements if r.rule.enforce == "hard" and r.refuses(pair))

    def first_refusals(self, roll: Roll) -> Sequence[str | None]:
        """Return of each pair of a roll the first hard require rule that refuses it; None where none does."""
        found: list[str | None] = [None] * len(roll)
        for requirement in self.requirements:
            if requirement.rule.enforce == "hard":
                for at in np.flatnonzero(requirement.refused(roll)).tolist():
                    found[at] = found[at] or requirement.rule.id
        return found

    def eligible(self, teacher_id: str, need_id: str) -> bool:
        """Tell whether no hard require rule refuses a pair."""
        pair = self.pair(teacher_id, need_id)
        return not any(r.refuses(pair) for r in self.requirements if r.rule.enforce == "hard")

    def eligible_needs(self, teacher_id: str) -> int:
        """Return the bits of the needs, in the instance's order, that no hard require rule refuses a teacher."""
        return self.funnel.left(self.senders[teacher_id])

    def has_post(self, person: Pair) -> bool:
        """Tell whether any need is eligible for a teacher."""
        return self.funnel.some(person)

    def has_candidate(self, need_id: str) -> bool:
        """Tell whether any teacher is eligible for a need."""
        return self.funnel.some(self.receivers[need_id])

    def yuan(self, pair: Pair) -> int:
        """Return the subsidy of a placement over its post's term, whole yuan, half up (reading 20)."""
        assert pair.need is not None
        return self._paid([when.hold(pair) for _, when in self._subsidies], pair.need.term)

    def _paid(self, due: Sequence[bool], term: float) -> int:
        items: dict[str, Fraction] = {}
        for (rule, _), this in zip(self._subsidies, due, strict=True):
            if this:
                items.setdefault(rule.item, rule.amount)
        return half_up(sum(items.values(), Fraction(0)) * exact(term))

    def yuan_over(self, roll: Roll) -> Values:
        """Return the subsidy of each placement of a roll."""
        terms = roll.column(self.field("need.term"))
        due = [holds(when, roll) for _, when in self._subsidies]
        first, codes = classes(len(roll), [terms.codes, *(flags.astype(np.int64) for flags in due)])
        return Values([self._paid([bool(flags[at]) for flags in due], terms.values[terms.codes[at]])
                       for at in first.tolist()], codes)

    def placement(self, teacher_id: str, need_id: str) -> Placement:
        """Return a placement with every fact recounted; KeyError for an unknown id."""
        pair = self.pair(teacher_id, need_id)
        km, preference = self.get("km", pair), self.get("preference", pair)
        return Placement(
            teacher_id, need_id, self.get("mode", pair), None if km is None else float(km), self.yuan(pair),
            None if preference == "none" else preference, self.get("subject_fit", pair),
            self.get("stage_fit", pair), locked(pair),
        )

    def placements(self, roll: Roll) -> Iterator[Placement]:
        """Yield every placement of a roll, its facts recounted."""
        km = roll.column(self.field("km")).map(lambda found: None if found is None else float(found))
        preference = roll.column(self.field("preference")).map(lambda found: None if found == "none" else found)
        fits = [roll.column(self.field(name)).each() for name in ("subject_fit", "stage_fit")]
        teacher, lock, need, host = (
            roll.column(self.field(name)).each() for name in ("teacher", "lock_need", "need", "host"))
        bound = [post is not None and post in ends for post, *ends in zip(lock, need, host, strict=True)]
        mode, yuan = roll.column(self.field("mode")), self.yuan_over(roll)
        return map(Placement, teacher, need, mode.each(), km.each(), yuan.each(), preference.each(), *fits, bound)


def locked(pair: Pair) -> bool:
    """Tell whether the teacher is locked on this post or its site."""
    assert pair.teacher is not None
    assert pair.need is not None
    post = pair.teacher.lock_need
    return post is not None and post in (pair.need.need_id, pair.need.site_id)
