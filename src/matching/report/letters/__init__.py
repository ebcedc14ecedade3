"""Letters: for each teacher and each school one page that says where, why, and what else there was."""

from matching.report.letters.blank import write_blank
from matching.report.letters.write import Written, write_letters

__all__ = ["Written", "write_blank", "write_letters"]
