"""A simulation of arrivals as a folder: figures, reserve lists, a page with charts."""

from matching.report.arrivals.files import write_simulation

__all__ = ["write_simulation"]
