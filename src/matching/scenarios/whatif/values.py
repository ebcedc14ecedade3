"""The values that something takes in turn: a list, or a range with its step, exact."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction

from matching.domain.findings import InputError
from matching.domain.terms import YES_NO
from matching.policy import values
from matching.policy.faults import FaultError, plain, shorten
from matching.policy.literals import decimal
from matching.scenarios.whatif.faults import refused

Value = Fraction | bool | str
"""A number, yes or no, or a word or condition as a policy file has it."""
Given = str | Sequence[object]
"""A range or a list as text, or the values themselves."""
MOST_POINTS = 1000
_SHARE = re.compile(r"[%％/]")


def values_of(name: str, given: Given, percent: bool = True) -> tuple[Value, ...]:
    """Return the values that ``a:b:step`` or ``v1,v2,...`` stands for, or those given one by one; none twice.

    Numbers are exact: ``0:0.5:0.01`` is 51 values, the last of them 1/2.

    Parameters
    ----------
    percent : whether ``1%`` is a hundredth; where not, it stays as it is written

    Raises
    ------
    InputError
        No value, a range that is none, a step of zero or away from the end, or too many values.
    """
    if isinstance(given, str):
        text = plain(given)
        found = _range(name, text) if ":" in text and not text.startswith(("'", '"')) else _list(text, percent)
    else:
        found = [_exact(one) for one in given]
    if not found:
        raise refused("no_values", name, "没有给出取值，应写成 0:0.5:0.01 或 0.1,0.2",
                      "no values; write 0:0.5:0.01 or 0.1,0.2", None, ("0:0.5:0.01", "0.1,0.2,0.3"))
    if len(found) > MOST_POINTS:
        raise too_many(name, len(found))
    return tuple({(type(one), one): one for one in found}.values())


def too_many(name: str, points: int) -> InputError:
    """Return the error of more points than can be asked for at once."""
    return refused("too_many_points", name, f"共 {points:,} 个点，最多 {MOST_POINTS:,} 个；请加大步长或缩小范围",
                   f"{points:,} points; {MOST_POINTS:,} at most: take a larger step or a shorter range", str(points))


def says_share(given: Given) -> bool:
    """Tell whether a value is written as a share, with a percent sign or as a fraction."""
    texts = [given] if isinstance(given, str) else [one for one in given if isinstance(one, str)]
    return any(_SHARE.search(text) for text in texts)


def shown(value: Value | None) -> str:
    """Return a value as it is written: ``0.2``, ``23/97``, ``true``; a dash for what cannot be said in one value."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "-"
    return decimal(value) if isinstance(value, Fraction) else value


def exact_text(value: Value | None) -> str:
    """Return a value with nothing rounded: a fraction as ``1/5``, a whole number as it is."""
    return str(value) if isinstance(value, Fraction) else shown(value)


def plain_value(value: Value | None) -> int | float | bool | str | None:
    """Return a value for JSON: a whole number, the nearest float, or what it is."""
    if isinstance(value, Fraction):
        return int(value) if value.denominator == 1 else float(value)
    return value


def _exact(one: object) -> Value:
    if isinstance(one, bool):
        return one
    try:
        return values.number(one)
    except FaultError:
        return str(one)


def _list(text: str, percent: bool) -> list[Value]:
    pieces = [piece.strip().strip("'\"") for piece in re.split(r"[,，、]", text)]
    return [_word(piece) if percent or not piece.endswith("%") else piece for piece in pieces if piece]


def _word(text: str) -> Value:
    found, key = _exact(text), YES_NO.lookup(text)
    return found if key is None or isinstance(found, Fraction) else key == "yes"


def _range(name: str, text: str) -> list[Value]:
    ends = [_exact(piece.strip()) for piece in text.split(":")]
    if len(ends) != 3 or not all(isinstance(end, Fraction) for end in ends):
        raise refused("bad_range", name, f"“{shorten(text)}”看不懂，应写成 起:止:步长，如 0:0.5:0.01",
                      f"{shorten(text)!r} cannot be read; write FIRST:LAST:STEP, such as 0:0.5:0.01", text,
                      ("0:0.5:0.01",))
    return list(_steps(name, text, *(end for end in ends if isinstance(end, Fraction))))


def _steps(name: str, text: str, first: Fraction, last: Fraction, step: Fraction) -> Iterable[Fraction]:
    if not step:
        raise refused("step_of_zero", name, "步长不能为 0", "the step must not be 0", text, ("0:0.5:0.01",))
    if (last - first) * step < 0:
        turned = f"{decimal(first)}:{decimal(last)}:{decimal(-step)}"
        raise refused("step_away", name, "步长的方向与范围相反", "the step leads away from the last value", text,
                      (turned,))
    many = int((last - first) / step) + 1
    if many > MOST_POINTS:
        raise too_many(name, many)
    return (first + k * step for k in range(many))
