"""A small exchange within one county: town schools, village schools with posts, and volunteers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from instances.generator.counties import County
from instances.generator.roster import Roster

from matching.domain.records import Site

SUBJECTS = ("chinese", "math", "english", "chinese", "math")
"""The posts of each village school, and in turn what volunteers teach."""


def county_exchange(roster: Roster, county: County, homes: int, hosts: int, volunteers: int,
                    person: Callable[[Site, int], dict[str, Any]], *, term: float = 1.0,
                    subjects: Sequence[str] = SUBJECTS, **home: Any) -> None:
    """Add primary schools, one post of each subject at each village school, and `volunteers` at each town school.

    Parameters
    ----------
    person : the stated columns of a home's n-th volunteer, n from 0
    home : stated columns of the town schools
    """
    towns = [roster.site(county, "sender", ("primary",), 2.0, **home) for _ in range(homes)]
    for _ in range(hosts):
        village = roster.site(county, "receiver", ("primary",), 15.0)
        for subject in subjects:
            roster.need(village, subject, term=term)
    for town in towns:
        for n in range(volunteers):
            roster.teacher(town, subjects[n % len(subjects)], **person(town, n))
