"""The years: who served where and when, terms that carry over, and duty in fair turns."""

from matching.scenarios.years.answer import answer
from matching.scenarios.years.assumptions import Assumptions
from matching.scenarios.years.former import former_services
from matching.scenarios.years.ledger_read import read_ledger
from matching.scenarios.years.outcome import Roll, YearOutcome
from matching.scenarios.years.roll import roll
from matching.scenarios.years.service import Ledger, Service

__all__ = ["Assumptions", "Ledger", "Roll", "Service", "YearOutcome", "answer", "former_services", "read_ledger",
           "roll"]
