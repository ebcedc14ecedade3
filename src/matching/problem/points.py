"""Points of each arc (Contract 2, "Goals"): every term whole, rounded half up once, then added."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from matching.problem.arcs import Arcs
from matching.problem.columns import Floats
from matching.problem.facts import ArcFacts
from matching.problem.fields import Fields
from matching.problem.program import Int64

Table = Mapping[str, "int | tuple[int, ...]"]


def points_of_arcs(table: Table, fields: Fields, arcs: Arcs, facts: ArcFacts) -> Int64:
    """Return the points of each arc, int64 of shape (n_arcs,)."""
    total = np.zeros(len(arcs), np.int64)
    for name, value in table.items():
        if name == "preference":
            total += _preference(np.atleast_1d(np.asarray(value, np.int64)), fields, arcs)
        elif value and not isinstance(value, tuple):
            total += _TERMS[name](value, fields, arcs, facts)
    return total


def _preference(points: Int64, fields: Fields, arcs: Arcs) -> Int64:
    met = fields.on_pairs("preference", arcs.teacher, arcs.need).array.astype(np.int64)
    return np.where(fields.pairs.named_wish()[arcs.teacher], points[met - 1], 0)


def _half_up(numerator: Int64, denominator: int) -> Int64:
    return np.asarray((2 * numerator + denominator) // (2 * denominator), np.int64)


Term = Callable[[int, Fields, Arcs, ArcFacts], Int64]


def _where(name: str, *words: str) -> Term:
    """Points where a field of the pair is one of `words`, or, without words, is yes."""
    def term(points: int, fields: Fields, arcs: Arcs, facts: ArcFacts) -> Int64:
        values = fields.on_pairs(name, arcs.teacher, arcs.need)
        wanted = [values.encode(w) for w in words] or [1.0]
        return points * np.isin(values.array, wanted).astype(np.int64)
    return term


def _no(name: str) -> Term:
    def term(points: int, fields: Fields, arcs: Arcs, facts: ArcFacts) -> Int64:
        no = fields.on_pairs(name, arcs.teacher, arcs.need).array == 0
        return np.asarray(points * no.astype(np.int64))
    return term


def _km(points: int, fields: Fields, arcs: Arcs, facts: ArcFacts) -> Int64:
    return _half_up(facts.costed_hectometres.astype(np.int64) * points, 10)


def _yuan(points: int, fields: Fields, arcs: Arcs, facts: ArcFacts) -> Int64:
    return _half_up(facts.yuan * points, 1000)


def _other_mode(points: int, fields: Fields, arcs: Arcs, facts: ArcFacts) -> Int64:
    chosen = fields.on_pairs("mode", arcs.teacher, arcs.need).array
    first: Floats = np.array([fields.atoms(n.modes[0]) for n in fields.instance.needs])
    return np.asarray(points * (chosen != first[arcs.need]).astype(np.int64))


def _backbone(points: int, fields: Fields, arcs: Arcs, facts: ArcFacts) -> Int64:
    backbone = fields.values("backbone").array >= fields.backbone_rank
    return np.asarray(points * backbone[arcs.teacher].astype(np.int64))


def _hardship(points: int, fields: Fields, arcs: Arcs, facts: ArcFacts) -> Int64:
    return np.asarray(points * fields.values("host.hardship").array.astype(np.int64)[arcs.need])


def _score(points: int, fields: Fields, arcs: Arcs, facts: ArcFacts) -> Int64:
    scores = np.nan_to_num(fields.values("score").array) * points
    return np.floor(scores + 0.5).astype(np.int64)[arcs.teacher]


_TERMS: Mapping[str, Term] = {
    "km": _km,
    "yuan": _yuan,
    "alt_subject": _where("subject_fit", "alt"),
    "other_stage": _where("stage_fit", "other"),
    "other_mode": _other_mode,
    "other_county": _no("same_county"),
    "not_paired": _where("pairing", "open", "closed", "forbid"),
    "promotion_need": _where("promotion_need"),
    "home_county_match": _where("home_county_match"),
    "backbone": _backbone,
    "hardship": _hardship,
    "language_missing": _no("language_ok"),
    "score": _score,
    "moved": _where("moved"),
}
