"""The collector is as it was before, whatever happens in between."""

import gc
from contextlib import suppress

import pytest

from matching.domain.garbage import collector_paused


@pytest.mark.parametrize("on", [True, False])
def test_the_collector_is_put_back(on):
    was_on = gc.isenabled()
    try:
        (gc.enable if on else gc.disable)()
        with suppress(ValueError), collector_paused():
            assert not gc.isenabled()
            raise ValueError
        assert gc.isenabled() == on
    finally:
        (gc.enable if was_on else gc.disable)()
