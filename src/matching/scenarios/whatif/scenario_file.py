"""Reading a file of scenarios (docs/scenarios.md), with everything that is wrong found in one pass."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from matching.domain.findings import Finding, InputError
from matching.domain.instance import Instance
from matching.policy import values
from matching.policy.checks import condition_fields
from matching.policy.conditions import Condition
from matching.policy.draft import Place
from matching.policy.faults import Fault, FaultError, near, plain, refusal
from matching.policy.fields import FIELDS, RECEIVING, SENDING
from matching.policy.files import parse_toml, text_of
from matching.policy.tables import unknown_key
from matching.scenarios.whatif.people_put import read_put
from matching.scenarios.whatif.scenario import Add, Change, Close, Keep, Scenario, Seats

KEYS = ("id", "title", "policy", "change")
ACTIONS: Mapping[str, tuple[str, ...]] = {
    "teachers": ("teachers", "keep"), "close": ("close",), "add": ("add", "like", "set"), "needs": ("needs", "seats"),
}
MOST = 100


def read_scenarios(path: Path, instance: Instance) -> tuple[Scenario, ...]:
    """Return the scenarios of a TOML file.

    Raises
    ------
    InputError
        With every finding: the file, the scenario, the key, what was found and what would be right.
    """
    place, findings = Place(path.name, str(path)), list[Finding]()
    try:
        document = parse_toml(_text(path))
    except FaultError as refused:
        raise InputError(map(place.finding, refused.faults)) from None
    found = _Reader(instance, place, findings).scenarios(document)
    if findings:
        raise InputError(findings)
    return tuple(found)


def _text(path: Path) -> str:
    if not path.is_file():
        raise refusal("no_file", path)
    return text_of(path)


class _Reader:
    def __init__(self, instance: Instance, place: Place, findings: list[Finding]) -> None:
        self._instance, self._place, self._findings = instance, place, findings

    def scenarios(self, document: Mapping[str, Any]) -> list[Scenario]:
        for key in sorted(document.keys() - {"scenario"}):
            self._report((unknown_key(key, ("scenario",)),), "", key)
        tables = document.get("scenario")
        if not isinstance(tables, list) or not tables or not all(isinstance(t, dict) for t in tables):
            self._report(_fault("not_a_list", tables, ("[[scenario]]",), example="[[scenario]]"), "", "scenario")
            return []
        ids = [t.get("id") for t in tables]
        found = [self._scenario(t, number) for number, t in enumerate(tables, 1)]
        for at, name in enumerate(ids):
            if isinstance(name, str) and name in ids[:at]:
                self._report(_fault("repeated_id", name), name)
        return [one for one in found if one is not None]

    def _scenario(self, table: Mapping[str, Any], number: int) -> Scenario | None:
        before = len(self._findings)
        owner = table["id"] if isinstance(table.get("id"), str) and table["id"].strip() else f"scenario {number}"
        for key in sorted(table.keys() - set(KEYS)):
            self._report((unknown_key(key, KEYS),), owner, key)
        name = self._read(owner, "id", table.get("id"), _name)
        title = self._read(owner, "title", table.get("title", owner), values.title)
        policy = table.get("policy", {})
        if not isinstance(policy, dict):
            self._report(_fault("not_a_table", policy, example='{ "RULE.FIELD" = 0.2 }'), owner, "policy")
        changes = table.get("change", [])
        if not isinstance(changes, list) or not all(isinstance(change, dict) for change in changes):
            self._report(_fault("not_a_list", changes, ("[[scenario.change]]",), example="[[scenario.change]]"), owner,
                         "change")
            return None
        made = [self._change(f"{owner}.change {k}", change) for k, change in enumerate(changes, 1)]
        if not policy and not changes:
            either = "policy / change"
            self._report(_fault("missing_key", None, ("policy", "change"), key=either, name=either), owner)
        if len(self._findings) > before or name is None or title is None:
            return None
        return Scenario(name, title, policy, tuple(change for change in made if change is not None),
                        self._place.file)

    def _change(self, owner: str, table: Mapping[str, Any]) -> Change | None:
        kinds = [key for key in ACTIONS if key in table]
        if len(kinds) != 1:
            self._report(_fault("missing_key", ", ".join(kinds) or None, tuple(ACTIONS), key=" | ".join(ACTIONS),
                                name=" | ".join(ACTIONS)), owner)
            return None
        (kind,) = kinds
        for key in sorted(table.keys() - set(ACTIONS[kind])):
            self._report((unknown_key(key, ACTIONS[kind]),), owner, key)
        before = len(self._findings)
        makers: dict[str, Callable[[str, Mapping[str, Any]], Change | None]] = {
            "teachers": self._keep, "close": self._close, "add": self._add, "needs": self._seats}
        made = makers[kind](owner, table)
        return made if len(self._findings) == before else None

    def _keep(self, owner: str, table: Mapping[str, Any]) -> Change | None:
        whom = self._condition(owner, "teachers", table["teachers"], sending=True)
        keep = self._read(owner, "keep", table.get("keep"), _share_or_number)
        return None if whom is None or keep is None else Keep(whom, *keep)

    def _close(self, owner: str, table: Mapping[str, Any]) -> Change | None:
        given = table["close"] if isinstance(table["close"], list) else [table["close"]]
        found = [self._read(owner, "close", one, self._site) for one in given]
        return Close(tuple(one for one in found if one is not None))

    def _add(self, owner: str, table: Mapping[str, Any]) -> Change | None:
        number = self._read(owner, "add", table["add"], values.positive)
        like = self._condition(owner, "like", table.get("like"), sending=True)
        put: Mapping[str, object] = {}
        try:
            put = read_put(table.get("set", {}), self._instance)
        except FaultError as refused:
            self._report(refused.faults, owner, "set")
        return None if number is None or like is None else Add(number, like, put)

    def _seats(self, owner: str, table: Mapping[str, Any]) -> Change | None:
        which = self._condition(owner, "needs", table["needs"], sending=False)
        seats = self._read(owner, "seats", table.get("seats"), _seats)
        return None if which is None or seats is None else Seats(which, *seats)

    def _site(self, value: object) -> str:
        name = values.required_text(value)
        if name not in self._instance.site:
            same = [s.site_id for s in self._instance.sites if s.name == name]
            raise refusal("unknown_site", name, same or near(name, self._instance.site))
        return name

    def _condition(self, owner: str, key: str, value: object, *, sending: bool) -> Condition | None:
        try:
            read = values.conditions(values.text("" if value is None else value), self._instance.vocabularies)
        except FaultError as refused:
            self._report(refused.faults, owner, key)
            return None
        sides, code = (SENDING, "not_of_sender") if sending else (RECEIVING, "not_of_receiver")
        wrong = [name for name in sorted(condition_fields(read)) if FIELDS[name].side not in sides]
        for name in wrong:
            self._report(_fault(code, name), owner, key)
        if value is None or not read:
            self._report(_fault("missing_key", None, ('subject = physics',) if sending else ('need.need_id = "N1"',),
                                key=key, name=key), owner)
            return None
        return None if wrong else read[0]

    def _read(self, owner: str, key: str, value: object, reader: Callable[[Any], Any]) -> Any:
        try:
            if value is None:
                raise refusal("missing_key", None, (key,), key=key, name=key)
            return reader(value)
        except FaultError as refused:
            self._report(refused.faults, owner, key)
            return None

    def _report(self, faults: Sequence[Fault], owner: str = "", key: str = "") -> None:
        self._findings.extend(self._place.finding(fault, owner, key) for fault in faults)


def _fault(code: str, seen: object = None, suggest: Sequence[str] = (), **words: object) -> tuple[Fault, ...]:
    return refusal(code, seen, suggest, **words).faults


def _name(value: object) -> str:
    found = values.required_text(value)
    if any(sign.isspace() or sign in "=/\\" for sign in found) or found == "base":
        raise refusal("bad_id", found, ("half-of-the-teachers",))
    return found


def _share_or_number(value: object) -> tuple[Fraction | None, int]:
    """Return a share, where it is written as one, or a number."""
    found = values.amount(value)
    if (isinstance(value, str) and plain(value).endswith("%")) or found.denominator > 1:
        if found > 1:
            raise refusal("share_above_one", value, ("50%",))
        return found, 0
    return None, values.count(value)


def _seats(value: object) -> tuple[int | None, Fraction, int]:
    if isinstance(value, str):
        text = plain(value)
        if text.endswith("%"):
            return None, values.amount(text), 0
        if text[:1] in "+-":
            return None, Fraction(1), values.whole(text)
    return values.count(value), Fraction(1), 0
