"""The run in a folder, in a workbook and on a page."""

from matching.report.content import Funnel, Report
from matching.report.gather import gathered
from matching.report.page import write_report_html
from matching.report.run_folder import write_run
from matching.report.xlsx import write_report_xlsx

__all__ = ["Funnel", "Report", "gathered", "write_report_html", "write_report_xlsx", "write_run"]
