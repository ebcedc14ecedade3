"""How far it is: the 距离 sheet first, else great-circle distance times the policy's detour."""

from matching.travel.distances import EARTH_RADIUS_KM, Distances
from matching.travel.findings import unknown_findings

__all__ = ["EARTH_RADIUS_KM", "Distances", "unknown_findings"]
