"""Every field a condition may name, as numbers over teachers, over needs, or over pairs of both."""

from __future__ import annotations

from functools import cache
from math import nan
from typing import Any, Literal

from matching.domain.instance import Instance
from matching.domain.sheets import NEEDS, SITES, TEACHERS
from matching.domain.terms import BACKBONE
from matching.policy.model import Policy
from matching.problem import derived
from matching.problem.classes import Index, classes
from matching.problem.columns import Atoms, Encode, Values, encoded, encoding, number
from matching.problem.pairfields import NAMES, PairFields
from matching.travel import Distances

Side = Literal["teacher", "need", "pair"]
CREDITED = "credited_hours"
EXCHANGE = "exchange_staff"


class Fields:
    """The fields of one instance under one policy; arrays are made when first asked for.

    A field lives on the ``teacher`` side (teacher and home columns), on the ``need`` side (need and host columns), or
    on the ``pair``.
    """

    def __init__(self, instance: Instance, policy: Policy) -> None:
        self.instance = instance
        self.policy = policy
        self.atoms = Atoms()
        self.pairs = PairFields(instance, Distances(instance, policy.detour), self.atoms)
        self._derived = derived.teacher_fields(instance, policy.reference_date)
        self._exchange_staff = derived.exchange_staff(instance)
        self.values = cache(self._values)
        self.classes = cache(self._classes)

    @property
    def backbone_rank(self) -> int:
        """The rank of the lowest level that counts as backbone."""
        return BACKBONE.rank(self.policy.backbone)

    def on_pairs(self, name: str, teachers: Index, needs: Index) -> Values:
        """Return a field's values over pairs given as two index arrays; `name` is canonical."""
        at = side(name)
        if at == "pair":
            return self.pairs.values(name, teachers, needs)
        return self.values(name).take(teachers if at == "teacher" else needs)

    def kinds(self, name: str, at: Side) -> Index | None:
        """Return a class number for each teacher (or need): those of one class are alike to the field.

        None where the field does not look at that side.
        """
        where = side(name)
        if where == at:
            return self.classes(name)[0]
        return self.pairs.kinds(name, at) if where == "pair" else None

    def raw(self, name: str) -> list[Any]:
        """Return a field's values as the records hold them, over teachers or over needs."""
        prefix, dot, key = name.partition(".")
        instance = self.instance
        if prefix == "need" and dot:
            return [getattr(n, key) for n in instance.needs]
        if prefix == "host":
            return [self._of_site(n.site_id, key) for n in instance.needs]
        if prefix == "home" and dot:
            return [self._of_site(t.home_site, key) for t in instance.teachers]
        if name == "backbone":
            return [instance.backbone_level(t) for t in instance.teachers]
        if name == "ledger_sites":
            return list(derived.ledger_sites(instance))
        return self._derived[name] if name in self._derived else [getattr(t, name) for t in instance.teachers]

    def _of_site(self, site_id: str, key: str) -> Any:
        return self._exchange_staff.get(site_id) if key == EXCHANGE else getattr(self.instance.site[site_id], key)

    def _classes(self, name: str) -> tuple[Index, list[Any]]:
        """Return a number for the value of each teacher or need, and the values by number."""
        prefix, dot, key = name.partition(".")
        if not dot or prefix == "need":
            return classes(self.raw(name))
        of_site, values = classes([self._of_site(s.site_id, key) for s in self.instance.sites])
        return of_site[self.pairs.home if prefix == "home" else self.pairs.host], values

    def _values(self, name: str) -> Values:
        kind, distinct = self.classes(name)
        return encoded(distinct, self._encoding(name)).take(kind)

    def _encoding(self, name: str) -> Encode:
        prefix, dot, key = name.partition(".")
        if name in self._derived or name == CREDITED or key == EXCHANGE:
            return number
        if name == "ledger_sites":
            return self.atoms
        if name == "need.backbone_required":
            return self._required_level
        sheet = {"need": NEEDS, "host": SITES, "home": SITES}[prefix] if dot else TEACHERS
        return encoding(sheet.by_key[key if dot else name], self.atoms)

    def _required_level(self, level: Any) -> float:
        if level in ("yes", True):
            return float(self.backbone_rank)
        return nan if level in ("no", False) else float(BACKBONE.rank(str(level)))


def side(name: str) -> Side:
    """Tell where the field with that canonical name lives."""
    if name in NAMES:
        return "pair"
    return "need" if name.startswith(("need.", "host.")) else "teacher"
