"""Where a subject rests on nobody, or on exchange teachers alone."""

from __future__ import annotations

import pytest

from tests import builders as b
from tests.studies.cases import BASE, case, rows


@pytest.mark.parametrize(("staff", "exchange", "left", "risk"), [
    (1, None, 0, "last"), (2, None, 1, None), (2, 1, 1, "rests"), (3, 1, 2, None), (None, None, None, None)])
def test_one_who_leaves(staff: int | None, exchange: int | None, left: int | None, risk: str | None) -> None:
    made = b.instance([b.site("S1"), b.site("H1", "receiver")], [b.need("N1", "H1")], [b.teacher("T1", "S1")],
                      staffing=[b.staffing("S1", subject="chinese", staff=staff, exchange_staff=exchange)])
    row, = rows("subjects", case(made, BASE, ("T1", "N1")))
    assert (row.leaving, row.coming, row.left, row.risk) == (1, 0, left, risk)


@pytest.mark.parametrize(("staff", "left", "risk"), [(0, 1, "rests"), (1, 2, None)])
def test_one_who_comes(staff: int, left: int, risk: str | None) -> None:
    made = b.instance([b.site("S1", "sender"), b.site("H1", "receiver")], [b.need("N1", "H1")], [b.teacher("T1", "S1")],
                      staffing=[b.staffing("H1", subject="chinese", staff=staff), b.staffing("H1", staff=9)])
    row, = rows("subjects", case(made, BASE, ("T1", "N1")))
    assert (row.coming, row.left, row.risk) == (1, left, risk)


def test_who_does_not_move_leaves_nobody_behind() -> None:
    made = b.instance([b.site("S1"), b.site("H1", "receiver")], [b.need("N1", "H1", modes=("online",))],
                      [b.teacher("T1", "S1", modes=("online",))],
                      staffing=[b.staffing("S1", subject="chinese", staff=1)])
    row, = rows("subjects", case(made, BASE, ("T1", "N1")))
    assert (row.leaving, row.risk) == (0, None)
