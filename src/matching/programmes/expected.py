"""What a programme must show: the file ``expected.json``, as frozen models."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, PlainValidator, Tag, model_validator
from pydantic_core import PydanticCustomError

from matching.domain.plan import Status
from matching.domain.text import Lang
from matching.programmes.numbers import exact

KINDS = ("count", "rule", "study", "difference")
"""A figure has exactly one of these keys."""
NO_FIELDS = ("pairings", "ledger")
"""What has no fields of the policy language, only columns."""


def _number(stated: Any) -> Fraction:
    if isinstance(stated, int | float | str):
        try:
            return exact(stated)
        except (ValueError, OverflowError):
            pass
    raise PydanticCustomError("not_a_number", "not_a_number")


def _scalar(stated: Any) -> Any:
    if isinstance(stated, dict) or (isinstance(stated, list) and any(isinstance(s, dict | list) for s in stated)):
        raise PydanticCustomError("not_a_value", "not_a_value")
    return tuple(stated) if isinstance(stated, list) else stated


def _title(stated: Any) -> Any:
    return {"zh": stated, "en": stated} if isinstance(stated, str) else stated


def _texts(stated: Any) -> tuple[str, ...]:
    texts = [stated] if isinstance(stated, str) else stated
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise PydanticCustomError("not_a_condition", "not_a_condition")
    return tuple(text for text in texts if text.strip())


Number = Annotated[Fraction, PlainValidator(_number)]
Scalar = Annotated[Any, PlainValidator(_scalar)]
Texts = Annotated[tuple[str, ...], PlainValidator(_texts)]
Name = Annotated[str, Field(min_length=1)]
Whole = Annotated[int, Field(ge=0)]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Title(_Model):
    """Words in both languages; either may be left out."""

    zh: str = ""
    en: str = ""

    def get(self, lang: Lang) -> str:
        """Return the title in `lang`, else in the other language."""
        return (self.zh or self.en) if lang == "zh" else (self.en or self.zh)


class _Figure(_Model):
    """What every figure has; `source` says where the number stands."""

    id: Name
    title: Annotated[Title, BeforeValidator(_title)] = Title()
    source: str = ""
    note: str = ""


class _Compared(_Figure):
    equals: Number | None = None
    at_least: Number | None = None
    at_most: Number | None = None

    @model_validator(mode="after")
    def _has_a_bound(self) -> _Compared:
        if self.equals is None and self.at_least is None and self.at_most is None:
            raise PydanticCustomError("no_bound", "no_bound")
        return self

    def meets(self, value: Fraction) -> bool:
        """Tell whether `value` is as it shall be."""
        return ((self.equals is None or value == self.equals) and (self.at_least is None or value >= self.at_least)
                and (self.at_most is None or value <= self.at_most))


class CountFigure(_Compared):
    """How many records there are that match `when` and `where`; see docs/programmes.md."""

    count: Literal["placements", "teachers", "needs", "sites", "pairings", "ledger", "unplaced", "unfilled", "reserve"]
    when: Texts = ()
    where: dict[str, Scalar] = {}
    measure: Literal["seats", "km", "yuan", "class_hours"] = "seats"
    distinct: str | None = None
    per: str | None = None
    share_of: Texts | None = None

    @model_validator(mode="after")
    def _has_a_meaning(self) -> CountFigure:
        if self.measure != "seats" and (self.count != "placements" or self.distinct is not None):
            raise PydanticCustomError("bad_measure", "bad_measure")
        if self.count in NO_FIELDS and (self.when or self.share_of):
            raise PydanticCustomError("no_fields", "no_fields")
        return self


class RuleFigure(_Figure):
    """The audit's lines of a rule, in one group or in all; what is None is not compared."""

    rule: Name
    group: str | None = None
    value: Scalar = None
    required: Scalar = None
    ok: bool | None = None
    shortfall: Whole | None = None

    @model_validator(mode="after")
    def _says_something(self) -> RuleFigure:
        if not self.stated:
            raise PydanticCustomError("no_statement", "no_statement")
        return self

    @property
    def stated(self) -> dict[str, Any]:
        """What the lines must show."""
        found = {key: getattr(self, key) for key in ("value", "required", "ok", "shortfall")}
        return {key: value for key, value in found.items() if value is not None}


class StudyFigure(_Compared):
    """How many rows of a study have the values of `where`."""

    study: Name
    where: dict[str, Scalar] = {}


class DifferenceFigure(_Compared):
    """What this case has more than the case `other`: ``filled``, ``km``, ``yuan`` or a goal's value."""

    difference: Literal["filled", "km", "yuan", "fill", "shortfall", "fair", "points"]
    other: Name = Field(alias="from")


def _kind(stated: Any) -> str | None:
    if isinstance(stated, dict):
        return next((kind for kind in KINDS if kind in stated), None)
    return next((kind for kind in KINDS if hasattr(stated, kind)), None)


Figure = Annotated[
    Annotated[CountFigure, Tag("count")] | Annotated[RuleFigure, Tag("rule")] | Annotated[StudyFigure, Tag("study")]
    | Annotated[DifferenceFigure, Tag("difference")], Discriminator(_kind)]


class Case(_Model):
    """A workbook and a policy that are solved, or with `plan` a plan file that is judged, and what they show.

    `workbook` and `policy` are None where they bear the programme's own id. `audit` is whether the audit passes.
    """

    id: Name
    workbook: Name | None = None
    policy: Name | None = None
    plan: Name | None = None
    status: Status | None = None
    teachers: Whole | None = None
    seats: Whole | None = None
    filled: Whole | None = None
    audit: bool = True
    breaches: tuple[str, ...] | None = None
    conflict: tuple[str, ...] | None = None
    relaxation: Whole | None = None
    figures: tuple[Figure, ...] = ()
    note: str = ""

    @model_validator(mode="after")
    def _is_consistent(self) -> Case:
        if self.status != "infeasible" and (self.conflict is not None or self.relaxation is not None):
            raise PydanticCustomError("no_conflict", "no_conflict")
        if self.audit and self.breaches:
            raise PydanticCustomError("no_breach", "no_breach")
        _different([figure.id for figure in self.figures])
        return self


class Expected(_Model):
    """All cases of a programme; the first is its line in the table."""

    source: str = ""
    note: str = ""
    cases: tuple[Case, ...]

    @model_validator(mode="after")
    def _is_consistent(self) -> Expected:
        if not self.cases:
            raise PydanticCustomError("no_cases", "no_cases")
        _different([case.id for case in self.cases])
        known = {case.id for case in self.cases}
        for case in self.cases:
            named = [f.other for f in case.figures if isinstance(f, DifferenceFigure)]
            for other in named:
                if other not in known - {case.id}:
                    raise PydanticCustomError("no_case", "no_case", {"seen": other})
        return self


def _different(ids: list[str]) -> None:
    twice = next((name for name in ids if ids.count(name) > 1), None)
    if twice is not None:
        raise PydanticCustomError("repeated_id", "repeated_id", {"seen": twice})
