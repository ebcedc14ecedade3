"""What the simulation takes for granted where neither the workbook nor the policy says it."""

from __future__ import annotations

from dataclasses import dataclass

from matching.domain.findings import Finding, InputError, error

MOST_YEARS = 60


@dataclass(frozen=True)
class Assumptions:
    """Ages and years of the model; all may be set.

    Attributes
    ----------
    retire_men, retire_women : age, in whole years as a school year begins, at which somebody retires
    title_years : years in a title after which the next one is due
    service_years : rural service, in years, that a title waits for (人社部发〔2015〕79号: at least one for a senior
        title)
    hardship : the class (艰苦边远类别) from which a post is a hardship post
    """

    retire_men: int = 60
    retire_women: int = 55
    title_years: int = 5
    service_years: int = 1
    hardship: int = 1

    def __post_init__(self) -> None:
        found = [*_outside("retire_men", self.retire_men, 40, 80), *_outside("retire_women", self.retire_women, 40, 80),
                 *_outside("title_years", self.title_years, 1, 40),
                 *_outside("service_years", self.service_years, 0, 40), *_outside("hardship", self.hardship, 1, 6)]
        if found:
            raise InputError(found)


def check_years(years: int, first_year: int) -> None:
    """Refuse a horizon or a first year that cannot be meant.

    Raises
    ------
    InputError
        With everything that is wrong.
    """
    found = [*_outside("years", years, 1, MOST_YEARS), *_outside("from", first_year, 1950, 2200)]
    if found:
        raise InputError(found)


def _outside(name: str, value: int, low: int, high: int) -> list[Finding]:
    if low <= value <= high:
        return []
    shown = "--" + name.replace("_", "-")
    return [error("out_of_range", f"{shown} 应是 {low} 到 {high} 的整数，而不是 {value}",
                  f"{shown} must be a whole number from {low} to {high}, not {value}", value=str(value))]
