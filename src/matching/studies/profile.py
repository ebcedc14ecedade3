"""Those sent, by title, backbone level and sign of adverse selection."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from matching.domain.terms import BACKBONE, TITLE
from matching.domain.text import Text
from matching.studies.case import Case
from matching.studies.flags import FLAGS, flags
from matching.studies.study import Column, Study

Kind = Literal["title", "backbone", "flag"]


class ProfileRow(NamedTuple):
    """`count` of those sent have the title, level or flag `key`; `share` of them all, 0 to 1."""

    kind: Kind
    key: str
    count: int  # type: ignore[assignment]
    share: float


COLUMNS = (
    Column("kind", Text("项目", "What"), "profile"),
    Column("key", Text("类别", "Which"), "profile_key"),
    Column("count", Text("人数", "Teachers"), "integer"),
    Column("share", Text("占派出人数", "Share of those sent"), "share"),
)


def rows(case: Case) -> tuple[ProfileRow, ...]:
    """Return one row for each title and level that occurs, highest first, then one for each flag."""
    sent = [case.instance.teacher[who] for who in case.placed]
    titles = Counter(t.title for t in sent)
    levels = Counter(case.instance.backbone_level(t) for t in sent)
    raised = Counter[str](flag for t in sent for flag in flags(case, t))
    return (*_rows("title", titles, [t.key for t in reversed(TITLE.terms)], len(sent)),
            *_rows("backbone", levels, [t.key for t in reversed(BACKBONE.terms)], len(sent)),
            *_rows("flag", raised, FLAGS, len(sent)))


def _rows(kind: Kind, counts: Counter[str], keys: Sequence[str], n: int) -> Iterator[ProfileRow]:
    return (ProfileRow(kind, key, counts[key], counts[key] / n) for key in keys if counts[key])


PROFILE = Study("profile", Text("派出人员构成", "Those sent"), COLUMNS, rows)
