"""Cutting a text at separators that stand outside quotes."""

from __future__ import annotations

import re
from typing import NamedTuple

from matching.policy.faults import plain, refusal

_QUOTED = re.compile("\"[^\"]*\"|'[^']*'|“[^”]*”|‘[^’]*’|「[^」]*」")
_LONE = re.compile("[\"'“”‘’「」]")
_MARK = re.compile("\x00(\\d+)\x00")


class Masked(NamedTuple):
    """A text in NFKC with each quoted piece replaced by a mark, so that it can be cut safely."""

    text: str
    quoted: tuple[str, ...]

    def content(self, piece: str) -> str | None:
        """Return what stands in quotes where `piece` is one quoted text, else None."""
        mark = _MARK.fullmatch(piece.strip())
        return self.quoted[int(mark[1])] if mark else None

    def restore(self, piece: str) -> str:
        """Return `piece` with its quoted texts put back, in straight quotes."""
        return _MARK.sub(lambda m: quote(self.quoted[int(m[1])]), piece)


def quote(text: str) -> str:
    """Return `text` in straight quotes, double where it holds none."""
    return f"'{text}'" if '"' in text else f'"{text}"'


def mask(text: str) -> Masked:
    """Return `text` in NFKC with quoted pieces masked.

    Raises
    ------
    FaultError
        A quotation mark without its partner.
    """
    quoted: list[str] = []

    def replace(match: re.Match[str]) -> str:
        quoted.append(match[0][1:-1])
        return f"\x00{len(quoted) - 1}\x00"

    masked = " ".join(_QUOTED.sub(replace, plain(text)).split())
    if _LONE.search(masked) or any('"' in q and "'" in q for q in quoted):
        raise refusal("open_quote", text)
    return Masked(masked, tuple(quoted))
