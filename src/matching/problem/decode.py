"""Arcs back to placements."""

from __future__ import annotations

import numpy as np

from matching.domain.plan import Placement
from matching.domain.terms import MODE
from matching.problem.arcs import Arcs
from matching.problem.classes import Index
from matching.problem.facts import ArcFacts
from matching.problem.fields import Fields
from matching.problem.program import Int64


def placements(fields: Fields, arcs: Arcs, facts: ArcFacts, chosen: Int64) -> tuple[Placement, ...]:
    """Return the placements of the arcs at `chosen`, in the order of teachers."""
    instance = fields.instance
    teacher, need = arcs.teacher[chosen], arcs.need[chosen]
    wish = fields.on_pairs("preference", teacher, need).array.astype(np.int64)
    words = [_words(fields, name, teacher, need) for name in ("subject_fit", "stage_fit")]
    rows = zip(chosen.tolist(), teacher.tolist(), need.tolist(), wish.tolist(), *words, strict=True)
    return tuple(
        Placement(
            teacher=instance.teachers[t].teacher_id,
            need=instance.needs[n].need_id,
            mode=MODE.terms[facts.mode[a]].key if facts.mode[a] >= 0 else None,
            km=None if facts.hectometres[a] < 0 else int(facts.hectometres[a]) / 10,
            yuan=int(facts.yuan[a]),
            preference=w if w <= 3 else None,
            subject_fit=subject,
            stage_fit=stage,
            locked=instance.teachers[t].lock_need in (instance.needs[n].need_id, instance.needs[n].site_id),
        )
        for a, t, n, w, subject, stage in rows
    )


def _words(fields: Fields, name: str, teacher: Index, need: Index) -> list[str]:
    code_of = {fields.atoms(w): w for w in ("main", "alt", "other", "none")}
    return [code_of[c] for c in fields.on_pairs(name, teacher, need).array.tolist()]
