"""A page opened in a real browser, on its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


@contextmanager
def opened(browser: Any, file: Path, width: int) -> Iterator[Any]:
    """Open a page; it reports no error, asks for nothing beyond itself and, in the end, is no wider than the window."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    assert said == []
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    yield page
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.close()
