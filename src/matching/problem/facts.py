"""What every arc is like: the numbers that quotas and points add up."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np

from matching.domain.terms import MODE
from matching.policy.model import Subsidy
from matching.problem.arcs import Arcs
from matching.problem.classes import classes
from matching.problem.conditions import Bools, holds
from matching.problem.fields import Fields
from matching.problem.program import Int32, Int64


@dataclass(frozen=True)
class ArcFacts:
    """Facts of the arcs, each of shape (n_arcs,).

    Attributes
    ----------
    hectometres : -1 where unknown
    yuan : whole yuan over the post's term
    mode : index into the terms of `MODE`, -1 where no mode suits both
    """

    hectometres: Int32
    costed_hectometres: Int32
    yuan: Int64
    mode: Int32
    hours: Int64

    def only(self, arcs: Int64) -> ArcFacts:
        """Return the facts of the arcs at some positions."""
        return ArcFacts(self.hectometres[arcs], self.costed_hectometres[arcs], self.yuan[arcs], self.mode[arcs],
                        self.hours[arcs])

    @property
    def resident(self) -> Bools:
        """Which arcs leave home for the post's place."""
        resident: Bools = self.mode == MODE.rank("resident")
        return resident


def arc_facts(fields: Fields, arcs: Arcs) -> ArcFacts:
    """Work the facts of all arcs out."""
    known = fields.pairs.hectometres(arcs.teacher, arcs.need)
    mode = _modes(fields, arcs)
    return ArcFacts(known, _costed(known, fields), yuan(fields, arcs), mode, _hours(fields, arcs, mode))


def _costed(known: Int32, fields: Fields) -> Int32:
    unknown = known < 0
    return np.where(unknown, np.int32(fields.pairs.largest_hectometres), known) if unknown.any() else known


def _modes(fields: Fields, arcs: Arcs) -> Int32:
    codes = fields.on_pairs("mode", arcs.teacher, arcs.need).array
    mode = np.full(len(arcs), -1, np.int32)
    for rank, term in enumerate(MODE.terms):
        mode[codes == fields.atoms(term.key)] = rank
    return mode


def _hours(fields: Fields, arcs: Arcs, mode: Int32) -> Int64:
    weekly = np.nan_to_num(fields.values("need.weekly_hours").array).astype(np.int64)
    total = np.nan_to_num(fields.values("need.total_hours").array).astype(np.int64)
    return np.where(mode == MODE.rank("part_time"), total[arcs.need], weekly[arcs.need])


def yuan(fields: Fields, arcs: Arcs) -> Int64:
    """Return the subsidy of each arc: of one item the first rule that matches, items added, times the term.

    Rounded half up to whole yuan.
    """
    rules = fields.policy.active(Subsidy)
    scale = lcm(*(r.amount.denominator for r in rules))
    total = np.zeros(len(arcs), np.int64)
    for item in dict.fromkeys(r.item for r in rules):
        paid = np.zeros(len(arcs), np.bool_)
        for rule in (r for r in rules if r.item == item):
            pays = holds(rule.when, fields, arcs.pairs) & ~paid
            total[pays] += int(rule.amount * scale)
            paid |= pays
    return _times_term(total, scale, fields, arcs)


def _times_term(total: Int64, scale: int, fields: Fields, arcs: Arcs) -> Int64:
    kind, terms = classes([n.term for n in fields.instance.needs])
    exact = [Fraction(repr(term)) for term in terms]
    numerator = np.array([t.numerator for t in exact], np.int64)[kind][arcs.need]
    denominator = np.array([t.denominator for t in exact], np.int64)[kind][arcs.need] * scale
    return np.asarray((2 * total * numerator + denominator) // (2 * denominator), np.int64)
