"""What-if's values in words."""

from types import SimpleNamespace

import pytest

from matching.report.whatif.words import value_words


@pytest.mark.parametrize(("exact", "told"), [
    ("20", "20"), ("-3", "-3"), ("1500", "1,500"), ("3/2", "1.5"), (None, "—"), ("county", "county")])
def test_a_value_that_is_no_share(exact, told):
    """Whole numbers too: Python 3.11 writes no Fraction with thousands."""
    assert value_words(SimpleNamespace(), SimpleNamespace(rule=None, field=None), exact) == told
