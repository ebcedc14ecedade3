"""Whole numbers that add up, and small random choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeVar

import numpy as np

T = TypeVar("T")


def largest_remainder(weights: Mapping[T, float], total: int) -> dict[T, int]:
    """Return `total` shared out in proportion to `weights`: rounded down, the rest to the largest remainders."""
    whole = sum(weights.values())
    exact = {key: total * weight / whole for key, weight in weights.items()}
    shares = {key: int(value) for key, value in exact.items()}
    neediest = sorted(exact, key=lambda key: shares[key] - exact[key])
    for key in neediest[:total - sum(shares.values())]:
        shares[key] += 1
    return shares


def at_least_one(weights: Mapping[T, float], total: int) -> dict[T, int]:
    """Return `total` shared out by largest remainder after each key has received one."""
    return {key: 1 + more for key, more in largest_remainder(weights, total - len(weights)).items()}


def repeated(counts: Mapping[T, int]) -> list[T]:
    """Return each key as often as its count says, in order."""
    return [key for key, count in counts.items() for _ in range(count)]


def shuffled(random: np.random.Generator, items: Sequence[T]) -> list[T]:
    """Return the items in random order."""
    return [items[i] for i in random.permutation(len(items))]


def pick(random: np.random.Generator, weights: Mapping[T, float]) -> T:
    """Return one key, drawn in proportion to its weight."""
    keys = list(weights)
    chances = np.array(list(weights.values()), float)
    return keys[int(random.choice(len(keys), p=chances / chances.sum()))]


def pick_some(random: np.random.Generator, items: Sequence[T], count: int) -> list[T]:
    """Return up to `count` different items in random order."""
    return [items[i] for i in random.permutation(len(items))[:count]]


def month_before(reference: date, months: int) -> date:
    """Return the first of the month that lies `months` before `reference`."""
    index = reference.year * 12 + reference.month - 1 - months
    return date(index // 12, index % 12 + 1, 1)
