"""The run in a folder, in a workbook and on a page; each loads when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matching.report.content import Funnel, Report
    from matching.report.gather import gathered
    from matching.report.page import write_report_html
    from matching.report.run_folder import write_run
    from matching.report.xlsx import write_report_xlsx

__all__ = ["Funnel", "Report", "gathered", "write_report_html", "write_report_xlsx", "write_run"]
_ROOMS = {"Funnel": "content", "Report": "content", "gathered": "gather", "write_report_html": "page",
          "write_run": "run_folder", "write_report_xlsx": "xlsx"}


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_ROOMS[name]}"), name)
