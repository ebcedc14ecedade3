"""Sets of places as the bits of whole numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from matching.audit.values import Flags


def bits(places: Sequence[int]) -> int:
    """Return the whole number whose bits at `places` are set."""
    flags = bytearray(max(places, default=0) // 8 + 1)
    for at in places:
        flags[at >> 3] |= 1 << (at & 7)
    return int.from_bytes(flags, "little")


def packed(flags: Flags) -> int:
    """Return the whole number whose bits are set where `flags` are."""
    return int.from_bytes(np.packbits(flags, bitorder="little").tobytes(), "little")


def everything(size: int) -> int:
    """Return the bits of all places below `size`."""
    return (1 << size) - 1


def places(number: int) -> Iterator[int]:
    """Yield the places of the bits that are set, lowest first."""
    while number:
        lowest = number & -number
        yield lowest.bit_length() - 1
        number ^= lowest
