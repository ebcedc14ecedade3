"""`report.xlsx`: one module a sheet, each a function from the report to a `Grid`."""

from matching.report.xlsx.book import write_report_xlsx

__all__ = ["write_report_xlsx"]
