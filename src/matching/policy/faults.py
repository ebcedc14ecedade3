"""A fault found while reading a policy, before it is known where the text stands."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from matching.domain.text import Text
from matching.domain.vocabulary import Vocabulary, fold
from matching.policy.messages import MESSAGES


class Fault(NamedTuple):
    """One thing that is wrong; the caller adds its place."""

    code: str
    text: Text
    value: str | None
    suggest: tuple[str, ...]


class FaultError(Exception):
    """A value that cannot be used, with everything that is wrong with it."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = faults
        super().__init__("; ".join(f.text.en for f in faults))


def fault(code: str, seen: object = None, suggest: Iterable[str] = (), **words: object) -> Fault:
    """Return the fault of a code in `MESSAGES`; `seen` is the value found, `words` fill the message."""
    template = MESSAGES[code]
    shown = None if seen is None else shorten(str(seen))
    text = Text(template.zh.format(seen=shown, **words), template.en.format(seen=shown, **words))
    return Fault(code, text, shown, tuple(suggest))


def refusal(code: str, seen: object = None, suggest: Iterable[str] = (), **words: object) -> FaultError:
    """Return the exception of one `fault`."""
    return FaultError(fault(code, seen, suggest, **words))


def shorten(text: str, most: int = 200) -> str:
    """Return `text`, cut where it is too long to be read."""
    return text if len(text) <= most else text[:most] + "…"


def near(text: str, names: Iterable[str], most: int = 3) -> tuple[str, ...]:
    """Return the names nearest to `text`: those spelt alike, then those that contain it or lie in it."""
    by_fold = {fold(name): name for name in names}
    seen = fold(shorten(text))
    alike = difflib.get_close_matches(seen, by_fold, n=most, cutoff=0.5)
    inside = [n for n in by_fold if seen and (n in seen or seen in n)]
    inside.sort(key=lambda n: abs(len(n) - len(seen)))
    return tuple(by_fold[n] for n in dict.fromkeys((*alike, *inside)))[:most]


def near_words(text: str, words: Vocabulary, most: int = 3) -> tuple[str, ...]:
    """Return the nearest words in the script of `text`: keys for Latin letters, else Chinese names."""
    latin = fold(text).isascii()
    shown = {t: t.key if latin else t.zh for t in words.terms}
    known = {name: shown[t] for t in words.terms for name in (t.key, t.zh, *t.aliases)}
    found = tuple(dict.fromkeys(known[n] for n in near(text, known, 2 * most)))[:most]
    return found or (tuple(shown.values()) if len(shown) <= 8 else ())


def plain(text: str) -> str:
    """Return `text` in NFKC, control characters as blanks, trimmed."""
    normal = unicodedata.normalize("NFKC", text)
    return "".join(" " if unicodedata.category(c) == "Cc" else c for c in normal).strip()


def word(text: str, words: Vocabulary, what: Text) -> str:
    """Return the key that `text` stands for in `words`; `what` says what it should be.

    Raises
    ------
    FaultError
        The list has no such word; suggests the nearest.
    """
    key = words.lookup(text)
    if key is None:
        raise refusal("unknown_word", text, near_words(text, words), zh=what.zh, en=what.en)
    return key
