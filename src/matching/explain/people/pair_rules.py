"""How the require rules stand for one teacher and one post, with the values of the pair."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from matching.audit import Facts
from matching.audit.conditions import Clause
from matching.audit.pair import Pair
from matching.audit.requires import Requirement
from matching.domain.text import Text
from matching.explain.clause_words import Told, told

AND, OR = Text("；", "; "), Text("；或者", "; or ")


@dataclass(frozen=True)
class PairRule:
    """One require rule asked of a pair: what is so (`actual`), what is `required`, and whether it is `met`."""

    rule: str
    title: Text
    enforce: str
    actual: Text
    required: Text
    met: bool

    @property
    def refuses(self) -> bool:
        """Whether the pair is out of the question by this rule."""
        return not self.met and self.enforce == "hard"

    def to_dict(self) -> dict[str, Any]:
        """Return the rule's entry in a machine-readable answer."""
        return {"rule": self.rule, "title": self.title._asdict(), "enforce": self.enforce, "met": self.met,
                "actual": self.actual._asdict(), "required": self.required._asdict()}


def pair_rules(facts: Facts, teacher: str, need: str) -> tuple[PairRule, ...]:
    """Return the rules that concern the pair, in the policy's order; those whose `when` does not match are left out.

    The audit's reading of the conditions decides, which shares no code with the model.
    """
    pair = facts.pair(teacher, need)
    return tuple(_asked(found, facts, pair) for found in facts.requirements if found.when.hold(pair))


def _asked(found: Requirement, facts: Facts, pair: Pair) -> PairRule:
    rule, met = found.rule, not found.refuses(pair)
    lines = [told(clause, pair, facts.instance) for clause in _telling(found, pair, met)]
    join = AND if met else OR
    return PairRule(rule.id, rule.title, rule.enforce, _joined([line.actual for line in lines], AND),
                    _required(found, pair, met, lines, join), met)


def _telling(found: Requirement, pair: Pair, met: bool) -> tuple[Clause, ...]:
    """Return the clauses that decide: those of the first condition that holds, else what each fails by."""
    if not met:
        return found.unmet(pair)
    holding = (option for option in found.that.options if option(pair) is not False)
    return next((option.clauses for option in holding), ())


def _required(found: Requirement, pair: Pair, met: bool, lines: list[Told], join: Text) -> Text:
    asked = _joined([line.required for line in lines], join)
    if found.verdict(pair) is not None:
        return asked
    if met:
        return Text(f"{asked.zh}（没有填，按政策视为符合）", f"{asked.en} (not given, which the policy accepts)")
    return Text(f"{asked.zh}（没有填，按政策视为不符合）", f"{asked.en} (not given, which the policy refuses)")


def _joined(texts: list[Text], join: Text) -> Text:
    """Return texts one after another, each once."""
    return Text(join.zh.join(dict.fromkeys(t.zh for t in texts)), join.en.join(dict.fromkeys(t.en for t in texts)))
