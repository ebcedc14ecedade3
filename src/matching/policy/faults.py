"""A fault found while reading a policy, before it is known where the text stands."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable

from matching.domain.text import Text
from matching.domain.vocabulary import Vocabulary, fold


class Fault(Exception):
    """One thing that is wrong, said in both languages; the caller adds its place."""

    def __init__(self, code: str, zh: str, en: str, value: object = None, suggest: Iterable[str] = ()) -> None:
        super().__init__(en)
        self.code = code
        self.text = Text(zh, en)
        self.value = None if value is None else str(value)
        self.suggest = tuple(suggest)


class Faults(Exception):
    """Several faults of one value."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(str(f) for f in self.faults))


def near(text: str, names: Iterable[str], most: int = 3) -> tuple[str, ...]:
    """Return the names nearest to `text`: those that contain it or lie in it, then those spelt alike."""
    by_fold = {fold(name): name for name in names}
    seen = fold(text)
    inside = [n for n in by_fold if seen and (n in seen or seen in n)]
    inside.sort(key=lambda n: abs(len(n) - len(seen)))
    alike = difflib.get_close_matches(seen, by_fold, n=most, cutoff=0.5)
    return tuple(by_fold[n] for n in dict.fromkeys((*alike, *inside)))[:most]


def near_words(text: str, words: Vocabulary, most: int = 3) -> tuple[str, ...]:
    """Return the nearest words in the script of `text`: keys for Latin letters, else Chinese names."""
    latin = fold(text).isascii()
    names = {(t.key if latin else t.zh): t for t in words.terms}
    known = {name: name for name in names}
    known |= {alias: name for name, t in names.items() for alias in (t.key, t.zh, *t.aliases)}
    found = tuple(dict.fromkeys(known[n] for n in near(text, known, 2 * most)))[:most]
    return found or (tuple(names) if len(names) <= 8 else ())


def plain(text: str) -> str:
    """Return `text` in NFKC, control characters as blanks, trimmed."""
    normal = unicodedata.normalize("NFKC", text)
    return "".join(" " if unicodedata.category(c) == "Cc" else c for c in normal).strip()


def word(text: str, words: Vocabulary, what: Text) -> str:
    """Return the key that `text` stands for in `words`.

    Raises
    ------
    Fault
        Where the list has no such word; suggests the nearest.
    """
    key = words.lookup(text)
    if key is None:
        suggest = near_words(text, words)
        raise Fault("unknown_word", f"{what.zh}没有“{text}”这个取值", f"{text!r} is not a {what.en}", text, suggest)
    return key
