"""The run in a workbook and on a page."""

from matching.report.content import Funnel, Report
from matching.report.page import write_report_html
from matching.report.xlsx import write_report_xlsx

__all__ = ["Funnel", "Report", "write_report_html", "write_report_xlsx"]
