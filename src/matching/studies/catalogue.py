"""Every study by its id."""

from __future__ import annotations

from collections.abc import Mapping

from matching.studies.case import Case
from matching.studies.staffing import STAFFING
from matching.studies.study import Study

STUDIES: Mapping[str, Study] = {study.id: study for study in (STAFFING,)}
"""In the order in which they are shown."""


def studies_of(case: Case) -> Mapping[str, Study]:
    """Return the studies that have meaning for the case's policy and instance, by id."""
    return {name: study for name, study in STUDIES.items() if study.telling(case)}
