"""Programmes: folders with workbooks, policies and the figures that they must show."""

from matching.programmes.expected import Expected
from matching.programmes.files import write_programmes
from matching.programmes.outcome import Check, Outcome
from matching.programmes.programme import Programme, find_programmes, run_programme
from matching.programmes.reading import FILE, read_expected
from matching.programmes.results import programme_to_dict, programmes_to_dict
from matching.programmes.standing import RuleStanding, standings

__all__ = [
    "FILE", "Check", "Expected", "Outcome", "Programme", "RuleStanding", "find_programmes", "programme_to_dict",
    "programmes_to_dict", "read_expected", "run_programme", "standings", "write_programmes",
]
