"""Seeded synthetic instances of every size that the engines are measured at."""

from benchmarks.synthetic.make import make
from benchmarks.synthetic.sizes import SIZES

__all__ = ["SIZES", "make"]
