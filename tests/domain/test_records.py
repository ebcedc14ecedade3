"""The records and the sheets describe the same columns."""

import pytest

from matching.domain import records as r
from matching.domain import sheets as s

PAIRS = [(r.Site, s.SITES), (r.Need, s.NEEDS), (r.Teacher, s.TEACHERS), (r.Pairing, s.PAIRINGS),
         (r.Distance, s.DISTANCES), (r.Staffing, s.STAFFING), (r.PolicyRow, s.POLICY), (r.GoalRow, s.GOALS),
         (r.PointsRow, s.POINTS), (r.LedgerRow, s.LEDGER), (r.DictionaryRow, s.DICTIONARY)]
RENAMED = {"from": "origin", "to": "destination", "min": "minimum", "max": "maximum"}


@pytest.mark.parametrize(("record", "sheet"), PAIRS)
def test_fields_are_the_sheets_columns_in_order(record, sheet):
    assert record._fields == tuple(RENAMED.get(column.key, column.key) for column in sheet.columns)
