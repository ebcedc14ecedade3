"""The folder of a simulation over years: its page, its workbook and its tables."""

from matching.report.years.write import BEFORE, Kept, write_roll

__all__ = ["BEFORE", "Kept", "write_roll"]
