"""The Chinese font of a PDF: looked for among those installed, and never replaced by boxes or another script."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from matching.domain.findings import InputError, error

if TYPE_CHECKING:
    import typst

FAMILIES = (
    "Microsoft YaHei", "SimSun", "NSimSun", "DengXian", "SimHei",
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "PingFang SC", "Songti SC",
    "Noto Serif CJK SC", "Source Han Serif SC", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "AR PL UMing CN",
)
"""Families that write simplified Chinese and Latin alike, the most legible first: of Windows, then of others."""


@cache
def installed() -> typst.Fonts:
    """Return the fonts of this machine; looked for once."""
    import typst

    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=False)


def chinese_font() -> str:
    """Return the family to write letters in.

    Raises
    ------
    InputError
        Where none of `FAMILIES` is installed; it says what to install.
    """
    there = set(installed().families())
    found = next((family for family in FAMILIES if family in there), None)
    if found is None:
        raise InputError([error(
            "no_chinese_font",
            "本机没有可用的中文字体，无法生成 PDF。Windows 请确认装有“微软雅黑”或“宋体”（系统自带）；Debian、Ubuntu、"
            "统信 UOS、麒麟请安装软件包 fonts-wqy-microhei 或 fonts-noto-cjk；或者只生成 DOCX。",
            "No Chinese font is installed, so no PDF can be made. On Windows, see that Microsoft YaHei or SimSun is "
            "there (both come with it); on Debian or Ubuntu install fonts-wqy-microhei or fonts-noto-cjk; or write "
            "DOCX alone.",
            suggest=FAMILIES[:2])])
    return found
