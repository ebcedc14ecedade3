"""Letters as one PDF to print, by typst; nothing is fetched, and data never becomes markup."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from matching.domain.findings import InputError, error
from matching.domain.text import Lang
from matching.report.letters.fonts import chinese_font, installed
from matching.report.letters.pages import Page, SchoolPage

_TEMPLATE = Path(__file__).parent.parent / "templates" / "letters" / "letters.typ"
REGIONS = {"zh": "CN", "en": "GB"}
SIZES = (10.5, 9.5, 8.5, 7.5)
"""In points: a letter that runs over its page is set in the next size."""
STANDARD: Literal["a-2b"] = "a-2b"
"""A form for archives, in which a character without a glyph is refused instead of printed as a box."""
_NO_GLYPH = re.compile(r'the text `"(.*)"` could not be displayed')


def write_pdf(path: Path, pages: Sequence[Page], lang: Lang) -> None:
    """Write letters of one kind into one PDF, each on a page of its own where the smallest of `SIZES` allows.

    Raises
    ------
    InputError
        Where no Chinese font is installed, or it lacks a character.
    """
    setter = _Setter(lang, chinese_font())
    sizes = [SIZES[0]] * len(pages)
    made, over = setter.set(pages, sizes)
    while over and sizes[over[0]] != SIZES[-1]:
        for at in over:
            sizes[at] = SIZES[SIZES.index(sizes[at]) + 1]
        _, still = setter.set([pages[at] for at in over], [sizes[at] for at in over])
        over = [over[at] for at in still]
    path.write_bytes(made if set(sizes) <= {SIZES[0]} else setter.set(pages, sizes)[0])


class _Setter:
    """Sets letters in one font; the letters that run over are always those of one size."""

    def __init__(self, lang: Lang, font: str) -> None:
        import typst

        self._lang, self._font = lang, font
        self._compiler = typst.Compiler(str(_TEMPLATE), root=str(_TEMPLATE.parent), font_paths=installed(),
                                        ignore_system_fonts=True)

    def set(self, pages: Sequence[Page], sizes: Sequence[float]) -> tuple[bytes, list[int]]:
        """Return the PDF, and which letters take more than a page."""
        import typst

        data = {"data": _data(pages, sizes, self._lang, self._font)}
        try:
            made, warnings = self._compiler.compile_with_warnings(
                sys_inputs=data, pdf_standards=STANDARD, timestamp=0, pdf_tags=False)
        except typst.TypstError as problem:
            raise _not_drawn(problem.message, self._font) from problem
        if warnings:
            raise _not_drawn(warnings[0].message, self._font)
        assert isinstance(made, bytes)
        return made, running_over(json.loads(self._compiler.query("<begin>", "value")))


def running_over(begins: Sequence[int]) -> list[int]:
    """Return which letters take more than a page.

    Parameters
    ----------
    begins : the page that each letter begins on, and the one after the last
    """
    return [at for at, (begin, after) in enumerate(itertools.pairwise(begins)) if after > begin + 1]


def _data(pages: Sequence[Page], sizes: Sequence[float], lang: Lang, font: str) -> str:
    """Return what the typst template reads."""
    return json.dumps({
        "title": pages[0].title if pages else "", "lang": lang, "region": REGIONS[lang], "font": font,
        "people": "schools" if pages and isinstance(pages[0], SchoolPage) else "teachers",
        "letters": [page.context() | {"size": size} for page, size in zip(pages, sizes, strict=True)],
    }, ensure_ascii=False)


def _not_drawn(message: str, font: str) -> InputError:
    lacking = _NO_GLYPH.search(message)
    if lacking is None:
        return InputError([error("pdf_failed", f"PDF 排版失败：{message}", f"The PDF could not be made: {message}")])
    text = lacking.group(1)
    return InputError([error(
        "no_glyph",
        f"字体“{font}”里没有“{text}”这个字，打印出来会是空框，因此没有生成 PDF。请安装字数更全的字体"
        "（Debian：fonts-noto-cjk；Windows：更新系统自带的微软雅黑），或者只生成 DOCX。",
        f'The font "{font}" has no glyph for "{text}", which would be printed as a box, so no PDF was made. Install a '
        "fuller font (Debian: fonts-noto-cjk; Windows: update Microsoft YaHei), or write DOCX alone.", value=text)])
