"""What would be if a rule, a weight or the data were otherwise."""

from matching.scenarios.whatif.clashes import Clash
from matching.scenarios.whatif.compare import Compared, Outcome, compare
from matching.scenarios.whatif.edges import Edge
from matching.scenarios.whatif.look import Looked, look
from matching.scenarios.whatif.point import Point
from matching.scenarios.whatif.result import WhatIf
from matching.scenarios.whatif.scenario import Scenario
from matching.scenarios.whatif.scenario_file import read_scenarios
from matching.scenarios.whatif.steps import Step
from matching.scenarios.whatif.whatif import whatif

__all__ = ["Clash", "Compared", "Edge", "Looked", "Outcome", "Point", "Scenario", "Step", "WhatIf", "compare", "look",
           "read_scenarios", "whatif"]
