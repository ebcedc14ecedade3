"""Fields by the names that conditions and rules use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter
from typing import Any

from matching.audit.forms import Form, LevelForm, MonthForm, NumberForm, WordForm, YesNoForm
from matching.audit.pair import Pair
from matching.audit.values import Values
from matching.domain.sheets import NEEDS, SITES, TEACHERS, Column, Kind, Sheet
from matching.domain.vocabulary import Vocabulary, fold, fold_heading

NUMBERS = {Kind.INTEGER, Kind.DECIMAL, Kind.SHARE}
ALONE = {"host": "host.site_id", "home": "home.site_id", "need_id": "need.need_id", "need": "need.need_id",
         "teacher": "teacher.teacher_id"}


@dataclass(frozen=True)
class Field:
    """A value of a pair: `raw` of the attributes it `uses`, such as ``teacher.birth``; None where missing.

    Where the field does not tell all values of an attribute apart, `alike` returns the same for those alike to it.
    `raw` of a pair is `compute` of those attributes. `column` returns the raw values of a `Roll` at once, where there
    is a quicker way than to ask of each.
    """

    name: str
    zh: str
    uses: tuple[str, ...]
    form: Form
    raw: Callable[[Pair], Any]
    compute: Callable[..., Any]
    alike: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)
    column: Callable[[Any], Values] | None = None

    @cached_property
    def sides(self) -> frozenset[str]:
        """Which of teacher, home, need and host the field speaks of."""
        return frozenset(path.partition(".")[0] for path in self.uses)

    def value(self, pair: Pair) -> Any:
        """Return the comparable value: None where missing, a tuple of values for a list."""
        return self.comparable(self.raw(pair))

    def comparable(self, raw: Any) -> Any:
        """Return a raw value in comparable form."""
        if raw is None or raw == ():
            return None
        return tuple(map(self.form.convert, raw)) if isinstance(raw, tuple) else self.form.convert(raw)

    def show(self, pair: Pair) -> str | None:
        """Return the value as a label has it; None where missing."""
        return self.label(self.raw(pair))

    def label(self, raw: Any) -> str | None:
        """Return a raw value as a label has it; None where missing."""
        return _written(self.form.show, raw)

    def show_zh(self, pair: Pair) -> str | None:
        """Return the value as a Chinese sentence has it; None where missing."""
        return _written(self.form.zh, self.raw(pair))


def _written(write: Callable[[Any], str], raw: Any) -> str | None:
    if raw is None or raw == ():
        return None
    return "、".join(map(write, raw)) if isinstance(raw, tuple) else write(raw)


def derived(name: str, zh: str, uses: tuple[str, ...], form: Form, compute: Callable[..., Any]) -> Field:
    """Return a field whose raw value is `compute` of the raw attributes it uses, and of nothing else."""
    get = attrgetter(*uses)
    if len(uses) == 1:
        return Field(name, zh, uses, form, lambda pair: compute(get(pair)), compute)
    return Field(name, zh, uses, form, lambda pair: compute(*get(pair)), compute)


class Fields:
    """Every field of an instance under a policy, by its key, Chinese name or alias."""

    def __init__(self, vocabularies: Mapping[str, Vocabulary], backbone: str, extra: Mapping[str, Field]) -> None:
        self._extra = extra
        self._found: dict[str, Field | None] = {}
        self._columns = {
            side: {name: _column(side, column, vocabularies, backbone) for column in sheet.columns
                   for name in column.names}
            for side, sheet in _SHEETS.items()
        }

    def find(self, name: str) -> Field | None:
        """Return the field called `name`, or None."""
        if name not in self._found:
            self._found[name] = self._find(name)
        return self._found[name]

    def _find(self, name: str) -> Field | None:
        name = ALONE.get(fold(name), name)
        side, dot, rest = name.partition(".")
        if fold(name) in self._extra:
            found: Field | None = self._extra[fold(name)]
        elif dot and fold(side) in self._columns:
            found = self._columns[fold(side)].get(fold_heading(rest))
        else:
            found = self._columns["teacher"].get(fold_heading(name))
        return self._extra["backbone"] if found and found.uses == ("teacher.backbone",) else found


_SHEETS: Mapping[str, Sheet] = {"teacher": TEACHERS, "need": NEEDS, "home": SITES, "host": SITES}


def _column(side: str, column: Column, vocabularies: Mapping[str, Vocabulary], backbone: str) -> Field:
    path = f"{side}.{column.key}"
    get: Callable[[Pair], Any] = attrgetter(path)
    name = column.key if side == "teacher" else path
    if column.kind is Kind.LEVEL:
        level = {"no": None, "yes": backbone}
        return derived(name, column.zh, (path,), LevelForm(yes=backbone), lambda word: level.get(word, word))
    return Field(name, column.zh, (path,), _form(column, vocabularies), get, _as_it_is)


def _as_it_is(raw: Any) -> Any:
    return raw


def _form(column: Column, vocabularies: Mapping[str, Vocabulary]) -> Form:
    if column.vocabulary is not None:
        return WordForm(vocabularies.get(column.vocabulary.name, column.vocabulary))
    if column.kind in NUMBERS:
        return NumberForm()
    if column.kind is Kind.YES_NO:
        return YesNoForm()
    return MonthForm() if column.kind in (Kind.MONTH, Kind.DATE) else Form()
