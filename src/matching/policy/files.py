"""Policy files and presets: from TOML to layers, following ``extends``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from matching.domain.findings import Finding, InputError
from matching.domain.refused import why
from matching.policy.draft import Draft, Place, Table, table
from matching.policy.faults import FaultError, fault, near, refusal
from matching.policy.tables import Desk, unknown_key

TOP = ("policy", "rule", "goal", "points", "variant", "ranking")
LISTS = ("rule", "goal", "variant")
EXTENDS = ("policy", "extends")
LIFTED = ("alternatives", "differ", "loss", "fronts")


class Source(NamedTuple):
    """A preset (its id) or a file (its path)."""

    preset: str | None
    path: Path

    @property
    def place(self) -> Place:
        """Where values of this source stand."""
        return Place(self.preset or self.path.name, None if self.preset else str(self.path))


def preset_ids() -> tuple[str, ...]:
    """Return the ids of the presets shipped, ``base`` first."""
    names = sorted(p.stem for p in _preset_dir().glob("*.toml"))
    return tuple(sorted(names, key=lambda name: name != "base"))


def _preset_dir() -> Path:
    return Path(__file__).with_name("presets")


def locate(name: str | Path, beside: Path | None = None) -> Source:
    """Return the preset or the file that `name` means; relative paths start in the folder `beside`.

    Raises
    ------
    FaultError
        There is neither.
    """
    if str(name) in preset_ids():
        return Source(str(name), _preset_dir() / f"{name}.toml")
    path = Path(beside or "", name)
    try:
        found = path.is_file()
    except (OSError, ValueError):
        found = False
    if not found:
        raise refusal("unknown_policy", name, near(str(name), preset_ids()) or preset_ids())
    return Source(None, path)


def layers(name: str | Path, findings: list[Finding]) -> tuple[Draft, ...]:
    """Return the layers of a policy, the root first; misplaced or unknown tables are noted in `findings`.

    Raises
    ------
    InputError
        A file that cannot be read or is not TOML, or that extends itself.
    """
    return tuple(reversed(list(_chain(name, findings))))


def _chain(name: str | Path, findings: list[Finding]) -> Iterator[Draft]:
    with _fatal(findings, Place(str(name), str(name))):
        source: Source | None = locate(name)
    seen: list[Path] = []
    while source is not None:
        seen.append(source.path)
        with _fatal(findings, source.place):
            document = parse_toml(text_of(source.path))
        yield _named(layer_of(document, source.place, findings), source)
        source = _parent(document, source, seen, findings)


@contextmanager
def _fatal(findings: list[Finding], place: Place) -> Iterator[None]:
    """End the reading where a fault leaves nothing to go on with, with the findings made until then."""
    try:
        yield
    except FaultError as refused:
        raise InputError([*findings, *map(place.finding, refused.faults)]) from None


def _parent(document: Mapping[str, Any], source: Source, seen: list[Path], findings: list[Finding]) -> Source | None:
    """Return what a document extends; where that is wrong, ``base``, so that the rest is looked at all the same."""
    try:
        wanted = _extends(document, source)
        if wanted is None:
            return None
        found = locate(wanted, source.path.parent)
        _no_circle(found, seen)
    except FaultError as refused:
        findings += (source.place.finding(fault, *EXTENDS) for fault in refused.faults)
        return locate("base")
    return found


def _no_circle(source: Source, seen: Iterable[Path]) -> None:
    names = [path.resolve() for path in seen]
    if source.path.resolve() in names:
        way = " → ".join([*(p.name for p in names), source.path.name])
        raise refusal("circle", source.path.name, way=way)


def _extends(document: Mapping[str, Any], source: Source) -> str | None:
    """Return what a document extends: by default ``base``, which itself extends nothing; ``""`` is nothing."""
    settings = document.get("policy", {})
    stated = settings.get("extends") if isinstance(settings, dict) else None
    if stated is None:
        return None if source.preset == "base" else "base"
    if not isinstance(stated, str):
        raise refusal("not_text", stated)
    return stated or None


def _named(draft: Draft, source: Source) -> Draft:
    """Return `draft` with the source's own name for its id where it states none."""
    named = table({"id": source.preset or source.path.stem}, source.place)
    return replace(draft, policy={**named, **draft.policy})


def text_of(path: Path) -> str:
    """Return what a TOML file says; FaultError where it cannot be read."""
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise refusal("not_utf8") from None
    except OSError as reason:
        raise refusal("unreadable", **why(reason)._asdict()) from None


def parse_toml(text: str) -> dict[str, Any]:
    """Return the document that `text` is, decimals exact.

    Raises
    ------
    FaultError
        It is not TOML; says where.
    """
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError) as reason:
        raise refusal("not_toml", reason=reason) from None


def layer_of(document: Mapping[str, Any], place: Place, findings: list[Finding]) -> Draft:
    """Return a document's tables as one layer; misplaced or unknown tables are noted in `findings`."""
    desk = Desk({}, findings)
    for key in sorted(document.keys() - set(TOP) - set(LIFTED)):
        desk.report((unknown_key(key, TOP),), place, "", key)
    lists = {key: _list(document.get(key, []), key, place, desk) for key in LISTS}
    ranking = _table(document.get("ranking", {}), "ranking", place, desk)
    for key in sorted(ranking.keys() - {"weights", *LIFTED}):
        desk.report((unknown_key(key, ("weights",)),), place, "ranking", key)
    lifted = {key: top[key] for top in (document, ranking) for key in LIFTED if key in top}
    settings = {**lifted, **_table(document.get("policy", {}), "policy", place, desk)}
    settings.pop("extends", None)
    return Draft(
        policy=table(settings, place),
        rules=_by_id(lists["rule"], "rule", place, desk),
        goals=tuple(table(t, place) for t in lists["goal"]) or None,
        points=table(_table(document.get("points", {}), "points", place, desk), place),
        variants=_by_id(lists["variant"], "variant", place, desk),
        ranking=table(_table(ranking.get("weights", {}), "ranking.weights", place, desk), place),
    )


def _table(value: object, key: str, place: Place, desk: Desk) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    desk.report((fault("not_a_table", value, example=f"[{key}]"),), place, "", key)
    return {}


def _list(value: object, key: str, place: Place, desk: Desk) -> list[dict[str, Any]]:
    if isinstance(value, list) and all(isinstance(item, dict) for item in value):
        return value
    desk.report((fault("not_a_list", suggest=(f"[[{key}]]",), example=f"[[{key}]]"),), place, "", key)
    return []


def _by_id(items: Iterable[dict[str, Any]], kind: str, place: Place, desk: Desk) -> dict[str, Table]:
    found: dict[str, Table] = {}
    for index, item in enumerate(items, 1):
        key = item.get("id")
        if not isinstance(key, str) or not key.strip():
            desk.report((fault("missing_id", key, ("id",)),), place, f"{kind} {index}")
        elif key.strip() in found:
            desk.report((fault("repeated_id", key),), place, key)
        else:
            found[key.strip()] = table(item, place)
    return found
