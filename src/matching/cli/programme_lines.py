"""The table of programmes on the screen, line by line as each is done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from matching.domain.text import Lang, Text

if TYPE_CHECKING:
    from matching.programmes import Programme

LANGS: tuple[Lang, Lang] = ("zh", "en")
WIDTHS = {"zh": (40, 6, 6, 6, 10, 10, 6, 10, 8), "en": (40, 10, 7, 8, 12, 12, 8, 13, 9)}


def heading_line() -> Text:
    """Return the headings."""
    from matching.programmes.rows import HEADINGS

    return Text(*(_line([heading.get(lang) for heading in HEADINGS], lang) for lang in LANGS))


def programme_lines(programme: Programme) -> Iterator[Text]:
    """Yield the programme's row, the rules that fall short, and what is not as expected."""
    from matching.programmes.rows import row
    from matching.programmes.words import check_words

    rows = {lang: row(programme, lang) for lang in LANGS}
    yield Text(*(_line(["-" if cell is None else f"{cell}" for cell in rows[lang][:-1]], lang) for lang in LANGS))
    if rows["zh"].short:
        yield Text(f"    未达标：{'；'.join(rows['zh'].short)}", f"    falls short: {'; '.join(rows['en'].short)}")
    for check in programme.unmet:
        yield Text(f"    不符 {check_words(check, 'zh')}", f"    not met: {check_words(check, 'en')}")


def _line(cells: Sequence[str], lang: Lang) -> str:
    """Return cells in columns, the first to the left; a Chinese character is two places wide."""
    from rich.cells import cell_len, set_cell_size

    first, *others = zip(cells, WIDTHS[lang], strict=True)
    return set_cell_size(*first) + "".join(" " * (width - cell_len(cell)) + cell for cell, width in others)
