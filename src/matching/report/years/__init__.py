"""The folder of a simulation over years: its page, its workbook and its tables."""

from matching.report.years.write import write_roll

__all__ = ["write_roll"]
