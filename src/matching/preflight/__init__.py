"""What can be seen before solving: rules that no plan can hold, and names that nothing bears."""

from matching.preflight.preflight import preflight

__all__ = ["preflight"]
