"""Signs of adverse selection, and who could go instead."""

from __future__ import annotations

from datetime import date

import pytest

from matching.studies import Case
from tests import builders as b
from tests.studies.cases import BASE, case, rows


def made() -> Case:
    """T1 came last autumn, T2 teaches PE; of their colleagues T3 could go, T4 is better, T5 to T9 could not."""
    sites = [b.site("S1", "sender"), b.site("S2", "sender"), b.site("H1", "receiver")]
    pe = {"subject": "pe", "joined": date(2010, 9, 1)}
    people = [
        b.teacher("T1", "S1", joined=date(2025, 10, 1), backbone="city", title="senior"),
        b.teacher("T2", "S1", **pe),
        b.teacher("T3", "S1", joined=date(2010, 9, 1)),
        b.teacher("T4", "S1", backbone="county"),
        b.teacher("T5", "S1", subject="math"),
        b.teacher("T6", "S2"),
        b.teacher("T7", "S1", deferred=True),
        b.teacher("T8", "S1", status="pending"),
        b.teacher("T9", "S1", joined=date(2026, 2, 1)),
    ]
    needs = [b.need("N1", "H1"), b.need("N2", "H1", subject="pe")]
    return case(b.instance(sites, needs, people), BASE, ("T1", "N1"), ("T2", "N2"))


def test_who_is_new_or_teaches_no_main_subject_is_flagged() -> None:
    first, second = rows("selection", made())
    assert (first.flags, first.flagged, first.replacements) == (("new",), True, ("T4", "T3"))
    assert (second.flags, second.replacements) == (("minor",), ())


@pytest.mark.parametrize(("joined", "flags"), [(date(2025, 9, 1), ()), (date(2025, 9, 2), ("new",)), (None, ())])
def test_a_year_is_a_whole_year_at_the_reference_date(joined: date | None, flags: tuple[str, ...]) -> None:
    one = b.instance([b.site("S1", "sender"), b.site("H1", "receiver")], [b.need("N1", "H1")],
                     [b.teacher("T1", "S1", joined=joined)])
    row, = rows("selection", case(one, BASE, ("T1", "N1")))
    assert (row.flags, row.flagged) == (flags, bool(flags))


@pytest.mark.parametrize(("stage", "subject", "flagged"), [
    ("primary", "generalist", False), ("primary", "physics", True), ("junior", "physics", False),
    ("junior", "geography", True), ("senior", "geography", False), ("vocational", "cooking", False)])
def test_main_subjects_hang_on_the_stage(stage: str, subject: str, flagged: bool) -> None:
    words = {"subject": subject, "stage": stage}
    one = b.instance([b.site("S1", "sender"), b.site("H1", "receiver")], [b.need("N1", "H1", **words)],
                     [b.teacher("T1", "S1", subject=subject, stages=(stage,))])
    row, = rows("selection", case(one, BASE, ("T1", "N1")))
    assert row.flagged == flagged


def test_those_sent_are_counted_by_title_level_and_sign() -> None:
    assert [tuple(r) for r in rows("profile", made())] == [
        ("title", "senior", 1, 0.5), ("title", "first", 1, 0.5), ("backbone", "city", 1, 0.5),
        ("backbone", "none", 1, 0.5), ("flag", "new", 1, 0.5), ("flag", "minor", 1, 0.5)]
