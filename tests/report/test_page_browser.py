"""The page in a real browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from matching.report import write_report_html
from tests.report.opened import opened
from tests.report.samples import sample


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [1200, 390])
def test_the_page_opens_alone_and_fits(browser: Any, tmp_path: Path, lang: Any, width: int) -> None:
    file = tmp_path / "report.html"
    write_report_html(file, sample(), lang)
    with opened(browser, file, width) as page:
        assert "54 / " in page.locator("#headline").inner_text()


def test_the_keyboard_reaches_the_content_and_what_is_folded(browser: Any, tmp_path: Path) -> None:
    write_report_html(tmp_path / "report.html", sample())
    page = browser.new_page()
    page.goto((tmp_path / "report.html").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    summary = page.locator("#unplaced summary").first
    summary.focus()
    page.keyboard.press("Enter")
    assert page.locator("#unplaced .people").first.is_visible()
    page.close()


def test_print_shows_what_is_folded_and_leaves_the_contents_out(browser: Any, tmp_path: Path) -> None:
    write_report_html(tmp_path / "report.html", sample())
    page = browser.new_page()
    page.goto((tmp_path / "report.html").as_uri())
    page.emulate_media(media="print")
    assert page.locator("nav").is_hidden()
    assert page.locator("#unplaced .people").first.bounding_box()["height"] > 10
    page.close()


def test_every_table_has_headings_and_every_figure_a_text(browser: Any, tmp_path: Path) -> None:
    write_report_html(tmp_path / "report.html", sample())
    page = browser.new_page()
    page.goto((tmp_path / "report.html").as_uri())
    assert page.evaluate("[...document.querySelectorAll('table')].every(t => t.querySelector('thead th[scope=col]'))")
    assert page.evaluate(
        "[...document.querySelectorAll('svg')].every(s => s.getAttribute('aria-label') || s.ariaHidden === 'true')")
    page.close()
