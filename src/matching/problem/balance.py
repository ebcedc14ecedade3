"""Rules on those who leave a place less those who come there (Contract 2, "Rules")."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor

import numpy as np
from numpy.typing import ArrayLike
from scipy import sparse

from matching.policy.model import Balance
from matching.problem.arcs import Arcs
from matching.problem.conditions import holds
from matching.problem.facts import ArcFacts
from matching.problem.fields import Fields
from matching.problem.labels import joined
from matching.problem.program import INFINITE, Int64
from matching.problem.quotas import Shortfall
from matching.problem.rows import Rows


@dataclass(frozen=True)
class Balanced:
    """A balance rule laid over the arcs.

    Attributes
    ----------
    labels : one a group
    net : int64, (n_groups, n_arcs), sparse; 1 where an arc leaves the group, -1 where it comes there
    at_least, at_most : whole bounds of every group; None where there is none
    """

    rule: Balance
    labels: tuple[str, ...]
    net: sparse.csr_array
    at_least: int | None
    at_most: int | None


def balanced(rule: Balance, fields: Fields, arcs: Arcs, facts: ArcFacts) -> Balanced:
    """Lay `rule` over the arcs."""
    leave, come = (_keys(names, fields) for names in _fields(rule.per))
    number = _groups(rule, fields, leave, come)
    counts = holds(rule.when, fields, arcs.pairs) & facts.resident
    ways = [(1, leave, arcs.teacher), (-1, come, arcs.need)]
    parts = [(sign, np.array([number.get(k or "", -1) for k in keys], np.int64)[at]) for sign, keys, at in ways]
    row = np.concatenate([group for _, group in parts])
    kept = np.flatnonzero((row >= 0) & np.tile(counts, 2))
    data = np.repeat([sign for sign, _ in parts], len(arcs))
    net = sparse.csr_array((data[kept].astype(np.int64), (row[kept], np.tile(np.arange(len(arcs)), 2)[kept])),
                           shape=(len(number), len(arcs)))
    net.sum_duplicates()
    net.eliminate_zeros()
    return Balanced(rule, tuple(number), net, None if rule.at_least is None else ceil(rule.at_least),
                    None if rule.at_most is None else floor(rule.at_most))


def _fields(per: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names that `per` stands for where one leaves, and where one comes."""
    host = per[0].replace("home.", "host.", 1)
    return per, (host, *(f"need.{name}" for name in per[1:]))


def _keys(names: tuple[str, ...], fields: Fields) -> list[str | None]:
    return joined(*(fields.raw(name) for name in names))


def _groups(rule: Balance, fields: Fields, leave: list[str | None], come: list[str | None]) -> dict[str, int]:
    """Number the groups: values of the home field among approved teachers, each with the subjects of either side."""
    approved = [t.status == "approved" for t in fields.instance.teachers]
    found = dict.fromkeys(key for key, counts in zip(leave, approved, strict=True) if key is not None and counts)
    if len(rule.per) > 1:
        homes = _keys(rule.per[:1], fields)
        known = {home for home, counts in zip(homes, approved, strict=True) if counts}
        hosts = _keys(_fields(rule.per[:1])[1], fields)
        found |= dict.fromkeys(k for k, host in zip(come, hosts, strict=True) if k is not None and host in known)
    return {key: n for n, key in enumerate(found)}


def balance_rows(balance: Balanced, rows: Rows) -> list[Shortfall]:
    """Add the rows of a balance rule and return the columns of its shortfall, where it is elastic."""
    sides = ((1, balance.at_least), (-1, balance.at_most))
    return [s for sign, bound in sides if bound is not None for s in _side(balance, sign, bound, rows)]


def _side(balance: Balanced, sign: int, bound: int, rows: Rows) -> list[Shortfall]:
    against = (balance.net.multiply(sign) < 0).sum(axis=1)
    worst: Int64 = sign * bound + np.asarray(against, np.int64).reshape(-1)
    groups = np.flatnonzero(worst > 0)
    labels = [balance.labels[g] for g in groups.tolist()]
    at = balance.net[groups].tocoo()
    terms: list[tuple[ArrayLike, ArrayLike, ArrayLike]] = [(at.row, at.col, at.data)]
    shortfall = []
    if balance.rule.enforce == "elastic":
        columns = rows.add_columns(worst[groups])
        terms.append((np.arange(len(groups)), columns, sign))
        shortfall.append(Shortfall(balance.rule.id, columns, balance.rule.penalty))
    rows.add_rows(balance.rule.id, labels, terms, *((bound, INFINITE) if sign > 0 else (-INFINITE, bound)))
    return shortfall
