"""Every study by its id."""

from __future__ import annotations

from collections.abc import Mapping

from matching.studies.case import Case
from matching.studies.duty import DUTY
from matching.studies.hours import HOURS
from matching.studies.profile import PROFILE
from matching.studies.selection import SELECTION
from matching.studies.stability import STABILITY
from matching.studies.staffing import STAFFING
from matching.studies.study import Study
from matching.studies.subjects import SUBJECTS
from matching.studies.swaps import SWAPS
from matching.studies.unverified import UNVERIFIED
from matching.studies.wishes import WISHES
from matching.studies.years import YEARS

STUDIES: Mapping[str, Study] = {study.id: study for study in (
    STAFFING, SUBJECTS, SELECTION, PROFILE, HOURS, YEARS, DUTY, WISHES, SWAPS, STABILITY, UNVERIFIED,
)}
"""In the order in which they are shown."""


def studies_of(case: Case) -> Mapping[str, Study]:
    """Return the studies that have meaning for the case's policy and instance, by id."""
    return {name: study for name, study in STUDIES.items() if study.telling(case)}
