"""What would be if a rule, a weight or the data were otherwise."""

from matching.scenarios.whatif.compare import Compared, Outcome, check, compare
from matching.scenarios.whatif.edges import Edge
from matching.scenarios.whatif.point import Point
from matching.scenarios.whatif.result import WhatIf
from matching.scenarios.whatif.scenario import Scenario
from matching.scenarios.whatif.scenario_file import read_scenarios
from matching.scenarios.whatif.steps import Step
from matching.scenarios.whatif.whatif import whatif

__all__ = ["Compared", "Edge", "Outcome", "Point", "Scenario", "Step", "WhatIf", "check", "compare", "read_scenarios",
           "whatif"]
