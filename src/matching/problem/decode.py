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
    ends = [instance.teachers[t] for t in teacher.tolist()], [instance.needs[n] for n in need.tolist()]
    told = (facts.mode[chosen].tolist(), facts.hectometres[chosen].tolist(), facts.yuan[chosen].tolist())
    rows = zip(*ends, *told, wish.tolist(), *words, strict=True)
    return tuple(
        Placement(
            teacher=one.teacher_id,
            need=post.need_id,
            mode=MODE.terms[mode].key if mode >= 0 else None,
            km=None if hectometres < 0 else hectometres / 10,
            yuan=yuan,
            preference=w if w <= 3 else None,
            subject_fit=subject,
            stage_fit=stage,
            locked=one.lock_need in (post.need_id, post.site_id),
        )
        for one, post, mode, hectometres, yuan, w, subject, stage in rows
    )


def _words(fields: Fields, name: str, teacher: Index, need: Index) -> list[str]:
    code_of = {fields.atoms(w): w for w in ("main", "alt", "other", "none")}
    return [code_of[c] for c in fields.on_pairs(name, teacher, need).array.tolist()]
