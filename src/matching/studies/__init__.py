"""Tables beside a plan that the programmes ask for: staffing, risks, hours, duties, swaps, what is not verified."""

from matching.studies.case import Case
from matching.studies.catalogue import STUDIES, studies_of
from matching.studies.study import Column, Study

__all__ = ["STUDIES", "Case", "Column", "Study", "studies_of"]
