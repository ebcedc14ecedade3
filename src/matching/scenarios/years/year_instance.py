"""The instance of one of the years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from matching.domain.findings import InputError, error
from matching.domain.instance import Instance
from matching.domain.records import Teacher
from matching.scenarios.years.service import Service


def of_year(instance: Instance, teachers: Sequence[Teacher], running: Sequence[Service]) -> Instance:
    """Return the instance of a year: everything as in the workbook, with these teachers.

    Who is serving is locked to the post, which is the one of last year too: so every rule and goal counts them, and
    the seat, the bed and the way along a pairing are taken.
    """
    post = posts_of(running)
    return replace(instance, teachers=tuple(_bound(t, post) for t in teachers))


def posts_of(running: Sequence[Service]) -> Mapping[str, str]:
    """Return the post of each teacher who is serving.

    Raises
    ------
    InputError
        Where one teacher has several posts for more than a year, which a lock cannot say.
    """
    found: dict[str, str] = {}
    for service in running:
        assert service.need is not None
        if service.teacher in found:
            raise InputError([error(
                "several_terms",
                f"教师 {service.teacher} 同时有 {found[service.teacher]}、{service.need} 两个跨年的岗位；"
                "滚动模拟中，一名教师跨年的岗位只能有一个，请把兼职岗位的期限改为 1 学年",
                f"teacher {service.teacher} has two posts that last beyond a year, {found[service.teacher]} and "
                f"{service.need}; in a simulation over years a teacher may have one: make the term of part-time posts "
                "1 school year", value=service.teacher)])
        found[service.teacher] = service.need
    return found


def _bound(teacher: Teacher, post: Mapping[str, str]) -> Teacher:
    need = post.get(teacher.teacher_id)
    if need is None:
        return teacher
    return teacher._replace(lock_need=need, last_need=need, group=None, deferred=False, status="approved")
