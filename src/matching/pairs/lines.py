"""What a design says, pair by pair: who with whom and why, who stays alone and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from matching.domain.plan import Placement
from matching.domain.records import Pairing, Site, Teacher
from matching.domain.text import Text
from matching.pairs.design import Design
from matching.pairs.records import record
from matching.policy.checks import condition_fields
from matching.policy.fields import FIELDS, SENDING
from matching.policy.model import Require, Rule


class SchoolPair(NamedTuple):
    """A supporter and a weak school; `strengths` are the subjects strong in one and weak in the other."""

    supporter: Site
    supported: Site
    km: float | None
    stages: tuple[str, ...]
    strengths: tuple[str, ...]


class MentorPair(NamedTuple):
    """A mentor and a mentee; `km` is between their schools."""

    mentor: Teacher
    mentee: Teacher
    km: float | None


class Alone(NamedTuple):
    """A school or teacher without a pair: the reason's code (Contract 3), and in words."""

    who: Site | Teacher
    reason: str
    text: Text


def school_pairs(design: Design) -> tuple[SchoolPair, ...]:
    """Return the pairs of schools, in the order of the weak schools."""
    return tuple(_school_pair(design, pair) for pair in design.pairs)


def _school_pair(design: Design, pair: Placement) -> SchoolPair:
    supporter, supported = design.instance.site[pair.teacher], design.instance.site[pair.need]
    stages = tuple(s for s in supporter.stages if s in supported.stages)
    strengths = tuple(s for s in supporter.strong_subjects if s in supported.weak_subjects)
    return SchoolPair(supporter, supported, pair.km, stages, strengths)


def mentor_pairs(design: Design) -> tuple[MentorPair, ...]:
    """Return the pairs of teachers, in the order of the mentors."""
    of = design.instance.teacher
    return tuple(MentorPair(of[pair.need], of[pair.teacher], pair.km) for pair in design.pairs)


def alone(design: Design) -> tuple[Alone, ...]:
    """Return the weak schools, or the young teachers, that found nobody."""
    return tuple(_alone_schools(design) if design.of == "schools" else _alone_mentees(design))


def _alone_schools(design: Design) -> Iterator[Alone]:
    for line in design.plan.unfilled:
        if line.gap == design.result.instance.need[line.need].count:
            yield Alone(design.instance.site[line.need], line.reason, reason_words(design, line.reason))


def _alone_mentees(design: Design) -> Iterator[Alone]:
    """Leave out those whom a rule on the mentee alone refuses: they are not young."""
    rules = {rule.id: rule for rule in design.policy.rules}
    for line in design.plan.unplaced:
        if not _of_mentee_alone(rules.get(line.reason)):
            yield Alone(design.instance.teacher[line.teacher], line.reason, reason_words(design, line.reason))


def _of_mentee_alone(rule: Rule | None) -> bool:
    if not isinstance(rule, Require):
        return False
    return all(FIELDS[name].side in SENDING for name in condition_fields(rule.when + rule.that))


_WORDS = {
    "no_candidate": Text("没有可以结对的对象", "there is nobody to pair with"),
    "all_placed_elsewhere": Text("合适的对象都已与别人结对", "everyone suitable is paired with others"),
    "no_seat_left": Text("合适的对象都已与别人结对", "everyone suitable is paired with others"),
    "not_needed": Text("再结一对不会使方案更好", "a further pair would not improve the plan"),
}


def reason_words(design: Design, code: str) -> Text:
    """Return a reason's code in words."""
    rule = next((rule for rule in design.policy.rules if rule.id == code), None)
    if rule is None:
        return _WORDS.get(code, Text(code, code))
    if isinstance(rule, Require):
        return Text(f"按“{rule.title.zh}”（规则 {code}）筛选后，没有合适的对象",
                    f'nobody is left after "{rule.title.en}" (rule {code})')
    return Text(f"再结一对会违反“{rule.title.zh}”（规则 {code}）",
                f'one more pair would break "{rule.title.en}" (rule {code})')


def pairing_rows(design: Design, two_way: bool = False) -> tuple[Pairing, ...]:
    """Return the pairs of schools as rows of the sheet 结对: each opens the way, both ways where `two_way`."""
    basis = f"结对设计（政策 {design.policy.id}）"
    return tuple(record(Pairing, origin=pair.supporter.site_id, destination=pair.supported.site_id, rule="allow",
                        two_way=two_way, basis=basis) for pair in school_pairs(design))
