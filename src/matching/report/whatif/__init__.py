"""A what-if as a folder: figures, tables, a page with the curve."""

from matching.report.whatif.files import answer, write_whatif
from matching.report.whatif.words import sentences

__all__ = ["answer", "sentences", "write_whatif"]
