"""The ranked plans: figures side by side, and a bar for each criterion."""

from __future__ import annotations

from typing import NamedTuple

from matching.domain.text import Lang
from matching.report.comparison import Figure, achievements, compared_by, criterion_label, label, losses, points
from matching.report.content import Report
from matching.report.differences import Change, changes
from matching.report.ranges import NOTE, WeightRange, weight_ranges
from matching.report.words import status_words


class Head(NamedTuple):
    """One plan: its title, score of 100, status, and the plans that are better all round."""

    name: str
    score: str
    status: str
    dominated_by: tuple[str, ...]
    same_as: tuple[str, ...]


class Bar(NamedTuple):
    """A score from 0 to 1, with its points of 100."""

    share: float
    shown: str


class Comparison(NamedTuple):
    """Plans best first; `figures` and `bars` have one value for each plan, `changes` one row for all but the first."""

    heads: list[Head]
    figures: list[Figure]
    bars: list[tuple[str, list[Bar]]]
    notes: list[str]
    changes: list[Change]
    ranges: list[WeightRange]
    ranges_note: str

    @property
    def remarks(self) -> bool:
        """Whether any plan is dominated by another or the same as one."""
        return any(head.dominated_by or head.same_as for head in self.heads)


def compare(report: Report, lang: Lang) -> Comparison:
    """Return the comparison of all ranked plans."""
    plans = report.ranking.plans
    heads = [Head(label(report, p, lang), points(p.score), status_words(p.plan, lang), p.dominated_by, p.same_as)
             for p in plans]
    bars = [(criterion_label(report, name, lang),
             [Bar(float(p.criteria[name]), points(p.criteria[name])) for p in plans]) for name in compared_by(report)]
    figures = [*achievements(report, lang), *losses(report, lang)]
    return Comparison(heads, figures, bars, [note.get(lang) for note in report.ranking.notes], changes(report, lang),
                      weight_ranges(report, lang), NOTE.get(lang))
