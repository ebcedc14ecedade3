"""Which rules refuse a teacher a post, with the figures that decide."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from matching.audit import Facts
from matching.audit.conditions import Clause, Right
from matching.audit.pair import Pair
from matching.domain.text import Lang, Text
from matching.explain.clause_words import told
from matching.problem import Problem

Plain = int | float | str | bool | list[Any] | None


class Miss(NamedTuple):
    """One clause that a pair does not meet: `value` of the field, `op`, and what the right-hand side holds.

    `over` is by how much a number is beyond its limit, None where these are no two numbers. `value` is None where it is
    missing.
    """

    field: str
    value: Plain
    op: str
    limit: Plain
    over: float | None
    text: Text


class Refusal(NamedTuple):
    """A hard require rule that a pair does not keep to; of its conditions, any one of which suffices, none is met."""

    rule: str
    title: Text
    misses: tuple[Miss, ...]

    def words(self, lang: Lang) -> str:
        """Return the rule and what is not met, in one line."""
        both = Text("；或者", "; or ").get(lang).join(miss.text.get(lang) for miss in self.misses)
        return Text(f"“{self.title.zh}”（{self.rule}）：{both}", f'"{self.title.en}" ({self.rule}): {both}').get(lang)

    def to_dict(self) -> dict[str, Any]:
        """Return the rule's id and its clauses as a machine reads them."""
        return {"rule": self.rule, "misses": [
            {"field": m.field, "value": m.value, "op": m.op, "limit": m.limit, "over": m.over, "zh": m.text.zh,
             "en": m.text.en} for m in self.misses]}


class Refused:
    """Tells by the audit's own reading which hard require rules refuse a pair, and why."""

    def __init__(self, problem: Problem) -> None:
        self._facts = Facts(problem.instance, problem.policy)
        self._hard = {r.rule.id: r for r in self._facts.requirements if r.rule.enforce == "hard"}

    def by(self, teacher_id: str, need_id: str, among: Collection[str] | None = None) -> tuple[Refusal, ...]:
        """Return the refusals of a pair in the policy's order; none where it is eligible. KeyError for unknown ids.

        Parameters
        ----------
        among : ids of the rules to ask, where it is known that no other one refuses
        """
        pair = self._facts.pair(teacher_id, need_id)
        asked = self._hard if among is None else among
        return tuple(Refusal(r.rule.id, r.rule.title, tuple(self._miss(c, pair) for c in r.unmet(pair)))
                     for r in self._hard.values() if r.rule.id in asked and r.refuses(pair))

    def _miss(self, clause: Clause, pair: Pair) -> Miss:
        value, limits = clause.field.raw(pair), [_raw(right, pair) for right in clause.rights]
        limit = limits[0] if len(limits) == 1 else limits
        said = told(clause, pair, self._facts.instance)
        text = Text(f"{said.actual.zh}，{_asked(said.required.zh)}", f"{said.actual.en}; required: {said.required.en}")
        return Miss(clause.field.name, _plain(value), clause.op, _plain(limit), _over(clause.op, value, limit), text)


def refusals(problem: Problem, teacher_id: str, need_id: str) -> tuple[Refusal, ...]:
    """Return the hard require rules that refuse a pair, in the policy's order, with their figures."""
    return Refused(problem).by(teacher_id, need_id)


def _raw(right: Right, pair: Pair) -> Any:
    return right.text if right.field is None else right.field.raw(pair)


def _plain(value: Any) -> Plain:
    """Return a raw value as JSON holds it."""
    if isinstance(value, Fraction):
        return value.numerator if value.denominator == 1 else float(value)
    if isinstance(value, date):
        return f"{value:%Y-%m}"
    if isinstance(value, tuple | list):
        return [_plain(v) for v in value]
    return value  # type: ignore[no-any-return]


def _over(op: str, value: Any, limit: Any) -> float | None:
    numbers = [_number(v) for v in (value, limit)]
    if op not in ("<", "<=", ">", ">=") or None in numbers:
        return None
    left, right = numbers
    assert left is not None
    assert right is not None
    return round(abs(left - right), 6)


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float | Fraction):
        return float(value)
    try:
        return float(Fraction(str(value)))
    except ValueError:
        return None


def _asked(words: str) -> str:
    """Return what is asked for behind a word that says so, where it does not say so itself."""
    if words.startswith(("须", "不得")):
        return words
    return f"要求 {words}" if words[:1].isascii() else f"要求{words}"
