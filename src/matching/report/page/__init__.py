"""`report.html`: one self-contained page; one module a section, each a function from the report to what it shows."""

from matching.report.page.page import write_report_html

__all__ = ["write_report_html"]
