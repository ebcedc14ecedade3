"""Who moves, as rows for the workbook and the page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from matching.domain.instance import Instance
from matching.domain.text import Lang, Text
from matching.explain.naming import kind_name
from matching.scenarios.replan import Replanned
from matching.scenarios.replan.chains import Step

GONE, MOVED, NEW = Text("撤回", "withdrawn"), Text("调动", "moves"), Text("新安置", "newly placed")
DROPPED = Text("不再安置", "no longer placed")


class Row(NamedTuple):
    """One teacher who leaves or takes a post; `chain` numbers those who take one another's places."""

    chain: int
    kind: str
    teacher: str
    name: str
    home: str
    leaves: str
    takes: str
    why: str


def rows(found: Replanned, lang: Lang) -> list[Row]:
    """Return the moves chain by chain, those with a reason first."""
    return list(_rows(found, lang))


def _rows(found: Replanned, lang: Lang) -> Iterator[Row]:
    for number, told in enumerate(sorted(found.told, key=lambda t: not t.why.zh), 1):
        for step in told.steps:
            yield _row(found, number, step, told.why.get(lang), lang)


def _row(found: Replanned, number: int, step: Step, why: str, lang: Lang) -> Row:
    instance = found.result.instance
    teacher = instance.teacher[step.teacher]
    mine = step.leaves is not None and step.teacher not in found.changes.withdraw
    return Row(number, _kind(found, step).get(lang), step.teacher, teacher.name, instance.site[teacher.home_site].name,
               _post(instance, step.leaves, lang), _post(instance, step.takes, lang), why if mine else "")


def _kind(found: Replanned, step: Step) -> Text:
    if step.teacher in found.changes.withdraw:
        return GONE
    if step.leaves is None:
        return NEW
    return DROPPED if step.takes is None else MOVED


def _post(instance: Instance, need_id: str | None, lang: Lang) -> str:
    need = None if need_id is None else instance.need.get(need_id)
    if need is None:
        closed = Text(f"{need_id}（已关闭）", f"{need_id} (closed)").get(lang)
        return "—" if need_id is None else closed
    site, kind = instance.site[need.site_id].name, kind_name(instance, need.stage, need.subject).get(lang)
    return f"{need_id} {site} {kind}"
