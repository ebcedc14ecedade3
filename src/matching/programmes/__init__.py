"""Programmes: folders with workbooks, policies and the figures that they must show."""

from matching.programmes.expected import Expected
from matching.programmes.reading import FILE, read_expected

__all__ = ["FILE", "Expected", "read_expected"]
