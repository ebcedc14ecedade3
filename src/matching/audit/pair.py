"""A teacher beside a post, or one of the two alone: what conditions are asked about."""

from __future__ import annotations

from typing import NamedTuple

from matching.domain.instance import Instance
from matching.domain.records import Need, Site, Teacher

SENDER = frozenset({"teacher", "home"})
RECEIVER = frozenset({"need", "host"})


class Pair(NamedTuple):
    """A teacher with their home site, a need with its host site; either half may be missing."""

    teacher: Teacher | None
    home: Site | None
    need: Need | None
    host: Site | None


def sender(instance: Instance, teacher: Teacher) -> Pair:
    """Return a teacher alone."""
    return Pair(teacher, instance.site[teacher.home_site], None, None)


def receiver(instance: Instance, need: Need) -> Pair:
    """Return a need alone."""
    return Pair(None, None, need, instance.site[need.site_id])


def joined(one: Pair, other: Pair) -> Pair:
    """Return the sender `one` beside the receiver `other`."""
    return Pair(one.teacher, one.home, other.need, other.host)
