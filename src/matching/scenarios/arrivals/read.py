"""A model of arrival from a TOML file, or from one rate; everything that is wrong is a finding."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from matching.domain.findings import InputError, error
from matching.domain.terms import VOCABULARIES
from matching.policy import values as v
from matching.policy.draft import Place, table
from matching.policy.faults import FaultError, refusal
from matching.policy.files import parse_toml, text_of
from matching.policy.literals import Vocabularies
from matching.policy.tables import Desk, required, unknown_key
from matching.scenarios.arrivals.model import Arrivals, Band, Distance, Group, Odds, Wish

TOP = ("rate", "mean", "group", "odds", "distance", "wish", "reserve")
BAND_EXAMPLE = "bands = [{ up_to = 50, times = 1.2 }, { times = 0.6 }]"
Specs = Mapping[str, v.Reader]


def rate(value: object) -> Fraction:
    """Return a rate from 0 to 1; ``0.963``, ``96.3%`` and ``26/27`` are understood."""
    found = v.number(f"0{value}" if isinstance(value, str) and value.startswith(".") else value)
    if not 0 <= found <= 1:
        raise refusal("not_a_rate", value, ("0.963", "96.3%"))
    return found


def times(value: object) -> Fraction:
    """Return a factor of odds, above 0."""
    found = v.number(value)
    if found <= 0:
        raise refusal("not_above_zero", value, ("0.5", "1", "2"))
    return found


def uniform(value: object, origin: str = "--rate") -> Arrivals:
    """Return the model in which everybody arrives at one rate.

    Raises
    ------
    InputError
        Where it is no number, or not from 0 to 1.
    """
    try:
        return Arrivals(rate(value))
    except FaultError as refused:
        raise InputError([Place(origin).finding(fault, origin) for fault in refused.faults]) from None


def model_of(rate: object, path: Path | None, vocabularies: Vocabularies = VOCABULARIES) -> Arrivals:
    """Return the model that one rate, a file, or both state: beside a file the rate is the mean of all.

    Raises
    ------
    InputError
        Where there is neither, or one of them cannot be used.
    """
    if path is not None:
        model = read_arrivals(path, vocabularies)
        return model if rate is None else replace(model, mean=uniform(rate).rate)
    if rate is None:
        raise InputError([error("no_rate", "缺少到岗率：请给出一个到岗率（如 0.963），或到岗率文件",
                                "the rate is missing: give one (0.963), or a file of rates",
                                suggest=("--rate 0.963", "--rates rates.toml"))])
    return uniform(rate)


def read_arrivals(path: Path, vocabularies: Vocabularies = VOCABULARIES) -> Arrivals:
    """Return the model that a TOML file states (docs/arrivals.md).

    Parameters
    ----------
    vocabularies : the words that conditions may use; an instance's own know its dictionary

    Raises
    ------
    InputError
        With every finding: no such file, bad TOML, unknown keys, fields and words, rates that are not from 0 to 1.
    """
    place = Place(path.name, str(path))
    try:
        document = parse_toml(_text(path))
    except FaultError as refused:
        raise InputError([place.finding(fault) for fault in refused.faults]) from None
    desk = Desk(vocabularies)
    model = _model(document, place, desk)
    if desk.findings:
        raise InputError(desk.findings)
    return model


def _text(path: Path) -> str:
    if not path.exists():
        raise refusal("unreadable", zh="没有这个文件", en="there is no such file")
    return text_of(path)


def _model(document: Mapping[str, Any], place: Place, desk: Desk) -> Arrivals:
    for key in document:
        if key not in TOP:
            desk.report((unknown_key(key, TOP),), place, "", key)
    plain: Specs = {"rate": rate, "mean": rate}
    given = desk.read(table({k: document[k] for k in plain if k in document}, place), plain, "")
    if "rate" not in document and "mean" not in document:
        desk.report(required({}, ("rate",)), place, "", "rate")
    when = partial(v.conditions, vocabularies=desk.vocabularies)
    groups = _rows(document, "group", {"when": when, "rate": rate}, Group, place, desk)
    odds = _rows(document, "odds", {"when": when, "times": times}, Odds, place, desk)
    distance = _table(document, "distance", {"per_100_km": times, "bands": _bands}, place, desk)
    wish = _table(document, "wish", dict.fromkeys(("first", "second", "third", "none"), times), place, desk)
    reserve = _table(document, "reserve", {"times": times}, place, desk)
    base: Any = given.get("rate", given.get("mean", Fraction(1)))
    mean: Any = given.get("mean")
    return Arrivals(base, mean, groups, odds, Distance(**distance), Wish(**wish), reserve.get("times", Fraction(1)))


def _rows(document: Mapping[str, Any], key: str, spec: Specs, kind: Callable[..., Any], place: Place,
          desk: Desk) -> tuple[Any, ...]:
    rows = document.get(key, [])
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        desk.report(refusal("not_a_list", rows, example=f"[[{key}]]").faults, place, "", key)
        return ()
    read = [_row(row, f"{key}[{at}]", spec, place, desk) for at, row in enumerate(rows, 1)]
    return tuple(kind(**values) for values in read if len(values) == len(spec))


def _row(row: Mapping[str, Any], name: str, spec: Specs, place: Place, desk: Desk) -> dict[str, Any]:
    desk.report(required(row, tuple(spec)), place, name)
    return desk.read(table(row, place), spec, name)


def _table(document: Mapping[str, Any], key: str, spec: Specs, place: Place, desk: Desk) -> dict[str, Any]:
    raw = document.get(key, {})
    if not isinstance(raw, Mapping):
        desk.report(refusal("not_a_table", raw, example=f"[{key}]").faults, place, "", key)
        return {}
    return desk.read(table(raw, place), spec, key)


def _bands(value: object) -> tuple[Band, ...]:
    if not isinstance(value, list) or not all(isinstance(item, Mapping) for item in value):
        raise refusal("not_a_list", value, example=BAND_EXAMPLE)
    bands = tuple(_band(item) for item in value)
    _in_order([band.up_to for band in bands], value)
    return bands


def _band(item: Mapping[str, Any]) -> Band:
    for key in item:
        if key not in ("up_to", "times"):
            raise FaultError(unknown_key(key, ("up_to", "times")))
    lacking = required(item, ("times",))
    if lacking:
        raise FaultError(*lacking)
    return Band(v.amount(item["up_to"]) if "up_to" in item else None, times(item["times"]))


def _in_order(ends: Iterable[Fraction | None], value: object) -> None:
    """Only the last band may have no end, and the ends rise."""
    known = [Fraction(10**12) if end is None else end for end in ends]
    if any(a >= b for a, b in pairwise(known)):
        raise refusal("bands_order", None, (BAND_EXAMPLE,))

