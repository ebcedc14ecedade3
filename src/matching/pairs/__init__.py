"""Pairs designed: which school supports which weak one, and who is whose mentor."""

from matching.pairs.answer import answer
from matching.pairs.book import refuse_other_forms, write_design
from matching.pairs.design import Design, design
from matching.pairs.lines import alone, mentor_pairs, pairing_rows, school_pairs
from matching.pairs.pages import summary

__all__ = ["Design", "alone", "answer", "design", "mentor_pairs", "pairing_rows", "refuse_other_forms",
           "school_pairs", "summary", "write_design"]
