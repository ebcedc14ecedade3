"""Whether the eligible pairs are few enough to be numbered and held, told before they are listed."""

from __future__ import annotations

from matching.domain.findings import Finding, InputError, error
from matching.domain.machine import GIB

BYTES = 92
"""What an arc takes at the least, whatever is done with it: its ends and facts, its column, two rows and two goals."""
COMPILED = 300
"""What rows take more, at the least, for each arc that is listed: measured 310 with the base policy's rules, 550 with
all kinds of them."""
MOST = 2**31 - 1
"""How many arcs can be numbered."""


def check(certain: int, about: int, available: int | None) -> None:
    """Refuse pairs that are too many.

    Parameters
    ----------
    certain, about : how many there are at the least, and how many there will be in all
    available : bytes of memory; None where the machine does not tell

    Raises
    ------
    InputError
        With the figure, and what would fit.
    """
    most = MOST if available is None else min(MOST, available // BYTES)
    if certain > most:
        raise InputError([_too_many(about, most, available, BYTES)])


def check_compiled(listed: int, available: int | None) -> None:
    """Refuse to build rows over `listed` arcs where `available` bytes do not do; see `check`."""
    if available is not None and listed * COMPILED > available:
        raise InputError([_too_many(listed, available // COMPILED, available, COMPILED)])


def _too_many(about: int, most: int, available: int | None, each: int) -> Finding:
    need = f"{about * each / GIB:.1f}"
    free_zh = "" if available is None else f"本机可用 {available / GIB:.1f} GB，"
    free_en = "" if available is None else f"this machine has {available / GIB:.1f} GB free; "
    return error(
        "too_many_pairs",
        f"可选的“教师与岗位”组合约有 {about:,} 个，至少需要 {need} GB 内存；{free_zh}最多容纳约 {most:,} 个。"
        "请按距离、县际结对或学科收紧规则，或分地区求解。",
        f"There are about {about:,} eligible pairs of a teacher and a post, which take at least {need} GB of memory; "
        f"{free_en}there is room for about {most:,}. Restrict them by distance, by pairings of counties or by subject, "
        "or solve region by region.", value=str(about))
