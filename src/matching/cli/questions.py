"""What each question of `matching explain` is answered with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from matching.cli.answer_compare import compared
from matching.cli.answer_conflict import of_run
from matching.cli.answer_prices import priced
from matching.cli.answers import Answer, Grid
from matching.domain.findings import InputError, error
from matching.domain.text import Text

if TYPE_CHECKING:
    from pathlib import Path

    from matching.engines import Waiting
    from matching.explain.inquiry import Inquiry
    from matching.report.read_run import Run

People = Literal["teachers", "schools", "both"]


class Asked(NamedTuple):
    """The questions that a call asks, by option: exactly one, where --teacher and --need together are one."""

    teacher: str | None
    need: str | None
    wish: int | None
    costs: int
    rule: str | None
    group: str | None
    conflict: bool
    prices: bool
    compare: tuple[str, str] | None
    letters: People | None

    @property
    def solves(self) -> bool:
        """Whether answering takes solving again, at least mostly."""
        return self.prices or bool(self.teacher and (self.need or self.wish or self.costs))

    def check(self) -> None:
        """Raise `InputError` where it is not one question."""
        asked = [bool(self.teacher or self.need), bool(self.rule), self.conflict, self.prices, bool(self.compare),
                 bool(self.letters)]
        alone = (self.group and not self.rule) or ((self.wish or self.costs) and not self.teacher)
        if sum(asked) != 1 or alone or sum(map(bool, (self.need, self.wish, self.costs))) > 1:
            raise InputError([error(
                "wrong_call", "一次问一个问题，例如 --teacher T0001；用法见 matching explain --help",
                "ask one question, such as --teacher T0001; see matching explain --help",
                suggest=("--teacher", "--need", "--rule", "--conflict", "--prices", "--compare", "--letters"))])


def answer(run: Run, asked: Asked, plan: str | None, time_limit: float | None, waiting: Waiting | None = None
           ) -> Answer:
    """Return the answer to the one question asked.

    Parameters
    ----------
    waiting : a process for answers that are found by solving again

    Raises
    ------
    InputError
        Where an id is not known; the nearest are suggested.
    """
    if asked.compare is not None:
        return compared(run, *asked.compare)
    told = _about(run.inquiry(plan, waiting), asked, time_limit, run.folder)
    return told._replace(parts=[_which(run, run.plan_id(plan)), *told.parts])


def _which(run: Run, plan: str) -> Text:
    from matching.report.words import plan_title

    place = list(run.plans).index(plan) + 1
    variant = run.variants[plan]
    zh, en = plan_title(run.policy, variant, "zh"), plan_title(run.policy, variant, "en")
    return Text(f"方案 {plan}（{zh}，名次 {place}）", f"Plan {plan} ({en}, rank {place})")


def _about(inquiry: Inquiry, asked: Asked, time_limit: float | None, folder: Path) -> Answer:
    if asked.conflict:
        return of_run(inquiry, time_limit)
    if asked.prices:
        return priced(inquiry, time_limit)
    if asked.rule is not None:
        return _rule(inquiry, asked.rule, asked.group)
    if asked.teacher is None:
        assert asked.need is not None
        return _need(inquiry, asked.need)
    if asked.wish is not None:
        return _wish(inquiry, asked.teacher, asked.wish, time_limit)
    if asked.need is None:
        return _teacher(inquiry, asked.teacher, asked.costs, time_limit, folder)
    return _why_not(inquiry, asked.teacher, asked.need, time_limit)


def _teacher(inquiry: Inquiry, teacher: str, costs: int, time_limit: float | None, folder: Path) -> Answer:
    from matching.cli.answer_person import teacher_answer
    from matching.explain.people.person import explained
    from matching.explain.people.why_not import why_not_each

    found = explained(inquiry, teacher)
    first = [post.need for post in found.others[:costs]]
    return teacher_answer(inquiry, found, why_not_each(inquiry, teacher, first, time_limit) if first else (),
                          str(folder))


def _wish(inquiry: Inquiry, teacher: str, rank: int, time_limit: float | None) -> Answer:
    from matching.cli.answer_person import wish_answer
    from matching.explain.people.why_not_wish import why_not_wish

    return wish_answer(inquiry, why_not_wish(inquiry, teacher, rank, time_limit))


def _why_not(inquiry: Inquiry, teacher: str, need: str, time_limit: float | None) -> Answer:
    from matching.cli.answer_person import why_not_answer
    from matching.explain.people.why_not import why_not

    return why_not_answer(inquiry, why_not(inquiry, teacher, need, time_limit))


def _need(inquiry: Inquiry, need: str) -> Answer:
    from matching.explain.unfilled.unfilled import why_unfilled

    found = why_unfilled(inquiry.problem, inquiry.plan, inquiry.need(need))
    return Answer(found.lines, {"plan": inquiry.plan.plan, **found.to_dict()})


def _rule(inquiry: Inquiry, rule: str, group: str | None) -> Answer:
    from matching.explain.rules.rule import explain_rule

    found = explain_rule(inquiry.problem, inquiry.plan, inquiry.rule(rule), group)
    return Answer(_lines(found.words("zh"), found.words("en")), {"plan": inquiry.plan.plan, **found.to_dict()})


def _lines(zh: list[str], en: list[str]) -> list[Text | Grid]:
    return [Text(*pair) for pair in zip(zh, en, strict=True)]
