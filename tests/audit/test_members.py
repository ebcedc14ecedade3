"""Who belongs to which group, by arrays, is what a loop over rows and their keys finds."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matching.audit.members import members, occurring
from matching.audit.values import Values

KEYS = tuple((name,) for name in "abcd")


@st.composite
def columns(draw):
    """Each distinct value is the keys of some groups, none or several; rows are some of those that have one."""
    values = draw(st.lists(st.lists(st.sampled_from(KEYS), unique=True, max_size=3).map(tuple), min_size=1, max_size=4))
    codes = draw(st.lists(st.integers(0, len(values) - 1), max_size=8))
    rows = draw(st.sets(st.integers(0, len(codes) - 1))) if codes else set()
    return Values(values, np.array(codes, np.int64)), np.array(sorted(rows), np.int64)


@given(columns(), st.lists(st.sampled_from(KEYS), unique=True))
def test_members_are_those_a_loop_finds(case, groups):
    column, rows = case
    plain = [(groups.index(key), row) for row in rows.tolist() for key in column.each()[row] if key in groups]
    found = members(column, rows, {key: at for at, key in enumerate(groups)})
    assert list(zip(found.group.tolist(), found.which.tolist(), strict=True)) == plain
    n = len(groups)
    assert found.many(n).tolist() == [sum(group == at for group, _ in plain) for at in range(n)]
    amounts = 3 * np.arange(len(column.codes)) + 1
    assert found.sums(amounts, n).tolist() == [sum(3 * row + 1 for group, row in plain if group == at)
                                               for at in range(n)]
    if n:
        assert [part.tolist() for part in found.split(n)] == [[row for group, row in plain if group == at]
                                                              for at in range(n)]


@given(columns())
def test_groups_that_occur_come_in_the_order_of_rows(case):
    column, rows = case
    assert list(occurring(column, rows)) == list(dict.fromkeys(key for row in rows for key in column.each()[row]))
