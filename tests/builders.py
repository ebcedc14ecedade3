"""Records with every column at its default, for tests that name only what they are about."""

from __future__ import annotations

from typing import Any, TypeVar

from matching.domain.instance import Instance
from matching.domain.records import DictionaryRow, Distance, Need, Pairing, Site, Staffing, Teacher
from matching.domain.sheets import DISTANCES, NEEDS, PAIRINGS, SITES, STAFFING, TEACHERS, Sheet

R = TypeVar("R", Site, Need, Teacher, Pairing, Distance, Staffing)


def _record(kind: type[R], sheet: Sheet, values: dict[str, Any]) -> R:
    fields = {name: column.default for name, column in zip(kind._fields, sheet.columns, strict=True)}
    return kind(**(fields | values))


def site(site_id: str, role: str = "both", **values: Any) -> Site:
    """A primary school in county X."""
    given = {"name": f"{site_id}学校", "stages": ("primary",), "county": "X", "rural": role == "receiver"}
    return _record(Site, SITES, {"site_id": site_id, "role": role} | given | values)


def need(need_id: str, site_id: str, count: int = 1, **values: Any) -> Need:
    """Seats for primary Chinese."""
    given = {"need_id": need_id, "site_id": site_id, "count": count, "subject": "chinese", "stage": "primary"}
    return _record(Need, NEEDS, given | values)


def teacher(teacher_id: str, home_site: str, **values: Any) -> Teacher:
    """A primary teacher of Chinese, first title, no backbone level."""
    given = {"name": f"教师{teacher_id}", "stages": ("primary",), "subject": "chinese", "title": "first",
             "backbone": "none"}
    return _record(Teacher, TEACHERS, {"teacher_id": teacher_id, "home_site": home_site} | given | values)


def pairing(origin: str, destination: str, rule: str = "allow", **values: Any) -> Pairing:
    """A staff pairing."""
    return _record(Pairing, PAIRINGS, {"origin": origin, "destination": destination, "rule": rule} | values)


def distance(origin: str, destination: str, km: float, **values: Any) -> Distance:
    """A stated distance."""
    return _record(Distance, DISTANCES, {"origin": origin, "destination": destination, "km": km} | values)


def staffing(site_id: str, stage: str = "primary", **values: Any) -> Staffing:
    """A staffing row."""
    return _record(Staffing, STAFFING, {"site_id": site_id, "stage": stage} | values)


def dictionary_row(category: str = "honour", name: str = "学科带头人", value: str = "市级") -> DictionaryRow:
    """An honour that stands for a backbone level."""
    return DictionaryRow(category, name, value)


def instance(sites: list[Site], needs: list[Need], teachers: list[Teacher], **sheets: Any) -> Instance:
    """An instance of the given rows."""
    return Instance(tuple(sites), tuple(needs), tuple(teachers), **{k: tuple(v) for k, v in sheets.items()})
