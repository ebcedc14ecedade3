"""Closed lists of words: each word has one key, a Chinese name, and aliases."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

_BRACKETS = re.compile(r"[(（][^)）]*[)）]")
_CAPITAL = frozenset({"chinese", "english", "tibetan"})
"""Words that English writes with a capital: languages."""
_CALLED = {"generalist": "all subjects"}
"""Keys that would read oddly in a sentence: nobody teaches generalist."""


def fold(text: str) -> str:
    """Return `text` as words are compared: NFKC, trimmed, lower case."""
    return unicodedata.normalize("NFKC", text).strip().lower()


def fold_heading(text: str) -> str:
    """Return `text` as headings and sheet names are compared: `fold`, without brackets and ``*``."""
    return fold(_BRACKETS.sub("", unicodedata.normalize("NFKC", text)).replace("*", ""))


def english(key: str) -> str:
    """Return a key as English readers have it: ``English``, ``PE``, ``early years``."""
    if key in _CAPITAL:
        return key.capitalize()
    if key in _CALLED:
        return _CALLED[key]
    return key.upper() if len(key) == 2 and key.islower() and key != "no" else key.replace("_", " ")


class Term(NamedTuple):
    """A word of a vocabulary; `key` is what records hold."""

    key: str
    zh: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Vocabulary:
    """A closed list of words.

    Where `ordered`, terms stand from low to high and `rank` compares them.
    """

    name: str
    terms: tuple[Term, ...]
    ordered: bool = False

    @cached_property
    def _keys(self) -> Mapping[str, str]:
        words = {fold(w): t.key for t in self.terms for w in t.aliases}
        return words | {fold(w): t.key for t in self.terms for w in (t.zh, t.key)}

    @cached_property
    def _by_key(self) -> Mapping[str, tuple[int, Term]]:
        return {t.key: (rank, t) for rank, t in enumerate(self.terms)}

    def __contains__(self, key: object) -> bool:
        return key in self._by_key

    def lookup(self, text: str) -> str | None:
        """Return the key that `text` (key, Chinese name or alias) stands for, or None."""
        return self._keys.get(fold(text))

    def rank(self, key: str) -> int:
        """Return the place of `key` from low to high, from 0."""
        return self._by_key[key][0]

    def zh(self, key: str) -> str:
        """Return the Chinese name of `key`."""
        return self._by_key[key][1].zh

    def nearest(self, text: str, most: int = 3) -> tuple[str, ...]:
        """Return the Chinese names nearest to a word that is not in the list: one within the other, else alike."""
        folded = fold(text)
        inside = [w for w in self._keys if folded and (w in folded or folded in w)]
        near = inside or difflib.get_close_matches(folded, self._keys, n=most, cutoff=0.3)
        return tuple(dict.fromkeys(self.zh(self._keys[w]) for w in near))[:most]

    def extended(self, terms: Iterable[Term]) -> Vocabulary:
        """Return a vocabulary with `terms` added; a term with a known key adds its aliases to it."""
        merged = {t.key: t for t in self.terms}
        for term in terms:
            old = merged.get(term.key)
            merged[term.key] = old._replace(aliases=old.aliases + term.aliases) if old else term
        return Vocabulary(self.name, tuple(merged.values()), self.ordered)
