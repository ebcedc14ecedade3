"""What is: the bureau's data, complete and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from matching.domain.records import (
    DictionaryRow,
    Distance,
    GoalRow,
    LedgerRow,
    Need,
    Pairing,
    PointsRow,
    PolicyRow,
    Site,
    Staffing,
    Teacher,
)
from matching.domain.terms import BACKBONE, VOCABULARIES
from matching.domain.vocabulary import Term, Vocabulary, fold


@dataclass(frozen=True)
class Instance:
    """Everything that was read, sheet by sheet, in the order of the rows.

    References between records are known to hold: reading refuses what names nothing.
    """

    sites: tuple[Site, ...]
    needs: tuple[Need, ...]
    teachers: tuple[Teacher, ...]
    pairings: tuple[Pairing, ...] = ()
    distances: tuple[Distance, ...] = ()
    staffing: tuple[Staffing, ...] = ()
    policy: tuple[PolicyRow, ...] = ()
    goals: tuple[GoalRow, ...] = ()
    points: tuple[PointsRow, ...] = ()
    ledger: tuple[LedgerRow, ...] = ()
    dictionary: tuple[DictionaryRow, ...] = ()

    @cached_property
    def site(self) -> Mapping[str, Site]:
        """Sites by id."""
        return {s.site_id: s for s in self.sites}

    @cached_property
    def need(self) -> Mapping[str, Need]:
        """Needs by id."""
        return {n.need_id: n for n in self.needs}

    @cached_property
    def teacher(self) -> Mapping[str, Teacher]:
        """Teachers by id."""
        return {t.teacher_id: t for t in self.teachers}

    @cached_property
    def vocabularies(self) -> Mapping[str, Vocabulary]:
        """The contract's vocabularies with this instance's dictionary added."""
        return extended_vocabularies(self.dictionary)

    @cached_property
    def honour_levels(self) -> Mapping[str, str]:
        """The backbone level that each honour, folded, stands for."""
        levels = {fold(r.name): BACKBONE.lookup(r.value) for r in self.dictionary if r.category == "honour"}
        return {name: level for name, level in levels.items() if level is not None}

    def backbone_level(self, teacher: Teacher) -> str:
        """Return the higher of the level stated and the levels of the teacher's honours."""
        levels = [self.honour_levels[h] for h in map(fold, teacher.honours) if h in self.honour_levels]
        return max((teacher.backbone, *levels), key=BACKBONE.rank)


def extended_vocabularies(rows: tuple[DictionaryRow, ...]) -> Mapping[str, Vocabulary]:
    """Return the contract's vocabularies with the aliases and subjects that `rows` add.

    A value that the vocabulary knows takes the name as an alias; of the category ``subject``, any other value
    is a new subject whose key is the value itself.
    """
    extended = dict(VOCABULARIES)
    for row in rows:
        if row.category == "honour":
            continue
        words = extended[row.category]
        key = words.lookup(row.value)
        if key is None and row.category != "subject":
            continue
        term = Term(key, words.zh(key), (row.name,)) if key else Term(row.value, row.value, (row.name,))
        extended[row.category] = words.extended([term])
    return extended
