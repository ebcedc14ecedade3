"""Reading the cells of the sheets 政策 and 目标: alternatives, and pairs in the column 其他."""

from __future__ import annotations

import re

from matching.policy.faults import FaultError, plain, refusal
from matching.policy.files import parse_toml
from matching.policy.scan import mask

DASHES = ("-", "—", "–", "——")
_OR = re.compile(r"\|\||(?:^|\s)或(?:\s|$)")
_BRACKETS = {"[": 1, "{": 1, "]": -1, "}": -1}


def is_clear(text: str) -> bool:
    """Tell whether a cell takes back what the policy says."""
    return plain(text) in DASHES


def alternatives(text: str) -> list[str]:
    """Return the conditions of one cell, which are separated by ``或`` or ``||``.

    Raises
    ------
    FaultError
        A quotation mark without its partner.
    """
    masked = mask(text)
    return [masked.restore(piece).strip() for piece in _OR.split(masked.text)]


def pairs(text: str) -> dict[str, object]:
    """Return the ``key = value`` pairs of a cell, separated by ``;`` outside quotes and brackets.

    A value in quotes is a text, one that begins with ``[`` or ``{`` is as in TOML, any other is its plain text.

    Raises
    ------
    FaultError
        A pair without ``=``, a key given twice, or a value that is not TOML.
    """
    masked = mask(text)
    found: dict[str, object] = {}
    for piece in _outside_brackets(masked.text):
        key, equals, raw = (part.strip() for part in piece.partition("="))
        if not equals or not key or not raw:
            raise refusal("bad_pair", masked.restore(piece))
        if key in found:
            raise refusal("repeated_id", key)
        quoted = masked.content(raw)
        found[key] = _value(masked.restore(raw)) if quoted is None else quoted
    return found


def _outside_brackets(text: str) -> list[str]:
    pieces, depth = [""], 0
    for character in text:
        depth += _BRACKETS.get(character, 0)
        if character == ";" and depth == 0:
            pieces.append("")
        else:
            pieces[-1] += character
    return [piece for piece in pieces if piece.strip()]


def _value(raw: str) -> object:
    if raw[0] not in "[{":
        return raw
    try:
        return parse_toml(f"value = {raw}")["value"]
    except FaultError:
        raise refusal("bad_pair", raw) from None
