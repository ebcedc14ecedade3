"""What the sheets define and other cells may name."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from matching.domain.sheets import Ref
from matching.domain.vocabulary import fold
from matching.tables.table import Table

Book = Mapping[str, Table]
_MOST_ALIKE = 3_000
"""Among more names than this none is looked for that is merely alike: it would take long for every wrong cell."""


@dataclass(frozen=True)
class Known:
    """Ids as written; names of schools and of areas folded."""

    book: Book

    @cached_property
    def sites(self) -> frozenset[str]:
        """Ids of sites."""
        return self._values("sites", "site_id")

    @cached_property
    def needs(self) -> frozenset[str]:
        """Ids of needs."""
        return self._values("needs", "need_id")

    @cached_property
    def teachers(self) -> frozenset[str]:
        """Ids of teachers."""
        return self._values("teachers", "teacher_id")

    @cached_property
    def counties(self) -> Mapping[str, str]:
        """Counties of sites, folded, to how they are written."""
        return {fold(name): name for name in self._values("sites", "county")}

    @cached_property
    def areas(self) -> Mapping[str, str]:
        """Counties, prefectures and consortia of sites, folded, to how they are written."""
        wider = self._values("sites", "prefecture") | self._values("sites", "consortium")
        return {**{fold(name): name for name in wider}, **self.counties}

    @cached_property
    def named(self) -> Mapping[str, tuple[str, ...]]:
        """Names of sites, folded, to the ids of those that bear them."""
        found: dict[str, tuple[str, ...]] = {}
        table = self.book.get("sites")
        for name, site in zip(table["name"], table["site_id"], strict=True) if table else ():
            if name and site:
                found[fold(name)] = (*found.get(fold(name), ()), site)
        return found

    def _values(self, sheet: str, key: str) -> frozenset[str]:
        table = self.book.get(sheet)
        return frozenset(table[key]) - {None} if table else frozenset()

    def complete(self, ref: Ref) -> bool:
        """Tell whether all that `ref` may name was read, so that what is not among it is unknown indeed."""
        columns = {"sites": ("site_id", "county"), "needs": ("need_id",), "teachers": ("teacher_id",)}
        for sheet in _SHEETS[ref]:
            table = self.book.get(sheet)
            if table is None:
                return False
            filled = (part.headed for part in table.parts if len(part.headed.grid.rows))
            if any(not headed.at.keys() >= set(columns[sheet]) for headed in filled):
                return False
        return True

    def test(self, ref: Ref) -> Callable[[str], bool]:
        """Return the test of whether a text names something that `ref` may name."""
        ids: frozenset[str] = frozenset().union(*(getattr(self, sheet) for sheet in _SHEETS[ref]))
        areas = self._areas(ref)
        return (lambda name: name in ids or fold(name) in areas) if areas else ids.__contains__

    def _areas(self, ref: Ref) -> Mapping[str, str]:
        return self.areas if ref is Ref.PLACE else self.counties if ref in (Ref.STOP, Ref.WISH) else {}

    def near(self, ref: Ref, name: str) -> tuple[str, ...]:
        """Return what may have been meant: the site so named, an id that differs by zeros, or what looks alike."""
        if "sites" in _SHEETS[ref] and fold(name) in self.named:
            return self.named[fold(name)][:3]
        pool = self._pool(ref)
        bare = _bare(name)
        if bare in pool:
            return pool[bare][:3]
        if len(pool) > _MOST_ALIKE:
            return ()
        alike = difflib.get_close_matches(bare, pool, n=3, cutoff=0.6)
        return tuple(other for name in alike for other in pool[name])[:3]

    def _pool(self, ref: Ref) -> Mapping[str, tuple[str, ...]]:
        if ref not in self._pools:
            ids: Iterable[str] = (i for sheet in _SHEETS[ref] for i in sorted(getattr(self, sheet)))
            pool: dict[str, tuple[str, ...]] = {}
            for name in (*ids, *self._areas(ref).values()):
                pool[_bare(name)] = (*pool.get(_bare(name), ()), name)
            self._pools[ref] = pool
        return self._pools[ref]

    @cached_property
    def _pools(self) -> dict[Ref, Mapping[str, tuple[str, ...]]]:
        return {}


_SHEETS: Mapping[Ref, tuple[str, ...]] = {
    Ref.SITE: ("sites",),
    Ref.NEED: ("needs",),
    Ref.TEACHER: ("teachers",),
    Ref.PLACE: ("sites",),
    Ref.STOP: ("sites",),
    Ref.POST: ("needs", "sites"),
    Ref.WISH_SITE: ("sites",),
    Ref.WISH_NEED: ("needs",),
    Ref.WISH: ("sites", "needs"),
}


def _bare(name: str) -> str:
    return fold(name).lstrip("0")
