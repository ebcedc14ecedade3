"""What every answer has in common: that it is told in Chinese and in English."""

from __future__ import annotations

from collections.abc import Iterable

from matching.domain.text import Lang, Text


class InLines:
    """An answer with `lines`."""

    lines: tuple[Text, ...]

    def words(self, lang: Lang) -> list[str]:
        """Return the answer as sentences, one a line."""
        return [line.get(lang) for line in self.lines]


class InAParagraph:
    """An answer with a `text`."""

    text: Text

    @property
    def zh(self) -> str:
        """The answer in Chinese."""
        return self.text.zh

    @property
    def en(self) -> str:
        """The answer in English."""
        return self.text.en


def paragraph(sentences: Iterable[Text]) -> Text:
    """Return sentences as one paragraph."""
    every = tuple(sentences)
    return Text("".join(s.zh for s in every), " ".join(s.en for s in every))
