"""The forms in which conditions compare values: numbers, yes/no, months, texts, words."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from matching.audit.numbers import exact, shown
from matching.domain.terms import BACKBONE, YES_NO
from matching.domain.vocabulary import Vocabulary, fold

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)")
_MONTH = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?")


@dataclass(frozen=True)
class AtLevel:
    """The words yes and no beside a backbone level: at or above `rank`, or not."""

    rank: int
    met: bool


class Form:
    """How a field's values compare; this plain form is that of texts, which compare folded (reading 12).

    `ordered` tells whether ``<`` and its kin have a meaning, `bare` whether an unquoted word that names no field
    is a value.
    """

    ordered = False
    bare = True

    def convert(self, raw: Any) -> Any:
        """Return a record's value in comparable form."""
        return fold(raw)

    def literal(self, word: str) -> Any:
        """Return the value that `word` of a condition stands for; None where it is none."""
        return fold(word)

    def show(self, raw: Any) -> str:
        """Return a record's value as labels have it."""
        return str(raw)

    def zh(self, raw: Any) -> str:
        """Return a record's value as Chinese sentences have it."""
        return self.show(raw)


@dataclass(frozen=True)
class NumberForm(Form):
    """Numbers, compared exactly; `words` are further values, such as the preference ``none``."""

    words: Mapping[str, float] = field(default_factory=dict)
    ordered = True
    bare = False

    def convert(self, raw: Any) -> Any:
        if isinstance(raw, str):
            return self.words[raw]
        return raw if isinstance(raw, float) and math.isinf(raw) else exact(raw)

    def literal(self, word: str) -> Any:
        word = fold(word)
        return Fraction(word) if _NUMBER.fullmatch(word) else self.words.get(word)

    def show(self, raw: Any) -> str:
        return raw if isinstance(raw, str) else shown(raw)

    def zh(self, raw: Any) -> str:
        return "非意向" if raw == "none" else self.show(raw)


class YesNoForm(Form):
    """Yes and no."""

    bare = False

    def convert(self, raw: Any) -> Any:
        return bool(raw)

    def literal(self, word: str) -> Any:
        key = YES_NO.lookup(word)
        return None if key is None else key == "yes"

    def show(self, raw: Any) -> str:
        return "yes" if raw else "no"

    def zh(self, raw: Any) -> str:
        return "是" if raw else "否"


class MonthForm(Form):
    """Months and days, compared as dates."""

    ordered = True
    bare = False

    def convert(self, raw: Any) -> Any:
        return raw

    def literal(self, word: str) -> Any:
        found = _MONTH.fullmatch(fold(word))
        return date(int(found[1]), int(found[2]), int(found[3] or 1)) if found else None

    def show(self, raw: Any) -> str:
        return f"{raw:%Y-%m}"


@dataclass(frozen=True)
class WordForm(Form):
    """Words of a vocabulary: by rank where it is ordered, else by key."""

    vocabulary: Vocabulary
    bare = False

    @property
    def ordered(self) -> bool:  # type: ignore[override]
        """Words of an ordered vocabulary compare by rank."""
        return self.vocabulary.ordered

    def convert(self, raw: Any) -> Any:
        return self.vocabulary.rank(raw) if self.vocabulary.ordered else raw

    def literal(self, word: str) -> Any:
        key = self.vocabulary.lookup(word)
        return None if key is None else self.convert(key)

    def zh(self, raw: Any) -> str:
        return self.vocabulary.zh(raw)


@dataclass(frozen=True)
class LevelForm(WordForm):
    """Backbone levels; yes and no stand for the level `yes` that the policy sets (reading 5)."""

    vocabulary: Vocabulary = BACKBONE
    yes: str = "county"

    def literal(self, word: str) -> Any:
        key = self.vocabulary.lookup(word)
        if key is not None:
            return self.vocabulary.rank(key)
        answer = YES_NO.lookup(word)
        return None if answer is None else AtLevel(self.vocabulary.rank(self.yes), answer == "yes")
